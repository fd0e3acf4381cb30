import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { OAuthError } from '../common/oauth-error.js';
import { sendOAuthError } from '../common/send-oauth-error.js';

/** Answers what the guard refuses, with its challenge (RFC 6750 §3); every other error stays the application's own. */
@Catch(OAuthError)
export class BearerErrorFilter implements ExceptionFilter<OAuthError> {
  private readonly logger = new Logger('AccessToken');

  catch(error: OAuthError, host: ArgumentsHost): void {
    this.log(error);
    const response = host.switchToHttp().getResponse<Response>();
    if (!response.headersSent) sendOAuthError(response, error);
  }

  private log({ status, code, description, cause }: OAuthError): void {
    const why = cause instanceof Error ? `${description}: ${cause.message}` : description;
    if (status >= 500) this.logger.error(why);
    else this.logger.debug?.(`${code}: ${why}`);
  }
}
