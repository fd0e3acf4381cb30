import { Injectable, Logger } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { isDatabaseUnavailable } from '../common/index.js';
import { JwtService } from './jwt.service.js';

/** How often, in milliseconds: so late may a successor be. */
const EVERY = 30_000;

/** Keeps keys young without anybody's doing: a successor for each that has been used long enough, and an end of the old. */
@Injectable()
export class KeyRotation implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Keys');
  private timer?: NodeJS.Timeout;

  constructor(private readonly jwt: JwtService) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.runQuietly(), EVERY).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** What is due now; nothing when another instance has just done it. */
  async run(): Promise<void> {
    for (const { alg, kid, made } of await this.jwt.rotateDue()) {
      if (made) this.logger.log(`the next ${alg} key is published: ${kid}`);
    }
    await this.jwt.eraseRetired();
  }

  private async runQuietly(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      if (!isDatabaseUnavailable(error)) this.logger.error('the keys could not be rotated', error);
    }
  }
}
