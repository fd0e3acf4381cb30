import { NotFoundException } from '@nestjs/common';
import { OAuthError } from '../common/index.js';

/** RFC 7591 §3.2.2: the software statement is not one, is not signed, or has expired. */
export class InvalidSoftwareStatementError extends OAuthError {
  readonly code = 'invalid_software_statement';
}

/** RFC 7591 §3.2.2: nobody here trusts who has made the software statement. */
export class UnapprovedSoftwareStatementError extends OAuthError {
  readonly code = 'unapproved_software_statement';
}

export class InitialAccessTokenNotFoundError extends NotFoundException {
  constructor() {
    super('there is no such initial access token');
  }
}
