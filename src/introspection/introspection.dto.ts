import { ApiPropertyOptional } from '@nestjs/swagger';

export class IntrospectionRequestDto {
  /** The token to ask about. */
  token!: string;

  /** Where to look first; a wrong hint does no harm. */
  @ApiPropertyOptional({ enum: ['access_token', 'refresh_token'] })
  token_type_hint?: string;

  /** For clients that authenticate in the form. */
  client_id?: string;

  /** For clients that authenticate in the form. */
  client_secret?: string;

  /** For clients that authenticate by JWT (RFC 7523). */
  client_assertion_type?: string;

  /** The JWT that they have signed. */
  client_assertion?: string;
}

/** RFC 7662 §2.2 */
export class IntrospectionResponseDto {
  /** False: no other member follows, whatever the reason. */
  active!: boolean;

  scope?: string;

  client_id?: string;

  /** The user, for people to read. */
  username?: string;

  token_type?: string;

  /** Seconds since 1970. */
  exp?: number;

  /** Seconds since 1970. */
  iat?: number;

  /** The user, or the client when it acts for itself. */
  sub?: string;

  @ApiPropertyOptional({ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] })
  aud?: string | string[];

  iss?: string;
}
