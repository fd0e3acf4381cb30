import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Settings } from '../config/index.js';
import { SignInFilter, signedInUser } from '../login/index.js';
import { PagesService } from '../pages/index.js';
import { BrowsersService, CurrentSession, RequireSession, RequireSessionForm } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { OwnApplicationsService } from './own-applications.service.js';
import { ownerOf } from './owner.js';

/** Deleting an application, after a page that says what it means. */
@ApiExcludeController()
@Controller('applications/:id/delete')
@UseFilters(SignInFilter)
export class ApplicationDeletionController {
  constructor(
    private readonly settings: Settings,
    private readonly users: UserStore,
    private readonly applications: OwnApplicationsService,
    private readonly browsers: BrowsersService,
    private readonly pages: PagesService,
  ) {}

  @Get()
  @RequireSession()
  async ask(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Param('id') id: string,
  ): Promise<void> {
    const client = await this.applications.editable(session.subject, id);
    const application = { clientId: client.id, client_name: client.name };
    const user = await signedInUser(this.users, session);
    const csrf = this.browsers.csrfToken(request, response);
    this.pages.send(response, 'application-delete', { csrf, user, application });
  }

  @Post()
  @RequireSessionForm()
  async delete(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Param('id') id: string,
  ): Promise<void> {
    await this.applications.delete(ownerOf(session, request), id);
    response.redirect(303, `${this.settings.issuer}/applications?done=deleted`);
  }
}
