import type { Type } from '@nestjs/common';
import { getMetadataStorage, validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';

const fieldsOf = new Map<Type, readonly string[]>();

/**
 * Fills a parameter class with those of the values that it declares (others are ignored, RFC 6749 §3.1)
 * and checks its class-validator rules.
 */
export function instanceOf<T extends object>(
  type: Type<T>,
  values: object,
): { instance: T; faults: Fault[] } {
  const instance = new type();
  for (const field of declaredFields(type)) {
    if (Object.hasOwn(values, field)) Reflect.set(instance, field, Reflect.get(values, field));
  }
  return { instance, faults: validateSync(instance, { forbidUnknownValues: false }).flatMap(faultsOf) };
}

/** One rule that a value breaks. */
export interface Fault {
  readonly field: string;
  readonly message: string;
  readonly missing: boolean;
}

/** The property names that carry a rule. */
export function declaredFields(type: Type): readonly string[] {
  const known = fieldsOf.get(type);
  if (known) return known;
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const fields = [...new Set(rules.map((rule) => rule.propertyName))];
  fieldsOf.set(type, fields);
  return fields;
}

const faultsOf = (error: ValidationError): Fault[] =>
  Object.values(error.constraints ?? { invalid: `${error.property} is invalid` }).map((message) => ({
    field: error.property,
    message,
    missing: error.value === undefined,
  }));
