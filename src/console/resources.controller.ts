import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  NewResourceDto,
  ResourceAdministrationService,
  ResourceChangeDto,
  ResourcePipe,
  resourceTag,
} from '../admin/index.js';
import type { ResourceDto } from '../admin/index.js';
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
import { NEW_RESOURCE, RESOURCE } from './resource-fields.js';
import { resourceFacts, resourceTable } from './resource-views.js';
import { adminPath } from './values.js';

const LIST = adminPath('resources');

/** The resources; the standard ones and those of the configuration file are shown only. */
@ApiExcludeController()
@Controller('admin')
@UseFilters(SignInFilter)
export class ConsoleResourcesController {
  constructor(
    private readonly administration: ResourceAdministrationService,
    private readonly pages: ConsolePages,
    private readonly forms: FormPages,
  ) {}

  @Get('resources')
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const resources = await this.administration.list();
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Resources', section: 'resources', notice: noticeOf(done) },
      actions: mayChange(request) ? [{ href: adminPath('new', 'resource'), text: 'New resource' }] : [],
      ...{ table: resourceTable(resources), extent: `${resources.length} resources` },
    });
  }

  @Get('new/resource')
  @AdministratorPage()
  blank(@Req() request: ConsoleRequest, @Res() response: Response): void {
    this.forms.show(request, response, CREATION, {});
  }

  @Post('resources')
  @AdministratorForm()
  async create(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    await this.forms.orAgain(request, response, CREATION, form, async () => {
      const state = checked(NewResourceDto, filled(CREATION.groups, form));
      const { identifier } = await this.administration.create(state, editorOf(request));
      this.pages.lead(response, adminPath('resources', identifier), 'created');
    });
  }

  @Get('resources/:key')
  @ConsolePage()
  async show(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ResourcePipe) key: string,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const resource = await this.administration.get(key);
    const isEditable = mayChange(request) && resource.managed_by === null;
    this.pages.send(request, response, 'console-detail', {
      ...{
        title: key,
        section: 'resources',
        notice: noticeOf(done),
        crumbs: [{ href: LIST, text: 'Resources' }],
      },
      ...{ facts: resourceFacts(resource), tables: [], actions: isEditable ? actionsOf(key) : [] },
    });
  }

  @Get('resources/:key/edit')
  @AdministratorPage()
  async edit(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ResourcePipe) key: string,
  ): Promise<void> {
    const resource = await this.administration.editable(key);
    const page = change(resource);
    this.forms.show(request, response, page, parametersOf(page.groups, resource));
  }

  @Post('resources/:key')
  @AdministratorForm()
  async update(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ResourcePipe) key: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const page = change(await this.administration.editable(key));
    await this.forms.orAgain(request, response, page, form, async () => {
      const state = checked(ResourceChangeDto, filled(page.groups, form));
      await this.administration.replace({ key, actor: editorOf(request), ifMatch: form['version'] }, state);
      this.pages.lead(response, adminPath('resources', key), 'saved');
    });
  }

  @Get('resources/:key/delete')
  @AdministratorPage()
  async askToDelete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ResourcePipe) key: string,
  ): Promise<void> {
    const resource = await this.administration.editable(key);
    this.pages.send(request, response, 'console-confirm', {
      ...{
        title: 'Delete a resource',
        section: 'resources',
        question: 'Delete this resource?',
        danger: true,
      },
      text: 'Nobody can ask for it any more; what was issued before keeps it until it expires. This cannot be undone.',
      ...{ facts: resourceFacts(resource), fields: { version: resourceTag(resource) } },
      ...{
        action: adminPath('resources', key, 'delete'),
        submit: 'Delete resource',
        cancel: adminPath('resources', key),
      },
    });
  }

  @Post('resources/:key/delete')
  @AdministratorForm()
  async delete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('key', ResourcePipe) key: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    await this.administration.delete({ key, actor: editorOf(request), ifMatch: form['version'] });
    this.pages.lead(response, LIST, 'deleted');
  }
}

const CREATION: FormPage = {
  ...{ title: 'New resource', section: 'resources', groups: NEW_RESOURCE },
  ...{ action: LIST, submit: 'Create resource', cancel: LIST },
};

const change = (resource: ResourceDto): FormPage => ({
  ...{
    title: `Edit ${resource.identifier}`,
    section: 'resources',
    groups: RESOURCE,
    version: resourceTag(resource),
  },
  ...{
    action: adminPath('resources', resource.identifier),
    submit: 'Save changes',
    cancel: adminPath('resources', resource.identifier),
  },
});

const actionsOf = (key: string) => [
  { id: 'edit-resource', href: adminPath('resources', key, 'edit'), text: 'Edit' },
  { id: 'delete-resource', href: adminPath('resources', key, 'delete'), text: 'Delete…', danger: true },
];
