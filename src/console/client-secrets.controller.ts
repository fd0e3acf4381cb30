import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { ClientIdPipe, SecretIdPipe } from '../admin/index.js';
import { ClientsService, SecretNotFoundError } from '../clients/index.js';
import { InvalidRequestError } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { SignInFilter } from '../login/index.js';
import { ClientsPage } from './clients.page.js';
import { AdministratorForm, AdministratorPage, editorOf } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { adminPath, at, fact, text } from './values.js';

const MAXIMUM_LABEL = 100;

/** The secrets of a client, those of a client in the configuration file included: they are rolled over here. */
@ApiExcludeController()
@Controller('admin/clients/:id/secrets')
@UseFilters(SignInFilter)
export class ConsoleClientSecretsController {
  constructor(
    private readonly clients: ClientsService,
    private readonly pages: ConsolePages,
    private readonly page: ClientsPage,
  ) {}

  @Post()
  @AdministratorForm()
  async add(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const { isPublic } = await this.clients.get(id);
    if (isPublic) throw new InvalidRequestError('a public client has no secret');
    const label = form['label']?.slice(0, MAXIMUM_LABEL) ?? 'another secret';
    const { secret } = await this.clients.addSecret(id, label, editorOf(request));
    this.page.show(request, response, await this.clients.get(id), { secret, status: 201 });
  }

  @Get(':secretId/delete')
  @AdministratorPage()
  async askToDelete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
    @Param('secretId', SecretIdPipe) secretId: string,
  ): Promise<void> {
    const client = await this.clients.get(id);
    const secret = client.secrets.find((one) => one.id === secretId);
    if (!secret) throw new SecretNotFoundError();
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: 'Delete a secret', section: 'clients', question: 'Delete this secret?', danger: true },
      text: 'Whatever still uses it stops working at once. This cannot be undone.',
      facts: [
        ...[fact('Client', text(client.name)), fact('Label', text(secret.label))],
        ...[fact('Created', at(secret.createdAt)), fact('Last used', at(secret.lastUsedAt))],
      ],
      ...{ action: adminPath('clients', id, 'secrets', secretId, 'delete'), submit: 'Delete secret' },
      ...{ cancel: adminPath('clients', id), fields: {} },
    });
  }

  @Post(':secretId/delete')
  @AdministratorForm()
  async delete(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('id', ClientIdPipe) id: string,
    @Param('secretId', SecretIdPipe) secretId: string,
  ): Promise<void> {
    await this.clients.deleteSecret(id, secretId, editorOf(request));
    this.pages.lead(response, adminPath('clients', id), 'secret-deleted');
  }
}
