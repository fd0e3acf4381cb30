import { Injectable } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import { CorsMiddleware } from '../clients/index.js';
import { MountPoint } from '../common/index.js';
import { ConfigurationError, Settings } from '../config/index.js';
import { HostBoundary } from './host-boundary.js';
import { controllersOf } from './mounted.js';
import { ownErrors } from './own-errors.js';
import { ownPreflights } from './own-preflights.js';
import { pathInsertion } from './path-insertion.js';

/** How Gatehouse is put into an application. */
export abstract class GuestOptions {
  readonly modules: readonly Type[];
  /** The application is Gatehouse's own server, and there is no host. */
  readonly isAlone: boolean;
}

/** Gatehouse as a part of somebody else's application: at the address that it names, and in nobody's way. */
@Injectable()
export class Guest {
  constructor(
    private readonly options: GuestOptions,
    private readonly mount: MountPoint,
    private readonly settings: Settings,
    private readonly boundary: HostBoundary,
    private readonly cors: CorsMiddleware,
    private readonly config: ApplicationConfig,
    private readonly host: HttpAdapterHost,
  ) {}

  /** Gatehouse's own, in this application. */
  get modules(): ReadonlySet<Type> {
    return new Set(this.options.modules);
  }

  /** Where the application is, for browsers: the issuer without what our routes lie below. */
  get hostAddress(): string {
    return this.settings.issuer.slice(0, this.settings.issuer.length - this.place().length);
  }

  /**
   * To be called before the first route is built.
   * @throws ConfigurationError
   */
  settleIn(): void {
    this.checkAdapter();
    const below = this.place();
    this.answerForItself(below);
    this.boundary.exempt(controllersOf(this.options.modules));
  }

  /** Express is what sessions, pages and forms are made with. */
  private checkAdapter(): void {
    if (this.host.httpAdapter.getType() === 'express') return;
    throw new ConfigurationError([
      'GatehouseModule: needs @nestjs/platform-express, or the FastExpressAdapter',
    ]);
  }

  /** Every address that is told to others begins with the issuer, so that must lead to the routes. */
  private place(): string {
    const below = [this.globalPrefix(), this.mount.prefix]
      .filter(Boolean)
      .map((part) => `/${part}`)
      .join('');
    if (new URL(this.settings.issuer).pathname.endsWith(below)) return below;
    throw new ConfigurationError([`issuer: must end with ${below}, ${REASON}`]);
  }

  /** The host's prefix for all routes, unless it leaves ours out of it. */
  private globalPrefix(): string {
    const { exclude = [] } = this.config.getGlobalPrefixOptions();
    const endpoint = `/${this.mount.pathTo('oauth/token')}`;
    const isLeftOut = exclude.some(({ pathRegex }) => pathRegex.test(endpoint));
    return isLeftOut ? '' : this.config.getGlobalPrefix().replace(/^\/+|\/+$/g, '');
  }

  /** Past Nest's own middleware, which stands where its prefix says. */
  private answerForItself(below: string): void {
    const { httpAdapter } = this.host;
    const { issuer } = this.settings;
    if (new URL(issuer).pathname !== '/') httpAdapter.use(pathInsertion(issuer, below));
    if (this.options.isAlone) return;
    httpAdapter.use(ownErrors(below));
    httpAdapter.use(ownPreflights(below, this.cors));
    // A preflight that the host's own CORS answers never comes this far, so this one goes to the head of the line.
    const { stack } = httpAdapter.getInstance<Express>().router;
    stack.unshift(stack.pop()!);
  }
}

const REASON =
  'where its routes are: below the prefix of the application and the prefix of GatehouseModule. ' +
  'An application keeps them out of its own with setGlobalPrefix(…, { exclude: […] })';
