import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  OneToMany,
  PrimaryColumn,
  UpdateDateColumn,
  VersionColumn,
} from 'typeorm';
import type { Relation } from 'typeorm';
import { Scope } from '../common/index.js';
import { canonicalResponseType } from './response-types.js';
import { ClientSecret } from './client-secret.entity.js';
import { SelfRegisteredClient } from './self-registered-client.js';

export type ClientAuthenticationMethodName = string;
/** Where a client authenticates. */
export type ClientEndpoint = 'token' | 'introspection' | 'revocation';
export type ApplicationType = 'web' | 'native';
export type AccessTokenFormat = 'opaque' | 'jwt';

/** An application that may ask for tokens. @see RFC 7591 §2 for what the metadata means. */
@Entity('gh_client')
@Index('gh_client_owner', ['owner'], { where: 'owner IS NOT NULL' })
@Index('gh_client_unused', ['createdAt'], { where: 'registered_with IS NOT NULL AND NOT used' })
export class Client extends SelfRegisteredClient {
  @PrimaryColumn('text', { name: 'client_id' })
  id: string;

  @Column('text', { name: 'client_name' })
  name: string;

  /** The subject of the user who registered it; null for one that the operator declared. */
  @Column('text', { nullable: true })
  owner: string | null;

  /** 'file' when the declarative file holds it: it is then read-only elsewhere. */
  @Column('text', { name: 'managed_by', nullable: true })
  managedBy: string | null;

  @Column('text', { name: 'application_type' })
  applicationType: ApplicationType;

  @Column('text', { name: 'token_endpoint_auth_method' })
  authenticationMethod: ClientAuthenticationMethodName;

  @Column('text', { name: 'grant_types', array: true })
  grantTypes: string[];

  @Column('text', { name: 'response_types', array: true })
  responseTypes: string[];

  @Column('text', { name: 'redirect_uris', array: true })
  redirectUris: string[];

  @Column('text', { name: 'post_logout_redirect_uris', array: true })
  postLogoutRedirectUris: string[];

  @Column('text', { name: 'allowed_origins', array: true })
  allowedOrigins: string[];

  /** The registered scope, space-delimited: everything this client may ever ask for. */
  @Column('text', { name: 'scope' })
  registeredScope: string;

  @Column('text', { name: 'logo_uri', nullable: true })
  logoUri: string | null;

  @Column('text', { name: 'client_uri', nullable: true })
  clientUri: string | null;

  @Column('text', { name: 'policy_uri', nullable: true })
  policyUri: string | null;

  @Column('text', { name: 'tos_uri', nullable: true })
  tosUri: string | null;

  @Column('text', { name: 'access_token_format', nullable: true })
  accessTokenFormat: AccessTokenFormat | null;

  @Column('boolean', { name: 'require_pkce', nullable: true })
  requirePkce: boolean | null;

  /** RFC 7636's `plain`, which RFC 9700 discourages: for a client that cannot hash. */
  @Column('boolean', { name: 'allow_pkce_plain', default: false })
  allowPkcePlain: boolean;

  /** Seconds; null = what scopes, resources and settings say. */
  @Column('integer', { name: 'access_token_ttl', nullable: true })
  accessTokenTtl: number | null;

  /** Seconds that a family of its tokens lives; null = the setting. */
  @Column('integer', { name: 'refresh_token_ttl', nullable: true })
  refreshTokenTtl: number | null;

  /** How it authenticates at the introspection endpoint; null = as at the token endpoint. */
  @Column('text', { name: 'introspection_endpoint_auth_method', nullable: true })
  introspectionAuthenticationMethod: string | null;

  /** How it authenticates at the revocation endpoint; null = as at the token endpoint. */
  @Column('text', { name: 'revocation_endpoint_auth_method', nullable: true })
  revocationAuthenticationMethod: string | null;

  /** Its secrets are also kept encrypted, because HS256 needs them: an explicit choice. */
  @Column('boolean', { name: 'readable_secret', default: false })
  readableSecret: boolean;

  /** Whatever else its operator wants to keep with it. */
  @Column('jsonb', { default: {} })
  metadata: object;

  @Column('boolean', { name: 'skip_consent' })
  skipConsent: boolean;

  @Column('boolean', { name: 'may_introspect' })
  mayIntrospect: boolean;

  /** The resources that a resource server answers for; empty = every one. Means something with mayIntrospect only. */
  @Column('text', { array: true })
  resources: string[];

  @Column('boolean')
  disabled: boolean;

  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' })
  updatedAt: Date;

  @VersionColumn({ default: 1 })
  version: number;

  @OneToMany(() => ClientSecret, (secret) => secret.client, { cascade: true })
  secrets: Relation<ClientSecret>[];

  private parsedScope?: Scope;

  get scope(): Scope {
    return (this.parsedScope ??= Scope.parse(this.registeredScope));
  }

  /** How it proves itself at one endpoint: as it is registered for that one, or else as at the token endpoint. */
  authenticationMethodAt(endpoint: ClientEndpoint): ClientAuthenticationMethodName {
    if (endpoint === 'introspection')
      return this.introspectionAuthenticationMethod ?? this.authenticationMethod;
    if (endpoint === 'revocation') return this.revocationAuthenticationMethod ?? this.authenticationMethod;
    return this.authenticationMethod;
  }

  /** RFC 6749 §2.1: a public client cannot keep a secret. */
  get isPublic(): boolean {
    return this.authenticationMethod === 'none';
  }

  allowsGrantType(grantType: string): boolean {
    return this.grantTypes.includes(grantType);
  }

  /** The order of its parts means nothing (RFC 6749 §3.1.1). */
  allowsResponseType(responseType: string): boolean {
    const canonical = canonicalResponseType(responseType);
    return this.responseTypes.some((registered) => canonicalResponseType(registered) === canonical);
  }

  /** Whether it may have tokens through the browser. */
  get hasFrontChannel(): boolean {
    return this.allowsGrantType('implicit');
  }

  /** May this client be told about a token for that audience? @see RFC 7662 §4 */
  answersFor(audience: readonly string[]): boolean {
    return (
      this.mayIntrospect &&
      (this.resources.length === 0 || audience.some((one) => this.resources.includes(one)))
    );
  }
}
