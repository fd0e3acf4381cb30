import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  NotEquals,
} from 'class-validator';
import { HTTP_URL, httpUrl } from './http-url.js';
import { OpenIdMetadata } from './openid-metadata.js';

const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$|^https?:\/\/\[[0-9a-f:]+\](:\d{1,5})?$/;

/** The values of RFC 7591 §4.2, and those of extensions. */
const METHOD = /^[\x21-\x7e]{1,200}$/;

/**
 * What a client says of itself: the names are those of RFC 7591 §2 and OpenID Connect Dynamic Client Registration §2.
 * The declarative file, the management API and the developer portal all use this one form.
 */
export class ClientMetadata extends OpenIdMetadata {
  /** Shown to people when they sign in. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  client_name?: string;

  /** `web` or `native`; only a native application may use loopback ports and private schemes. */
  @IsOptional()
  @IsIn(['web', 'native'])
  application_type?: 'web' | 'native';

  /** How it proves itself: `none` makes it a public client. */
  @IsOptional()
  @Matches(METHOD)
  token_endpoint_auth_method?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  grant_types?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(100, { each: true })
  response_types?: string[];

  /** Compared exactly, character by character. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(2000, { each: true })
  redirect_uris?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(2000, { each: true })
  post_logout_redirect_uris?: string[];

  /** Origins of pages that may call the token endpoint (CORS): scheme://host[:port]. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(ORIGIN, { each: true, message: 'each of allowed_origins must be scheme://host[:port]' })
  allowed_origins?: string[];

  /** Everything it may ever ask for, separated by spaces. */
  @IsOptional()
  @IsString()
  @MaxLength(4096)
  scope?: string;

  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  logo_uri?: string;

  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  client_uri?: string;

  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  policy_uri?: string;

  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  tos_uri?: string;

  /** `jwt` for self-contained access tokens (RFC 9068), `opaque` for ones that can be revoked at once. */
  @IsOptional()
  @IsIn(['opaque', 'jwt'])
  access_token_format?: 'opaque' | 'jwt';

  /** Keeps the secrets also encrypted, because HS256 and client_secret_jwt need them; otherwise nobody can read them back. */
  @IsOptional()
  @IsBoolean()
  readable_secret?: boolean;

  /** How it proves itself at the introspection endpoint; left out: as at the token endpoint. */
  @IsOptional()
  @Matches(METHOD)
  @NotEquals('none')
  introspection_endpoint_auth_method?: string;

  /** How it proves itself at the revocation endpoint; left out: as at the token endpoint. */
  @IsOptional()
  @Matches(METHOD)
  revocation_endpoint_auth_method?: string;
}

/** What only an administrator or the declarative file may say of a client. */
export class ManagedClientMetadata extends ClientMetadata {
  /** Chosen by the operator; made by the server when left out. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'client_id must be 1 to 200 printable ASCII characters' })
  client_id?: string;

  /** Chosen by the operator; made by the server when left out. Kept as an argon2id hash (RFC 6749 Appendix A.2). */
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,500}$/, { message: 'client_secret must be 1 to 500 printable ASCII characters' })
  client_secret?: string;

  /** The subject of the user who may edit it in the developer portal. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  @ApiPropertyOptional({ nullable: true })
  owner?: string | null;

  /** For first-party applications: people are not asked. */
  @IsOptional()
  @IsBoolean()
  skip_consent?: boolean;

  /** A resource server, which may introspect tokens meant for it. */
  @IsOptional()
  @IsBoolean()
  may_introspect?: boolean;

  /** The resources it answers for (with may_introspect); left out: every one. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(2000, { each: true })
  resources?: string[];

  /** Overrides the server's setting for this client. */
  @IsOptional()
  @IsBoolean()
  require_pkce?: boolean;

  /** Accepts the `plain` challenge of RFC 7636, which RFC 9700 discourages. */
  @IsOptional()
  @IsBoolean()
  allow_pkce_plain?: boolean;

  /** Seconds that its access tokens live at most. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(31_536_000)
  access_token_ttl?: number;

  /** Seconds that a family of its refresh tokens lives. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(315_360_000)
  refresh_token_ttl?: number;

  /** Whatever else is to be kept with it: at most 4 kB of JSON. */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  metadata?: Record<string, unknown>;

  /** A disabled client is refused everywhere. */
  @IsOptional()
  @IsBoolean()
  disabled?: boolean;
}
