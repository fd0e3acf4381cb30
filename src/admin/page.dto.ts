import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';

/** Which part of a list to read. */
export class PageQueryDto {
  @ApiPropertyOptional({ type: 'integer', minimum: 0, default: 0 })
  @IsOptional()
  @Matches(/^\d{1,9}$/, { message: 'offset must be a number from 0' })
  offset?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/, { message: 'limit must be a number from 1 to 100' })
  limit?: string;
}

/** The same as numbers. */
export const pageOf = ({ offset, limit }: PageQueryDto): { offset: number; limit: number } => ({
  offset: Number(offset ?? 0),
  limit: Number(limit ?? 20),
});
