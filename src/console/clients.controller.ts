import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ClientAdministrationService, ClientIdPipe, ClientsQueryDto, entityTagOf } from '../admin/index.js';
import { ClientsService, ManagedByFileError, toMetadata } from '../clients/index.js';
import type { Client } from '../clients/index.js';
import { ClientAuthenticator } from '../client-authentication/index.js';
import type { OAuthParameters } from '../common/index.js';
import { GrantsService } from '../grants/index.js';
import { SignInFilter } from '../login/index.js';
import { ScopesService } from '../scopes/index.js';
import { clientFields, newClientFields } from './client-fields.js';
import type { ClientOffers } from './client-fields.js';
import { ClientsPage } from './clients.page.js';
import { AdministratorForm, AdministratorPage, ConsolePage, editorOf } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { filled, parametersOf, typed } from './fields.js';
import { FilterPipe } from './filter.pipe.js';
import { FormPages } from './form-page.service.js';
import type { FormPage } from './form-page.service.js';
import { noticeOf } from './notices.js';
import { adminPath, code, fact, text } from './values.js';

/** What a form for a new client starts with. */
const BLANK: OAuthParameters = {
  application_type: 'web',
  token_endpoint_auth_method: 'client_secret_basic',
  grant_types: 'authorization_code refresh_token',
  response_types: 'code',
  scope: 'openid profile email',
  id_token_signed_response_alg: 'RS256',
};

/** The clients, all of them, for administrators. */
@ApiExcludeController()
@Controller('admin')
@UseFilters(SignInFilter)
export class ConsoleClientsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly administration: ClientAdministrationService,
    private readonly grants: GrantsService,
    private readonly authenticator: ClientAuthenticator,
    private readonly scopes: ScopesService,
    private readonly pages: ConsolePages,
    private readonly page: ClientsPage,
    private readonly forms: FormPages,
  ) {}

  @Get('clients')
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query(FilterPipe) query: ClientsQueryDto,
    @Query('done') done?: unknown,
  ): Promise<void> {
    await this.page.list(request, response, query, noticeOf(done));
  }

  @Get('new/client')
  @AdministratorPage()
  async blank(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    this.forms.show(request, response, newForm(await this.offers()), BLANK);
  }

  /** The answer itself shows the secret: kept for a page after a redirect, it would have to be readable somewhere. */
  @Post('clients')
  @AdministratorForm()
  async create(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const page = newForm(await this.offers());
    await this.forms.orAgain(request, response, page, form, async () => {
      const made = await this.administration.register(filled(page.groups, form), editorOf(request));
      const client = await this.clients.get(made.client.id);
      this.page.show(request, response, client, {
        secret: made.secret,
        notice: noticeOf('created'),
        status: 201,
      });
    });
  }

  @Get('clients/:id')
  @ConsolePage()
  async show(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
    @Query('done') done?: unknown,
  ): Promise<void> {
    this.page.show(request, response, await this.clients.get(id), { notice: noticeOf(done) });
  }

  @Get('clients/:id/edit')
  @AdministratorPage()
  async edit(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
  ): Promise<void> {
    const client = await this.editable(id);
    const page = editForm(client, await this.offers());
    this.forms.show(request, response, page, parametersOf(page.groups, toMetadata(client)));
  }

  @Post('clients/:id')
  @AdministratorForm()
  async update(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const page = editForm(await this.editable(id), await this.offers());
    await this.forms.orAgain(request, response, page, form, async () => {
      const change = { id, editor: editorOf(request), ifMatch: form['version'] };
      await this.administration.patch(change, typed(page.groups, form));
      this.pages.lead(response, adminPath('clients', id), 'saved');
    });
  }

  @Get('clients/:id/delete')
  @AdministratorPage()
  async askToDelete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
  ): Promise<void> {
    const client = await this.editable(id);
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: 'Delete a client', section: 'clients', question: 'Delete this client?' },
      text: 'People can no longer sign in to it, every token it holds ends at once, and its secrets are gone. This cannot be undone.',
      facts: [fact('Name', text(client.name)), fact('Client ID', code(client.id))],
      ...{ action: adminPath('clients', id, 'delete'), submit: 'Delete client', danger: true },
      ...{ cancel: adminPath('clients', id), fields: { version: entityTagOf(client) } },
    });
  }

  @Post('clients/:id/delete')
  @AdministratorForm()
  async delete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    await this.administration.delete({ id, editor: editorOf(request), ifMatch: form['version'] });
    this.pages.lead(response, adminPath('clients'), 'deleted');
  }

  private async editable(id: string): Promise<Client> {
    const client = await this.clients.get(id);
    if (client.managedBy !== null) throw new ManagedByFileError();
    return client;
  }

  private async offers(): Promise<ClientOffers> {
    const scopes = await this.scopes.list();
    // The implicit grant has no part at the token endpoint, so no grant is loaded for it.
    const grantTypes = [...new Set([...this.grants.types, 'implicit'])];
    const methods = this.authenticator.names;
    return { grantTypes, methods, scopes: scopes.map(({ name }) => name) };
  }
}

const newForm = (offers: ClientOffers): FormPage => ({
  ...{ title: 'New client', section: 'clients', groups: newClientFields(offers) },
  ...{ action: adminPath('clients'), submit: 'Create client', cancel: adminPath('clients') },
});

const editForm = (client: Client, offers: ClientOffers): FormPage => ({
  ...{ title: 'Edit client', section: 'clients', groups: clientFields(offers), version: entityTagOf(client) },
  ...{
    action: adminPath('clients', client.id),
    submit: 'Save changes',
    cancel: adminPath('clients', client.id),
  },
});
