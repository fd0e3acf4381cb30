import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { digestOf, randomToken, sameText } from '../common/index.js';
import { Settings } from '../config/index.js';
import { Cookies } from './cookies.js';

const BROWSER = 'browser';
const TOKEN = /^[\w-]{43}$/;

/** Recognises a browser, signed in or not: what it began, no other can finish, and no other site can post for it. */
@Injectable()
export class BrowsersService {
  private readonly origin: string;

  constructor(
    private readonly cookies: Cookies,
    settings: Settings,
  ) {
    this.origin = new URL(settings.issuer).origin;
  }

  /** The digest that stands for this browser; null when it is new here. */
  digest(request: Request): Buffer | null {
    const id = this.idOf(request);
    return id === null ? null : digestOf(id);
  }

  /** The same, after making sure that the browser has its cookie. */
  recognise(request: Request, response: Response): Buffer {
    return digestOf(this.idOf(request) ?? this.introduce(request, response));
  }

  /** Proof that a form was made for this browser and for who is signed in there. */
  csrfToken(request: Request, response: Response): string {
    return this.proof(request, this.idOf(request) ?? this.introduce(request, response));
  }

  /** Was this form made here, for this browser, and sent from one of our own pages? */
  isOwnForm(request: Request, token: string | undefined): boolean {
    const id = this.idOf(request);
    if (id === null || token === undefined || !this.isSameOrigin(request)) return false;
    return sameText(token, this.proof(request, id));
  }

  /**
   * Sec-Fetch-Site cannot be forged by a page. Origin decides where it is absent; it says `null` on our own forms
   * too, because our pages send no referrer (Fetch §3.2), so it cannot be asked first.
   */
  private isSameOrigin({ headers }: Request): boolean {
    const site = headers['sec-fetch-site'];
    if (site !== undefined) return site === 'same-origin' || site === 'none';
    return headers.origin === undefined || headers.origin === this.origin;
  }

  private proof(request: Request, browser: string): string {
    const session = this.cookies.read(request, 'session') ?? '';
    return createHmac('sha256', browser).update(`csrf ${session}`).digest('base64url');
  }

  private introduce(request: Request, response: Response): string {
    const id = randomToken();
    this.cookies.set(response, BROWSER, id);
    // The rest of this request sees the cookie as if the browser had sent it.
    this.introduced.set(request, id);
    return id;
  }

  private readonly introduced = new WeakMap<Request, string>();

  private idOf(request: Request): string | null {
    const id = this.introduced.get(request) ?? this.cookies.read(request, BROWSER);
    return id !== null && TOKEN.test(id) ? id : null;
  }
}
