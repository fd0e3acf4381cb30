import { Catch, HttpException, Logger } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { OAuthError } from './oauth-error.js';
import { InvalidRequestError, ServerError, TemporarilyUnavailableError } from './oauth-errors.js';
import { isDatabaseUnavailable } from './database-unavailable.error.js';
import { sendOAuthError } from './send-oauth-error.js';
import { QueueFullError } from './work-queue.js';

/**
 * Turns whatever a controller of ours throws into the one error shape of OAuth.
 * Bound to controllers, never globally: a host application's routes keep their own errors.
 */
@Catch()
export class OAuthErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('OAuthError');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const error = asOAuthError(thrown);
    this.log(error);
    const response = http.getResponse<Response>();
    if (!response.headersSent) this.send(error, http.getRequest<Request>(), response);
  }

  protected send(error: OAuthError, _request: Request, response: Response): void {
    sendOAuthError(response, error);
  }

  private log(error: OAuthError): void {
    if (error.status >= 500) this.logger.error(error.description, causeOf(error));
    else this.logger.debug?.(`${error.code}: ${error.description}${reasonOf(error)}`);
  }
}

const reasonOf = ({ cause }: OAuthError): string => (cause instanceof Error ? ` (${cause.message})` : '');

const causeOf = (error: OAuthError): string | undefined =>
  error.cause instanceof Error ? error.cause.stack : undefined;

/** Whatever was thrown, as the error that is answered. */
export function asOAuthError(thrown: unknown): OAuthError {
  if (thrown instanceof OAuthError) return thrown;
  if (isDatabaseUnavailable(thrown) || thrown instanceof QueueFullError) {
    return new TemporarilyUnavailableError('please try again shortly', { cause: thrown });
  }
  if (thrown instanceof HttpException && thrown.getStatus() < 500) return ofHttp(thrown);
  return new ServerError('something went wrong on our side', { cause: thrown });
}

function ofHttp(thrown: HttpException): OAuthError {
  const error = new InvalidRequestError(thrown.message, { cause: thrown });
  return Object.assign(error, { status: thrown.getStatus() });
}
