import { Injectable } from '@nestjs/common';
import { FormBodyMiddleware } from '../common/index.js';

/** The forms post a name once for each tick. */
@Injectable()
export class ConsoleFormMiddleware extends FormBodyMiddleware {
  protected override readonly repeatable = ['grant_types', 'scope'];
}
