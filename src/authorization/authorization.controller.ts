import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { InvalidRequestError, Public, RequestTooLargeError, parseParameters } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { Settings } from '../config/index.js';
import { InteractionsService } from '../interactions/index.js';
import type { Interaction } from '../interactions/index.js';
import { SessionStates, SessionsService } from '../sessions/index.js';
import type { Answer } from './authorization-answer.js';
import { AuthorizationErrorFilter } from './authorization-error.filter.js';
import { AuthorizationFlow } from './authorization-flow.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { AuthorizationRequestsService } from './authorization-requests.service.js';
import { ResponseModes } from './response-modes.js';

/** Characters: node:http reads headers of 16 kB in all, and the cookies come along. */
const LONGEST_QUERY = 12_000;

@ApiTags('OAuth')
@Controller('oauth/authorize')
@Public()
@UseFilters(AuthorizationErrorFilter)
export class AuthorizationController {
  constructor(
    private readonly requests: AuthorizationRequestsService,
    private readonly flow: AuthorizationFlow,
    private readonly sessions: SessionsService,
    private readonly states: SessionStates,
    private readonly interactions: InteractionsService,
    private readonly responseModes: ResponseModes,
    private readonly settings: Settings,
  ) {}

  /** RFC 6749 §3.1 */
  @Get()
  @ApiOperation({ summary: 'Ask a person to allow an application; opened in a browser' })
  @ApiQuery({ name: 'response_type', example: 'code' })
  @ApiQuery({ name: 'client_id' })
  @ApiQuery({ name: 'redirect_uri', required: false })
  @ApiQuery({ name: 'scope', required: false, example: 'openid profile' })
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'code_challenge', required: false })
  @ApiQuery({ name: 'code_challenge_method', required: false, example: 'S256' })
  async begin(@Req() request: Request, @Res() response: Response): Promise<void> {
    const checked = await this.requests.receive(parseParameters(queryOf(request), ['resource']));
    await this.advance(request, response, checked, null);
  }

  /**
   * The same by POST (OpenID Connect Core §3.1.2.1). A form from another site brings no cookies, so it is turned
   * into a GET, which does.
   */
  @Post()
  @ApiExcludeEndpoint()
  beginByPost(@Req() request: Request, @Body() parameters: OAuthParameters, @Res() response: Response): void {
    if (queryOf(request) !== '') throw new InvalidRequestError('the parameters must all be in the form');
    const query = new URLSearchParams(parameters).toString();
    if (query.length > LONGEST_QUERY) throw new RequestTooLargeError('the request is too long for a browser');
    response
      .set('Cache-Control', 'no-store')
      .redirect(303, `${this.settings.issuer}/oauth/authorize?${query}`);
  }

  /** Back from sign-in or consent: the same flow from the start, with what was done so far. */
  @Get(':interaction')
  @ApiExcludeEndpoint()
  async resume(
    @Req() request: Request,
    @Res() response: Response,
    @Param('interaction') id: string,
  ): Promise<void> {
    const interaction = await this.interactions.get(request, id);
    const checked = await this.requests.resolve(interaction.parameters);
    await this.advance(request, response, checked, interaction);
  }

  private async advance(
    request: Request,
    response: Response,
    checked: AuthorizationRequest,
    interaction: Interaction | null,
  ): Promise<void> {
    const session = await this.sessions.find(request);
    const step = await this.flow.advance({ request: checked, session, interaction });
    if ('answer' in step) {
      const answer = { ...step.answer, ...this.sessionState(request, response, checked) };
      return this.responseModes.respond(response, checked.redirect, answer);
    }
    const id = interaction?.id ?? (await this.keep(request, response, checked));
    const { page, notice } = step.need;
    const query = `interaction=${id}${notice ? `&notice=${notice}` : ''}`;
    response.set('Cache-Control', 'no-store').redirect(303, `${this.settings.issuer}${page}?${query}`);
  }

  /** @see OpenID Connect Session Management 1.0 §2 */
  private sessionState(
    request: Request,
    response: Response,
    { client, redirect, scope }: AuthorizationRequest,
  ): Answer {
    const party = { clientId: client.id, redirectUri: redirect.redirectUri };
    const state = scope.has('openid') ? this.states.sessionState(request, response, party) : null;
    return state === null ? {} : { session_state: state };
  }

  private keep(request: Request, response: Response, checked: AuthorizationRequest): Promise<string> {
    const { parameters, client, redirect, consentScope: scope, resources } = checked;
    const what = {
      clientId: client.id,
      redirectUri: redirect.redirectUri,
      scope: scope.toString(),
      resources,
    };
    return this.interactions.begin(request, response, { parameters, ...what });
  }
}

function queryOf(request: Request): string {
  const question = request.originalUrl.indexOf('?');
  return question < 0 ? '' : request.originalUrl.slice(question + 1);
}
