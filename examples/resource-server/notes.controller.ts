import { Body, Controller, Get, Post } from '@nestjs/common';
import { AccessToken, CurrentUser, RequireScopes } from 'gatehouse/resource-server';
import type { TokenUser, VerifiedAccessToken } from 'gatehouse/resource-server';

/** Everybody's own notes; a client that acts for itself has some, too. */
@Controller('notes')
export class NotesController {
  private readonly notes = new Map<string, string[]>();

  @Get()
  @RequireScopes('notes.read')
  list(@CurrentUser() user: TokenUser | null, @AccessToken() token: VerifiedAccessToken): string[] {
    return this.notes.get(user?.subject ?? token.clientId) ?? [];
  }

  @Post()
  @RequireScopes('notes.write')
  add(
    @CurrentUser() user: TokenUser | null,
    @AccessToken() token: VerifiedAccessToken,
    @Body() { text }: { text?: unknown },
  ): string[] {
    const notes = [...this.list(user, token), String(text)];
    this.notes.set(user?.subject ?? token.clientId, notes);
    return notes;
  }
}
