import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Client } from '../../clients/index.js';
import { Clock, InvalidGrantError, digestOf, randomToken, sameText } from '../../common/index.js';
import { Settings } from '../../config/index.js';
import { Database, prepared } from '../../database/index.js';
import { EventsService } from '../../events/index.js';
import {
  AUTHORIZATION_COLUMNS,
  AuthorizationsService,
  Binding,
  authorizationFrom,
  insertFamily,
} from '../../tokens/index.js';
import type { Authorization, AuthorizationRow, SingleUse } from '../../tokens/index.js';

const FIND = prepared(
  `SELECT c.redirect_uri, c.code_challenge, c.nonce, c.consumed_at, c.expires_at, ${AUTHORIZATION_COLUMNS}
   FROM gh_authorization_code c JOIN gh_authorization a ON a.id = c.authorization_id WHERE c.digest = $1`,
);
const WAS_CONSUMED = prepared(
  'SELECT 1 FROM gh_authorization_code WHERE digest = $1 AND consumed_at IS NOT NULL',
);

interface CodeRow extends AuthorizationRow {
  redirect_uri: string | null;
  code_challenge: string | null;
  nonce: string | null;
  consumed_at: Date | null;
  expires_at: Date;
}

/** What a code is bound to. */
export interface NewCode {
  readonly authorization: Authorization;
  /** As the request named it; null when it named none (RFC 6749 §4.1.3). */
  readonly redirectUri: string | null;
  /** S256 (RFC 7636 §4.2). */
  readonly codeChallenge: string | null;
  readonly nonce: string | null;
}

/** What a client presents. */
export interface PresentedCode {
  readonly code: string;
  readonly redirect_uri?: string;
  readonly code_verifier?: string;
}

/** A code that this client may redeem, and how it is used up. */
export interface CodeUse {
  readonly authorization: Authorization;
  readonly nonce: string | null;
  readonly uses: SingleUse;
}

/** Authorization codes, from issue to redemption. @see RFC 6749 §4.1.2, §4.1.3, §10.5 */
@Injectable()
export class AuthorizationCodesService {
  constructor(
    private readonly database: Database,
    private readonly authorizations: AuthorizationsService,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly events: EventsService,
  ) {}

  /** Stores the code together with the family it begins, in one statement. */
  async issue({ authorization, redirectUri, codeChallenge, nonce }: NewCode): Promise<string> {
    const code = randomToken();
    const { bind, values } = new Binding();
    const statement = prepared(
      `WITH family AS (${insertFamily(authorization, bind, 'true')})
       INSERT INTO gh_authorization_code
         (digest, authorization_id, client_id, redirect_uri, code_challenge, nonce, expires_at)
       SELECT ${bind(digestOf(code))}::bytea, family.id, ${bind(authorization.clientId)}::text,
         ${bind(redirectUri)}::text, ${bind(codeChallenge)}::text, ${bind(nonce)}::text,
         ${bind(this.clock.in(this.settings.authorizationCode.ttl))}::timestamptz FROM family`,
    );
    await this.database.run(statement, values);
    authorization.isNew = false;
    return code;
  }

  /**
   * Everything that must be right is checked before the code is burnt, so that a stranger cannot burn it.
   * @throws InvalidGrantError
   */
  async redeem(client: Client, presented: PresentedCode): Promise<CodeUse> {
    const digest = digestOf(presented.code);
    const [row] = await this.database.run<CodeRow>(FIND, [digest]);
    if (!row || row.a_client_id !== client.id)
      throw new InvalidGrantError('the code is not valid for this client');
    if (row.redirect_uri !== (presented.redirect_uri ?? null)) {
      throw new InvalidGrantError('redirect_uri is not the one of the authorization request');
    }
    proveChallenge(row.code_challenge, presented.code_verifier);
    const authorization = authorizationFrom(row);
    if (row.consumed_at) await this.reportReuse(authorization);
    const now = this.clock.now();
    if (row.expires_at <= now || !authorization.isLive(now)) throw expired();
    return { authorization, nonce: row.nonce, uses: this.consumption(digest, authorization) };
  }

  private consumption(digest: Buffer, authorization: Authorization): SingleUse {
    return {
      consume: (bind) => {
        const now = bind(this.clock.now());
        return `UPDATE gh_authorization_code SET consumed_at = ${now}::timestamptz
          WHERE digest = ${bind(digest)}::bytea AND consumed_at IS NULL AND expires_at > ${now}::timestamptz
          RETURNING digest`;
      },
      onLost: async () => {
        const consumed = await this.database.run(WAS_CONSUMED, [digest]);
        if (consumed.length > 0) await this.reportReuse(authorization);
        throw expired();
      },
    };
  }

  /** RFC 6749 §4.1.2: a code that turns up twice takes with it whatever it gave. */
  private async reportReuse({ id, clientId }: Authorization): Promise<never> {
    await this.authorizations.revoke(id, 'an authorization code was used twice');
    this.events.emit('authorization_code.reused', { clientId, authorizationId: id });
    throw new InvalidGrantError('the code was used before');
  }
}

/** RFC 7636 §4.6; a verifier without a challenge is a downgrade attempt (RFC 9700 §4.8.2). */
function proveChallenge(challenge: string | null, verifier: string | undefined): void {
  if (challenge === null && verifier === undefined) return;
  if (challenge === null || verifier === undefined) {
    throw new InvalidGrantError('code_verifier does not fit the authorization request');
  }
  const proof = createHash('sha256').update(verifier).digest('base64url');
  if (!sameText(proof, challenge))
    throw new InvalidGrantError('code_verifier does not fit the code_challenge');
}

const expired = (): InvalidGrantError => new InvalidGrantError('the code has expired or was revoked');
