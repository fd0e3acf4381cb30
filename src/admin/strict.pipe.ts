import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { InvalidRequestError, declaredFields, instanceOf } from '../common/index.js';

/** Makes an instance of the parameter's class; what that does not declare is refused, so that no typing error is lost. */
@Injectable()
export class StrictPipe implements PipeTransform<object, object> {
  transform(values: object, { metatype }: ArgumentMetadata): object {
    const type = metatype as Type<object>;
    const unknown = Object.keys(values).find((name) => !declaredFields(type).includes(name));
    if (unknown !== undefined) throw invalid(unknown.slice(0, 64), 'is unknown here');
    const { instance, faults } = instanceOf(type, values);
    const [fault] = faults;
    if (!fault) return instance;
    throw fault.missing
      ? invalid(fault.field, 'is missing')
      : new InvalidRequestError(fault.message, { parameter: fault.field });
  }
}

const invalid = (parameter: string, what: string): InvalidRequestError =>
  new InvalidRequestError(`${parameter} ${what}`, { parameter });
