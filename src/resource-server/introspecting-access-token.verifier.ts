import { LRUCache } from 'lru-cache';
import { digestOf } from '../common/digest.js';
import { TemporarilyUnavailableError } from '../common/oauth-errors.js';
import { AccessTokenVerifier } from './access-token-verifier.js';
import type { VerifiedAccess } from './access-token-verifier.js';
import { fetchJson } from './issuer.js';
import type { Issuer } from './issuer.js';
import type { IntrospectionOptions } from './resource-server-options.js';
import { accessOf, audienceOf, invalidToken } from './verified-access.js';
import type { AccessTokenClaims } from './verified-access.js';

const MAXIMUM_ANSWERS = 10_000;
/** Seconds: spares the issuer a client that keeps trying, and hardly delays a token that becomes good. */
const NEGATIVE_FOR = 1;

/** An answer of the introspection endpoint; null when the token is not active. */
type Answer = { readonly claims: AccessTokenClaims | null };

/** Asks the issuer about every access token, whatever its format. @see RFC 7662 */
export class IntrospectingAccessTokenVerifier extends AccessTokenVerifier {
  private readonly answers = new LRUCache<string, Answer>({ max: MAXIMUM_ANSWERS });

  constructor(
    private readonly issuer: Issuer,
    private readonly audience: string,
    private readonly options: IntrospectionOptions,
    override readonly resourceMetadata: string | null,
  ) {
    super();
  }

  async verify(token: string): Promise<VerifiedAccess> {
    const { claims } = await this.answerFor(token);
    if (!claims) throw invalidToken(new Error('the issuer says that it is not active'));
    this.check(claims);
    return accessOf(claims);
  }

  /** A refresh token of this API's own client is active, too: only `aud` and `token_type` tell it from an access token. */
  private check(claims: AccessTokenClaims): void {
    const { iss, exp, token_type: type } = claims;
    if (iss !== undefined && iss !== this.issuer.identifier) throw invalidToken(new Error('another issuer'));
    if (!audienceOf(claims).includes(this.audience)) throw invalidToken(new Error('meant for another API'));
    if (type !== undefined && !/^bearer$/i.test(type as string))
      throw invalidToken(new Error('no bearer token'));
    if (typeof exp === 'number' && exp * 1000 <= Date.now()) throw invalidToken(new Error('expired'));
  }

  private async answerFor(token: string): Promise<Answer> {
    // The cache must not be a store of usable tokens.
    const key = digestOf(token).toString('base64url');
    const known = this.answers.get(key);
    if (known) return known;
    const answer = await this.ask(token);
    const seconds = this.lifeOf(answer);
    if (seconds > 0) this.answers.set(key, answer, { ttl: Math.ceil(seconds * 1000) });
    return answer;
  }

  /** Seconds that an answer may be used again: RFC 7662 §4 forbids going beyond `exp`. */
  private lifeOf({ claims }: Answer): number {
    const { cacheFor = 0 } = this.options;
    if (!claims) return Math.min(cacheFor, NEGATIVE_FOR);
    return Math.min(cacheFor, Number(claims['exp'] ?? 0) - Date.now() / 1000);
  }

  /** Every failure means "not now": what the issuer holds against this API is no fault of its caller. */
  private async ask(token: string): Promise<Answer> {
    try {
      const url = await this.issuer.introspectionEndpoint();
      const answer = (await fetchJson(url, this.requestFor(token))) as AccessTokenClaims;
      const { active } = answer;
      if (typeof active !== 'boolean') throw new Error(`${url} does not say whether the token is active`);
      return { claims: active ? answer : null };
    } catch (cause) {
      this.issuer.forget();
      throw new TemporarilyUnavailableError('access tokens cannot be checked right now', { cause });
    }
  }

  private requestFor(token: string): RequestInit {
    const { clientId, clientSecret } = this.options;
    return {
      method: 'POST',
      headers: { accept: 'application/json', authorization: basic(clientId, clientSecret) },
      body: new URLSearchParams({ token, token_type_hint: 'access_token' }),
    };
  }
}

/** RFC 6749 §2.3.1: both halves are form-encoded first. */
const basic = (id: string, secret: string): string =>
  `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64')}`;

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
