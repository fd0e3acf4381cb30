import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CLIENTS } from './initial-clients.js';

/**
 * The tables of the first release. Tokens and codes have no foreign keys: a check of the parent's row, with its
 * lock, on every token would cost more than the token, and a token without a live parent is dead anyway.
 */
export class InitialSchema1763600000000 implements MigrationInterface {
  name = 'InitialSchema1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP FUNCTION gh_audit_is_append_only');
  }
}

const TABLES = [
  'gh_audit',
  'gh_logout_delivery',
  'gh_used_assertion',
  'gh_revoked_access_token',
  'gh_refresh_token',
  'gh_access_token',
  'gh_authorization_code',
  'gh_authorization',
  'gh_consent',
  'gh_interaction',
  'gh_session',
  'gh_key',
  'gh_user',
  'gh_resource',
  'gh_scope',
  'gh_initial_access_token',
  'gh_client_refusal',
  'gh_client_secret',
  'gh_client',
];

const STATEMENTS = [
  ...CLIENTS,

  `CREATE TABLE gh_scope (
    name text PRIMARY KEY,
    title text NOT NULL,
    description text NOT NULL,
    claims text[] NOT NULL,
    access_token_ttl integer,
    is_default boolean NOT NULL,
    restricted boolean NOT NULL
  )`,
  `CREATE TABLE gh_resource (
    identifier text PRIMARY KEY,
    name text NOT NULL,
    scopes text[] NOT NULL,
    access_token_format text,
    access_token_ttl integer
  )`,

  `CREATE TABLE gh_user (
    subject text PRIMARY KEY,
    username text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    claims jsonb NOT NULL,
    roles text[] NOT NULL,
    disabled boolean NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,

  `CREATE TABLE gh_key (
    kid text PRIMARY KEY,
    alg text NOT NULL,
    public_jwk jsonb NOT NULL,
    encrypted_private_key bytea,
    created_at timestamptz NOT NULL,
    active_from timestamptz NOT NULL,
    published_until timestamptz
  )`,

  `CREATE TABLE gh_session (
    digest bytea PRIMARY KEY,
    id uuid NOT NULL,
    subject text NOT NULL,
    username text NOT NULL,
    authenticated_at timestamptz NOT NULL,
    methods text[] NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE UNIQUE INDEX gh_session_id ON gh_session (id)`,
  `CREATE INDEX gh_session_subject ON gh_session (subject)`,
  `CREATE INDEX gh_session_expiry ON gh_session (expires_at)`,

  `CREATE TABLE gh_interaction (
    digest bytea PRIMARY KEY,
    browser bytea NOT NULL,
    parameters jsonb NOT NULL,
    client_id text NOT NULL,
    redirect_uri text NOT NULL,
    scope text NOT NULL,
    resources text[] NOT NULL,
    selected text,
    consented_by text,
    denied boolean NOT NULL DEFAULT false,
    steps jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX gh_interaction_expiry ON gh_interaction (expires_at)`,

  `CREATE TABLE gh_consent (
    subject text NOT NULL,
    client_id text NOT NULL,
    scope text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (subject, client_id)
  )`,
  `CREATE INDEX gh_consent_client ON gh_consent (client_id)`,

  `CREATE TABLE gh_authorization (
    id uuid PRIMARY KEY,
    client_id text NOT NULL,
    subject text NOT NULL,
    username text,
    scope text NOT NULL,
    resources text[] NOT NULL,
    session_id uuid,
    authenticated_at timestamptz,
    methods text[] NOT NULL,
    acr text,
    claims jsonb,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    revocation_reason text
  )`,
  `CREATE INDEX gh_authorization_subject ON gh_authorization (subject, client_id)`,
  `CREATE INDEX gh_authorization_client ON gh_authorization (client_id)`,
  `CREATE INDEX gh_authorization_session ON gh_authorization (session_id) WHERE session_id IS NOT NULL`,
  `CREATE INDEX gh_authorization_expiry ON gh_authorization (expires_at)`,

  `CREATE TABLE gh_authorization_code (
    digest bytea PRIMARY KEY,
    authorization_id uuid NOT NULL,
    client_id text NOT NULL,
    redirect_uri text,
    code_challenge text,
    nonce text,
    expires_at timestamptz NOT NULL,
    consumed_at timestamptz
  )`,
  `CREATE INDEX gh_authorization_code_expiry ON gh_authorization_code (expires_at)`,

  `CREATE TABLE gh_access_token (
    digest bytea PRIMARY KEY,
    authorization_id uuid,
    client_id text NOT NULL,
    subject text,
    scope text NOT NULL,
    audience text[] NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
  )`,
  `CREATE INDEX gh_access_token_expiry ON gh_access_token (expires_at)`,

  `CREATE TABLE gh_refresh_token (
    digest bytea PRIMARY KEY,
    authorization_id uuid NOT NULL,
    client_id text NOT NULL,
    expires_at timestamptz NOT NULL,
    consumed_at timestamptz,
    successor bytea,
    sealed_response bytea
  )`,
  `CREATE INDEX gh_refresh_token_expiry ON gh_refresh_token (expires_at)`,

  // Self-contained access tokens are not stored; those revoked before their time are remembered until then.
  `CREATE TABLE gh_revoked_access_token (
    id uuid PRIMARY KEY,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX gh_revoked_access_token_expiry ON gh_revoked_access_token (expires_at)`,

  // Client assertions are for one use; a used one is remembered for as long as it would be taken.
  `CREATE TABLE gh_used_assertion (
    digest bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX gh_used_assertion_expiry ON gh_used_assertion (expires_at)`,

  // Applications that have to be told that a session ended: written with its end, and delivered afterwards.
  `CREATE TABLE gh_logout_delivery (
    id uuid PRIMARY KEY,
    client_id text NOT NULL,
    session_id uuid NOT NULL,
    subject text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    next_attempt_at timestamptz,
    leased_until timestamptz,
    last_error text,
    delivered_at timestamptz,
    created_at timestamptz NOT NULL,
    give_up_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  `CREATE INDEX gh_logout_delivery_due ON gh_logout_delivery (client_id, next_attempt_at)
    WHERE next_attempt_at IS NOT NULL`,
  `CREATE INDEX gh_logout_delivery_client ON gh_logout_delivery (client_id, created_at)`,
  `CREATE INDEX gh_logout_delivery_expiry ON gh_logout_delivery (expires_at)`,

  `CREATE TABLE gh_audit (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    target_type text NOT NULL,
    target_id text NOT NULL,
    ip text,
    changes jsonb NOT NULL
  )`,
  `CREATE INDEX gh_audit_actor ON gh_audit (actor, id)`,
  `CREATE INDEX gh_audit_target ON gh_audit (target_type, target_id, id)`,
  // 42501 is insufficient_privilege. Whoever owns the table can still drop the trigger, but not by accident.
  `CREATE FUNCTION gh_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = '42501'; END $$`,
  `CREATE TRIGGER gh_audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON gh_audit
    FOR EACH STATEMENT EXECUTE FUNCTION gh_audit_is_append_only()`,
];
