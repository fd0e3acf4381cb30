import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsInt, IsOptional, IsRFC3339, IsString, Length, Max, Min } from 'class-validator';

/** A token to be made. */
export class NewInitialAccessTokenDto {
  /** What it is for: a partner, a deployment, anything that tells it from the others. */
  @IsString()
  @Length(1, 100)
  label!: string;

  /** How many clients may register with it; null: any number; left out: one. */
  @ApiPropertyOptional({ nullable: true, type: 'integer', default: 1 })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  uses?: number | null;

  /** With a time zone; left out: it never expires. */
  @ApiPropertyOptional({ nullable: true, format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @IsRFC3339({ message: 'expires_at must be a time with a zone, such as 2030-01-31T12:00:00Z' })
  expires_at?: string | null;
}

/** A token, as far as anybody may know it. */
export class InitialAccessTokenDto {
  id!: string;

  label!: string;

  /** How many clients may still register with it; null: any number. */
  uses_left!: number | null;

  created_by!: string;

  created_at!: Date;

  expires_at!: Date | null;

  last_used_at!: Date | null;
}

/** A token that was just made. */
export class MadeInitialAccessTokenDto extends InitialAccessTokenDto {
  /** Shown only now. */
  initial_access_token!: string;
}
