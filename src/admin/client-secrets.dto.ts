import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsRFC3339, IsString, Length } from 'class-validator';

/** A secret to be made. */
export class NewClientSecretDto {
  /** What it is for: deployments, people, anything that tells it from the others. */
  @IsString()
  @Length(1, 100)
  label!: string;

  /** With a time zone; left out: it never expires. */
  @ApiPropertyOptional({ format: 'date-time' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @IsRFC3339({ message: 'expires_at must be a time with a zone, such as 2030-01-31T12:00:00Z' })
  expires_at?: string;
}

/** A secret, as far as anybody may know it. */
export class ClientSecretDto {
  id!: string;

  label!: string;

  created_at!: Date;

  expires_at!: Date | null;

  last_used_at!: Date | null;
}

/** A secret that was just made. */
export class MadeClientSecretDto {
  id!: string;

  label!: string;

  /** Shown only now. */
  client_secret!: string;

  expires_at!: Date | null;
}
