import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import { CurrentUser, RequireScopes } from '../../../src/index.js';
import type { User } from '../../../src/index.js';

/** The shop's own API, for applications with an access token. */
@Controller('invoices')
export class InvoicesController {
  @Get()
  @RequireScopes('invoices')
  @ApiOkResponse({ description: 'Whose they are, and the invoices' })
  list(@CurrentUser() user: User): object {
    return { of: user.subject, invoices: [] };
  }
}
