import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Client } from '../clients/index.js';
import { Settings } from '../config/index.js';
import { PagesService } from '../pages/index.js';
import { SessionsService } from '../sessions/index.js';
import type { EndedSession } from '../sessions/index.js';

/** Where a person goes who is signed out. */
export interface WayOn {
  readonly client: Client | null;
  readonly address: string | null;
  /** Whether to go there unasked: otherwise the address is only offered. */
  readonly isFollowed: boolean;
}

/** Ends the session of a browser, and shows what is left to do there. */
@Injectable()
export class SignOut {
  constructor(
    private readonly settings: Settings,
    private readonly sessions: SessionsService,
    private readonly pages: PagesService,
  ) {}

  async run(request: Request, response: Response, way: WayOn): Promise<void> {
    this.proceed(response, way, await this.sessions.end(request, response));
  }

  /** What follows for somebody who is signed out. @param ended what has just ended, if anything has */
  proceed(response: Response, way: WayOn, ended: EndedSession | null = null): void {
    const { client, address, isFollowed } = way;
    const parties = ended?.frontChannel ?? [];
    if (address !== null && isFollowed && parties.length === 0) return lead(response, address);
    const leadsOn = address !== null && isFollowed;
    const context = {
      client: client ? { name: client.name } : undefined,
      continueTo: address ?? undefined,
      leadsOn,
      frames: parties.map(({ uri }) => this.frameOf(uri, ended!)),
      applications: parties.map(({ name }) => name),
    };
    this.pages.send(response, 'signed-out', context);
  }

  /** @see OpenID Connect Front-Channel Logout 1.0 §2: `iss` and `sid` say whose message this is */
  private frameOf(uri: string, { id: sid }: EndedSession): string {
    const query = new URLSearchParams({ iss: this.settings.issuer, sid }).toString();
    return `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
  }
}

function lead(response: Response, address: string): void {
  response.set('Cache-Control', 'no-store').redirect(303, address);
}
