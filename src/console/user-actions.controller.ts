import { Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { SubjectPipe, UserAdministrationService } from '../admin/index.js';
import { SignInFilter } from '../login/index.js';
import type { LocalUser } from '../users/index.js';
import { AdministratorForm, AdministratorPage, editorOf } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { UsersPage } from './users.page.js';
import { adminPath, code, fact, text } from './values.js';

interface Question {
  readonly question: string;
  readonly text: string;
  readonly submit: string;
  readonly danger: boolean;
}

const QUESTIONS = {
  disable: {
    question: 'Disable this user?',
    text: 'The user can no longer sign in, and every session and every token ends at once.',
    submit: 'Disable user',
    danger: true,
  },
  enable: {
    question: 'Enable this user?',
    text: 'The user can sign in again. What was ended stays ended.',
    submit: 'Enable user',
    danger: false,
  },
  'reset-password': {
    question: 'Give this user a new password?',
    text: 'It is made here and shown once. The old one stops working, and every session and every token ends at once.',
    submit: 'Make a new password',
    danger: true,
  },
} satisfies Record<string, Question>;

/** What is done to a user at once, each after a page that says what it means. */
@ApiExcludeController()
@Controller('admin/users/:sub')
@UseFilters(SignInFilter)
export class ConsoleUserActionsController {
  constructor(
    private readonly administration: UserAdministrationService,
    private readonly pages: ConsolePages,
    private readonly page: UsersPage,
  ) {}

  @Get('disable')
  @AdministratorPage()
  async askToDisable(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
  ): Promise<void> {
    this.ask(request, response, await this.administration.get(sub), 'disable');
  }

  @Post('disable')
  @AdministratorForm()
  async disable(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
  ): Promise<void> {
    await this.administration.disable(sub, editorOf(request));
    this.pages.lead(response, adminPath('users', sub), 'disabled');
  }

  @Get('enable')
  @AdministratorPage()
  async askToEnable(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
  ): Promise<void> {
    this.ask(request, response, await this.administration.get(sub), 'enable');
  }

  @Post('enable')
  @AdministratorForm()
  async enable(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
  ): Promise<void> {
    await this.administration.enable(sub, editorOf(request));
    this.pages.lead(response, adminPath('users', sub), 'enabled');
  }

  @Get('reset-password')
  @AdministratorPage()
  async askToReset(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
  ): Promise<void> {
    this.ask(request, response, await this.administration.get(sub), 'reset-password');
  }

  /** The answer itself shows the password. */
  @Post('reset-password')
  @AdministratorForm()
  async resetPassword(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Param('sub', SubjectPipe) sub: string,
  ): Promise<void> {
    const { user, password } = await this.administration.resetPassword(sub, editorOf(request));
    this.page.show(request, response, user, { password });
  }

  private ask(
    request: ConsoleRequest,
    response: Response,
    { subject, username }: LocalUser,
    action: keyof typeof QUESTIONS,
  ): void {
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: QUESTIONS[action].submit, section: 'users', ...QUESTIONS[action], fields: {} },
      facts: [fact('Username', text(username)), fact('Subject', code(subject))],
      ...{ action: adminPath('users', subject, action), cancel: adminPath('users', subject) },
    });
  }
}
