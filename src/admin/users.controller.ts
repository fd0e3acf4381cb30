import { Controller, Get, HttpCode, Param, Post, UseFilters } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Editor } from '../clients/index.js';
import { OAuthErrorFilter } from '../common/index.js';
import { OAuthErrorDto } from '../grants/index.js';
import type { LocalUser } from '../users/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { SubjectPipe } from './path.pipes.js';
import { UserAdministrationService } from './user-administration.service.js';
import { UserDto } from './users.dto.js';

/** The users that Gatehouse itself keeps, for administrators. */
@ApiTags('Management')
@Controller('api/users/:sub')
@Administration()
@UseFilters(OAuthErrorFilter)
@ApiNotFoundResponse({ type: OAuthErrorDto })
export class UsersController {
  constructor(private readonly administration: UserAdministrationService) {}

  @Get()
  @ApiOperation({ summary: 'Read a user' })
  @ApiOkResponse({ type: UserDto })
  async read(@Param('sub', SubjectPipe) sub: string): Promise<UserDto> {
    return toDto(await this.administration.get(sub));
  }

  @Post('disable')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Disable a user',
    description: 'Ends at once every session and every token of the user.',
  })
  @ApiOkResponse({ type: UserDto })
  @ApiConflictResponse({ description: 'Nobody can disable himself', type: OAuthErrorDto })
  async disable(@Param('sub', SubjectPipe) sub: string, @CurrentEditor() editor: Editor): Promise<UserDto> {
    return toDto(await this.administration.disable(sub, editor));
  }

  @Post('enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enable a user', description: 'What was ended stays ended.' })
  @ApiOkResponse({ type: UserDto })
  async enable(@Param('sub', SubjectPipe) sub: string, @CurrentEditor() editor: Editor): Promise<UserDto> {
    return toDto(await this.administration.enable(sub, editor));
  }
}

const toDto = (user: LocalUser): UserDto => ({
  sub: user.subject,
  username: user.username,
  roles: user.roles,
  disabled: user.disabled,
  claims: user.claims,
  created_at: user.createdAt,
  updated_at: user.updatedAt,
});
