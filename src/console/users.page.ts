import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { UserAdministrationService, UsersQueryDto, pageOf } from '../admin/index.js';
import type { ConsoleDetailContext } from '../pages/index.js';
import type { LocalUser } from '../users/index.js';
import { mayChange } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { extentOf } from './list-extent.js';
import { adminPath, at, code, fact, table, tags, text } from './values.js';

/** What is said beside the user himself. */
export interface UserNews {
  readonly notice?: string;
  readonly password?: string;
  readonly status?: number;
}

const USERS = [{ href: adminPath('users'), text: 'Users' }];
const NEW_PASSWORD = {
  title: 'Copy the password now',
  text: 'This is the only time it is shown. Hand it to the user by a way that others cannot read.',
};

/** The pages that show users. */
@Injectable()
export class UsersPage {
  constructor(
    private readonly pages: ConsolePages,
    private readonly administration: UserAdministrationService,
  ) {}

  async list(
    request: ConsoleRequest,
    response: Response,
    query: UsersQueryDto,
    notice?: string,
  ): Promise<void> {
    const { username } = query;
    const page = pageOf(query);
    const [users, total] = await this.administration.list({ ...page, username });
    const path = adminPath('users');
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Users', section: 'users', notice },
      actions: mayChange(request) ? [{ href: adminPath('new', 'user'), text: 'New user' }] : [],
      filter: {
        href: path,
        fields: [
          {
            kind: 'input',
            type: 'search',
            name: 'username',
            label: 'Username begins with',
            value: username ?? '',
          },
        ],
      },
      table: table(
        ['Username', 'Name', 'Roles', 'State', 'Created'],
        users.map((user) => this.row(user)),
      ),
      ...extentOf({ path, filters: { username }, ...page, total }),
    });
  }

  show(request: ConsoleRequest, response: Response, user: LocalUser, news: UserNews = {}): void {
    const { notice = this.standing(user), password, status } = news;
    const content = {
      ...{ title: user.username, section: 'users' as const, crumbs: USERS, notice },
      secret: password === undefined ? undefined : { ...NEW_PASSWORD, value: password },
      ...{ facts: factsOf(user), tables: [], actions: mayChange(request) ? this.actions(request, user) : [] },
    };
    this.pages.send(request, response, 'console-detail', content, status);
  }

  private actions({ currentSession }: ConsoleRequest, user: LocalUser): ConsoleDetailContext['actions'] {
    const { subject } = user;
    const edit = { id: 'edit-user', href: adminPath('users', subject, 'edit'), text: 'Edit' };
    const reset = {
      id: 'reset-password',
      href: adminPath('users', subject, 'reset-password'),
      text: 'New password…',
    };
    const disable = {
      id: 'disable-user',
      href: adminPath('users', subject, 'disable'),
      text: 'Disable…',
      danger: true,
    };
    const enable = { id: 'enable-user', href: adminPath('users', subject, 'enable'), text: 'Enable…' };
    return [
      ...(this.administration.isDeclared(user) ? [] : [edit, reset]),
      ...(user.disabled ? [enable] : []),
      ...(user.disabled || subject === currentSession.subject ? [] : [disable]),
    ];
  }

  private row(user: LocalUser) {
    return [
      text(user.username, adminPath('users', user.subject)),
      ...[nameOf(user), tags(...user.roles)],
      tags(user.disabled && 'disabled', this.administration.isDeclared(user) && 'configuration file'),
      at(user.createdAt),
    ];
  }

  /** What whoever looks should know at every visit. */
  private standing(user: LocalUser): string | undefined {
    if (this.administration.isDeclared(user))
      return 'This user is managed by the configuration file of the server: password, claims and roles are changed there.';
    return user.disabled ? 'This user is disabled and cannot sign in.' : undefined;
  }
}

const nameOf = ({ claims }: LocalUser) =>
  text(typeof claims['name'] === 'string' ? claims['name'] : undefined);

function factsOf(user: LocalUser): ConsoleDetailContext['facts'] {
  const { subject, claims } = user;
  return [
    ...[fact('Username', text(user.username)), fact('Subject', code(subject))],
    fact('Roles', tags(...user.roles, user.disabled && 'disabled')),
    fact('Claims', code(Object.keys(claims).length > 0 ? JSON.stringify(claims, null, 2) : null)),
    ...[fact('Created', at(user.createdAt)), fact('Changed', at(user.updatedAt))],
    fact('Clients', text('what the user owns', `/admin/clients?owner=${encodeURIComponent(subject)}`)),
    fact(
      'Authorizations',
      text('what the user has allowed', `/admin/authorizations?sub=${encodeURIComponent(subject)}`),
    ),
    fact(
      'History',
      text(
        'what was done to the user',
        `/admin/audit?target_type=user&target=${encodeURIComponent(subject)}`,
      ),
    ),
    fact('Actions', text('what the user has changed', `/admin/audit?actor=${encodeURIComponent(subject)}`)),
  ];
}
