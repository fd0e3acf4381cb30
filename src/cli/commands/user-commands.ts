import { Injectable } from '@nestjs/common';
import { UserAdministrationService } from '../../admin/index.js';
import { randomToken } from '../../common/index.js';
import { LocalUsersService } from '../../users/index.js';
import type { LocalUser } from '../../users/index.js';
import { CommandError } from './command-error.js';
import { EDITOR, HandlesCommand } from './command.js';
import { NamedUserArgs, NewUserArgs } from './user-commands.args.js';
import type { CreatedUser, UserState } from './user-commands.args.js';

const GENERATED_LENGTH = 20;

@Injectable()
export class UserCommands {
  constructor(
    private readonly users: LocalUsersService,
    private readonly administration: UserAdministrationService,
  ) {}

  @HandlesCommand('user.create', NewUserArgs)
  async create({ username, password, admin, email, name }: NewUserArgs): Promise<CreatedUser> {
    const generated = password === undefined ? randomToken().slice(0, GENERATED_LENGTH) : undefined;
    const wanted = {
      username,
      password: password ?? generated!,
      roles: admin ? ['admin'] : [],
      claims: { ...(name !== undefined && { name }), ...(email !== undefined && { email }) },
    };
    const user = await this.users.create(wanted, EDITOR);
    return {
      sub: user.subject,
      username: user.username,
      roles: user.roles,
      disabled: false,
      ...(generated && { password: generated }),
    };
  }

  @HandlesCommand('user.disable', NamedUserArgs)
  async disable({ username }: NamedUserArgs): Promise<UserState> {
    const { subject } = await this.named(username);
    return stateOf(await this.administration.disable(subject, EDITOR));
  }

  @HandlesCommand('user.enable', NamedUserArgs)
  async enable({ username }: NamedUserArgs): Promise<UserState> {
    const { subject } = await this.named(username);
    return stateOf(await this.administration.enable(subject, EDITOR));
  }

  private async named(username: string): Promise<LocalUser> {
    const user = await this.users.findByUsername(username);
    if (!user) throw new CommandError(`there is no user named ${username}`);
    return user;
  }
}

const stateOf = ({ subject, username, roles, disabled }: LocalUser): UserState => ({
  sub: subject,
  username,
  roles,
  disabled,
});
