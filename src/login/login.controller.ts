import { Body, Controller, Get, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { EventsService } from '../events/index.js';
import { formTargets } from '../interactions/index.js';
import type { Interaction } from '../interactions/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import type { LoginContext } from '../pages/index.js';
import { BrowsersService, RequireOwnForm, SessionsService } from '../sessions/index.js';
import type { User } from '../users/index.js';
import { PasswordGuard, PasswordUser } from './password.guard.js';
import { SignInPurposes, destinationOf } from './sign-in-purpose.js';
import type { SignInPurpose } from './sign-in-purpose.js';

/** Characters: a longer login_hint is no user name, but something to push the page out of shape with. */
const LONGEST_HINT = 200;

/** What the page may have to say before it asks. */
const NOTICES: Readonly<Record<string, string>> = {
  another_account: 'The application asks for another account than the one you have just signed in with.',
};

/** The sign-in page. */
@ApiExcludeController()
@Controller('login')
@UseFilters(PageErrorFilter)
export class LoginController {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly sessions: SessionsService,
    private readonly purposes: SignInPurposes,
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
    @Query('notice') notice?: string,
  ): Promise<void> {
    const purpose = await this.purposes.of(request, interaction, returnTo);
    const { url } = this.settings.login;
    if (url !== undefined) return this.leadTo(url, purpose, response);
    const username = hintOf(purpose.interaction);
    await this.page(request, response, purpose, { username, notice: NOTICES[String(notice)] });
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
    const purpose = await this.purposes.of(request, form['interaction'], form['returnTo']);
    if (!user) return this.refuse(request, response, purpose, form['username'] ?? '');
    await this.sessions.start(request, response, user, ['pwd']);
    response.redirect(303, this.settings.issuer + destinationOf(purpose));
  }

  /** The operator's own page starts the session, and leads back to the interaction or to return_to. */
  private leadTo(page: string, { interaction, returnTo }: SignInPurpose, response: Response): void {
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
    purpose: SignInPurpose,
    username: string,
  ): Promise<void> {
    this.events.emit('user.sign_in_failed', { username });
    const error = 'The user name or the password is wrong.';
    await this.page(request, response, purpose, { username, error }, 401);
  }

  private async page(
    request: Request,
    response: Response,
    purpose: SignInPurpose,
    shown: Pick<LoginContext, 'username' | 'notice' | 'error'>,
    status?: number,
  ): Promise<void> {
    const { interaction, returnTo } = purpose;
    const context = {
      ...shown,
      csrf: this.browsers.csrfToken(request, response),
      interaction: interaction?.id,
      returnTo,
      signUp: this.settings.signUp.enabled,
      client: await this.purposes.client(purpose),
    };
    const formAction = interaction ? formTargets(interaction) : [];
    this.pages.send(response, 'login', context, { status, formAction });
  }
}

/** @see OpenID Connect Core §3.1.2.1: whatever it says, it is a hint and never an error */
function hintOf(interaction: Interaction | undefined): string | undefined {
  const hint = interaction?.parameters['login_hint'];
  return hint !== undefined && hint.length <= LONGEST_HINT ? hint : undefined;
}
