import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { formTargets } from '../interactions/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import { BrowsersService, RequireOwnForm, SessionsService } from '../sessions/index.js';
import { readSignUp } from './sign-up-form.js';
import type { Faults } from './sign-up-form.js';
import { SignUps } from './sign-ups.service.js';
import { SignInPurposes, destinationOf } from './sign-in-purpose.js';
import type { SignInPurpose } from './sign-in-purpose.js';

/** The page where people make an account. @see Initiating User Registration via OpenID Connect 1.0 */
@ApiExcludeController()
@Controller('signup')
@UseFilters(PageErrorFilter)
export class SignUpController {
  constructor(
    private readonly settings: Settings,
    private readonly browsers: BrowsersService,
    private readonly sessions: SessionsService,
    private readonly purposes: SignInPurposes,
    private readonly signUps: SignUps,
    private readonly pages: PagesService,
  ) {}

  @Get()
  @Public()
  async show(
    @Req() request: Request,
    @Res() response: Response,
    @Query('interaction') interaction?: string,
    @Query('return_to') returnTo?: string,
  ): Promise<void> {
    const purpose = await this.purposes.of(request, interaction, returnTo);
    await this.page(request, response, purpose, {}, {});
  }

  @Post()
  @RequireOwnForm()
  async signUp(
    @Req() request: Request,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const purpose = await this.purposes.of(request, form['interaction'], form['returnTo']);
    const read = readSignUp(form);
    const made = 'faults' in read ? read : await this.signUps.make(read.user, request.ip);
    if ('faults' in made) return this.page(request, response, purpose, form, made.faults);
    await this.sessions.start(request, response, made.user, ['pwd']);
    response.redirect(303, this.settings.issuer + destinationOf(purpose));
  }

  /** What was typed comes back, but for the passwords. */
  private async page(
    request: Request,
    response: Response,
    purpose: SignInPurpose,
    { username = '', name = '', email = '' }: OAuthParameters,
    errors: Faults,
  ): Promise<void> {
    const { interaction, returnTo } = purpose;
    const context = {
      csrf: this.browsers.csrfToken(request, response),
      interaction: interaction?.id,
      returnTo,
      values: { username, name, email },
      errors,
      client: await this.purposes.client(purpose),
    };
    const status = Object.keys(errors).length > 0 ? 400 : 200;
    this.pages.send(response, 'sign-up', context, {
      status,
      formAction: interaction ? formTargets(interaction) : [],
    });
  }
}
