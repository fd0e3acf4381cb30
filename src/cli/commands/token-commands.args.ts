import { IsInt, IsOptional, Max, Min } from 'class-validator';

export class PurgeArgs {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(100_000)
  batch_size?: number;

  /** Milliseconds. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(60_000)
  pause?: number;
}

export interface TokenCommandMap {
  'tokens.purge': { args: PurgeArgs; result: { readonly purged: number } };
}
