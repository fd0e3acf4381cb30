import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { StrictPipe } from '../admin/index.js';

/** The query of a list: a browser sends filters that were left empty, and `done` is for the notice. */
@Injectable()
export class FilterPipe implements PipeTransform<object, object> {
  private readonly strict = new StrictPipe();

  /** @throws InvalidRequestError */
  transform(query: object, metadata: ArgumentMetadata): object {
    const filled = Object.entries(query).filter(([name, value]) => value !== '' && name !== 'done');
    return this.strict.transform(Object.fromEntries(filled), metadata);
  }
}
