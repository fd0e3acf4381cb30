import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Settings } from '../config/index.js';
import { SignInFilter } from '../login/index.js';
import { PagesService } from '../pages/index.js';
import { BrowsersService, CurrentSession, RequireSession, RequireSessionForm } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { AccountPage } from './account.page.js';
import { ConnectedApplicationsService } from './connected-applications.service.js';

/** Fixed sentences: nothing that comes in an address is ever shown. */
const NOTICES: Readonly<Record<string, string>> = {
  removed: 'The application has no access any more.',
};

/** What a user sees of himself, and takes back. */
@ApiExcludeController()
@Controller('account')
@UseFilters(SignInFilter)
export class AccountController {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly accountPage: AccountPage,
    private readonly applications: ConnectedApplicationsService,
    private readonly pages: PagesService,
  ) {}

  @Get()
  @RequireSession()
  async show(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const context = await this.accountPage.context(session);
    const csrf = this.browsers.csrfToken(request, response);
    this.pages.send(response, 'account', { ...context, csrf, notice: NOTICES[String(done)] });
  }

  @Post('applications/:clientId/withdraw')
  @RequireSessionForm()
  async withdraw(
    @Param('clientId') clientId: string,
    @CurrentSession() { subject }: Session,
    @Res() response: Response,
  ): Promise<void> {
    await this.applications.withdraw(subject, clientId);
    response.redirect(303, `${this.settings.issuer}/account?done=removed`);
  }
}
