import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuditQueryDto, AuditTrailService } from '../admin/index.js';
import { AUDIT_ACTIONS, AUDIT_TARGET_TYPES } from '../audit/index.js';
import { SignInFilter } from '../login/index.js';
import type { ConsoleField } from '../pages/index.js';
import { LocalUsersService } from '../users/index.js';
import { AuditTable } from './audit.table.js';
import { ConsolePage } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { AuditFilterPipe } from './audit-filter.pipe.js';
import { adminPath, withQuery } from './values.js';

/** The audit trail, for administrators and auditors. */
@ApiExcludeController()
@Controller('admin/audit')
@UseFilters(SignInFilter)
export class ConsoleAuditController {
  constructor(
    private readonly trail: AuditTrailService,
    private readonly users: LocalUsersService,
    private readonly table: AuditTable,
    private readonly pages: ConsolePages,
  ) {}

  @Get()
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query(AuditFilterPipe) query: AuditQueryDto,
  ): Promise<void> {
    const path = adminPath('audit');
    const actor = await this.subjectOf(query.actor);
    const { records, next } = await this.trail.page({ ...query, actor }, request.currentSession.subject);
    const { cursor, ...filters } = query;
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Audit trail', section: 'audit', actions: [] },
      intro:
        'Who changed what. Records are added with the change itself, and nobody can change or remove one.',
      filter: { href: path, fields: filterFields(query) },
      table: await this.table.of(records),
      extent: cursor === undefined ? 'Latest changes' : 'Earlier changes',
      previous: cursor === undefined ? undefined : withQuery(path, { ...filters }),
      next: next === null ? undefined : withQuery(path, { ...filters, cursor: next }),
    });
  }

  /** People know names; the trail knows subjects. */
  private async subjectOf(actor: string | undefined): Promise<string | undefined> {
    if (actor === undefined) return undefined;
    return (await this.users.findByUsername(actor))?.subject ?? actor;
  }
}

const filterFields = (query: AuditQueryDto): ConsoleField[] => [
  { kind: 'input', type: 'text', name: 'actor', label: 'Who', value: query.actor ?? '' },
  { kind: 'select', name: 'action', label: 'What', options: choices(AUDIT_ACTIONS, query.action) },
  {
    kind: 'select',
    name: 'target_type',
    label: 'Kind',
    options: choices(AUDIT_TARGET_TYPES, query.target_type),
  },
  { kind: 'input', type: 'text', name: 'target', label: 'To what (id)', value: query.target ?? '' },
  { kind: 'input', type: 'datetime-local', name: 'from', label: 'From (UTC)', value: localOf(query.from) },
  { kind: 'input', type: 'datetime-local', name: 'to', label: 'To (UTC)', value: localOf(query.to) },
];

const choices = (values: readonly string[], chosen: string | undefined) =>
  ['', ...values].map((value) => ({
    value,
    label: value === '' ? 'any' : value,
    chosen: value === (chosen ?? ''),
  }));

const localOf = (time: string | undefined): string => time?.replace(/:00Z$/, '') ?? '';
