import { Body, Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public, parseParameters } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import { BrowsersService, SessionsService } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import type { LogoutRequest } from './logout-request.js';
import { LogoutRequestsService } from './logout-requests.service.js';
import { SignOut } from './sign-out.service.js';
import type { WayOn } from './sign-out.service.js';

/**
 * Signing out on an application's request. An ID token of the very session that is signed in stands for its user;
 * without it the session ends only when the person says so.
 */
@ApiTags('OpenID Connect')
@Controller('oauth/logout')
@Public()
@UseFilters(PageErrorFilter)
export class LogoutController {
  constructor(
    private readonly settings: Settings,
    private readonly requests: LogoutRequestsService,
    private readonly browsers: BrowsersService,
    private readonly sessions: SessionsService,
    private readonly signOut: SignOut,
    private readonly pages: PagesService,
  ) {}

  /** OpenID Connect RP-Initiated Logout 1.0 §2 */
  @Get()
  @ApiOperation({ summary: 'Sign a person out, or ask whether to; opened in a browser' })
  @ApiQuery({ name: 'id_token_hint', required: false })
  @ApiQuery({ name: 'client_id', required: false })
  @ApiQuery({ name: 'post_logout_redirect_uri', required: false })
  @ApiQuery({ name: 'state', required: false })
  async begin(@Req() request: Request, @Res() response: Response): Promise<void> {
    const checked = await this.requests.resolve(parseParameters(queryOf(request)));
    const session = await this.sessions.find(request);
    if (!session) return this.signOut.proceed(response, wayOf(checked));
    if (checked.sessionId === session.id) return this.signOut.run(request, response, wayOf(checked));
    this.ask(request, response, checked, session);
  }

  /**
   * The person's answer. Any other form is an application's request (§2 wants POST, too): from another site it
   * brings no cookies, so it is turned into a GET, which does.
   */
  @Post()
  @ApiOperation({ summary: 'The same by form' })
  async confirm(
    @Req() request: Request,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const checked = await this.requests.resolve(form);
    if (this.browsers.isOwnForm(request, form['csrf']))
      return this.signOut.run(request, response, wayOf(checked));
    const query = new URLSearchParams(checked.fields).toString();
    response
      .set('Cache-Control', 'no-store')
      .redirect(303, `${this.settings.issuer}/oauth/logout${query && `?${query}`}`);
  }

  private ask(request: Request, response: Response, checked: LogoutRequest, { username }: Session): void {
    const { client, fields, returnTo } = checked;
    const csrf = this.browsers.csrfToken(request, response);
    const context = { csrf, fields, username, client: client ? { name: client.name } : undefined };
    const formAction = returnTo ? [returnTo, ...(returnTo.startsWith('https:') ? ['https:'] : [])] : [];
    this.pages.send(response, 'logout-confirm', context, { formAction });
  }
}

/** Without an ID token the address is only offered: §2 forbids to redirect on the client's word alone. */
const wayOf = ({ client, returnTo, isProven }: LogoutRequest): WayOn => ({
  client,
  address: returnTo,
  isFollowed: isProven,
});

function queryOf(request: Request): string {
  const question = request.originalUrl.indexOf('?');
  return question < 0 ? '' : request.originalUrl.slice(question + 1);
}
