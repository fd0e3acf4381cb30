import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Settings } from '../config/index.js';

/**
 * Cookies that only this host reads, and but for one no script: `__Host-`, Secure, HttpOnly, SameSite=Lax. On plain http, which is for
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

  /**
   * One that scripts of this origin read, in frames of other sites too. On plain http, where browsers refuse
   * SameSite=None, frames of the same site must do.
   */
  setReadable(response: Response, name: string, value: string): void {
    response.cookie(this.nameOf(name), value, this.readable);
  }

  clearReadable(response: Response, name: string): void {
    response.clearCookie(this.nameOf(name), this.readable);
  }

  /** As the browser knows it. */
  nameOf(name: string): string {
    return `${this.secure ? '__Host-' : ''}gatehouse-${name}`;
  }

  private get attributes() {
    return { path: '/', httpOnly: true, secure: this.secure, sameSite: 'lax' } as const;
  }

  private get readable() {
    return { ...this.attributes, httpOnly: false, sameSite: this.secure ? 'none' : 'lax' } as const;
  }
}
