import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { KEY_ALGORITHMS } from '../../keys/index.js';
import type { KeyAlgorithm, KeyState, KeyUse } from '../../keys/index.js';
import type { NoArgs } from './client-commands.args.js';

export class RotateArgs {
  /** All when left out. */
  @IsOptional()
  @IsIn(KEY_ALGORITHMS, { message: `the algorithm is one of ${KEY_ALGORITHMS.join(', ')}` })
  alg?: KeyAlgorithm;

  @IsOptional()
  @IsBoolean()
  now?: boolean;
}

/** Times in ISO 8601. */
export interface RotatedKey {
  readonly kid: string;
  readonly alg: KeyAlgorithm;
  readonly active_from: string;
  /** False when the next key was waiting already. */
  readonly made: boolean;
}

/** Times in ISO 8601. */
export interface ListedKey {
  readonly kid: string;
  readonly alg: KeyAlgorithm;
  readonly use: KeyUse;
  readonly state: KeyState;
  readonly active_from: string;
  readonly published_until: string | null;
}

export interface KeyCommandMap {
  'keys.rotate': { args: RotateArgs; result: readonly RotatedKey[] };
  'keys.list': { args: NoArgs; result: readonly ListedKey[] };
}
