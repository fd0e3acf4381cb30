import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { InteractionsService, formTargets } from '../interactions/index.js';
import { PagesService } from '../pages/index.js';
import { BrowsersService, CurrentSession, RequireSession, RequireSessionForm } from '../sessions/index.js';
import type { Session } from '../sessions/index.js';
import { UserStore } from '../users/index.js';
import { SignInFilter } from './sign-in.filter.js';
import { SignInPurposes, destinationOf } from './sign-in-purpose.js';
import { signedInUser } from './signed-in-user.js';

/** The page that asks which account to go on with. @see OpenID Connect Core §3.1.2.1 prompt=select_account */
@ApiExcludeController()
@Controller('select-account')
@UseFilters(SignInFilter)
export class SelectAccountController {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly interactions: InteractionsService,
    private readonly purposes: SignInPurposes,
    private readonly users: UserStore,
    private readonly pages: PagesService,
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
    const context = {
      csrf: this.browsers.csrfToken(request, response),
      interaction: interaction.id,
      user: await signedInUser(this.users, session),
      client: await this.purposes.client({ interaction }),
    };
    this.pages.send(response, 'select-account', context, { formAction: formTargets(interaction) });
  }

  /** The choice is for whoever the form was made for: the token in it knows. */
  @Post()
  @RequireSessionForm()
  async choose(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentSession() { subject }: Session,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const interaction = await this.interactions.get(request, form['interaction'] ?? '');
    await this.interactions.answer(request, interaction, { selected: subject });
    response.redirect(303, this.settings.issuer + destinationOf({ interaction }));
  }
}
