import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { v4 as uuid } from 'uuid';
import { Clock, digestOf, randomToken } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Database, prepared } from '../database/index.js';
import { EventsService } from '../events/index.js';
import type { User } from '../users/index.js';
import { Cookies } from './cookies.js';
import { SessionEnds } from './session-ends.service.js';
import type { EndedSession } from './session-end.js';
import { SessionStates } from './session-states.service.js';
import type { Session } from './session.js';
import { SignInNeededError } from './sign-in-needed.error.js';

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
const RENEW = prepared(
  `UPDATE gh_session SET digest = $3, username = $4, authenticated_at = $5, methods = $6, last_seen_at = $5, expires_at = $7
   WHERE digest = $1 AND subject = $2 RETURNING id`,
);
const STRENGTHEN = prepared(
  `UPDATE gh_session SET digest = $2, methods = array_append(array_remove(methods, $3), $3)
   WHERE digest = $1 AND subject = $4 RETURNING id`,
);

interface SessionRow {
  id: string;
  subject: string;
  username: string;
  authenticated_at: Date;
  methods: string[];
  last_seen_at: Date;
}

/** One sign-in. */
interface SignIn {
  /** The session's new cookie. */
  readonly token: string;
  readonly user: User;
  readonly methods: readonly string[];
  readonly authenticatedAt: Date;
}

/** Who is signed in where: kept here, so that it can be ended here. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly cookies: Cookies,
    private readonly states: SessionStates,
    private readonly ends: SessionEnds,
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

  /**
   * Always under a new cookie, so that no planted one becomes worth anything. The same user again goes on with his
   * session, which applications know by its id; anybody else's session at this browser ends.
   */
  async start(
    request: Request,
    response: Response,
    user: User,
    methods: readonly string[],
  ): Promise<Session> {
    const token = randomToken();
    const signIn = { token, user, methods, authenticatedAt: this.clock.now() };
    const id = (await this.renew(request, signIn)) ?? (await this.replace(request, signIn));
    this.cookies.set(response, SESSION, token);
    this.states.begin(response, token);
    const { subject, username } = user;
    this.events.emit('user.signed_in', { subject, sessionId: id });
    return { id, subject, username, authenticatedAt: signIn.authenticatedAt, methods };
  }

  /**
   * The user has proven himself in one more way: the session goes on under a new cookie.
   * @throws SignInNeededError when it is over
   */
  async strengthen(
    request: Request,
    response: Response,
    { subject }: Session,
    method: string,
  ): Promise<void> {
    const token = randomToken();
    const old = this.cookies.read(request, SESSION) ?? '';
    const renewed = await this.database.run(STRENGTHEN, [digestOf(old), digestOf(token), method, subject]);
    if (renewed.length === 0) throw new SignInNeededError();
    this.cookies.set(response, SESSION, token);
    this.states.begin(response, token);
  }

  /** Null when nobody was signed in. */
  async end(request: Request, response: Response): Promise<EndedSession | null> {
    const ended = await this.remove(request, 'the user signed out');
    this.cookies.clear(response, SESSION);
    this.states.end(response);
    return ended;
  }

  /** Signs a user out everywhere. @param reason for the record */
  endOfSubject(subject: string, reason: string): Promise<void> {
    return this.ends.endOfSubject(subject, reason);
  }

  private async renew(request: Request, signIn: SignIn): Promise<string | undefined> {
    const old = this.cookies.read(request, SESSION);
    if (old === null) return undefined;
    const { token, user, methods, authenticatedAt } = signIn;
    const expiresAt = this.clock.in(this.settings.session.ttl);
    const { subject, username } = user;
    const values = [digestOf(old), subject, digestOf(token), username, authenticatedAt, methods, expiresAt];
    const [row] = await this.database.run<{ id: string }>(RENEW, values);
    return row?.id;
  }

  private async replace(request: Request, signIn: SignIn): Promise<string> {
    await this.remove(request, 'somebody else signed in');
    const { token, user, methods, authenticatedAt } = signIn;
    const id = uuid();
    const expiresAt = this.clock.in(this.settings.session.ttl);
    const { subject, username } = user;
    const values = [digestOf(token), id, subject, username, authenticatedAt, methods, expiresAt];
    await this.database.run(INSERT, values);
    return id;
  }

  private async remove(request: Request, reason: string): Promise<EndedSession | null> {
    const token = this.cookies.read(request, SESSION);
    if (token === null) return null;
    return this.ends.end(digestOf(token), reason);
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
