import { IsOptional, Matches } from 'class-validator';
import { PageQueryDto } from './page.dto.js';

/** Which authorizations to list. */
export class AuthorizationsQueryDto extends PageQueryDto {
  /** Only those of this user. */
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,255}$/, { message: 'sub must be the subject of a user' })
  sub?: string;

  /** Only those of this client. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'client_id must be that of a client' })
  client_id?: string;
}

/** What a user allowed a client: the root of its tokens, never with one of them. */
export class AuthorizationDto {
  id!: string;

  client_id!: string;

  sub!: string;

  /** As it was when this was allowed. */
  username!: string | null;

  scope!: string;

  resources!: string[];

  /** When the user signed in for it. */
  authenticated_at!: Date | null;

  created_at!: Date;

  /** Nothing of it lives longer. */
  expires_at!: Date;

  revoked_at!: Date | null;

  revocation_reason!: string | null;
}

/** Some authorizations of many. */
export class AuthorizationsPageDto {
  items!: AuthorizationDto[];

  /** How many there are in all. */
  total!: number;

  offset!: number;

  limit!: number;
}
