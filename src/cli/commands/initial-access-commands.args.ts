import { IsInt, IsOptional, IsUUID, Length, Max, Min } from 'class-validator';
import type { NoArgs } from './client-commands.args.js';

export class NewInitialAccessArgs {
  @Length(1, 100, { message: 'a label has 1 to 100 characters' })
  label!: string;

  /** Any number when null, one when left out. */
  @IsOptional()
  @IsInt()
  @Min(1, { message: 'there must be at least one use' })
  @Max(1_000_000, { message: 'there may be 1000000 uses at most' })
  uses?: number | null;

  /** For ever when left out. */
  @IsOptional()
  @IsInt()
  @Min(1, { message: 'it must be good for at least a day' })
  @Max(3650, { message: 'it may be good for 3650 days at most' })
  days?: number;
}

export class InitialAccessIdArgs {
  @IsUUID(undefined, { message: 'an id is what `initial-access-token list` shows' })
  id!: string;
}

/** Times in ISO 8601. */
export interface ListedInitialAccess {
  readonly id: string;
  readonly label: string;
  readonly uses_left: number | null;
  readonly expires_at: string | null;
  readonly created_by: string;
}

export interface MadeInitialAccess extends ListedInitialAccess {
  /** Shown only now. */
  readonly initial_access_token: string;
}

export interface InitialAccessCommandMap {
  'initial-access-token.create': { args: NewInitialAccessArgs; result: MadeInitialAccess };
  'initial-access-token.list': { args: NoArgs; result: readonly ListedInitialAccess[] };
  'initial-access-token.delete': { args: InitialAccessIdArgs; result: { readonly id: string } };
}
