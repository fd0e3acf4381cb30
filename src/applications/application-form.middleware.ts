import { Injectable } from '@nestjs/common';
import { FormBodyMiddleware } from '../common/index.js';

/** The form posts a name once for each tick. */
@Injectable()
export class ApplicationFormMiddleware extends FormBodyMiddleware {
  protected override readonly repeatable = ['grant_types', 'scope'];
}
