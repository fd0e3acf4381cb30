import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { LogoutDeliveryState } from '../sessions/index.js';
import { PageQueryDto } from './page.dto.js';

export const LOGOUT_DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const;

/** Which deliveries to list. */
export class LogoutDeliveriesQueryDto extends PageQueryDto {
  /** Only those to this client. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,200}$/, { message: 'client_id must be that of a client' })
  client_id?: string;

  @ApiPropertyOptional({ enum: LOGOUT_DELIVERY_STATES })
  @IsOptional()
  @IsIn(LOGOUT_DELIVERY_STATES, { message: 'state must be pending, delivered or failed' })
  state?: LogoutDeliveryState;
}

/** Whether an application was told of a sign-out behind the browser. */
export class LogoutDeliveryDto {
  id!: string;

  client_id!: string;

  /** Of the user who signed out. */
  sub!: string;

  /** The session that ended. */
  sid!: string;

  @ApiProperty({ enum: LOGOUT_DELIVERY_STATES })
  state!: LogoutDeliveryState;

  /** How often it was tried. */
  attempts!: number;

  /** Why the latest attempt failed. */
  last_error!: string | null;

  /** When the session ended. */
  created_at!: Date;

  delivered_at!: Date | null;

  next_attempt_at!: Date | null;

  /** After this it is not tried any more. */
  give_up_at!: Date;
}

/** Some deliveries of many. */
export class LogoutDeliveriesPageDto {
  items!: LogoutDeliveryDto[];

  /** How many there are in all. */
  total!: number;

  offset!: number;

  limit!: number;
}
