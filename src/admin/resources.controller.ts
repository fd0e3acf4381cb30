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
import type { Editor } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import { Settings } from '../config/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { ResourcePipe } from './path.pipes.js';
import { ResourceAdministrationService, resourceTag } from './resource-administration.service.js';
import { NewResourceDto, ResourceChangeDto, ResourceDto } from './resources.dto.js';
import { StrictPipe } from './strict.pipe.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag that was read' };
const READ_ONLY = { description: 'The configuration file holds it', type: OAuthErrorDto };
const CHANGED = { description: 'It was changed meanwhile', type: OAuthErrorDto };

/** The APIs that tokens can be meant for, for administrators. Those of the configuration file are read-only. */
@ApiTags('Management')
@Controller('api/resources')
@Administration()
@UseFilters(OAuthErrorFilter)
export class ResourcesController {
  constructor(
    private readonly administration: ResourceAdministrationService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List resources' })
  @ApiOkResponse({ type: [ResourceDto] })
  list(): Promise<ResourceDto[]> {
    return this.administration.list();
  }

  @Post()
  @ApiOperation({ summary: 'Make a resource' })
  @ApiCreatedResponse({ type: ResourceDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'There is such a resource', type: OAuthErrorDto })
  async create(
    @Body(StrictPipe) state: NewResourceDto,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ResourceDto> {
    const resource = await this.administration.create(state, editor);
    response.location(`${this.settings.issuer}/api/resources/${encodeURIComponent(resource.identifier)}`);
    return answer(response, resource);
  }

  @Get(':identifier')
  @ApiOperation({ summary: 'Read a resource', description: 'The ETag is for If-Match of a change.' })
  @ApiOkResponse({ type: ResourceDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async read(
    @Param('identifier', ResourcePipe) key: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ResourceDto> {
    return answer(response, await this.administration.get(key));
  }

  @Put(':identifier')
  @ApiOperation({ summary: 'Replace a resource', description: 'What is left out gets its default.' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ResourceDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse(READ_ONLY)
  @ApiPreconditionFailedResponse(CHANGED)
  async replace(
    @Param('identifier', ResourcePipe) key: string,
    @Body(StrictPipe) state: ResourceChangeDto,
    @CurrentEditor() actor: Editor,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ResourceDto> {
    return answer(response, await this.administration.replace({ key, actor, ifMatch }, state));
  }

  @Patch(':identifier')
  @ApiOperation({ summary: 'Change a resource', description: 'What is left out is kept.' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ResourceDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse(READ_ONLY)
  @ApiPreconditionFailedResponse(CHANGED)
  async patch(
    @Param('identifier', ResourcePipe) key: string,
    @Body(StrictPipe) state: ResourceChangeDto,
    @CurrentEditor() actor: Editor,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ResourceDto> {
    return answer(response, await this.administration.patch({ key, actor, ifMatch }, state));
  }

  @Delete(':identifier')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a resource' })
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse(READ_ONLY)
  @ApiPreconditionFailedResponse(CHANGED)
  delete(
    @Param('identifier', ResourcePipe) key: string,
    @CurrentEditor() actor: Editor,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.administration.delete({ key, actor, ifMatch });
  }
}

function answer(response: Response, resource: ResourceDto): ResourceDto {
  response.setHeader('ETag', resourceTag(resource));
  return resource;
}
