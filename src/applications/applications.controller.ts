import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { SignInFilter } from '../login/index.js';
import { CurrentSession, RequireSession, RequireSessionForm } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { ApplicationFaultsError, TooManyApplicationsError } from './application-errors.js';
import type { ApplicationForm } from './application-form.page.js';
import { ApplicationFormPage } from './application-form.page.js';
import { BLANK, typedValues, valuesOf } from './application-values.js';
import { ApplicationPage } from './application.page.js';
import { ApplicationsPage } from './applications.page.js';
import { noticeOf } from './notices.js';
import { OwnApplicationsService } from './own-applications.service.js';
import { ownerOf } from './owner.js';

/** The developer portal: whoever is signed in registers applications of his own, and sees no others. */
@ApiExcludeController()
@Controller('applications')
@UseFilters(SignInFilter)
export class ApplicationsController {
  constructor(
    private readonly settings: Settings,
    private readonly applications: OwnApplicationsService,
    private readonly listPage: ApplicationsPage,
    private readonly formPage: ApplicationFormPage,
    private readonly page: ApplicationPage,
  ) {}

  @Get()
  @RequireSession()
  async list(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Query('done') done?: unknown,
  ): Promise<void> {
    await this.listPage.send(request, response, session, noticeOf(done));
  }

  @Get('new')
  @RequireSession()
  async blank(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
  ): Promise<void> {
    await this.formPage.send(request, response, session, { values: BLANK });
  }

  /**
   * The answer itself shows the secret: kept for a page after a redirect, it would have to be readable somewhere.
   * Sent again by a reload, the form makes a second application, and takes nothing from the first.
   */
  @Post()
  @RequireSessionForm()
  async create(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const values = typedValues(form, BLANK);
    await this.orAgain(request, response, session, { values }, async () => {
      const { client, secret } = await this.applications.register(ownerOf(session, request), values);
      if (secret === undefined) return this.lead(response, client.id, 'created');
      const registered = await this.applications.get(session.subject, client.id);
      await this.page.send(request, response, session, registered, { newSecret: secret, status: 201 });
    });
  }

  @Get(':id')
  @RequireSession()
  async show(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const client = await this.applications.get(session.subject, id);
    await this.page.send(request, response, session, client, { notice: noticeOf(done) });
  }

  @Get(':id/edit')
  @RequireSession()
  async edit(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Param('id') id: string,
  ): Promise<void> {
    const client = await this.applications.editable(session.subject, id);
    const values = valuesOf(client, this.settings.accessToken.format);
    await this.formPage.send(request, response, session, { clientId: id, values });
  }

  @Post(':id')
  @RequireSessionForm()
  async update(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Param('id') id: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const client = await this.applications.editable(session.subject, id);
    const values = typedValues(form, valuesOf(client, this.settings.accessToken.format));
    await this.orAgain(request, response, session, { clientId: id, values }, async () => {
      await this.applications.update(ownerOf(session, request), id, values);
      this.lead(response, id, 'saved');
    });
  }

  /** What can be put right in the form comes back in the form, with everything that was typed. */
  private async orAgain(
    request: Request,
    response: Response,
    session: Session,
    form: ApplicationForm,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      const faults = faultsIn(error);
      if (!faults) throw error;
      await this.formPage.send(request, response, session, { ...form, ...faults });
    }
  }

  private lead(response: Response, id: string, done: string): void {
    response.redirect(303, `${this.settings.issuer}/applications/${encodeURIComponent(id)}?done=${done}`);
  }
}

function faultsIn(error: unknown): Pick<ApplicationForm, 'faults' | 'status'> | null {
  if (error instanceof ApplicationFaultsError) return { faults: error.faults, status: error.getStatus() };
  if (!(error instanceof TooManyApplicationsError)) return null;
  return { faults: { 'application-form': error.message }, status: error.getStatus() };
}
