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
import { ScopePipe } from './path.pipes.js';
import { ScopeAdministrationService, scopeTag } from './scope-administration.service.js';
import { NewScopeDto, ScopeChangeDto, ScopeDto } from './scopes.dto.js';
import { StrictPipe } from './strict.pipe.js';

const IF_MATCH = { name: 'If-Match', required: false, description: 'The ETag that was read' };
const READ_ONLY = {
  description: 'It is a standard scope, or the configuration file holds it',
  type: OAuthErrorDto,
};
const CHANGED = { description: 'It was changed meanwhile', type: OAuthErrorDto };

/** What clients may ask for, for administrators. Standard scopes and those of the configuration file are read-only. */
@ApiTags('Management')
@Controller('api/scopes')
@Administration()
@UseFilters(OAuthErrorFilter)
export class ScopesController {
  constructor(
    private readonly administration: ScopeAdministrationService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List scopes' })
  @ApiOkResponse({ type: [ScopeDto] })
  list(): Promise<ScopeDto[]> {
    return this.administration.list();
  }

  @Post()
  @ApiOperation({ summary: 'Make a scope' })
  @ApiCreatedResponse({ type: ScopeDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'There is such a scope', type: OAuthErrorDto })
  async create(
    @Body(StrictPipe) state: NewScopeDto,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScopeDto> {
    const scope = await this.administration.create(state, editor);
    response.location(`${this.settings.issuer}/api/scopes/${encodeURIComponent(scope.name)}`);
    return answer(response, scope);
  }

  @Get(':name')
  @ApiOperation({ summary: 'Read a scope', description: 'The ETag is for If-Match of a change.' })
  @ApiOkResponse({ type: ScopeDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async read(
    @Param('name', ScopePipe) key: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ScopeDto> {
    return answer(response, await this.administration.get(key));
  }

  @Put(':name')
  @ApiOperation({ summary: 'Replace a scope', description: 'What is left out gets its default.' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ScopeDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse(READ_ONLY)
  @ApiPreconditionFailedResponse(CHANGED)
  async replace(
    @Param('name', ScopePipe) key: string,
    @Body(StrictPipe) state: ScopeChangeDto,
    @CurrentEditor() actor: Editor,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ScopeDto> {
    return answer(response, await this.administration.replace({ key, actor, ifMatch }, state));
  }

  @Patch(':name')
  @ApiOperation({ summary: 'Change a scope', description: 'What is left out is kept.' })
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: ScopeDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse(READ_ONLY)
  @ApiPreconditionFailedResponse(CHANGED)
  async patch(
    @Param('name', ScopePipe) key: string,
    @Body(StrictPipe) state: ScopeChangeDto,
    @CurrentEditor() actor: Editor,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ScopeDto> {
    return answer(response, await this.administration.patch({ key, actor, ifMatch }, state));
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a scope' })
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse(READ_ONLY)
  @ApiPreconditionFailedResponse(CHANGED)
  delete(
    @Param('name', ScopePipe) key: string,
    @CurrentEditor() actor: Editor,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.administration.delete({ key, actor, ifMatch });
  }
}

function answer(response: Response, scope: ScopeDto): ScopeDto {
  response.setHeader('ETag', scopeTag(scope));
  return scope;
}
