import { Controller, ForbiddenException, Get, Header, UseFilters } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OAuthErrorFilter } from '../common/index.js';
import { CurrentUser, RequireScopes } from '../resource-server/index.js';
import type { User } from '../users/index.js';
import { MeDto } from './me.dto.js';

/** A protected API as an application would write one: the sample of the guides. */
@ApiTags('Sample API')
@Controller('api/me')
@RequireScopes('user_info')
@UseFilters(OAuthErrorFilter)
export class MeController {
  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'My account' })
  @ApiOkResponse({ type: MeDto })
  me(@CurrentUser() user: User | null): MeDto {
    if (!user) throw new ForbiddenException('the access token does not speak for a user');
    const { given_name, family_name, email } = user.claims as Record<string, string | undefined>;
    return { username: user.username, first_name: given_name, last_name: family_name, email };
  }
}
