import { Injectable } from '@nestjs/common';
import { ClientSecretsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { JwtService, signWithSecret } from '../keys/index.js';
import type { SigningAlgorithm } from '../keys/index.js';

/** How a JWT is signed. */
export interface Signing {
  /** HS256, or one of ours: what the client is registered for. */
  readonly alg: string;
  /** The `typ` header (RFC 8725 §3.11). */
  readonly type: string;
}

/** JWTs that this server makes for a client to read: ID tokens, userinfo, logout tokens. */
@Injectable()
export class ClientJwts {
  constructor(
    private readonly jwt: JwtService,
    private readonly secrets: ClientSecretsService,
  ) {}

  /** HS256 is keyed by the client's secret, everything else by this server's key. @see OpenID Connect Core §10.1 */
  sign(client: Client, claims: object, { alg, type }: Signing): string {
    if (alg !== 'HS256') return this.jwt.sign(claims, { alg: alg as SigningAlgorithm, type });
    const secret = this.secrets.read(client);
    if (secret === null) throw new Error(`client ${client.id} has chosen HS256 and has no readable secret`);
    return signWithSecret(claims, type, secret);
  }
}
