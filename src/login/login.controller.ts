import { Body, Controller, Get, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ClientsService, clientSummary } from '../clients/index.js';
import { Public } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { EventsService } from '../events/index.js';
import { InteractionsService, formTargets } from '../interactions/index.js';
import type { Interaction } from '../interactions/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import { BrowsersService, RequireOwnForm, SessionsService } from '../sessions/index.js';
import type { User } from '../users/index.js';

import { PasswordGuard, PasswordUser } from './password.guard.js';
import { returnPath } from './return-path.js';

/** Where a sign-in belongs: to an authorization request, or to a page of ours. */
interface Purpose {
  readonly interaction?: Interaction;
  readonly returnTo?: string;
}

/** The sign-in page. */
@ApiExcludeController()
@Controller('login')
@UseFilters(PageErrorFilter)
export class LoginController {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly sessions: SessionsService,
    private readonly interactions: InteractionsService,
    private readonly clients: ClientsService,
    private readonly pages: PagesService,
    private readonly events: EventsService,
  ) {}

  @Get()
  @Public()
  async show(
    @Req() request: Request,
    @Res() response: Response,
    @Query('interaction') interaction?: string,
    @Query('return_to') returnTo?: string,
  ): Promise<void> {
    const purpose = await this.purposeOf(request, interaction, returnTo);
    const { url } = this.settings.login;
    if (url !== undefined) return this.leadTo(url, purpose, response);
    await this.page(request, response, purpose);
  }

  @Post()
  @RequireOwnForm()
  @UseGuards(PasswordGuard)
  async signIn(
    @Req() request: Request,
    @Res() response: Response,
    @Body() form: OAuthParameters,
    @PasswordUser() user: User | null,
  ): Promise<void> {
    const purpose = await this.purposeOf(request, form['interaction'], form['returnTo']);
    if (!user) return this.refuse(request, response, purpose, form['username'] ?? '');
    await this.sessions.start(request, response, user, ['pwd']);
    response.redirect(303, this.settings.issuer + destinationOf(purpose));
  }

  /** The operator's own page starts the session, and leads back to the interaction or to return_to. */
  private leadTo(page: string, { interaction, returnTo }: Purpose, response: Response): void {
    const query = new URLSearchParams({
      ...(interaction && { interaction: interaction.id }),
      ...(returnTo !== undefined && { return_to: returnTo }),
    }).toString();
    const address = page.startsWith('/') ? this.settings.issuer + page : page;
    response.set('Cache-Control', 'no-store').redirect(303, address + (query && `?${query}`));
  }

  private async refuse(
    request: Request,
    response: Response,
    purpose: Purpose,
    username: string,
  ): Promise<void> {
    this.events.emit('user.sign_in_failed', { username });
    await this.page(request, response, purpose, {
      status: 401,
      username,
      error: 'The user name or the password is wrong.',
    });
  }

  private async page(
    request: Request,
    response: Response,
    { interaction, returnTo }: Purpose,
    failure?: { status: number; username: string; error: string },
  ): Promise<void> {
    const client = interaction && (await this.clients.findActive(interaction.clientId));
    const context = {
      csrf: this.browsers.csrfToken(request, response),
      interaction: interaction?.id,
      returnTo,
      username: failure?.username ?? interaction?.parameters['login_hint'],
      error: failure?.error,
      client: client ? clientSummary(client) : undefined,
    };
    const formAction = interaction ? formTargets(interaction) : [];
    this.pages.send(response, 'login', context, { status: failure?.status, formAction });
  }

  private async purposeOf(request: Request, interaction: unknown, returnTo: unknown): Promise<Purpose> {
    if (typeof interaction === 'string' && interaction !== '') {
      return { interaction: await this.interactions.get(request, interaction) };
    }
    return { returnTo: returnPath(returnTo) };
  }
}

const destinationOf = ({ interaction, returnTo }: Purpose): string =>
  interaction ? `/oauth/authorize/${interaction.id}` : (returnTo ?? '/account');
