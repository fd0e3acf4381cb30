import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Settings } from '../config/index.js';

/**
 * Cookies that only this host reads: `__Host-`, Secure, HttpOnly, SameSite=Lax. On plain http, which is for
 * loopback only, browsers refuse that prefix, so the plain name is used there.
 * @see RFC 6265bis §4.1.3.2
 */
@Injectable()
export class Cookies {
  private readonly secure: boolean;

  constructor(settings: Settings) {
    this.secure = settings.issuer.startsWith('https:');
  }

  read(request: Request, name: string): string | null {
    const wanted = `${this.nameOf(name)}=`;
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const trimmed = pair.trim();
      if (trimmed.startsWith(wanted)) return trimmed.slice(wanted.length);
    }
    return null;
  }

  /** A session cookie: it goes when the browser closes. */
  set(response: Response, name: string, value: string): void {
    response.cookie(this.nameOf(name), value, this.attributes);
  }

  clear(response: Response, name: string): void {
    response.clearCookie(this.nameOf(name), this.attributes);
  }

  private get attributes() {
    return { path: '/', httpOnly: true, secure: this.secure, sameSite: 'lax' } as const;
  }

  private nameOf(name: string): string {
    return `${this.secure ? '__Host-' : ''}gatehouse-${name}`;
  }
}
