import type { Type } from '@nestjs/common';
import { StrictPipe } from '../admin/index.js';

const strict = new StrictPipe();

/** What was typed, by the rules of the management API. @throws InvalidRequestError */
export const checked = <T extends object>(type: Type<T>, values: object): T =>
  strict.transform(values, { type: 'body', metatype: type }) as T;
