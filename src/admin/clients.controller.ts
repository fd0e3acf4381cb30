import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
  UseFilters,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiPreconditionFailedResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import { ClientsService, ManagedClientMetadata, toMetadata } from '../clients/index.js';
import type { Client, Editor } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import { Settings } from '../config/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { ClientAdministrationService } from './client-administration.service.js';
import { ClientDto, ClientsPageDto, ClientsQueryDto, RegisteredClientDto } from './clients.dto.js';
import { entityTagOf } from './entity-tag.js';
import { pageOf } from './page.dto.js';
import { ClientIdPipe } from './path.pipes.js';
import { StrictPipe } from './strict.pipe.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag that was read' };

/** The registered clients, for administrators. */
@ApiTags('Management')
@Controller('api/clients')
@Administration()
@UseFilters(OAuthErrorFilter)
export class ClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly administration: ClientAdministrationService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List clients by name' })
  @ApiOkResponse({ type: ClientsPageDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  async list(@Query(StrictPipe) { owner, search, ...page }: ClientsQueryDto): Promise<ClientsPageDto> {
    const { offset, limit } = pageOf(page);
    const [clients, total] = await this.clients.list({ offset, limit, owner, search });
    return { items: clients.map(toDto), total, offset, limit };
  }

  @Post()
  @ApiOperation({ summary: 'Register a client' })
  @ApiCreatedResponse({ type: RegisteredClientDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'There is a client with this client_id', type: OAuthErrorDto })
  async register(
    @Body() metadata: ManagedClientMetadata,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<RegisteredClientDto> {
    const { client, secret } = await this.administration.register(metadata, editor);
    response.location(`${this.settings.issuer}/api/clients/${encodeURIComponent(client.id)}`);
    return { ...answer(response, client), client_secret: secret };
  }

  @Get(':client_id')
  @ApiOperation({ summary: 'Read a client', description: 'The ETag is for If-Match of a change.' })
  @ApiOkResponse({ type: ClientDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async read(
    @Param('client_id', ClientIdPipe) id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientDto> {
    return answer(response, await this.clients.get(id));
  }

  @Put(':client_id')
  @ApiOperation({ summary: 'Replace a client', description: 'What is left out gets its default.' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ClientDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'The configuration file holds the client', type: OAuthErrorDto })
  @ApiPreconditionFailedResponse({ description: 'It was changed meanwhile', type: OAuthErrorDto })
  async replace(
    @Param('client_id', ClientIdPipe) id: string,
    @Body() metadata: ManagedClientMetadata,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ClientDto> {
    return answer(response, await this.administration.replace({ id, editor, ifMatch }, metadata));
  }

  @Patch(':client_id')
  @ApiOperation({ summary: 'Change a client', description: 'What is left out is kept; null takes away.' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ClientDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'The configuration file holds the client', type: OAuthErrorDto })
  @ApiPreconditionFailedResponse({ description: 'It was changed meanwhile', type: OAuthErrorDto })
  async patch(
    @Param('client_id', ClientIdPipe) id: string,
    @Body() metadata: ManagedClientMetadata,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ClientDto> {
    return answer(response, await this.administration.patch({ id, editor, ifMatch }, metadata));
  }

  @Delete(':client_id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a client', description: 'Every token that it holds dies with it.' })
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'The configuration file holds the client', type: OAuthErrorDto })
  @ApiPreconditionFailedResponse({ description: 'It was changed meanwhile', type: OAuthErrorDto })
  delete(
    @Param('client_id', ClientIdPipe) id: string,
    @CurrentEditor() editor: Editor,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.administration.delete({ id, editor, ifMatch });
  }
}

function answer(response: Response, client: Client): ClientDto {
  response.setHeader('ETag', entityTagOf(client));
  return toDto(client);
}

const toDto = (client: Client): ClientDto => ({
  ...toMetadata(client),
  managed_by: client.managedBy ?? undefined,
  registered_with: client.registeredWith ?? undefined,
});
