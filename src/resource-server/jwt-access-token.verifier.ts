import { errors, jwtVerify } from 'jose';
import { TemporarilyUnavailableError } from '../common/oauth-errors.js';
import { AccessTokenVerifier } from './access-token-verifier.js';
import type { VerifiedAccess } from './access-token-verifier.js';
import type { Issuer } from './issuer.js';
import { accessOf, invalidToken } from './verified-access.js';
import type { AccessTokenClaims } from './verified-access.js';

/** Asymmetric ones only: a public key must never serve as a shared secret (RFC 8725 §3.1). */
const ALGORITHMS = ['ES256', 'ES384', 'ES512', 'RS256', 'PS256', 'PS384', 'PS512', 'EdDSA', 'Ed25519'];
/** RFC 9068 §2.2: required; `iss` and `aud` are asked for by value. */
const REQUIRED_CLAIMS = ['exp', 'sub', 'client_id', 'iat', 'jti'];
/** What jose throws when the token is at fault. Everything else means that we could not find out. */
const FAULTS_OF_THE_TOKEN = [
  errors.JWTExpired,
  errors.JWTClaimValidationFailed,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

/** Verifies JWT access tokens by the keys that the issuer publishes. @see RFC 9068 §4 */
export class JwtAccessTokenVerifier extends AccessTokenVerifier {
  constructor(
    private readonly issuer: Issuer,
    private readonly audience: string,
    override readonly resourceMetadata: string | null,
  ) {
    super();
  }

  async verify(token: string): Promise<VerifiedAccess> {
    return accessOf(await this.claimsOf(token));
  }

  private async claimsOf(token: string): Promise<AccessTokenClaims> {
    try {
      const { payload } = await jwtVerify(token, await this.issuer.keys(), {
        typ: 'at+jwt',
        issuer: this.issuer.identifier,
        audience: this.audience,
        algorithms: ALGORITHMS,
        requiredClaims: REQUIRED_CLAIMS,
      });
      return payload;
    } catch (cause) {
      throw this.refusalFor(cause);
    }
  }

  private refusalFor(cause: unknown): Error {
    if (FAULTS_OF_THE_TOKEN.some((fault) => cause instanceof fault)) return invalidToken(cause);
    this.issuer.forget();
    return new TemporarilyUnavailableError('access tokens cannot be checked right now', { cause });
  }
}
