import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import type { KeyState, SigningAlgorithm } from '../../keys/index.js';
import type { NoArgs } from './client-commands.args.js';

export class RotateArgs {
  /** Both when left out. */
  @IsOptional()
  @IsIn(['ES256', 'RS256'], { message: 'the algorithm is ES256 or RS256' })
  alg?: SigningAlgorithm;

  @IsOptional()
  @IsBoolean()
  now?: boolean;
}

/** Times in ISO 8601. */
export interface RotatedKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly active_from: string;
  /** False when the next key was waiting already. */
  readonly made: boolean;
}

/** Times in ISO 8601. */
export interface ListedKey {
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly state: KeyState;
  readonly active_from: string;
  readonly published_until: string | null;
}

export interface KeyCommandMap {
  'keys.rotate': { args: RotateArgs; result: readonly RotatedKey[] };
  'keys.list': { args: NoArgs; result: readonly ListedKey[] };
}
