import { prepared } from '../database/index.js';
import type { PreparedStatement } from '../database/index.js';
import type { Authorization } from './authorization.entity.js';
import { Binding } from './bind.js';
import type { Bind } from './bind.js';
import type { TokenIssuance } from './token-issuance.js';
import type { MintedTokens } from './token-mint.js';

export interface StatementWithValues {
  readonly statement: PreparedStatement;
  readonly values: readonly unknown[];
}

/** Everything that one issuance writes. */
export interface TokenWrite {
  readonly issuance: TokenIssuance;
  readonly scope: string;
  readonly minted: MintedTokens;
  readonly authorization: Authorization | null;
  readonly now: Date;
}

/**
 * The one statement of an issuance: uses up the credential, makes sure that the family lives, stores the tokens.
 * It returns a row when all of that happened, and none when the credential had been used or the family revoked.
 */
export function tokenStatement(write: TokenWrite): StatementWithValues | null {
  const { issuance, minted } = write;
  if (!issuance.uses && !minted.access && !minted.refresh && !write.authorization?.isNew) return null;
  const { bind, values } = new Binding();
  const parts: string[] = [];
  if (issuance.uses) parts.push(`used AS (${issuance.uses.consume(bind, minted)})`);
  parts.push(`family AS (${family(write, bind)})`);
  if (minted.access) parts.push(`access AS (${insertAccess(write, bind)})`);
  if (minted.refresh) parts.push(`refresh AS (${insertRefresh(write, bind)})`);
  return { statement: prepared(`WITH ${parts.join(',\n')}\nSELECT 1 FROM family`), values };
}

function family(write: TokenWrite, bind: Bind): string {
  const onlyIfUsed = write.issuance.uses ? 'EXISTS (SELECT 1 FROM used)' : 'true';
  if (!write.authorization) return `SELECT NULL::uuid AS id WHERE ${onlyIfUsed}`;
  if (write.authorization.isNew) return insertFamily(write.authorization, bind, onlyIfUsed);
  return `SELECT id FROM gh_authorization WHERE id = ${bind(write.authorization.id)}::uuid
    AND revoked_at IS NULL AND expires_at > ${bind(write.now)}::timestamptz AND ${onlyIfUsed}`;
}

/** A new family, if the condition holds. */
export function insertFamily(family: Authorization, bind: Bind, condition: string): string {
  return `INSERT INTO gh_authorization
      (id, client_id, subject, username, scope, resources, session_id, authenticated_at, methods,
       acr, claims, created_at, expires_at)
    SELECT ${bind(family.id)}::uuid, ${bind(family.clientId)}::text, ${bind(family.subject)}::text,
      ${bind(family.username)}::text, ${bind(family.grantedScope)}::text, ${bind(family.resources)}::text[],
      ${bind(family.sessionId)}::uuid, ${bind(family.authenticatedAt)}::timestamptz, ${bind(family.methods)}::text[],
      ${bind(family.acr)}::text,
      ${bind(family.claims && JSON.stringify(family.claims))}::jsonb, ${bind(family.createdAt)}::timestamptz, ${bind(family.expiresAt)}::timestamptz
    WHERE ${condition} RETURNING id`;
}

function insertAccess({ issuance, scope, minted, now }: TokenWrite, bind: Bind): string {
  const { digest, audience, expiresAt } = minted.access!;
  return `INSERT INTO gh_access_token
      (digest, authorization_id, client_id, subject, scope, audience, issued_at, expires_at)
    SELECT ${bind(digest)}::bytea, family.id, ${bind(issuance.client.id)}::text, ${bind(issuance.subject)}::text,
      ${bind(scope)}::text, ${bind(audience)}::text[], ${bind(now)}::timestamptz, ${bind(expiresAt)}::timestamptz
    FROM family`;
}

function insertRefresh({ issuance, minted }: TokenWrite, bind: Bind): string {
  const { digest, expiresAt } = minted.refresh!;
  return `INSERT INTO gh_refresh_token (digest, authorization_id, client_id, expires_at)
    SELECT ${bind(digest)}::bytea, family.id, ${bind(issuance.client.id)}::text, ${bind(expiresAt)}::timestamptz
    FROM family`;
}
