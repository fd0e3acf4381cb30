import { Injectable } from '@nestjs/common';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { ClientSecretsService, ClientsService } from '../clients/index.js';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { JwtService } from '../keys/index.js';

interface HintOptions {
  /** Takes one that has expired, too: it says who it was for, and proves nothing more. */
  readonly expired?: 'accepted';
}

/** ID tokens that come back as hints, whichever key they were signed with. @see OpenID Connect Core §3.1.2.1 */
@Injectable()
export class IdTokenHints {
  constructor(
    private readonly jwt: JwtService,
    private readonly clients: ClientsService,
    private readonly secrets: ClientSecretsService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** The claims of an ID token of this server, which may be encrypted to it again; null for anything else. */
  async verify(hint: string, options: HintOptions = {}): Promise<JWTPayload | null> {
    const jws = isEncrypted(hint) ? await this.jwt.decrypt(hint) : hint;
    if (jws === null) return null;
    const claims = (await this.jwt.verify(jws, 'JWT', options)) ?? (await this.verifyKeyed(jws, options));
    // Signed userinfo, which does not expire, is no ID token.
    return claims?.exp === undefined ? null : claims;
  }

  /** One that is keyed by a secret of the client it was issued to (HS256). */
  private async verifyKeyed(hint: string, options: HintOptions): Promise<JWTPayload | null> {
    const client = await this.clients.findActive(audienceOf(hint));
    if (client?.idTokenAlgorithm !== 'HS256') return null;
    for (const { secret } of this.secrets.readAll(client)) {
      const claims = await this.verifyWith(secret, hint, client.id, options);
      if (claims) return claims;
    }
    return null;
  }

  private async verifyWith(secret: string, hint: string, audience: string, { expired }: HintOptions) {
    try {
      const { payload } = await jwtVerify(hint, Buffer.from(secret), {
        issuer: this.settings.issuer,
        audience,
        algorithms: ['HS256'],
        typ: 'JWT',
        currentDate: this.clock.now(),
        clockTolerance: expired ? Number.MAX_SAFE_INTEGER : 0,
      });
      return payload;
    } catch {
      return null;
    }
  }
}

/** A JWE in compact form has five parts (RFC 7516 §3.1). */
const isEncrypted = (jwt: string): boolean => /^[^.]*(\.[^.]*){4}$/.test(jwt);

/** Whose secret to try; empty, which is nobody's name, for what is no such JWT. */
function audienceOf(hint: string): string {
  try {
    const { aud } = decodeJwt(hint);
    return decodeProtectedHeader(hint).alg === 'HS256' && typeof aud === 'string' ? aud : '';
  } catch {
    return '';
  }
}
