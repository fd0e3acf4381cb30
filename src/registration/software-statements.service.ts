import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import type { JSONWebKeySet, JWTPayload } from 'jose';
import { ClientKeys } from '../client-keys/index.js';
import { SIGNING_ALGORITHMS } from '../clients/index.js';
import { Clock } from '../common/index.js';
import { Settings } from '../config/index.js';
import { InvalidSoftwareStatementError, UnapprovedSoftwareStatementError } from './registration-errors.js';

/** Seconds that two clocks may differ. */
const SKEW = 30;

/** What a client says, with what somebody else vouches for in place of its own words. */
export interface StatedMetadata {
  readonly metadata: object;
  /** As it came; null where there is none. */
  readonly softwareStatement: string | null;
}

/** Reads software statements: what an issuer that the operator trusts says of a piece of software. @see RFC 7591 §2.3 */
@Injectable()
export class SoftwareStatementsService {
  constructor(
    private readonly settings: Settings,
    private readonly keys: ClientKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidSoftwareStatementError, UnapprovedSoftwareStatementError */
  async apply(metadata: { readonly software_statement?: unknown }): Promise<StatedMetadata> {
    const { software_statement: statement } = metadata;
    if (statement === undefined || statement === null) return this.without(metadata);
    if (typeof statement !== 'string') throw malformed();
    const claims = await this.verified(statement);
    return { metadata: { ...metadata, ...claims }, softwareStatement: statement };
  }

  private without(metadata: object): StatedMetadata {
    if (!this.settings.registration.requireSoftwareStatement) return { metadata, softwareStatement: null };
    throw new InvalidSoftwareStatementError('a software statement is needed here');
  }

  private async verified(statement: string): Promise<JWTPayload> {
    const { iss } = unverified(statement);
    const issuer = this.settings.registration.softwareStatements.find((one) => one.issuer === iss);
    if (!issuer)
      throw new UnapprovedSoftwareStatementError('the issuer of the software statement is not trusted here');
    const owner = {
      id: `software statements of ${issuer.issuer}`,
      jwksUri: issuer.jwks_uri ?? null,
      jwks: (issuer.jwks as JSONWebKeySet | undefined) ?? null,
      secrets: [],
    };
    const signed = await this.keys.verify(owner, statement, { algorithms: SIGNING_ALGORITHMS });
    if (!signed)
      throw new InvalidSoftwareStatementError('the software statement is not signed by its issuer');
    return this.current(signed.payload);
  }

  private current(claims: JWTPayload): JWTPayload {
    const now = this.clock.now().getTime() / 1000;
    const { exp = now, nbf = now } = claims;
    if (exp < now - SKEW || nbf > now + SKEW || typeof exp !== 'number' || typeof nbf !== 'number')
      throw new InvalidSoftwareStatementError('the software statement has expired, or is not valid yet');
    return claims;
  }
}

function unverified(statement: string): JWTPayload {
  try {
    return decodeJwt(statement);
  } catch (cause) {
    throw malformed(cause);
  }
}

const malformed = (cause?: unknown): InvalidSoftwareStatementError =>
  new InvalidSoftwareStatementError('software_statement is not a JWT', { cause });
