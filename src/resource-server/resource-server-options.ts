/** How an API in a process of its own knows good access tokens. */
export interface ResourceServerOptions {
  /** The authorization server, exactly as it names itself: `https://sso.example.com`. http on loopback only. */
  readonly issuer: string;
  /** This API's identifier: a token without it in `aud` is meant for another. @see RFC 8707 §2, RFC 9068 §4 */
  readonly audience: string;
  /**
   * Asks the issuer about every token, opaque or JWT, so that a revocation counts. Left out, only JWTs are
   * taken, and each is good until it expires.
   * @see RFC 7662
   */
  readonly introspection?: IntrospectionOptions;
  /**
   * What clients may read about this API below `/.well-known/oauth-protected-resource`; false = nothing. It is there
   * when `audience` is a URL, because its address is made of that.
   * @see RFC 9728 §2
   */
  readonly metadata?: ResourceDescription | false;
}

/** What people and programs are told about an API, beside who issues its tokens. */
export interface ResourceDescription {
  readonly name?: string;
  /** The scopes that its routes ask for. */
  readonly scopes?: readonly string[];
  /** URLs of pages for developers. */
  readonly documentation?: string;
  readonly policy?: string;
  readonly termsOfService?: string;
}

export interface IntrospectionOptions {
  /** A confidential client with `may_introspect`, authenticated by HTTP Basic. */
  readonly clientId: string;
  readonly clientSecret: string;
  /** Seconds that an answer is used again: so stale may a revocation be. 0, the default, asks each time. */
  readonly cacheFor?: number;
}

/** @throws Error that names what is wrong: a guard with half a configuration must not start. */
export function checkOptions({ issuer, audience, introspection }: ResourceServerOptions): void {
  if (typeof issuer !== 'string' || !isSecureUrl(issuer) || /[?#]/.test(issuer)) {
    throw fault('issuer must be an https URL (http on loopback only) without query and fragment');
  }
  if (!audience) throw fault('audience must name this API');
  if (!introspection) return;
  const { clientId, clientSecret, cacheFor = 0 } = introspection;
  if (!clientId || !clientSecret) throw fault('introspection needs clientId and clientSecret');
  if (!(cacheFor >= 0 && cacheFor <= 3600)) throw fault('introspection.cacheFor must be 0 to 3600 seconds');
}

/** Tokens and secrets travel over TLS only, or stay on this machine. */
export function isSecureUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const fault = (sentence: string): Error => new Error(`ResourceServerModule: ${sentence}`);
