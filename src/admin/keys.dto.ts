import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { KEY_ALGORITHMS } from '../keys/index.js';
import type { KeyAlgorithm, KeyUse } from '../keys/index.js';

/** How to rotate. */
export class RotationDto {
  /** What it signs with, or how others encrypt to it. */
  @IsIn(KEY_ALGORITHMS)
  @ApiProperty({ enum: KEY_ALGORITHMS })
  alg!: KeyAlgorithm;

  /** The new key signs at once, which whoever has cached the published keys does not know yet: for an emergency. */
  @IsOptional()
  @IsBoolean()
  immediately?: boolean;
}

/** A key of this server, never with its private half. */
export class KeyDto {
  kid!: string;

  alg!: string;

  /** `sig`: it signs; `enc`: others encrypt to it. */
  @ApiProperty({ enum: ['sig', 'enc'] })
  use!: KeyUse;

  /** `next`: published only; `signing` or `decrypting`: in use; `retiring`: published until its last token has expired; `retired`. */
  state!: string;

  created_at!: Date;

  active_from!: Date;

  published_until!: Date | null;
}

/** What a rotation came to. */
export class RotatedKeyDto {
  kid!: string;

  alg!: string;

  active_from!: Date;

  /** False when the next key was waiting already. */
  made!: boolean;
}
