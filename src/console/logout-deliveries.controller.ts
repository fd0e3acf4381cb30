import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  LOGOUT_DELIVERY_STATES,
  LogoutDeliveriesQueryDto,
  LogoutDeliveryAdministrationService,
  LogoutDeliveryPipe,
  pageOf,
} from '../admin/index.js';
import { SignInFilter } from '../login/index.js';
import type { ConsoleField } from '../pages/index.js';
import type { LogoutDelivery } from '../sessions/index.js';
import { LocalUsersService } from '../users/index.js';
import { AdministratorForm, AdministratorPage, ConsolePage, editorOf, mayChange } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { FilterPipe } from './filter.pipe.js';
import { extentOf } from './list-extent.js';
import { noticeOf } from './notices.js';
import { adminPath, at, code, fact, table, tags, text } from './values.js';

const PATH = adminPath('logout-deliveries');
const COLUMNS = ['Application', 'User', 'Signed out', 'State', 'What went wrong'];

/** Which applications were told of sign-outs: seen, and told again. */
@ApiExcludeController()
@Controller('admin/logout-deliveries')
@UseFilters(SignInFilter)
export class ConsoleLogoutDeliveriesController {
  constructor(
    private readonly administration: LogoutDeliveryAdministrationService,
    private readonly users: LocalUsersService,
    private readonly pages: ConsolePages,
  ) {}

  @Get()
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query(FilterPipe) query: LogoutDeliveriesQueryDto,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const { client_id, state } = query;
    const page = pageOf(query);
    const [deliveries, total] = await this.administration.list({ ...page, clientId: client_id, state });
    const names = await this.namesOf(deliveries);
    const { pending, delivered, failed } = await this.administration.counts(client_id);
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Sign-outs', section: 'sign-outs', actions: [], notice: noticeOf(done) },
      intro:
        'Applications that have to be told, behind the browser, that a user signed out. ' +
        `Of the last days: ${pending} pending, ${delivered} delivered, ${failed} failed.`,
      filter: { href: PATH, fields: filters(client_id, state) },
      table: table(
        COLUMNS,
        deliveries.map((one) => row(one, names.get(one.subject), mayChange(request))),
      ),
      ...extentOf({ path: PATH, filters: { client_id, state }, ...page, total }),
    });
  }

  @Get(':id/retry')
  @AdministratorPage()
  async askToRetry(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', LogoutDeliveryPipe) id: string,
  ): Promise<void> {
    const delivery = await this.administration.get(id);
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: 'Tell an application again', section: 'sign-outs', danger: false },
      question: 'Tell the application again?',
      text: 'It is told at once that the user signed out, and again until it answers.',
      facts: [
        fact('Application', code(delivery.clientId)),
        fact('User', code(delivery.subject)),
        fact('Signed out', at(delivery.createdAt)),
        fact('Attempts', text(delivery.attempts)),
        fact('What went wrong', text(delivery.lastError)),
        fact('Next attempt', at(delivery.nextAttemptAt)),
      ],
      ...{ action: adminPath('logout-deliveries', id, 'retry'), submit: 'Tell it again', fields: {} },
      cancel: PATH,
    });
  }

  @Post(':id/retry')
  @AdministratorForm()
  async retry(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', LogoutDeliveryPipe) id: string,
  ): Promise<void> {
    await this.administration.retry(id, editorOf(request));
    this.pages.lead(response, PATH, 'told-again');
  }

  /** People know names; a delivery knows a subject. */
  private async namesOf(deliveries: readonly LogoutDelivery[]): Promise<Map<string, string>> {
    const users = await this.users.findMany(deliveries.map(({ subject }) => subject));
    return new Map(users.map(({ subject, username }) => [subject, username]));
  }
}

const filters = (clientId = '', chosen = ''): ConsoleField[] => [
  { kind: 'input', type: 'text', name: 'client_id', label: 'Client ID', value: clientId },
  {
    kind: 'select',
    name: 'state',
    label: 'State',
    options: ['', ...LOGOUT_DELIVERY_STATES].map((value) => ({
      value,
      label: value || 'any',
      chosen: value === chosen,
    })),
  },
];

function row(delivery: LogoutDelivery, username: string | undefined, mayRetry: boolean) {
  const { id, clientId, subject, state, attempts, lastError, createdAt } = delivery;
  return [
    code(clientId, adminPath('clients', clientId)),
    text(username ?? subject, adminPath('users', subject)),
    ...[at(createdAt), tags(state, attempts > 1 && `${attempts} attempts`)],
    mayRetry && lastError !== null
      ? text(`${lastError}. Tell it again…`, adminPath('logout-deliveries', id, 'retry'))
      : text(lastError),
  ];
}
