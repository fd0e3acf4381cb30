import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  DeclaredUserError,
  NewUserDto,
  SubjectPipe,
  UserAdministrationService,
  UserChangeDto,
  UsersQueryDto,
  userTag,
} from '../admin/index.js';
import type { OAuthParameters } from '../common/index.js';
import { SignInFilter } from '../login/index.js';
import type { LocalUser } from '../users/index.js';
import { checked } from './checked.js';
import { AdministratorForm, AdministratorPage, ConsolePage, editorOf } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { FilterPipe } from './filter.pipe.js';
import { FormPages } from './form-page.service.js';
import type { FormPage } from './form-page.service.js';
import { ConsolePages } from './console-pages.service.js';
import { noticeOf } from './notices.js';
import { NEW_USER, USER, userFrom, userParameters, withoutOthers } from './user-fields.js';
import { UsersPage } from './users.page.js';
import { adminPath } from './values.js';

/** The users that Gatehouse itself keeps, for administrators. */
@ApiExcludeController()
@Controller('admin')
@UseFilters(SignInFilter)
export class ConsoleUsersController {
  constructor(
    private readonly administration: UserAdministrationService,
    private readonly pages: ConsolePages,
    private readonly page: UsersPage,
    private readonly forms: FormPages,
  ) {}

  @Get('users')
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query(FilterPipe) query: UsersQueryDto,
    @Query('done') done?: unknown,
  ): Promise<void> {
    await this.page.list(request, response, query, noticeOf(done));
  }

  @Get('new/user')
  @AdministratorPage()
  blank(@Req() request: ConsoleRequest, @Res() response: Response): void {
    this.forms.show(request, response, CREATION, {});
  }

  /** The answer itself shows the password: kept for a page after a redirect, it would have to be readable somewhere. */
  @Post('users')
  @AdministratorForm()
  async create(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    await this.forms.orAgain(request, response, CREATION, form, async () => {
      const wanted = checked(NewUserDto, userFrom(NEW_USER, form));
      const { user, password } = await this.administration.create(wanted, editorOf(request));
      this.page.show(request, response, user, { password, notice: noticeOf('created'), status: 201 });
    });
  }

  @Get('users/:sub')
  @ConsolePage()
  async show(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
    @Query('done') done?: unknown,
  ): Promise<void> {
    this.page.show(request, response, await this.administration.get(sub), { notice: noticeOf(done) });
  }

  @Get('users/:sub/edit')
  @AdministratorPage()
  async edit(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
  ): Promise<void> {
    const user = await this.editable(sub);
    this.forms.show(request, response, changeOf(user), userParameters(user));
  }

  @Post('users/:sub')
  @AdministratorForm()
  async update(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const user = await this.editable(sub);
    await this.forms.orAgain(request, response, changeOf(user), form, async () => {
      const { claims, roles } = checked(UserChangeDto, userFrom(USER, form));
      const patch = { roles, claims: withoutOthers(user.claims, claims ?? {}) };
      await this.administration.patch(sub, patch, editorOf(request), form['version']);
      this.pages.lead(response, adminPath('users', sub), 'saved');
    });
  }

  private async editable(sub: string): Promise<LocalUser> {
    const user = await this.administration.get(sub);
    if (this.administration.isDeclared(user)) throw new DeclaredUserError();
    return user;
  }
}

const CREATION: FormPage = {
  ...{ title: 'New user', section: 'users', groups: NEW_USER },
  ...{ action: adminPath('users'), submit: 'Create user', cancel: adminPath('users') },
};

const changeOf = (user: LocalUser): FormPage => ({
  ...{ title: `Edit ${user.username}`, section: 'users', groups: USER, version: userTag(user) },
  ...{ action: adminPath('users', user.subject), submit: 'Save changes' },
  cancel: adminPath('users', user.subject),
});
