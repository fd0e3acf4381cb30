import { ApiPropertyOptional } from '@nestjs/swagger';

/** RFC 7009 §2.1 */
export class RevocationRequestDto {
  /** The token to end. */
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
