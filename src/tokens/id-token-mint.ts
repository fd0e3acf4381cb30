import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ClientSecretsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Clock, numericDate } from '../common/index.js';
import { Settings } from '../config/index.js';
import { JwtService, signWithSecret } from '../keys/index.js';
import type { SigningAlgorithm } from '../keys/index.js';
import type { Authorization } from './authorization.entity.js';

/** What an ID token is returned with: it vouches for them, so that none can be exchanged on the way. */
export interface IdTokenCompanions {
  readonly nonce?: string | null;
  readonly accessToken?: string;
  readonly code?: string;
  /** Of the user, where they were asked for here. */
  readonly userClaims?: object;
}

/** Makes ID tokens: who signed in, when and how. What else is known of the user is at userinfo, unless asked for here. */
@Injectable()
export class IdTokenMint {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly jwt: JwtService,
    private readonly secrets: ClientSecretsService,
  ) {}

  /** @see OpenID Connect Core §2, §3.1.3.6, §3.3.2.11 */
  mint(client: Client, authorization: Authorization, companions: IdTokenCompanions): string {
    const { nonce, accessToken, code, userClaims } = companions;
    const now = numericDate(this.clock.now());
    return this.sign(client, {
      ...userClaims,
      iss: this.settings.issuer,
      sub: authorization.subject,
      aud: client.id,
      iat: now,
      exp: now + this.settings.idToken.ttl,
      ...authenticationClaims(authorization),
      ...(authorization.sessionId && { sid: authorization.sessionId }),
      ...(nonce && { nonce }),
      ...(accessToken && { at_hash: leftHalfOfHash(accessToken) }),
      ...(code && { c_hash: leftHalfOfHash(code) }),
    });
  }

  private sign(client: Client, claims: object): string {
    if (client.idTokenAlgorithm !== 'HS256') {
      return this.jwt.sign(claims, { alg: client.idTokenAlgorithm as SigningAlgorithm, type: 'JWT' });
    }
    const secret = this.secrets.read(client);
    if (secret === null) throw new Error(`client ${client.id} has chosen HS256 and has no readable secret`);
    return signWithSecret(claims, 'JWT', secret);
  }
}

/** When and how the user proved who he is; also in access tokens (RFC 9068 §2.2.1). */
export const authenticationClaims = ({ authenticatedAt, methods, acr }: Authorization): object => ({
  ...(authenticatedAt && { auth_time: numericDate(authenticatedAt) }),
  ...(methods.length > 0 && { amr: methods }),
  ...(acr !== null && { acr }),
});

/** All our algorithms hash with SHA-256. */
const leftHalfOfHash = (text: string): string =>
  createHash('sha256').update(text).digest().subarray(0, 16).toString('base64url');
