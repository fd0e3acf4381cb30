import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  AuthorizationAdministrationService,
  AuthorizationPipe,
  AuthorizationsQueryDto,
  pageOf,
} from '../admin/index.js';
import { Clock } from '../common/index.js';
import { SignInFilter } from '../login/index.js';
import type { Authorization } from '../tokens/index.js';
import { LocalUsersService } from '../users/index.js';
import { AdministratorForm, AdministratorPage, ConsolePage, editorOf, mayChange } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { FilterPipe } from './filter.pipe.js';
import { extentOf } from './list-extent.js';
import { noticeOf } from './notices.js';
import { adminPath, at, code, fact, table, tags, text } from './values.js';

/** What users have allowed clients: seen, and revoked. */
@ApiExcludeController()
@Controller('admin/authorizations')
@UseFilters(SignInFilter)
export class ConsoleAuthorizationsController {
  constructor(
    private readonly administration: AuthorizationAdministrationService,
    private readonly users: LocalUsersService,
    private readonly clock: Clock,
    private readonly pages: ConsolePages,
  ) {}

  @Get()
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query(FilterPipe) query: AuthorizationsQueryDto,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const { sub, client_id } = query;
    const page = pageOf(query);
    const subject = await this.subjectOf(sub);
    const [authorizations, total] = await this.administration.list({ ...page, subject, clientId: client_id });
    const path = adminPath('authorizations');
    const columns = ['User', 'Client', 'Scopes', 'Created', 'Expires', 'State'];
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Authorizations', section: 'authorizations', actions: [], notice: noticeOf(done) },
      intro: 'What users have allowed clients: each is the root of a family of tokens, which end with it.',
      filter: {
        href: path,
        fields: [
          { kind: 'input', type: 'search', name: 'sub', label: 'User (name or subject)', value: sub ?? '' },
          { kind: 'input', type: 'text', name: 'client_id', label: 'Client ID', value: client_id ?? '' },
        ],
      },
      table: table(
        columns,
        authorizations.map((one) => this.row(one, mayChange(request))),
      ),
      ...extentOf({ path, filters: { sub, client_id }, ...page, total }),
    });
  }

  @Get(':id/revoke')
  @AdministratorPage()
  async askToRevoke(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', AuthorizationPipe) id: string,
  ): Promise<void> {
    const authorization = await this.administration.get(id);
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: 'Revoke an authorization', section: 'authorizations', danger: true },
      question: 'Revoke this authorization?',
      text: 'Every token of it is dead at once. The user can allow the same again.',
      facts: [
        fact('User', text(authorization.username ?? authorization.subject)),
        fact('Client', code(authorization.clientId)),
        fact('Scopes', tags(...authorization.scope)),
        fact('Created', at(authorization.createdAt)),
      ],
      ...{ action: adminPath('authorizations', id, 'revoke'), submit: 'Revoke', fields: {} },
      cancel: adminPath('authorizations'),
    });
  }

  @Post(':id/revoke')
  @AdministratorForm()
  async revoke(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', AuthorizationPipe) id: string,
  ): Promise<void> {
    await this.administration.revoke(id, editorOf(request));
    this.pages.lead(response, adminPath('authorizations'), 'revoked');
  }

  private row(authorization: Authorization, mayRevoke: boolean) {
    const { id, clientId, subject, username, scope, createdAt, expiresAt } = authorization;
    const isLive = authorization.isLive(this.clock.now());
    const ended = authorization.revokedAt ? `revoked: ${authorization.revocationReason ?? ''}` : 'expired';
    return [
      text(username ?? subject, adminPath('users', subject)),
      code(clientId, adminPath('clients', clientId)),
      ...[tags(...scope), at(createdAt), at(expiresAt)],
      isLive && mayRevoke
        ? text('Revoke…', adminPath('authorizations', id, 'revoke'))
        : text(isLive ? 'live' : ended),
    ];
  }

  /** People know names; an authorization knows a subject. */
  private async subjectOf(name: string | undefined): Promise<string | undefined> {
    if (name === undefined) return undefined;
    return (await this.users.findByUsername(name))?.subject ?? name;
  }
}
