import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseFilters,
} from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiHeader,
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
import type { LocalUser } from '../users/index.js';
import { Administration, CurrentEditor } from './administration.guard.js';
import { pageOf } from './page.dto.js';
import { SubjectPipe } from './path.pipes.js';
import { StrictPipe } from './strict.pipe.js';
import { UserAdministrationService, userTag } from './user-administration.service.js';
import {
  NewUserDto,
  UserChangeDto,
  UserDto,
  UserWithPasswordDto,
  UsersPageDto,
  UsersQueryDto,
} from './users.dto.js';

/** The users that Gatehouse itself keeps, for administrators. */
@ApiTags('Management')
@Controller('api/users')
@Administration()
@UseFilters(OAuthErrorFilter)
export class UsersController {
  constructor(
    private readonly administration: UserAdministrationService,
    private readonly settings: Settings,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List users by name' })
  @ApiOkResponse({ type: UsersPageDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  async list(@Query(StrictPipe) { username, ...query }: UsersQueryDto): Promise<UsersPageDto> {
    const page = pageOf(query);
    const [users, total] = await this.administration.list({ ...page, username });
    return { items: users.map((user) => this.toDto(user)), total, ...page };
  }

  @Post()
  @ApiOperation({ summary: 'Make a user', description: 'The answer shows the password, once.' })
  @ApiCreatedResponse({ type: UserWithPasswordDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'There is a user with this name', type: OAuthErrorDto })
  async create(
    @Body(StrictPipe) user: NewUserDto,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserWithPasswordDto> {
    const made = await this.administration.create(user, editor);
    response.location(`${this.settings.issuer}/api/users/${encodeURIComponent(made.user.subject)}`);
    return { ...this.answer(response, made.user), password: made.password };
  }

  @Get(':sub')
  @ApiOperation({ summary: 'Read a user', description: 'The ETag is for If-Match of a change.' })
  @ApiOkResponse({ type: UserDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async read(
    @Param('sub', SubjectPipe) sub: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserDto> {
    return this.answer(response, await this.administration.get(sub));
  }

  @Patch(':sub')
  @ApiOperation({ summary: 'Change claims and roles of a user' })
  @ApiHeader({ name: 'If-Match', required: false, description: 'The ETag that was read' })
  @ApiOkResponse({ type: UserDto })
  @ApiBadRequestResponse({ type: OAuthErrorDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({
    description: 'It is the last administrator, or a declared user',
    type: OAuthErrorDto,
  })
  @ApiPreconditionFailedResponse({ description: 'It was changed meanwhile', type: OAuthErrorDto })
  async patch(
    @Param('sub', SubjectPipe) sub: string,
    @Body(StrictPipe) change: UserChangeDto,
    @CurrentEditor() editor: Editor,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<UserDto> {
    return this.answer(response, await this.administration.patch(sub, change, editor, ifMatch));
  }

  @Post(':sub/reset-password')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Give a user a new password',
    description: 'The answer shows it, once. Ends at once every session and every token of the user.',
  })
  @ApiOkResponse({ type: UserWithPasswordDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'The configuration file holds the user', type: OAuthErrorDto })
  async resetPassword(
    @Param('sub', SubjectPipe) sub: string,
    @CurrentEditor() editor: Editor,
  ): Promise<UserWithPasswordDto> {
    const { user, password } = await this.administration.resetPassword(sub, editor);
    return { ...this.toDto(user), password };
  }

  @Post(':sub/disable')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Disable a user',
    description: 'Ends at once every session and every token of the user.',
  })
  @ApiOkResponse({ type: UserDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  @ApiConflictResponse({ description: 'Nobody can disable himself, or the last one', type: OAuthErrorDto })
  async disable(@Param('sub', SubjectPipe) sub: string, @CurrentEditor() editor: Editor): Promise<UserDto> {
    return this.toDto(await this.administration.disable(sub, editor));
  }

  @Post(':sub/enable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Enable a user', description: 'What was ended stays ended.' })
  @ApiOkResponse({ type: UserDto })
  @ApiNotFoundResponse({ type: OAuthErrorDto })
  async enable(@Param('sub', SubjectPipe) sub: string, @CurrentEditor() editor: Editor): Promise<UserDto> {
    return this.toDto(await this.administration.enable(sub, editor));
  }

  private answer(response: Response, user: LocalUser): UserDto {
    response.setHeader('ETag', userTag(user));
    return this.toDto(user);
  }

  private toDto(user: LocalUser): UserDto {
    return {
      sub: user.subject,
      username: user.username,
      roles: user.roles,
      disabled: user.disabled,
      claims: user.claims,
      managed_by: this.administration.isDeclared(user) ? 'file' : null,
      created_at: user.createdAt,
      updated_at: user.updatedAt,
    };
  }
}
