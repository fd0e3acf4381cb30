import { Injectable } from '@nestjs/common';
import { SubjectIdentifiers } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Clock, numericDate } from '../common/index.js';
import { Settings } from '../config/index.js';
import type { Authorization } from './authorization.entity.js';
import { ClientJwts } from './client-jwts.js';
import { halfHash } from './half-hash.js';

/** What an ID token is returned with: it vouches for them, so that none can be exchanged on the way. */
export interface IdTokenCompanions {
  readonly nonce?: string | null;
  readonly accessToken?: string;
  readonly code?: string;
  /** Of the authorization request, where the ID token is part of its response. */
  readonly state?: string;
  /** Of the user, where they were asked for here. */
  readonly userClaims?: object;
}

/** Makes ID tokens: who signed in, when and how. What else is known of the user is at userinfo, unless asked for here. */
@Injectable()
export class IdTokenMint {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly jwts: ClientJwts,
    private readonly subjects: SubjectIdentifiers,
  ) {}

  /**
   * @throws TemporarilyUnavailableError when it is to be encrypted, and the client has no key for that
   * @see OpenID Connect Core §2, §3.1.3.6, §3.3.2.11; FAPI 1.0 Advanced §4 (`s_hash`)
   */
  mint(client: Client, authorization: Authorization, companions: IdTokenCompanions): Promise<string> {
    const { nonce, accessToken, code, state, userClaims } = companions;
    const alg = client.idTokenAlgorithm;
    const now = numericDate(this.clock.now());
    const claims = {
      ...userClaims,
      iss: this.settings.issuer,
      sub: this.subjects.of(client, authorization.subject),
      aud: client.id,
      iat: now,
      exp: now + this.settings.idToken.ttl,
      ...authenticationClaims(authorization),
      ...(authorization.sessionId && { sid: authorization.sessionId }),
      ...(nonce && { nonce }),
      ...(accessToken && { at_hash: halfHash(accessToken, alg) }),
      ...(code && { c_hash: halfHash(code, alg) }),
      ...(state && { s_hash: halfHash(state, alg) }),
    };
    return this.jwts.likeIdToken(client, claims, 'JWT');
  }
}

/** When and how the user proved who he is; also in access tokens (RFC 9068 §2.2.1). */
export const authenticationClaims = ({ authenticatedAt, methods, acr }: Authorization): object => ({
  ...(authenticatedAt && { auth_time: numericDate(authenticatedAt) }),
  ...(methods.length > 0 && { amr: methods }),
  ...(acr !== null && { acr }),
});
