import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { v4 as uuid } from 'uuid';
import { Clock, digestOf, randomToken } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';
import { EventsService } from '../events/index.js';
import type { User } from '../users/index.js';
import { Cookies } from './cookies.js';
import type { Session } from './session.js';

const SESSION = 'session';
/** The last use is written at most once in this time, in milliseconds. */
const TOUCH_EVERY = 60_000;

const FIND = prepared(
  `SELECT id, subject, username, authenticated_at, methods, last_seen_at FROM gh_session
   WHERE digest = $1 AND expires_at > $2 AND last_seen_at > $3`,
);
const INSERT = prepared(
  `INSERT INTO gh_session (digest, id, subject, username, authenticated_at, methods, last_seen_at, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, $5, $7)`,
);
const TOUCH = prepared('UPDATE gh_session SET last_seen_at = $2 WHERE digest = $1');
const DELETE = prepared('DELETE FROM gh_session WHERE digest = $1 RETURNING id, subject');
const DELETE_OF_SUBJECT = prepared('DELETE FROM gh_session WHERE subject = $1');

interface SessionRow {
  id: string;
  subject: string;
  username: string;
  authenticated_at: Date;
  methods: string[];
  last_seen_at: Date;
}

/** Who is signed in where: kept here, so that it can be ended here. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly cookies: Cookies,
    private readonly database: Database,
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly events: EventsService,
  ) {}

  async find(request: Request): Promise<Session | null> {
    const token = this.cookies.read(request, SESSION);
    if (token === null) return null;
    const digest = digestOf(token);
    const values = [digest, this.clock.now(), this.clock.in(-this.settings.session.idleTtl)];
    const [row] = await this.database.run<SessionRow>(FIND, values);
    if (!row) return null;
    await this.touch(digest, row.last_seen_at);
    return fromRow(row);
  }

  /** Always under a new id, so that no planted one becomes worth anything; what was there before ends. */
  async start(
    request: Request,
    response: Response,
    user: User,
    methods: readonly string[],
  ): Promise<Session> {
    await this.remove(request);
    const token = randomToken();
    const session = {
      id: uuid(),
      subject: user.subject,
      username: user.username,
      authenticatedAt: this.clock.now(),
      methods,
    };
    const { id, subject, username, authenticatedAt } = session;
    const expiresAt = this.clock.in(this.settings.session.ttl);
    const values = [digestOf(token), id, subject, username, authenticatedAt, methods, expiresAt];
    await this.database.run(INSERT, values);
    this.cookies.set(response, SESSION, token);
    this.events.emit('user.signed_in', { subject, sessionId: id });
    return session;
  }

  async end(request: Request, response: Response): Promise<void> {
    const ended = await this.remove(request);
    this.cookies.clear(response, SESSION);
    if (ended) this.events.emit('user.signed_out', { subject: ended.subject, sessionId: ended.id });
  }

  /** Signs a user out everywhere. */
  async endOfSubject(subject: string): Promise<void> {
    await this.database.run(DELETE_OF_SUBJECT, [subject]);
  }

  private async remove(request: Request): Promise<{ id: string; subject: string } | undefined> {
    const token = this.cookies.read(request, SESSION);
    if (token === null) return undefined;
    const [row] = await this.database.run<{ id: string; subject: string }>(DELETE, [digestOf(token)]);
    return row;
  }

  private async touch(digest: Buffer, lastSeenAt: Date): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - lastSeenAt.getTime() > TOUCH_EVERY) await this.database.run(TOUCH, [digest, now]);
  }
}

const fromRow = (row: SessionRow): Session => ({
  id: row.id,
  subject: row.subject,
  username: row.username,
  authenticatedAt: row.authenticated_at,
  methods: row.methods,
});
