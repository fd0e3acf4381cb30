import { Body, Controller, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { SignInFilter } from '../login/index.js';
import { CurrentSession, RequireSessionForm } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { ApplicationPage } from './application.page.js';
import { OwnApplicationsService } from './own-applications.service.js';
import { ownerOf } from './owner.js';

/** The secrets of a person's own application: one is added before another is deleted, so that nothing stops. */
@ApiExcludeController()
@Controller('applications/:id/secrets')
@UseFilters(SignInFilter)
export class ApplicationSecretsController {
  constructor(
    private readonly settings: Settings,
    private readonly applications: OwnApplicationsService,
    private readonly page: ApplicationPage,
  ) {}

  /** Shown by the answer itself, as the first one is; a reload adds one more and leaves this one working. */
  @Post()
  @RequireSessionForm()
  async add(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const newSecret = await this.applications.addSecret(ownerOf(session, request), id, form['label']);
    const client = await this.applications.get(session.subject, id);
    await this.page.send(request, response, session, client, { newSecret, status: 201 });
  }

  @Post(':secretId/delete')
  @RequireSessionForm()
  async delete(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Param('secretId') secretId: string,
  ): Promise<void> {
    await this.applications.deleteSecret(ownerOf(session, request), id, secretId);
    const address = `${this.settings.issuer}/applications/${encodeURIComponent(id)}`;
    response.redirect(303, `${address}?done=secret-deleted`);
  }
}
