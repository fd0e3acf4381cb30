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
} from 'class-validator';
import type { JSONWebKeySet } from 'jose';
import { CONTENT_ENCRYPTIONS, KEY_WRAPPINGS, SIGNING_ALGORITHMS } from '../keys/index.js';
import { HTTPS_URL, HTTP_URL, httpUrl } from './http-url.js';

/** What OpenID Connect lets a client say of itself. @see OpenID Connect Dynamic Client Registration 1.0 §2 */
export abstract class OpenIdMetadata {
  /** Where its public keys are published; excludes `jwks`. */
  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  jwks_uri?: string;

  /** Its public keys, for one that cannot publish them. */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true, example: { keys: [] } })
  jwks?: JSONWebKeySet;

  /** The only algorithm of the JWTs that it authenticates with; left out: any that fits its method. */
  @IsOptional()
  @IsIn([...SIGNING_ALGORITHMS, 'HS256'])
  token_endpoint_auth_signing_alg?: string;

  /** `pairwise` hides from applications that they share a user. */
  @IsOptional()
  @IsIn(['public', 'pairwise'])
  subject_type?: 'public' | 'pairwise';

  /** The https URL of a JSON array of redirect URIs: the applications that know a user by one identifier. */
  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  sector_identifier_uri?: string;

  /** HS256 is keyed by the client's secret, and needs `readable_secret`. */
  @IsOptional()
  @IsIn([...SIGNING_ALGORITHMS, 'HS256'])
  id_token_signed_response_alg?: string;

  /** Encrypts its ID tokens, with a key of its `jwks` or `jwks_uri`. */
  @IsOptional()
  @IsIn(KEY_WRAPPINGS)
  id_token_encrypted_response_alg?: string;

  @IsOptional()
  @IsIn(CONTENT_ENCRYPTIONS)
  id_token_encrypted_response_enc?: string;

  /** Makes userinfo a signed JWT; left out: plain JSON. */
  @IsOptional()
  @IsIn([...SIGNING_ALGORITHMS, 'HS256'])
  userinfo_signed_response_alg?: string;

  @IsOptional()
  @IsIn(KEY_WRAPPINGS)
  userinfo_encrypted_response_alg?: string;

  @IsOptional()
  @IsIn(CONTENT_ENCRYPTIONS)
  userinfo_encrypted_response_enc?: string;

  /** The only algorithm of its request objects; left out: any, `none` only from one that registers itself. */
  @IsOptional()
  @IsIn([...SIGNING_ALGORITHMS, 'HS256', 'none'])
  request_object_signing_alg?: string;

  /** How it may encrypt its request objects, to this server's key. */
  @IsOptional()
  @IsIn(KEY_WRAPPINGS)
  request_object_encryption_alg?: string;

  @IsOptional()
  @IsIn(CONTENT_ENCRYPTIONS)
  request_object_encryption_enc?: string;

  /** Takes nothing but signed request objects from it (RFC 9101 §10.5). */
  @IsOptional()
  @IsBoolean()
  require_signed_request_object?: boolean;

  /** Where its request objects may lie. A fragment, which may hold a digest, is not compared. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @MaxLength(512, { each: true })
  @Matches(HTTP_URL, { each: true, message: 'each of request_uris must be an https URL' })
  request_uris?: string[];

  /** Seconds since the user proved who he is, where a request names no max_age. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(999_999_999)
  default_max_age?: number;

  /** Its ID tokens always say when the user signed in. */
  @IsOptional()
  @IsBoolean()
  require_auth_time?: boolean;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  default_acr_values?: string[];

  /** Where others may send a person to sign in (OpenID Connect Core §4). */
  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTPS_URL, { message: '$property must be an absolute https URL' })
  initiate_login_uri?: string;

  /** The page that signs a person out of the application, shown in a frame. */
  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  frontchannel_logout_uri?: string;

  /** The page above is told the issuer and the session. */
  @IsOptional()
  @IsBoolean()
  frontchannel_logout_session_required?: boolean;

  /** The endpoint that is sent a logout token when a session ends. */
  @IsOptional()
  @MaxLength(2000)
  @Matches(HTTP_URL, httpUrl)
  backchannel_logout_uri?: string;

  @IsOptional()
  @IsBoolean()
  backchannel_logout_session_required?: boolean;

  /** Who answers for it: e-mail addresses. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  @Length(1, 320, { each: true })
  contacts?: string[];

  /** What the software is, whichever instance of it registers (RFC 7591 §2). */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  software_id?: string;

  @IsOptional()
  @IsString()
  @Length(1, 200)
  software_version?: string;
}
