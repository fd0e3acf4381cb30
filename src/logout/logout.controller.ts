import { Body, Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Client } from '../clients/index.js';
import { Public, parseParameters } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import { BrowsersService, SessionsService } from '../sessions/index.js';
import type { LogoutRequest } from './logout-request.js';
import { LogoutRequestsService } from './logout-requests.service.js';

/**
 * Signing out on an application's request. The session ends only when the person says so; what applications
 * were allowed to do without him stays, and is taken back on the account page.
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
    private readonly pages: PagesService,
  ) {}

  /** OpenID Connect RP-Initiated Logout 1.0 §2 */
  @Get()
  @ApiOperation({ summary: 'Ask a person to sign out; opened in a browser' })
  @ApiQuery({ name: 'id_token_hint', required: false })
  @ApiQuery({ name: 'client_id', required: false })
  @ApiQuery({ name: 'post_logout_redirect_uri', required: false })
  @ApiQuery({ name: 'state', required: false })
  async ask(@Req() request: Request, @Res() response: Response): Promise<void> {
    const checked = await this.requests.resolve(parseParameters(queryOf(request)));
    const session = await this.sessions.find(request);
    if (!session) return this.signedOut(response, checked);
    const { client, fields, returnTo } = checked;
    const csrf = this.browsers.csrfToken(request, response);
    const context = { csrf, fields, username: session.username, client: nameOf(client) };
    const formAction = returnTo ? [returnTo, ...(returnTo.startsWith('https:') ? ['https:'] : [])] : [];
    this.pages.send(response, 'logout-confirm', context, { formAction });
  }

  /**
   * The person's answer. Any other form is an application's request (§2 wants POST, too): from another site it
   * brings no cookies, so it is turned into a GET, which does, and which asks.
   */
  @Post()
  @ApiOperation({ summary: 'The same by form' })
  async confirm(
    @Req() request: Request,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const checked = await this.requests.resolve(form);
    if (!this.browsers.isOwnForm(request, form['csrf'])) {
      const query = new URLSearchParams(checked.fields).toString();
      return this.lead(response, `${this.settings.issuer}/oauth/logout${query && `?${query}`}`);
    }
    await this.sessions.end(request, response);
    this.signedOut(response, checked);
  }

  /** Without an ID token the address is only offered: §2 forbids to redirect on the client's word alone. */
  private signedOut(response: Response, { client, returnTo, isProven }: LogoutRequest): void {
    if (returnTo !== null && isProven) return this.lead(response, returnTo);
    const context = { client: nameOf(client), continueTo: returnTo ?? undefined };
    this.pages.send(response, 'signed-out', context);
  }

  private lead(response: Response, address: string): void {
    response.set('Cache-Control', 'no-store').redirect(303, address);
  }
}

const nameOf = (client: Client | null) => (client ? { name: client.name } : undefined);

function queryOf(request: Request): string {
  const question = request.originalUrl.indexOf('?');
  return question < 0 ? '' : request.originalUrl.slice(question + 1);
}
