import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { ConfigurationError, Settings } from '../config/index.js';
import { HostBoundary } from './host-boundary.js';
import { controllersOf } from './mounted.js';
import { pathInsertion } from './path-insertion.js';

/** How Gatehouse is put into an application. */
export abstract class GuestOptions {
  readonly modules: readonly Type[];
  /** Empty when there is none. */
  readonly prefix: string;
}

/** Gatehouse as a part of somebody else's application: there once, at the address that it names, in nobody's way. */
@Injectable()
export class Guest {
  constructor(
    private readonly options: GuestOptions,
    private readonly settings: Settings,
    private readonly container: ModulesContainer,
    private readonly boundary: HostBoundary,
    private readonly config: ApplicationConfig,
    private readonly host: HttpAdapterHost,
  ) {}

  /**
   * To be called before the first route is built.
   * @throws ConfigurationError
   */
  settleIn(root: Type): void {
    const roots = [...this.container.values()].filter(({ metatype }) => metatype === root);
    if (roots.length > 1)
      throw new ConfigurationError(['GatehouseModule: is put in twice, and one application has one issuer']);
    this.checkPrefix();
    this.insertPaths();
    this.boundary.exempt(controllersOf(this.options.modules));
  }

  /** Past Nest's own middleware: whatever prefixes the host has, this stands at the root. */
  private insertPaths(): void {
    const { issuer } = this.settings;
    if (new URL(issuer).pathname === '/') return;
    const below = [this.config.getGlobalPrefix(), this.options.prefix].map(trimmed).filter(Boolean);
    this.host.httpAdapter.use(pathInsertion(issuer, below.map((part) => `/${part}`).join('')));
  }

  /** Every address that is told to others begins with the issuer. */
  private checkPrefix(): void {
    const prefix = trimmed(this.options.prefix);
    if (prefix === '' || new URL(this.settings.issuer).pathname.endsWith(`/${prefix}`)) return;
    throw new ConfigurationError([`issuer: must end with /${prefix}, the prefix of the routes`]);
  }
}

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '');
