import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditTrailService, AuthorizationAdministrationService } from '../admin/index.js';
import { ClientsService } from '../clients/index.js';
import { JwtService } from '../keys/index.js';
import { SignInFilter } from '../login/index.js';
import { ScopesService } from '../scopes/index.js';
import { LocalUsersService } from '../users/index.js';
import { AuditTable } from './audit.table.js';
import { ConsolePage } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { adminPath } from './values.js';

const NONE = { offset: 0, limit: 1 };
const LATEST = '5';

/** Where the administration begins. */
@ApiExcludeController()
@Controller('admin')
@UseFilters(SignInFilter)
export class ConsoleOverviewController {
  constructor(
    private readonly clients: ClientsService,
    private readonly users: LocalUsersService,
    private readonly scopes: ScopesService,
    private readonly authorizations: AuthorizationAdministrationService,
    private readonly jwt: JwtService,
    private readonly trail: AuditTrailService,
    private readonly table: AuditTable,
    private readonly pages: ConsolePages,
  ) {}

  @Get()
  @ConsolePage()
  async show(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    const { records } = await this.trail.page({ limit: LATEST }, request.currentSession.subject);
    this.pages.send(request, response, 'console-overview', {
      ...{ title: 'Administration', section: 'overview' },
      counts: await this.counts(),
      latest: await this.table.brief(records),
    });
  }

  private async counts() {
    const [[, clients], [, users], [, authorizations]] = await Promise.all([
      this.clients.list(NONE),
      this.users.list(NONE),
      this.authorizations.list(NONE),
    ]);
    const count = (part: string, one: number, text = part) => ({
      ...{ href: adminPath(part), count: one.toLocaleString('en'), text },
    });
    return [
      ...[count('clients', clients), count('users', users)],
      count('scopes', (await this.scopes.list()).length),
      count('resources', (await this.scopes.listResources()).length),
      count('authorizations', authorizations),
      count('keys', (await this.jwt.list()).filter(({ state }) => state !== 'retired').length),
    ];
  }
}
