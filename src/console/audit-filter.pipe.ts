import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { FilterPipe } from './filter.pipe.js';

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** A browser's date fields name no zone: here they mean UTC, as everything does on these pages. */
@Injectable()
export class AuditFilterPipe implements PipeTransform<object, object> {
  private readonly filter = new FilterPipe();

  /** @throws InvalidRequestError */
  transform(query: object, metadata: ArgumentMetadata): object {
    const zoned = Object.entries(query).map(([name, value]): [string, unknown] => [name, inUtc(value)]);
    return this.filter.transform(Object.fromEntries(zoned), metadata);
  }
}

function inUtc(value: unknown): unknown {
  if (typeof value !== 'string' || !WITHOUT_ZONE.test(value)) return value;
  return value.length === 16 ? `${value}:00Z` : `${value}Z`;
}
