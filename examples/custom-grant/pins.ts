import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';

const LIFE = 5 * 60_000;

/** Six digits that a person reads from one screen and types at another: once, and within five minutes. */
@Injectable()
export class Pins {
  private readonly pins = new Map<string, { subject: string; expiresAt: number }>();

  issue(subject: string): string {
    const pin = String(randomInt(1_000_000)).padStart(6, '0');
    this.pins.set(pin, { subject, expiresAt: Date.now() + LIFE });
    return pin;
  }

  /** The user, once. A store that several processes share would do this in one statement. */
  redeem(pin: string): Promise<string | null> {
    const found = this.pins.get(pin);
    this.pins.delete(pin);
    return Promise.resolve(found && Date.now() < found.expiresAt ? found.subject : null);
  }
}
