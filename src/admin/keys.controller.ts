import { Body, Controller, Get, HttpCode, Post, UseFilters } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Editor } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import { JwtService } from '../keys/index.js';
import type { KeyDescription } from '../keys/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { KeyDto, RotatedKeyDto, RotationDto } from './keys.dto.js';
import { StrictPipe } from './strict.pipe.js';

/** The keys of this server, for administrators: their public side. */
@ApiTags('Management')
@Controller('api/keys')
@Administration()
@UseFilters(OAuthErrorFilter)
export class KeysController {
  constructor(private readonly jwt: JwtService) {}

  @Get()
  @ApiOperation({ summary: 'List the keys of this server, the oldest first' })
  @ApiOkResponse({ type: [KeyDto] })
  async list(): Promise<KeyDto[]> {
    return (await this.jwt.list()).map(toDto);
  }

  @Post('rotate')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Rotate the key of an algorithm',
    description:
      'The next key is published before it is used; the one before it stays until its last token expires.',
  })
  @ApiOkResponse({ type: RotatedKeyDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  async rotate(
    @Body(StrictPipe) { alg, immediately }: RotationDto,
    @CurrentEditor() actor: Editor,
  ): Promise<RotatedKeyDto> {
    const { kid, activeFrom, made } = await this.jwt.rotate(alg, { immediately, actor });
    return { kid, alg, active_from: activeFrom, made };
  }
}

const toDto = (key: KeyDescription): KeyDto => ({
  kid: key.kid,
  alg: key.alg,
  use: key.use,
  state: key.state,
  created_at: key.createdAt,
  active_from: key.activeFrom,
  published_until: key.publishedUntil,
});
