import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { TokenResponse } from './token-issuance.js';

/**
 * The answer that a refresh token led to, readable only by who holds that token: its key is derived from the token,
 * of which the database has nothing but a digest. So a client whose answer was lost may ask again and gets the same
 * successor, although no usable token is stored.
 */
export function sealResponse(response: TokenResponse, refreshToken: string): Buffer {
  const cipher = createCipheriv('aes-256-gcm', keyFrom(refreshToken), NONCE);
  return Buffer.concat([cipher.update(JSON.stringify(response)), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when it was sealed with another token. */
export function openResponse(sealed: Buffer, refreshToken: string): TokenResponse {
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(refreshToken), NONCE).setAuthTag(
    sealed.subarray(-16),
  );
  const json = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
  return JSON.parse(json) as TokenResponse;
}

// A refresh token is consumed once, so its key seals one answer: the nonce need not vary.
const NONCE = Buffer.alloc(12);

const keyFrom = (refreshToken: string): Buffer =>
  Buffer.from(hkdfSync('sha256', refreshToken, '', 'gatehouse sealed token response', 32));
