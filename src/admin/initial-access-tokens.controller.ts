import { Body, Controller, Delete, Get, HttpCode, Param, Post, UseFilters } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Editor } from '../clients/index.js';
import { Clock, OAuthErrorFilter } from '../common/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import { InitialAccessTokensService } from '../registration/index.js';
import type { InitialAccessToken } from '../registration/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { futureTime } from './json-fields.js';
import {
  InitialAccessTokenDto,
  MadeInitialAccessTokenDto,
  NewInitialAccessTokenDto,
} from './initial-access-tokens.dto.js';
import { InitialAccessTokenIdPipe } from './path.pipes.js';
import { StrictPipe } from './strict.pipe.js';

/** The tokens that let software register itself, where registration asks for one (RFC 7591 §3). */
@ApiTags('Management')
@Controller('api/initial-access-tokens')
@Administration()
@UseFilters(OAuthErrorFilter)
export class InitialAccessTokensController {
  constructor(
    private readonly tokens: InitialAccessTokensService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List initial access tokens, the latest first' })
  @ApiOkResponse({ type: [InitialAccessTokenDto] })
  async list(): Promise<InitialAccessTokenDto[]> {
    return (await this.tokens.list()).map(toDto);
  }

  @Post()
  @ApiOperation({ summary: 'Make an initial access token' })
  @ApiCreatedResponse({ type: MadeInitialAccessTokenDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  async make(
    @Body(StrictPipe) { label, uses = 1, expires_at }: NewInitialAccessTokenDto,
    @CurrentEditor() editor: Editor,
  ): Promise<MadeInitialAccessTokenDto> {
    const expiresAt = futureTime('expires_at', expires_at, this.clock.now());
    const { token, row } = await this.tokens.create({ label, uses, expiresAt }, editor);
    return { ...toDto(row), initial_access_token: token };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an initial access token',
    description: 'What has registered with it stays.',
  })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  delete(@Param('id', InitialAccessTokenIdPipe) id: string, @CurrentEditor() editor: Editor): Promise<void> {
    return this.tokens.delete(id, editor);
  }
}

const toDto = (token: InitialAccessToken): InitialAccessTokenDto => ({
  id: token.id,
  label: token.label,
  uses_left: token.usesLeft,
  created_by: token.createdBy,
  created_at: token.createdAt,
  expires_at: token.expiresAt,
  last_used_at: token.lastUsedAt,
});
