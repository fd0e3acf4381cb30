import { Injectable } from '@nestjs/common';
import { SubjectIdentifiers } from '../clients/index.js';
import { Clock, digestOf, numericDate, randomToken, timeOrderedId } from '../common/index.js';
import type { Scope } from '../common/index.js';
import { Settings } from '../config/index.js';
import { JwtService } from '../keys/index.js';
import type { RegisteredScope, Resource } from '../scopes/index.js';
import type { Authorization } from './authorization.entity.js';
import { ContributedClaims } from './contributed-claims.js';
import { IdTokenMint, authenticationClaims } from './id-token-mint.js';
import type { TokenIssuance, TokenResponse } from './token-issuance.js';
import { tokenProfile } from './token-profile.js';
import type { TokenProfile } from './token-profile.js';

/** Opaque access tokens are stored; self-contained ones are not. */
export interface MintedAccessToken {
  readonly digest: Buffer;
  readonly audience: readonly string[];
  readonly expiresAt: Date;
}

export interface MintedRefreshToken {
  readonly digest: Buffer;
  readonly expiresAt: Date;
}

export interface MintedTokens {
  readonly response: TokenResponse;
  readonly access: MintedAccessToken | null;
  readonly refresh: MintedRefreshToken | null;
}

/** Whom and what the tokens of one issuance are for: narrowed and complete. */
export interface MintOrder {
  readonly issuance: TokenIssuance;
  readonly scope: Scope;
  readonly scopes: readonly RegisteredScope[];
  readonly resources: readonly Resource[];
  readonly authorization: Authorization | null;
  /** For the ID token. */
  readonly userClaims: object;
}

/** Makes tokens out of its arguments, the client's keys and what is contributed: it reads and writes no database. */
@Injectable()
export class TokenMint {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly jwt: JwtService,
    private readonly idTokens: IdTokenMint,
    private readonly subjects: SubjectIdentifiers,
    private readonly contributed: ContributedClaims,
  ) {}

  async mint(order: MintOrder): Promise<MintedTokens> {
    const { issuance, scope, authorization } = order;
    const profile = tokenProfile(order, this.settings);
    const isJwt = profile.format === 'jwt';
    const added = isJwt && this.contributed.has('access_token') ? await this.contribution(order) : {};
    const accessToken = isJwt ? this.accessJwt(order, profile, added) : randomToken();
    const response: TokenResponse = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: profile.ttl,
      scope: scope.toString(),
    };
    const refresh =
      issuance.tokens?.includes('refresh_token') && authorization ? this.refresh(response) : null;
    if (issuance.tokens?.includes('id_token') && authorization) {
      const companions = { nonce: issuance.nonce, accessToken, userClaims: order.userClaims };
      response.id_token = await this.idTokens.mint(issuance.client, authorization, companions);
    }
    return { response, access: isJwt ? null : this.stored(accessToken, profile), refresh };
  }

  private stored(accessToken: string, { audience, ttl }: TokenProfile): MintedAccessToken {
    return { digest: digestOf(accessToken), audience, expiresAt: this.clock.in(ttl) };
  }

  private refresh(response: TokenResponse): MintedRefreshToken {
    response.refresh_token = randomToken();
    return {
      digest: digestOf(response.refresh_token),
      expiresAt: this.clock.in(this.settings.refreshToken.idleTtl),
    };
  }

  private contribution({ issuance, scope, resources: named, authorization }: MintOrder): Promise<object> {
    const { client, subject } = issuance;
    const resources = named.map(({ identifier }) => identifier);
    return this.contributed.add('access_token', {}, { client, subject, scope, resources, authorization });
  }

  /** @see RFC 9068 §2.2 */
  private accessJwt(order: MintOrder, { audience, ttl }: TokenProfile, added: object): string {
    const { issuance, scope, authorization } = order;
    const { client, subject } = issuance;
    const now = numericDate(this.clock.now());
    const claims = {
      ...added,
      iss: this.settings.issuer,
      sub: subject === null ? client.id : this.subjects.of(client, subject),
      aud: audience.length === 1 ? audience[0] : audience,
      client_id: client.id,
      scope: scope.toString(),
      jti: timeOrderedId(),
      iat: now,
      exp: now + ttl,
      ...(authorization && { authorization_id: authorization.id, ...authenticationClaims(authorization) }),
    };
    return this.jwt.sign(claims, { alg: 'ES256', type: 'at+jwt' });
  }
}
