import { Column } from 'typeorm';
import type { JSONWebKeySet } from 'jose';

/** Who knows a user by which identifier. @see OpenID Connect Core §8 */
export type SubjectType = 'public' | 'pairwise';

/**
 * What OpenID Connect adds to a client: its keys, its algorithms, and where it is told of a sign-out.
 * @see OpenID Connect Dynamic Client Registration 1.0 §2
 */
export abstract class OpenIdClient {
  /** Where its keys are published; it has either these or its own `jwks`. */
  @Column('text', { name: 'jwks_uri', nullable: true })
  jwksUri: string | null;

  @Column('jsonb', { nullable: true })
  jwks: JSONWebKeySet | null;

  /** The only algorithm of its client assertions; null = any that fits its method. */
  @Column('text', { name: 'token_endpoint_auth_signing_alg', nullable: true })
  assertionAlgorithm: string | null;

  @Column('text', { name: 'subject_type', default: 'public' })
  subjectType: SubjectType;

  @Column('text', { name: 'sector_identifier_uri', nullable: true })
  sectorIdentifierUri: string | null;

  @Column('text', { name: 'id_token_signed_response_alg' })
  idTokenAlgorithm: string;

  /** How the key of an encrypted ID token is wrapped; null = it is not encrypted. */
  @Column('text', { name: 'id_token_encrypted_response_alg', nullable: true })
  idTokenKeyWrapping: string | null;

  @Column('text', { name: 'id_token_encrypted_response_enc', nullable: true })
  idTokenEncryption: string | null;

  /** Null = userinfo is plain JSON. */
  @Column('text', { name: 'userinfo_signed_response_alg', nullable: true })
  userinfoAlgorithm: string | null;

  @Column('text', { name: 'userinfo_encrypted_response_alg', nullable: true })
  userinfoKeyWrapping: string | null;

  @Column('text', { name: 'userinfo_encrypted_response_enc', nullable: true })
  userinfoEncryption: string | null;

  /** The only algorithm of its request objects; null = any, `none` only where it has registered itself. */
  @Column('text', { name: 'request_object_signing_alg', nullable: true })
  requestObjectAlgorithm: string | null;

  @Column('text', { name: 'request_object_encryption_alg', nullable: true })
  requestObjectKeyWrapping: string | null;

  @Column('text', { name: 'request_object_encryption_enc', nullable: true })
  requestObjectEncryption: string | null;

  /** RFC 9101 §10.5: nothing but a signed request object is taken. */
  @Column('boolean', { name: 'require_signed_request_object', default: false })
  requiresSignedRequestObject: boolean;

  @Column('text', { name: 'request_uris', array: true, default: [] })
  requestUris: string[];

  /** Seconds; null = a sign-in of any age will do. */
  @Column('integer', { name: 'default_max_age', nullable: true })
  defaultMaxAge: number | null;

  @Column('boolean', { name: 'require_auth_time', default: false })
  requiresAuthTime: boolean;

  @Column('text', { name: 'default_acr_values', array: true, default: [] })
  defaultAcrValues: string[];

  /** Where a third party sends a person to sign in. @see OpenID Connect Core §4 */
  @Column('text', { name: 'initiate_login_uri', nullable: true })
  initiateLoginUri: string | null;

  @Column('text', { name: 'frontchannel_logout_uri', nullable: true })
  frontchannelLogoutUri: string | null;

  @Column('boolean', { name: 'frontchannel_logout_session_required', default: false })
  frontchannelLogoutNeedsSession: boolean;

  @Column('text', { name: 'backchannel_logout_uri', nullable: true })
  backchannelLogoutUri: string | null;

  @Column('boolean', { name: 'backchannel_logout_session_required', default: false })
  backchannelLogoutNeedsSession: boolean;

  @Column('text', { array: true, default: [] })
  contacts: string[];

  @Column('text', { name: 'software_id', nullable: true })
  softwareId: string | null;

  @Column('text', { name: 'software_version', nullable: true })
  softwareVersion: string | null;
}
