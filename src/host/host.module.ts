import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { Guest, GuestOptions } from './guest.js';
import { HostBoundary } from './host-boundary.js';

/** What Gatehouse has to know of the application that it is a part of. */
@Module({})
export class HostModule {
  static forRoot(options: { modules: readonly Type[]; prefix: string }): DynamicModule {
    return {
      module: HostModule,
      providers: [{ provide: GuestOptions, useValue: options }, HostBoundary, Guest],
      exports: [Guest],
    };
  }
}
