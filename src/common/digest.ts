import { hash, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a credential: the only form in which one is stored. */
export const digestOf = (credential: string): Buffer => hash('sha256', credential, 'buffer');

/** Compares two texts in a time that depends on neither. */
export const sameText = (one: string, other: string): boolean =>
  timingSafeEqual(digestOf(one), digestOf(other));
