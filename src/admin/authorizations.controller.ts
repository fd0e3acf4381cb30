import { Controller, Delete, Get, HttpCode, Param, Query, UseFilters } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Editor } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import type { Authorization } from '../tokens/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { AuthorizationAdministrationService } from './authorization-administration.service.js';
import { AuthorizationDto, AuthorizationsPageDto, AuthorizationsQueryDto } from './authorizations.dto.js';
import { pageOf } from './page.dto.js';
import { AuthorizationPipe } from './path.pipes.js';
import { StrictPipe } from './strict.pipe.js';

/** What users have allowed clients, for administrators: seen and revoked, never used. */
@ApiTags('Management')
@Controller('api/authorizations')
@Administration()
@UseFilters(OAuthErrorFilter)
export class AuthorizationsController {
  constructor(private readonly administration: AuthorizationAdministrationService) {}

  @Get()
  @ApiOperation({ summary: 'List authorizations, the youngest first' })
  @ApiOkResponse({ type: AuthorizationsPageDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  async list(@Query(StrictPipe) query: AuthorizationsQueryDto): Promise<AuthorizationsPageDto> {
    const page = pageOf(query);
    const { sub: subject, client_id: clientId } = query;
    const [authorizations, total] = await this.administration.list({ ...page, subject, clientId });
    return { items: authorizations.map(toDto), total, ...page };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an authorization' })
  @ApiOkResponse({ type: AuthorizationDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async read(@Param('id', AuthorizationPipe) id: string): Promise<AuthorizationDto> {
    return toDto(await this.administration.get(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an authorization', description: 'Every token of it dies at once.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  revoke(@Param('id', AuthorizationPipe) id: string, @CurrentEditor() editor: Editor): Promise<void> {
    return this.administration.revoke(id, editor);
  }
}

const toDto = (authorization: Authorization): AuthorizationDto => ({
  id: authorization.id,
  client_id: authorization.clientId,
  sub: authorization.subject,
  username: authorization.username,
  scope: authorization.grantedScope,
  resources: authorization.resources,
  authenticated_at: authorization.authenticatedAt,
  created_at: authorization.createdAt,
  expires_at: authorization.expiresAt,
  revoked_at: authorization.revokedAt,
  revocation_reason: authorization.revocationReason,
});
