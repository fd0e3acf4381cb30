import { constants, createPublicKey, sign } from 'node:crypto';
import type { KeyObject, SigningOptions } from 'node:crypto';
import { compactDecrypt } from 'jose';
import { CONTENT_ENCRYPTIONS, KEY_WRAPPINGS } from './algorithms.js';
import type { KeyAlgorithm, SigningAlgorithm } from './algorithms.js';
import type { StoredKey } from './stored-key.entity.js';

/** How node:crypto is told of each. @see RFC 7518 §3.3 to §3.5 (ES256 is r and s, not ASN.1), RFC 8037 §3.1 */
const SCHEMES: Readonly<Record<SigningAlgorithm, { digest: string | null; options: SigningOptions }>> = {
  RS256: { digest: 'sha256', options: {} },
  PS256: { digest: 'sha256', options: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } },
  ES256: { digest: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  EdDSA: { digest: null, options: {} },
};

/** What a key can do, parsed once: nothing of it ever changes. */
export class KeyMaterial {
  readonly kid: string;
  readonly alg: KeyAlgorithm;
  readonly publicKey: KeyObject;
  private readonly headers = new Map<string, string>();

  constructor(
    { kid, alg, publicJwk }: StoredKey,
    /** Null once it is erased: what was signed can then still be verified. */
    private readonly privateKey: KeyObject | null,
  ) {
    this.kid = kid;
    this.alg = alg;
    this.publicKey = createPublicKey({ key: publicJwk as Record<string, unknown>, format: 'jwk' });
  }

  /**
   * A JWS in compact form. node:crypto signs twice as fast as WebCrypto, which every library goes through.
   * @see RFC 7515 §7.1
   */
  sign(claims: object, type: string): string {
    const { digest, options } = SCHEMES[this.alg as SigningAlgorithm];
    const input = `${this.header(type)}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    const signature = sign(digest, Buffer.from(input), { key: this.secret, ...options });
    return `${input}.${signature.toString('base64url')}`;
  }

  /** @throws JOSEError when it is not encrypted to this key, in one of the ways that are offered */
  async decrypt(jwe: string): Promise<string> {
    const { plaintext } = await compactDecrypt(jwe, this.secret, {
      keyManagementAlgorithms: KEY_WRAPPINGS.filter((wrapping) => wrapping.startsWith(this.alg)),
      contentEncryptionAlgorithms: [...CONTENT_ENCRYPTIONS],
      // What is compressed can be larger by a thousand times than what was sent.
      maxDecompressedLength: 0,
    });
    return new TextDecoder('utf-8', { fatal: true }).decode(plaintext);
  }

  private get secret(): KeyObject {
    if (this.privateKey) return this.privateKey;
    throw new Error(`the private half of key ${this.kid} is erased`);
  }

  private header(type: string): string {
    const known = this.headers.get(type);
    if (known) return known;
    const { alg, kid } = this;
    const header = Buffer.from(JSON.stringify({ alg, typ: type, kid })).toString('base64url');
    this.headers.set(type, header);
    return header;
  }
}
