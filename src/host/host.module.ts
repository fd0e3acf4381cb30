import { Module, VERSION_NEUTRAL } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { VERSION_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { ClientsModule } from '../clients/index.js';
import { ConfigurationError } from '../config/index.js';
import { Guest, GuestOptions } from './guest.js';
import { HostBoundary } from './host-boundary.js';
import { controllersOf } from './mounted.js';

/** What Gatehouse has to know of the application that it is a part of. */
@Module({})
export class HostModule {
  static forRoot(options: GuestOptions): DynamicModule {
    for (const controller of controllersOf(options.modules)) haveNoVersion(controller);
    return {
      module: HostModule,
      imports: [ClientsModule],
      providers: [{ provide: GuestOptions, useValue: options }, HostBoundary, Guest],
      exports: [Guest],
    };
  }

  /** Before anything is opened that a second one could not open again. */
  constructor(container: ModulesContainer) {
    const all = [...container.values()].filter(({ metatype }) => metatype === HostModule);
    if (all.length > 1)
      throw new ConfigurationError(['GatehouseModule: is put in twice, and one application has one issuer']);
  }
}

/** Where the host keeps versions in its addresses, ours are what the discovery document says, all the same. */
const haveNoVersion = (controller: Type): void =>
  Reflect.defineMetadata(VERSION_METADATA, VERSION_NEUTRAL, controller);
