import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { SCOPE_NAME } from './scopes.dto.js';

/** RFC 8707 §2: an absolute URI without a fragment. */
export const RESOURCE_IDENTIFIER =
  /^[a-z][a-z0-9+.-]*:[\x21\x24-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7e]{1,2000}$/i;
const IDENTIFIER = { message: 'identifier must be an absolute URI without a fragment (RFC 8707 section 2)' };

/** What may be said of a resource, beside its identifier. */
export class ResourceStateDto {
  /** What people call the API; left out: the identifier. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  name?: string;

  /** The scopes that mean something to it; empty: every one. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @Matches(SCOPE_NAME, { each: true, message: 'each of scopes must be a scope token' })
  scopes?: string[];

  /** Of the access tokens that are meant for it. */
  @IsOptional()
  @IsIn(['opaque', 'jwt'])
  @ApiPropertyOptional({ nullable: true, enum: ['opaque', 'jwt'] })
  access_token_format?: 'opaque' | 'jwt' | null;

  /** Seconds that an access token for it lives. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(31_536_000)
  @ApiPropertyOptional({ nullable: true, type: 'integer' })
  access_token_ttl?: number | null;
}

/** A resource as it is to be; in a change, the identifier is that of the address or left out. */
export class ResourceChangeDto extends ResourceStateDto {
  @IsOptional()
  @Matches(RESOURCE_IDENTIFIER, IDENTIFIER)
  identifier?: string;
}

/** A resource to be made. */
export class NewResourceDto extends ResourceStateDto {
  /** The value of `resource` in requests and of `aud` in tokens. */
  @Matches(RESOURCE_IDENTIFIER, IDENTIFIER)
  identifier!: string;
}

/** A resource as it is. */
export class ResourceDto {
  identifier!: string;

  name!: string;

  scopes!: string[];

  access_token_format!: string | null;

  access_token_ttl!: number | null;

  /** `file` when it cannot be changed here. */
  managed_by!: string | null;
}
