import { generateKeyPair } from 'node:crypto';
import type { KeyPairKeyObjectResult } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from './algorithms.js';

const generate = promisify(generateKeyPair);

const rsa = (): Promise<KeyPairKeyObjectResult> => generate('rsa', { modulusLength: 2048 });
const p256 = (): Promise<KeyPairKeyObjectResult> => generate('ec', { namedCurve: 'P-256' });

const MAKERS: Readonly<Record<KeyAlgorithm, () => Promise<KeyPairKeyObjectResult>>> = {
  RS256: rsa,
  PS256: rsa,
  ES256: p256,
  EdDSA: () => generate('ed25519'),
  'RSA-OAEP': rsa,
  'ECDH-ES': p256,
};

/** A fresh key pair, made beside the event loop: an RSA key takes a tenth of a second or more. */
export const makeKeyPair = (alg: KeyAlgorithm): Promise<KeyPairKeyObjectResult> => MAKERS[alg]();
