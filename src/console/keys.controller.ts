import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { InvalidRequestError } from '../common/index.js';
import type { OAuthParameters } from '../common/index.js';
import { JwtService, KEY_ALGORITHMS } from '../keys/index.js';
import type { KeyAlgorithm, KeyDescription } from '../keys/index.js';
import { SignInFilter } from '../login/index.js';
import { AdministratorForm, AdministratorPage, ConsolePage, editorOf, mayChange } from './console.guard.js';
import type { ConsoleRequest } from './console.guard.js';
import { ConsolePages } from './console-pages.service.js';
import { noticeOf } from './notices.js';
import { adminPath, at, code, fact, table, tags, text, withQuery } from './values.js';

const ROTATE = adminPath('keys', 'rotate');

/** The keys of this server: their public side, and their rotation. */
@ApiExcludeController()
@Controller('admin/keys')
@UseFilters(SignInFilter)
export class ConsoleKeysController {
  constructor(
    private readonly jwt: JwtService,
    private readonly pages: ConsolePages,
  ) {}

  @Get()
  @ConsolePage()
  async list(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query('done') done?: unknown,
  ): Promise<void> {
    const keys = await this.jwt.list();
    const columns = ['Key ID', 'Algorithm', 'Use', 'State', 'Created', 'Used from', 'Published until'];
    this.pages.send(request, response, 'console-list', {
      ...{ title: 'Keys', section: 'keys', notice: noticeOf(done) },
      intro:
        'The next key is published before it is used; the one before it stays until its last token has expired.',
      actions: mayChange(request) ? KEY_ALGORITHMS.map(rotationLink) : [],
      table: table(columns, [...keys].reverse().map(row)),
      extent: `${keys.length} keys`,
    });
  }

  @Get('rotate')
  @AdministratorPage()
  ask(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Query('alg') alg?: string,
    @Query('now') now?: string,
  ): void {
    const algorithm = algorithmOf(alg);
    const immediately = now === 'true';
    this.pages.send(request, response, 'console-confirm', {
      ...{ title: 'Rotate a key', section: 'keys', question: `Rotate the ${algorithm} key?` },
      text: immediately ? AT_ONCE : IN_ORDER,
      facts: immediately
        ? []
        : [fact('If the key is stolen', text('use the next one at once', atOnceLink(algorithm)))],
      ...{ action: ROTATE, submit: immediately ? 'Rotate at once' : 'Rotate', cancel: adminPath('keys') },
      fields: { alg: algorithm, ...(immediately && { now: 'true' }) },
      danger: immediately,
    });
  }

  @Post('rotate')
  @AdministratorForm()
  async rotate(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @Body() form: OAuthParameters,
  ): Promise<void> {
    const immediately = form['now'] === 'true';
    await this.jwt.rotate(algorithmOf(form['alg']), { immediately, actor: editorOf(request) });
    this.pages.lead(response, adminPath('keys'), immediately ? 'rotated-now' : 'rotated');
  }
}

const IN_ORDER =
  'A new key is published now and used once everybody can know it. Nothing stops: tokens of the key before it stay valid until they expire.';
const AT_ONCE =
  'A new key is used at once. Applications and APIs that have cached the published keys refuse its tokens until they read them again: for an emergency.';

const atOnceLink = (alg: string): string => withQuery(ROTATE, { alg, now: 'true' });

const rotationLink = (alg: string) => ({ href: withQuery(ROTATE, { alg }), text: `Rotate ${alg}…` });

function algorithmOf(text: string | undefined): KeyAlgorithm {
  const algorithm = KEY_ALGORITHMS.find((one) => one === text);
  if (algorithm) return algorithm;
  throw new InvalidRequestError(`alg must be one of ${KEY_ALGORITHMS.join(', ')}`, { parameter: 'alg' });
}

const USES = { sig: 'signing', enc: 'decryption' } as const;

const row = (key: KeyDescription) => [
  ...[code(key.kid), text(key.alg), text(USES[key.use]), tags(key.state)],
  ...[at(key.createdAt), at(key.activeFrom), at(key.publishedUntil)],
];
