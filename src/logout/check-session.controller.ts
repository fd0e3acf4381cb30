import { Controller, Get, NotFoundException, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { Public } from '../common/index.js';
import { PageErrorFilter } from '../pages/index.js';
import { SessionStates } from '../sessions/index.js';
import { checkSessionPage } from './check-session.page.js';

/** @see OpenID Connect Session Management 1.0 §3.2 */
@ApiExcludeController()
@Controller('oauth/session/check')
@Public()
@UseFilters(PageErrorFilter)
export class CheckSessionController {
  private readonly page: ReturnType<typeof checkSessionPage>;

  constructor(private readonly states: SessionStates) {
    this.page = checkSessionPage(states.cookieName);
  }

  /** The same for everybody: whom it is about is in the cookie, and only its script reads that. */
  @Get()
  show(@Res() response: Response): void {
    if (!this.states.isOffered) throw new NotFoundException();
    response
      .set({
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
        'Content-Security-Policy': this.page.policy,
        'Cross-Origin-Resource-Policy': 'cross-origin',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      })
      .send(this.page.html);
  }
}
