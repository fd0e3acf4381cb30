import { z } from 'zod';

const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;
const FORM = /^(\d+)([smhd]?)$/;
const TEN_YEARS = 10 * 365 * SECONDS.d;

/** The seconds of `30d`, `12h`, `10m`, `45s` or plain digits; NaN for any other text. */
export function secondsOf(text: string): number {
  const [, amount, unit] = FORM.exec(text.trim()) ?? [];
  return amount === undefined ? NaN : Number(amount) * SECONDS[(unit || 's') as keyof typeof SECONDS];
}

/** A length of time: read as seconds or as text with a unit, kept as whole seconds. */
export function duration(limits: { min?: number; max?: number } = {}) {
  const { min = 1, max = TEN_YEARS } = limits;
  const range = max === TEN_YEARS ? `at least ${min}` : `from ${min} to ${max}`;
  const sentence = `must be a duration of ${range} s, as seconds or like 30d, 12h, 10m, 45s`;
  return z
    .union([z.number(), z.string().transform(secondsOf)], { error: sentence })
    .refine((seconds) => Number.isInteger(seconds) && seconds >= min && seconds <= max, { error: sentence });
}
