import { Module } from '@nestjs/common';
import { GuardedFetcher } from './guarded-fetcher.js';
import { HostNames, SystemHostNames } from './host-names.js';

@Module({
  providers: [GuardedFetcher, { provide: HostNames, useClass: SystemHostNames }],
  exports: [GuardedFetcher],
})
export class FetchingModule {}
