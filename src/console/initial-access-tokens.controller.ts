import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { InitialAccessTokenIdPipe, NewInitialAccessTokenDto } from '../admin/index.js';
import { Clock } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { SignInFilter } from '../login/index.js';
import { InitialAccessTokensService } from '../registration/index.js';
import { checked } from './checked.js';
import { AdministratorForm, AdministratorPage, ConsolePage, editorOf, mayChange } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { typed } from './fields.js';
import { FormPages } from './form-page.service.js';
import {
  CREATION,
  PATH,
  expiryAfter,
  initialAccessFacts,
  initialAccessTable,
} from './initial-access-views.js';
import { noticeOf } from './notices.js';
import { adminPath } from './values.js';

const CRUMBS = [
  { href: adminPath('clients'), text: 'Clients' },
  { href: PATH, text: 'Initial access tokens' },
];

/** The tokens that let software register itself. */
@ApiExcludeController()
@Controller('admin')
@UseFilters(SignInFilter)
export class ConsoleInitialAccessTokensController {
  constructor(
    private readonly tokens: InitialAccessTokensService,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly pages: ConsolePages,
    private readonly forms: FormPages,
  ) {}

  @Get('initial-access-tokens')
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const tokens = await this.tokens.list();
    const isChanging = mayChange(request);
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Initial access tokens', section: 'clients', crumbs: CRUMBS.slice(0, 1) },
      ...{ notice: noticeOf(done), intro: INTRO[this.settings.registration.access] },
      actions: isChanging ? [{ href: adminPath('new', 'initial-access-token'), text: 'New token' }] : [],
      table: initialAccessTable(tokens, this.clock.now(), isChanging),
      extent: `${tokens.length} tokens`,
    });
  }

  @Get('new/initial-access-token')
  @AdministratorPage()
  blank(@Req() request: ConsoleRequest, @Res() response: Response): void {
    this.forms.show(request, response, CREATION, { uses: '1', days: '7' });
  }

  /** The answer itself shows the token: kept for a page after a redirect, it would have to be readable somewhere. */
  @Post('initial-access-tokens')
  @AdministratorForm()
  async create(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    await this.forms.orAgain(request, response, CREATION, form, async () => {
      const { days, ...values } = typed(CREATION.groups, form);
      const expiresAt = expiryAfter(days, this.clock.now());
      const { label, uses = null } = checked(NewInitialAccessTokenDto, values);
      const { token, row } = await this.tokens.create({ label, uses, expiresAt }, editorOf(request));
      const content = {
        ...{ title: row.label, section: 'clients' as const, crumbs: CRUMBS, notice: noticeOf('created') },
        ...{ facts: initialAccessFacts(row), tables: [], actions: [] },
        secret: { ...NEW_TOKEN, value: token },
      };
      this.pages.send(request, response, 'console-detail', content, 201);
    });
  }

  @Get('initial-access-tokens/:id/delete')
  @AdministratorPage()
  async askToDelete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', InitialAccessTokenIdPipe) id: string,
  ): Promise<void> {
    const token = await this.tokens.get(id);
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: 'Delete an initial access token', section: 'clients', crumbs: CRUMBS },
      ...{ question: 'Delete this initial access token?', danger: true },
      text: 'Nobody can register with it any more. What has registered with it stays.',
      ...{ facts: initialAccessFacts(token), fields: {} },
      ...{
        action: adminPath('initial-access-tokens', id, 'delete'),
        submit: 'Delete token',
        cancel: PATH,
      },
    });
  }

  @Post('initial-access-tokens/:id/delete')
  @AdministratorForm()
  async delete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', InitialAccessTokenIdPipe) id: string,
  ): Promise<void> {
    await this.tokens.delete(id, editorOf(request));
    this.pages.lead(response, PATH, 'deleted');
  }
}

const NEW_TOKEN = {
  title: 'Copy the initial access token now',
  text: 'This is the only time it is shown. Hand it to whoever registers by a way that others cannot read.',
};

/** By what `registration.access` is set to. */
const INTRO = {
  token: 'Whoever has one of these may register clients at /oauth/register.',
  open: 'Anybody may register clients at /oauth/register: these tokens are not asked for while registration.access is open.',
  off: 'Registration is turned off: these tokens are good for nothing until registration.access is token.',
};
