import { prepared } from '../database/index.js';

/** An application whose page in a frame signs its user out. @see OpenID Connect Front-Channel Logout 1.0 §2 */
export interface FrontChannelParty {
  readonly name: string;
  /** Its `frontchannel_logout_uri`. */
  readonly uri: string;
}

/** A session that is over. */
export interface EndedSession {
  /** The `sid` of OpenID Connect. */
  readonly id: string;
  readonly subject: string;
  readonly frontChannel: readonly FrontChannelParty[];
}

/**
 * Ends sessions, and in the same statement writes down which applications have to be told. Who took part is in the
 * authorizations: every ID token comes from one that names the session. Refresh tokens that were not meant to outlive
 * it end with it (OpenID Connect Back-Channel Logout 1.0 §2.7); what OAuth alone allowed knows no sign-out.
 */
const ending = (condition: string) =>
  prepared(
    `WITH ended AS (DELETE FROM gh_session WHERE ${condition} RETURNING id, subject),
     taken AS (
       SELECT a.id, a.client_id, a.session_id, ended.subject, a.revoked_at,
         'offline_access' = ANY (string_to_array(a.scope, ' ')) AS is_offline
       FROM ended JOIN gh_authorization a ON a.session_id = ended.id
       WHERE 'openid' = ANY (string_to_array(a.scope, ' '))),
     parties AS (
       SELECT DISTINCT taken.client_id, taken.session_id, taken.subject,
         c.client_name, c.frontchannel_logout_uri, c.backchannel_logout_uri
       FROM taken JOIN gh_client c ON c.client_id = taken.client_id),
     told AS (
       INSERT INTO gh_logout_delivery
         (id, client_id, session_id, subject, next_attempt_at, created_at, give_up_at, expires_at)
       SELECT gen_random_uuid(), client_id, session_id, subject,
         $2::timestamptz, $2::timestamptz, $3::timestamptz, $4::timestamptz
       FROM parties WHERE backchannel_logout_uri IS NOT NULL),
     revoked AS (
       UPDATE gh_authorization a SET revoked_at = $2::timestamptz, revocation_reason = $5::text
       FROM taken WHERE a.id = taken.id AND taken.revoked_at IS NULL AND NOT taken.is_offline)
     SELECT ended.id, ended.subject, coalesce(
       (SELECT jsonb_agg(jsonb_build_object('name', client_name, 'uri', frontchannel_logout_uri) ORDER BY client_name)
        FROM parties WHERE session_id = ended.id AND frontchannel_logout_uri IS NOT NULL), '[]') AS front_channel
     FROM ended`,
  );

export const END = ending('digest = $1::bytea');
export const END_OF_SUBJECT = ending('subject = $1::text');

export interface EndedRow {
  id: string;
  subject: string;
  front_channel: FrontChannelParty[];
}
