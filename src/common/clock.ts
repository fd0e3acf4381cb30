/** What time it is: bound once, so that a test may hold or move it. */
export abstract class Clock {
  abstract now(): Date;

  /** A time so many seconds from now. */
  in(seconds: number): Date {
    return new Date(this.now().getTime() + seconds * 1000);
  }
}

export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** NumericDate of RFC 7519 §2: whole seconds since 1970. */
export const numericDate = (date: Date): number => Math.floor(date.getTime() / 1000);
