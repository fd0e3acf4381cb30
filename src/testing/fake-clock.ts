import { Clock } from '../common/index.js';

/** Stands still at the moment it was made; a test moves it, so that none ever sleeps. */
export class FakeClock extends Clock {
  private time = Date.now();

  now(): Date {
    return new Date(this.time);
  }

  /** Moves time on by seconds; nothing that has expired comes back. */
  advance(seconds: number): void {
    this.time += seconds * 1000;
  }

  set(date: Date): void {
    this.time = date.getTime();
  }
}
