import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res, UseFilters } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ClientsService } from '../clients/index.js';
import type { ClientSecret, Editor } from '../clients/index.js';
import { Clock, InvalidRequestError, OAuthErrorFilter } from '../common/index.js';
import { Settings } from '../config/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { ClientSecretDto, MadeClientSecretDto, NewClientSecretDto } from './client-secrets.dto.js';
import { futureTime } from './json-fields.js';
import { ClientIdPipe, SecretIdPipe } from './path.pipes.js';
import { StrictPipe } from './strict.pipe.js';

/** A client's secrets: several at a time, so that they can be rolled over without an outage. */
@ApiTags('Management')
@Controller('api/clients/:client_id/secrets')
@Administration()
@UseFilters(OAuthErrorFilter)
export class ClientSecretsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the secrets of a client, oldest first' })
  @ApiOkResponse({ type: [ClientSecretDto] })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async list(@Param('client_id', ClientIdPipe) id: string): Promise<ClientSecretDto[]> {
    const { secrets } = await this.clients.get(id);
    return secrets.map(toDto).sort((one, other) => one.created_at.getTime() - other.created_at.getTime());
  }

  @Post()
  @ApiOperation({ summary: 'Make one more secret' })
  @ApiCreatedResponse({ type: MadeClientSecretDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async make(
    @Param('client_id', ClientIdPipe) clientId: string,
    @Body(StrictPipe) { label, expires_at }: NewClientSecretDto,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MadeClientSecretDto> {
    const { isPublic } = await this.clients.get(clientId);
    if (isPublic) throw new InvalidRequestError('a public client has no secret');
    const expiresAt = futureTime('expires_at', expires_at, this.clock.now());
    const { id, secret } = await this.clients.addSecret(clientId, label, editor, expiresAt);
    const path = `/api/clients/${encodeURIComponent(clientId)}/secrets/${id}`;
    response.location(`${this.settings.issuer}${path}`);
    return { id, label, client_secret: secret, expires_at: expiresAt };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a secret' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  delete(
    @Param('client_id', ClientIdPipe) clientId: string,
    @Param('id', SecretIdPipe) id: string,
    @CurrentEditor() editor: Editor,
  ): Promise<void> {
    return this.clients.deleteSecret(clientId, id, editor);
  }
}

const toDto = (secret: ClientSecret): ClientSecretDto => ({
  id: secret.id,
  label: secret.label,
  created_at: secret.createdAt,
  expires_at: secret.expiresAt,
  last_used_at: secret.lastUsedAt,
});
