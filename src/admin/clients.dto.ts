import { OmitType } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { ManagedClientMetadata } from '../clients/index.js';
import { PageQueryDto } from './page.dto.js';

/** Which clients to list. */
export class ClientsQueryDto extends PageQueryDto {
  /** A part of the name, or the beginning of the client_id. */
  @IsOptional()
  @Matches(/^\P{Cc}{1,200}$/u, { message: 'search is 1 to 200 characters' })
  search?: string;

  /** Only those of this user. */
  @IsOptional()
  @Matches(/^[\x20-\x7e]{1,255}$/, { message: 'owner must be the subject of a user' })
  owner?: string;
}

/** A client as it is: never with a secret. */
export class ClientDto extends OmitType(ManagedClientMetadata, ['client_id', 'client_secret'] as const) {
  client_id!: string;

  /** `file` when the configuration file holds the client, which is then changed there only. */
  managed_by?: string;

  /** What let it register itself: `open registration`, or `initial access token` and its label; absent otherwise. */
  registered_with?: string;
}

/** A client that was just made. */
export class RegisteredClientDto extends ClientDto {
  /** Shown only now; absent for a public client and where the request chose it. */
  client_secret?: string;
}

/** Some clients of many. */
export class ClientsPageDto {
  items!: ClientDto[];

  /** How many there are in all. */
  total!: number;

  offset!: number;

  limit!: number;
}
