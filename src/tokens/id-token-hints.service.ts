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

  /** The claims of an ID token of this server; null for anything else. */
  async verify(hint: string, options: HintOptions = {}): Promise<JWTPayload | null> {
    return (await this.jwt.verify(hint, 'JWT', options)) ?? (await this.verifyKeyed(hint, options));
  }

  /** One that is keyed by the secret of the client it was issued to (HS256). */
  private async verifyKeyed(hint: string, { expired }: HintOptions): Promise<JWTPayload | null> {
    const client = await this.clients.findActive(audienceOf(hint));
    const secret = client?.idTokenAlgorithm === 'HS256' ? this.secrets.read(client) : null;
    if (!client || secret === null) return null;
    try {
      const { payload } = await jwtVerify(hint, Buffer.from(secret), {
        issuer: this.settings.issuer,
        audience: client.id,
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

/** Whose secret to try; empty, which is nobody's name, for what is no such JWT. */
function audienceOf(hint: string): string {
  try {
    const { aud } = decodeJwt(hint);
    return decodeProtectedHeader(hint).alg === 'HS256' && typeof aud === 'string' ? aud : '';
  } catch {
    return '';
  }
}
