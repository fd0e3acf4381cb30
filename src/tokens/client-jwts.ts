import { Injectable } from '@nestjs/common';
import { CompactEncrypt } from 'jose';
import { ClientKeys } from '../client-keys/index.js';
import { ClientSecretsService } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { TemporarilyUnavailableError } from '../common/index.js';
import { JwtService, signWithSecret } from '../keys/index.js';
import type { SigningAlgorithm } from '../keys/index.js';

/** How a JWT is signed. */
export interface Signing {
  /** HS256, or one of ours: what the client is registered for. */
  readonly alg: string;
  /** The `typ` header (RFC 8725 §3.11). */
  readonly type: string;
}

/** How something is encrypted. */
export interface Encryption {
  /** How the key is wrapped. */
  readonly alg: string;
  /** How the content is encrypted; null = the standard's default. */
  readonly enc: string | null;
  /** False where the content is no JWT, but claims alone. */
  readonly isNested?: boolean;
}

/** @see OpenID Connect Dynamic Client Registration 1.0 §2 */
const DEFAULT_ENCRYPTION = 'A128CBC-HS256';

/** JWTs that this server makes for a client to read: ID tokens, userinfo, logout tokens. */
@Injectable()
export class ClientJwts {
  constructor(
    private readonly jwt: JwtService,
    private readonly secrets: ClientSecretsService,
    private readonly keys: ClientKeys,
  ) {}

  /**
   * As the client's ID tokens are, which logout tokens follow: signed, and encrypted where it is registered so.
   * @throws TemporarilyUnavailableError when it has no key to encrypt to
   * @see OpenID Connect Core §2, Back-Channel Logout 1.0 §2.4
   */
  async likeIdToken(client: Client, claims: object, type: string): Promise<string> {
    const jws = this.sign(client, claims, { alg: client.idTokenAlgorithm, type });
    const { idTokenKeyWrapping: alg, idTokenEncryption: enc } = client;
    return alg === null ? jws : this.encrypt(client, jws, { alg, enc });
  }

  /** HS256 is keyed by the client's secret, everything else by this server's key. @see OpenID Connect Core §10.1 */
  sign(client: Client, claims: object, { alg, type }: Signing): string {
    if (alg !== 'HS256') return this.jwt.sign(claims, { alg: alg as SigningAlgorithm, type });
    const secret = this.secrets.read(client);
    if (secret === null) throw new Error(`client ${client.id} has chosen HS256 and has no readable secret`);
    return signWithSecret(claims, type, secret);
  }

  /**
   * To a key that the client has published.
   * @throws TemporarilyUnavailableError when there is none that fits
   * @see OpenID Connect Core §10.2; RFC 7519 §5.2 (`cty`)
   */
  async encrypt(client: Client, content: string, encryption: Encryption): Promise<string> {
    const { alg, enc, isNested = true } = encryption;
    const found = await this.keys.encryptionKey(client, alg);
    if (!found) throw new TemporarilyUnavailableError(`the client publishes no key for ${alg}`);
    const header = { alg, enc: enc ?? DEFAULT_ENCRYPTION, kid: found.kid, ...(isNested && { cty: 'JWT' }) };
    return new CompactEncrypt(Buffer.from(content)).setProtectedHeader(header).encrypt(found.key);
  }
}
