import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/index.js';
import { InitialAccessTokensService } from '../../registration/index.js';
import type { InitialAccessToken } from '../../registration/index.js';
import { NoArgs } from './client-commands.args.js';
import { EDITOR, HandlesCommand } from './command.js';
import { InitialAccessIdArgs, NewInitialAccessArgs } from './initial-access-commands.args.js';
import type { ListedInitialAccess, MadeInitialAccess } from './initial-access-commands.args.js';

/** Milliseconds. */
const DAY = 86_400_000;

@Injectable()
export class InitialAccessCommands {
  constructor(
    private readonly tokens: InitialAccessTokensService,
    private readonly clock: Clock,
  ) {}

  @HandlesCommand('initial-access-token.create', NewInitialAccessArgs)
  async create({ label, uses = 1, days }: NewInitialAccessArgs): Promise<MadeInitialAccess> {
    const expiresAt = days === undefined ? null : new Date(this.clock.now().getTime() + days * DAY);
    const { token, row } = await this.tokens.create({ label, uses, expiresAt }, EDITOR);
    return { ...listed(row), initial_access_token: token };
  }

  @HandlesCommand('initial-access-token.list', NoArgs)
  async list(): Promise<ListedInitialAccess[]> {
    return (await this.tokens.list()).map(listed);
  }

  @HandlesCommand('initial-access-token.delete', InitialAccessIdArgs)
  async delete({ id }: InitialAccessIdArgs): Promise<{ id: string }> {
    await this.tokens.delete(id, EDITOR);
    return { id };
  }
}

const listed = ({ id, label, usesLeft, expiresAt, createdBy }: InitialAccessToken): ListedInitialAccess => ({
  ...{ id, label, uses_left: usesLeft },
  ...{ expires_at: expiresAt?.toISOString() ?? null, created_by: createdBy },
});
