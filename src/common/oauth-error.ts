import type { AuthorizationRedirect } from './authorization-redirect.js';

export interface OAuthErrorOptions {
  /** The request parameter at fault: named on the error page and in the developer portal. */
  readonly parameter?: string;
  /** What really happened: logged, never sent. */
  readonly cause?: unknown;
}

/** What a request must prove itself with; the realm is the server's, and added where it is sent. @see RFC 9110 §11.6.1 */
export interface Challenge {
  readonly scheme: 'Basic' | 'Bearer';
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * An error of the OAuth protocol. `description` goes over the wire and says no more than the RFC;
 * `cause` goes to the log.
 * @see RFC 6749 §4.1.2.1, §5.2
 */
export abstract class OAuthError extends Error {
  abstract readonly code: string;
  readonly status: number = 400;
  readonly description: string;
  readonly parameter?: string;
  /** Headers of the HTTP answer. */
  readonly headers: Readonly<Record<string, string>> = {};
  /** Sent as WWW-Authenticate. */
  readonly challenge?: Challenge;
  /** Set once client and redirect_uri are proven: the error may then go to the client. */
  redirect?: AuthorizationRedirect;

  constructor(description: string, options: OAuthErrorOptions = {}) {
    super(description, { cause: options.cause });
    this.name = new.target.name;
    // RFC 6749 §5.2 forbids quotes, backslashes and anything outside printable ASCII.
    this.description = description.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
    this.parameter = options.parameter;
  }

  /** Lets this error leave through the client's redirect_uri. */
  via(redirect: AuthorizationRedirect): this {
    this.redirect = redirect;
    return this;
  }

  /** The members of the JSON answer. */
  toJSON(): { error: string; error_description: string } {
    return { error: this.code, error_description: this.description };
  }
}
