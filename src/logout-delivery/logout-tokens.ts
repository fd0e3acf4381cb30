import { Injectable } from '@nestjs/common';
import { SubjectIdentifiers } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { Clock, numericDate, randomToken } from '../common/index.js';
import { Settings } from '../config/index.js';
import { ClientJwts } from '../tokens/index.js';

/** Seconds: it is used at once or never (§4 advises two minutes at most). */
const LIFE = 120;

/** The session that ended, as an ID token of the client named it. */
export interface EndedFor {
  readonly subject: string;
  readonly sessionId: string;
}

/** Makes logout tokens: one for each attempt, so that none is ever used twice. */
@Injectable()
export class LogoutTokens {
  constructor(
    private readonly jwts: ClientJwts,
    private readonly subjects: SubjectIdentifiers,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /**
   * Never with a nonce, so that it cannot pass for an ID token.
   * @throws Error when the client's secret or key that it takes is missing
   * @see OpenID Connect Back-Channel Logout 1.0 §2.4
   */
  make(client: Client, { subject, sessionId }: EndedFor): Promise<string> {
    const now = numericDate(this.clock.now());
    const claims = {
      iss: this.settings.issuer,
      sub: this.subjects.of(client, subject),
      aud: client.id,
      iat: now,
      exp: now + LIFE,
      jti: randomToken(),
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      sid: sessionId,
    };
    return this.jwts.likeIdToken(client, claims, 'logout+jwt');
  }
}
