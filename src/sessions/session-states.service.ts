import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Settings } from '../config/index.js';
import { Cookies } from './cookies.js';

const SESSION = 'session';
const STATE = 'state';

/**
 * What lets an application notice in the browser that its user signed out: a cookie that scripts of this origin
 * read, and a hash of it that the application keeps. Neither says anything of the user, and neither opens anything.
 * @see OpenID Connect Session Management 1.0 §3
 */
@Injectable()
export class SessionStates {
  readonly isOffered: boolean;

  constructor(
    private readonly cookies: Cookies,
    settings: Settings,
  ) {
    this.isOffered = settings.logout.sessionManagement;
  }

  /** The name of the cookie, for the script in the frame. */
  get cookieName(): string {
    return this.cookies.nameOf(STATE);
  }

  /** At a sign-in. @param token the session's cookie */
  begin(response: Response, token: string): void {
    if (this.isOffered) this.cookies.setReadable(response, STATE, stateOf(token));
  }

  /** At a sign-out: from now on the browser has no state. */
  end(response: Response): void {
    if (this.isOffered) this.cookies.clearReadable(response, STATE);
  }

  /**
   * The `session_state` for whoever is signed in at this browser; null where there is none, or where the redirect URI
   * is of an application that no browser gives an origin to.
   * @see OpenID Connect Session Management 1.0 §2
   */
  sessionState(
    request: Request,
    response: Response,
    party: { clientId: string; redirectUri: string },
  ): string | null {
    const token = this.cookies.read(request, SESSION);
    const { origin } = new URL(party.redirectUri);
    if (!this.isOffered || token === null || origin === 'null') return null;
    const state = stateOf(token);
    if (this.cookies.read(request, STATE) !== state) this.begin(response, token);
    const salt = randomBytes(16).toString('hex');
    const hash = createHash('sha256').update(`${party.clientId} ${origin} ${state} ${salt}`).digest('hex');
    return `${hash}.${salt}`;
  }
}

/** One-way and with a label of its own: not what the database finds a session by. */
const stateOf = (token: string): string =>
  createHmac('sha256', token).update('state of the browser').digest('base64url');
