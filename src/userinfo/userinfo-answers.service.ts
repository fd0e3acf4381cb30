import { Injectable } from '@nestjs/common';
import { SubjectIdentifiers } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Settings } from '../config/index.js';
import { AuthorizationsService, ClientJwts, ContributedClaims, ReleasedClaims } from '../tokens/index.js';
import type { LiveAccessToken } from '../tokens/index.js';
import type { User } from '../users/index.js';

/** Claims as the client is registered to get them. */
export type UserinfoAnswer = { readonly json: object } | { readonly jwt: string };

/** What userinfo tells a client about a user, and in which form. */
@Injectable()
export class UserinfoAnswers {
  constructor(
    private readonly claims: ReleasedClaims,
    private readonly contributed: ContributedClaims,
    private readonly authorizations: AuthorizationsService,
    private readonly subjects: SubjectIdentifiers,
    private readonly jwts: ClientJwts,
    private readonly settings: Settings,
  ) {}

  /**
   * @throws TemporarilyUnavailableError when it is to be encrypted, and the client has no key for that
   * @see OpenID Connect Core §5.3.2
   */
  async about(user: User, token: LiveAccessToken, client: Client): Promise<UserinfoAnswer> {
    const { scope, requestedClaims: names } = token;
    const claims = await this.claims.of(user, { scope, names, registered: client.scope });
    const told = await this.completed(
      { ...claims, sub: this.subjects.of(client, user.subject) },
      token,
      client,
    );
    const signed = this.signed(client, told);
    const { userinfoKeyWrapping: alg, userinfoEncryption: enc } = client;
    if (alg === null) return signed === null ? { json: told } : { jwt: signed };
    const content = signed ?? JSON.stringify(told);
    return { jwt: await this.jwts.encrypt(client, content, { alg, enc, isNested: signed !== null }) };
  }

  /** With what extensions add; the family is read only where there are any. */
  private async completed(claims: object, token: LiveAccessToken, client: Client): Promise<object> {
    if (!this.contributed.has('userinfo')) return claims;
    const { subject, scope, audience: resources } = token;
    const authorization = await this.authorizations.findOf(token);
    return this.contributed.add('userinfo', claims, { client, subject, scope, resources, authorization });
  }

  /** Null for a client that is registered for plain claims. */
  private signed(client: Client, claims: object): string | null {
    const { id, userinfoAlgorithm: alg } = client;
    if (alg === null) return null;
    return this.jwts.sign(client, { ...claims, iss: this.settings.issuer, aud: id }, { alg, type: 'JWT' });
  }
}
