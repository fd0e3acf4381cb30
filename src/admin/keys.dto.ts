import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';

/** How to rotate. */
export class RotationDto {
  @IsIn(['ES256', 'RS256'])
  @ApiProperty({ enum: ['ES256', 'RS256'] })
  alg!: 'ES256' | 'RS256';

  /** The new key signs at once, which whoever has cached the published keys does not know yet: for an emergency. */
  @IsOptional()
  @IsBoolean()
  immediately?: boolean;
}

/** A signing key, never with its private half. */
export class KeyDto {
  kid!: string;

  alg!: string;

  /** `next`: published only; `signing`; `retiring`: published until its last token has expired; `retired`. */
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
