import { Controller, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Settings } from '../config/index.js';
import { SignInFilter } from '../login/index.js';
import { RequireSessionForm } from '../sessions/index.js';
import { SignOut } from './sign-out.service.js';

/** The button on every page of somebody who is signed in. */
@ApiExcludeController()
@Controller('account/sign-out')
@UseFilters(SignInFilter)
export class AccountSignOutController {
  constructor(
    private readonly settings: Settings,
    private readonly signOut: SignOut,
  ) {}

  @Post()
  @RequireSessionForm()
  end(@Req() request: Request, @Res() response: Response): Promise<void> {
    const address = `${this.settings.issuer}/`;
    return this.signOut.run(request, response, { client: null, address, isFollowed: true });
  }
}
