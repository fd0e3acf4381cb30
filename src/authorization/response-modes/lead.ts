import type { Response } from 'express';

/** Sends the browser to an address that nobody keeps. */
export const lead = (response: Response, address: string): void =>
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).redirect(303, address);
