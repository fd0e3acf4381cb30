import { ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** RFC 6749 §3.3: a scope-token. */
export const SCOPE_NAME = /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/;

/** What may be said of a scope, beside its name. */
export class ScopeStateDto {
  /** What people read first when they are asked; left out: the name. */
  @IsOptional()
  @IsString()
  @Length(1, 200)
  title?: string;

  /** What they allow, in a sentence. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  description?: string;

  /** The claims of a user that it opens (OpenID Connect Core §5.4). */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(/^[\x21-\x7e]{1,200}$/, { each: true, message: 'each of claims must be the name of a claim' })
  claims?: string[];

  /** Seconds that an access token with this scope lives at most. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(31_536_000)
  @ApiPropertyOptional({ nullable: true, type: 'integer' })
  access_token_ttl?: number | null;

  /** Given where a request names no scope at all. */
  @IsOptional()
  @IsBoolean()
  default?: boolean;

  /** Only an administrator may allow it to a client. */
  @IsOptional()
  @IsBoolean()
  restricted?: boolean;
}

/** A scope as it is to be; in a change, the name is that of the address or left out. */
export class ScopeChangeDto extends ScopeStateDto {
  @IsOptional()
  @Matches(SCOPE_NAME, { message: 'name must be a scope token (RFC 6749 section 3.3)' })
  name?: string;
}

/** A scope to be made. */
export class NewScopeDto extends ScopeStateDto {
  @Matches(SCOPE_NAME, { message: 'name must be a scope token (RFC 6749 section 3.3)' })
  name!: string;
}

/** A scope as it is. */
export class ScopeDto {
  name!: string;

  title!: string;

  description!: string;

  claims!: string[];

  access_token_ttl!: number | null;

  default!: boolean;

  restricted!: boolean;

  /** `standard` or `file` when it cannot be changed here. */
  managed_by!: string | null;
}
