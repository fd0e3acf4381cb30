import { Injectable } from '@nestjs/common';
import { ClientAdministrationService } from '../../admin/index.js';
import { ClientsService, toMetadata } from '../../clients/index.js';
import type { Client } from '../../clients/index.js';
import { LocalUsersService } from '../../users/index.js';
import { ClientIdArgs, NewClientArgs, NoArgs } from './client-commands.args.js';
import type { CreatedClient, ListedClient } from './client-commands.args.js';
import { CommandError } from './command-error.js';
import { EDITOR, HandlesCommand } from './command.js';

const PAGE = 100;

@Injectable()
export class ClientCommands {
  constructor(
    private readonly clients: ClientsService,
    private readonly administration: ClientAdministrationService,
    private readonly users: LocalUsersService,
  ) {}

  @HandlesCommand('client.create', NewClientArgs)
  async create({ metadata, owner }: NewClientArgs): Promise<CreatedClient> {
    const subject = owner === undefined ? {} : { owner: await this.subjectOf(owner) };
    const { client, secret } = await this.administration.register({ ...metadata, ...subject }, EDITOR);
    return { ...toMetadata(client), ...(secret !== undefined && { client_secret: secret }) };
  }

  @HandlesCommand('client.list', NoArgs)
  async list(): Promise<ListedClient[]> {
    const all: Client[] = [];
    let page: Client[];
    do {
      [page] = await this.clients.list({ offset: all.length, limit: PAGE });
      all.push(...page);
    } while (page.length === PAGE);
    return all.map(listed);
  }

  @HandlesCommand('client.delete', ClientIdArgs)
  async delete({ client_id: id }: ClientIdArgs): Promise<{ client_id: string }> {
    await this.administration.delete({ id, editor: EDITOR });
    return { client_id: id };
  }

  private async subjectOf(username: string): Promise<string> {
    const user = await this.users.findByUsername(username);
    if (!user) throw new CommandError(`there is no user named ${username} to own the client`);
    return user.subject;
  }
}

const listed = (client: Client): ListedClient => ({
  client_id: client.id,
  client_name: client.name,
  type: client.isPublic ? 'public' : 'confidential',
  grant_types: client.grantTypes,
  scope: client.registeredScope,
  owner: client.owner,
  managed_by: client.managedBy,
  disabled: client.disabled,
});
