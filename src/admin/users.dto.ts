import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsObject, IsOptional, Matches } from 'class-validator';
import { PageQueryDto } from './page.dto.js';

const NAME = { message: 'username is 1 to 200 characters without control characters' };

/** Which users to list. */
export class UsersQueryDto extends PageQueryDto {
  /** How their names begin. */
  @IsOptional()
  @Matches(/^\P{Cc}{1,200}$/u, NAME)
  username?: string;
}

/** What may be changed of a user. */
export class UserChangeDto {
  /** OpenID Connect Core §5.1; in a change, a claim that is null goes away and one that is left out is kept. */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  claims?: Record<string, unknown>;

  /** `admin` opens the management of this server, `auditor` lets look at it; others are for applications. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(/^[\x21-\x7e]{1,100}$/, { each: true, message: 'each of roles must be a word' })
  roles?: string[];
}

/** A user to be made; the password is made here. */
export class NewUserDto extends UserChangeDto {
  /** Compared without regard to case. */
  @Matches(/^\P{Cc}{0,199}[^\s\p{Cc}]\P{Cc}{0,199}$/u, NAME)
  username!: string;
}

/** A user as it is: never with a password or its hash. */
export class UserDto {
  sub!: string;

  username!: string;

  roles!: string[];

  /** Who is disabled cannot sign in and has nothing left. */
  disabled!: boolean;

  /** OpenID Connect Core §5.1 */
  claims!: Record<string, unknown>;

  /** `file` when the configuration file holds the user, who is then changed there only. */
  managed_by!: string | null;

  created_at!: Date;

  updated_at!: Date;
}

/** A user whose password was just made. */
export class UserWithPasswordDto extends UserDto {
  /** Shown only now. */
  password!: string;
}

/** Some users of many. */
export class UsersPageDto {
  items!: UserDto[];

  /** How many there are in all. */
  total!: number;

  offset!: number;

  limit!: number;
}
