import { ApiProperty, OmitType } from '@nestjs/swagger';
import { ClientMetadata } from '../clients/index.js';

/** RFC 7591 §2; what is not understood here is ignored. */
export class ClientRegistrationDto extends OmitType(ClientMetadata, ['readable_secret'] as const) {
  /** A JWT in which somebody trusted says what the software is: its claims win over what stands beside it. */
  software_statement?: string;
}

/** RFC 7592 §2.2: everything that is to be so; what is left out gets its default. */
export class ClientUpdateDto extends ClientRegistrationDto {
  client_id!: string;

  /** Only what it is already: a client cannot choose its secret. */
  client_secret?: string;
}

/** RFC 7591 §3.2.1, RFC 7592 §3: what is registered. */
export class ClientInformationDto extends ClientRegistrationDto {
  client_id!: string;

  /** Seconds since 1970. */
  client_id_issued_at!: number;

  /** Shown only where it was just made. */
  client_secret?: string;

  /** Seconds since 1970; 0 when it does not expire. */
  client_secret_expires_at?: number;

  /** Reads, changes and deletes this client at registration_client_uri. */
  registration_access_token!: string;

  registration_client_uri!: string;
}

/** RFC 7591 §3.2.2 */
export class RegistrationErrorDto {
  @ApiProperty({
    enum: [
      'invalid_redirect_uri',
      'invalid_client_metadata',
      'invalid_software_statement',
      'unapproved_software_statement',
    ],
  })
  error!: string;

  /** What is wrong, for a developer. */
  error_description?: string;
}
