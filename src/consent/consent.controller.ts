import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { ClientsService } from '../clients/index.js';
import { InvalidRequestError, Scope } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { EventsService } from '../events/index.js';
import { InteractionsService, formTargets } from '../interactions/index.js';
import { SignInFilter } from '../login/index.js';
import { PagesService } from '../pages/index.js';
import { BrowsersService, CurrentSession, RequireSession, RequireSessionForm } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { ConsentPage } from './consent.page.js';
import { ConsentsService } from './consents.service.js';

/** The page that asks whether an application may have what it asks for. */
@ApiExcludeController()
@Controller('consent')
@UseFilters(SignInFilter)
export class ConsentController {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly interactions: InteractionsService,
    private readonly clients: ClientsService,
    private readonly consents: ConsentsService,
    private readonly consentPage: ConsentPage,
    private readonly pages: PagesService,
    private readonly events: EventsService,
  ) {}

  @Get()
  @RequireSession()
  async show(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() session: Session,
    @Query('interaction') id?: string,
  ): Promise<void> {
    const interaction = await this.interactions.get(request, String(id));
    const client = await this.clients.findActive(interaction.clientId);
    if (!client) throw new InvalidRequestError('the application is not available any more');
    const csrf = this.browsers.csrfToken(request, response);
    const context = await this.consentPage.context(interaction, client, session);
    this.pages.send(response, 'consent', { ...context, csrf }, { formAction: formTargets(interaction) });
  }

  /** What is allowed is what the server remembers of the request; the form only says yes or no. */
  @Post()
  @RequireSessionForm()
  async decide(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() { subject }: Session,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const interaction = await this.interactions.get(request, form['interaction'] ?? '');
    const { clientId, scope } = interaction;
    if (form['decision'] === 'allow') {
      await this.consents.remember(subject, clientId, Scope.parse(scope));
      await this.interactions.answer(request, interaction, { consentedBy: subject });
    } else {
      await this.interactions.answer(request, interaction, { denied: true });
      this.events.emit('consent.denied', { subject, clientId });
    }
    response.redirect(303, `${this.settings.issuer}/oauth/authorize/${interaction.id}`);
  }
}
