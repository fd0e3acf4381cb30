import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Public } from '../common/index.js';
import { Settings } from '../config/index.js';
import { PageErrorFilter, PagesService } from '../pages/index.js';
import { SessionsService } from '../sessions/index.js';

/** Where whoever types only the host name arrives. */
@ApiExcludeController()
@Controller()
@UseFilters(PageErrorFilter)
export class HomeController {
  constructor(
    private readonly settings: Settings,
    private readonly sessions: SessionsService,
    private readonly pages: PagesService,
  ) {}

  @Get()
  @Public()
  async show(@Req() request: Request, @Res() response: Response): Promise<void> {
    const session = await this.sessions.find(request);
    const signedIn = session ? { username: session.username } : undefined;
    this.pages.send(response, 'home', { signedIn, docs: this.settings.docs.enabled });
  }
}
