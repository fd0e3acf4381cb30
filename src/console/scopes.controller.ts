import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  NewScopeDto,
  ScopeAdministrationService,
  ScopeChangeDto,
  ScopePipe,
  scopeTag,
} from '../admin/index.js';
import type { ScopeDto } from '../admin/index.js';
import type { OAuthParameters } from '../common/index.js';
import { SignInFilter } from '../login/index.js';
import { checked } from './checked.js';
import { AdministratorForm, AdministratorPage, ConsolePage, editorOf, mayChange } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { filled, parametersOf } from './fields.js';
import { FormPages } from './form-page.service.js';
import type { FormPage } from './form-page.service.js';
import { noticeOf } from './notices.js';
import { NEW_SCOPE, SCOPE } from './scope-fields.js';
import { scopeFacts, scopeTable } from './scope-views.js';
import { adminPath } from './values.js';

const LIST = adminPath('scopes');

/** The scopes; the standard ones and those of the configuration file are shown only. */
@ApiExcludeController()
@Controller('admin')
@UseFilters(SignInFilter)
export class ConsoleScopesController {
  constructor(
    private readonly administration: ScopeAdministrationService,
    private readonly pages: ConsolePages,
    private readonly forms: FormPages,
  ) {}

  @Get('scopes')
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const scopes = await this.administration.list();
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Scopes', section: 'scopes', notice: noticeOf(done) },
      actions: mayChange(request) ? [{ href: adminPath('new', 'scope'), text: 'New scope' }] : [],
      ...{ table: scopeTable(scopes), extent: `${scopes.length} scopes` },
    });
  }

  @Get('new/scope')
  @AdministratorPage()
  blank(@Req() request: ConsoleRequest, @Res() response: Response): void {
    this.forms.show(request, response, CREATION, {});
  }

  @Post('scopes')
  @AdministratorForm()
  async create(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    await this.forms.orAgain(request, response, CREATION, form, async () => {
      const state = checked(NewScopeDto, filled(CREATION.groups, form));
      const { name } = await this.administration.create(state, editorOf(request));
      this.pages.lead(response, adminPath('scopes', name), 'created');
    });
  }

  @Get('scopes/:key')
  @ConsolePage()
  async show(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ScopePipe) key: string,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const scope = await this.administration.get(key);
    const isEditable = mayChange(request) && scope.managed_by === null;
    this.pages.send(request, response, 'console-detail', {
      ...{ title: key, section: 'scopes', notice: noticeOf(done), crumbs: [{ href: LIST, text: 'Scopes' }] },
      ...{ facts: scopeFacts(scope), tables: [], actions: isEditable ? actionsOf(key) : [] },
    });
  }

  @Get('scopes/:key/edit')
  @AdministratorPage()
  async edit(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ScopePipe) key: string,
  ): Promise<void> {
    const scope = await this.administration.editable(key);
    const page = change(scope);
    this.forms.show(request, response, page, parametersOf(page.groups, scope));
  }

  @Post('scopes/:key')
  @AdministratorForm()
  async update(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ScopePipe) key: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const page = change(await this.administration.editable(key));
    await this.forms.orAgain(request, response, page, form, async () => {
      const state = checked(ScopeChangeDto, filled(page.groups, form));
      await this.administration.replace({ key, actor: editorOf(request), ifMatch: form['version'] }, state);
      this.pages.lead(response, adminPath('scopes', key), 'saved');
    });
  }

  @Get('scopes/:key/delete')
  @AdministratorPage()
  async askToDelete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ScopePipe) key: string,
  ): Promise<void> {
    const scope = await this.administration.editable(key);
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: 'Delete a scope', section: 'scopes', question: 'Delete this scope?', danger: true },
      text: 'Nobody can ask for it any more; what was issued before keeps it until it expires. This cannot be undone.',
      ...{ facts: scopeFacts(scope), fields: { version: scopeTag(scope) } },
      ...{
        action: adminPath('scopes', key, 'delete'),
        submit: 'Delete scope',
        cancel: adminPath('scopes', key),
      },
    });
  }

  @Post('scopes/:key/delete')
  @AdministratorForm()
  async delete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ScopePipe) key: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    await this.administration.delete({ key, actor: editorOf(request), ifMatch: form['version'] });
    this.pages.lead(response, LIST, 'deleted');
  }
}

const CREATION: FormPage = {
  ...{ title: 'New scope', section: 'scopes', groups: NEW_SCOPE },
  ...{ action: LIST, submit: 'Create scope', cancel: LIST },
};

const change = (scope: ScopeDto): FormPage => ({
  ...{ title: `Edit ${scope.name}`, section: 'scopes', groups: SCOPE, version: scopeTag(scope) },
  ...{
    action: adminPath('scopes', scope.name),
    submit: 'Save changes',
    cancel: adminPath('scopes', scope.name),
  },
});

const actionsOf = (key: string) => [
  { id: 'edit-scope', href: adminPath('scopes', key, 'edit'), text: 'Edit' },
  { id: 'delete-scope', href: adminPath('scopes', key, 'delete'), text: 'Delete…', danger: true },
];
