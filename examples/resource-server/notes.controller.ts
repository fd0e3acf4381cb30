import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import {
  AccessToken,
  CurrentUser,
  RequireAnyScope,
  RequireRoles,
  RequireScopes,
} from 'gatehouse/resource-server';
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

  @Get('count')
  @RequireAnyScope('notes.read', 'notes.write')
  count(@CurrentUser() user: TokenUser | null, @AccessToken() token: VerifiedAccessToken): number {
    return this.list(user, token).length;
  }

  @Delete()
  @RequireScopes('notes.write')
  @RequireRoles('librarian')
  clear(): void {
    this.notes.clear();
  }
}
