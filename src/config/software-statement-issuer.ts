import { z } from 'zod';
import { text } from './leaves.js';

const publicKey = z
  .looseObject({ kty: text() })
  .refine((key) => !('d' in key || 'k' in key), 'must be a public key');

/** Who is trusted to state what software is, and the keys that prove it. @see RFC 7591 §2.3 */
export const softwareStatementIssuer = z
  .strictObject({
    issuer: text(),
    jwks: z.strictObject({ keys: z.array(publicKey).min(1) }).optional(),
    jwks_uri: z
      .string()
      .regex(/^https?:\/\/\S+$/, 'must be a URL')
      .optional(),
  })
  .refine(
    ({ jwks, jwks_uri }) => (jwks === undefined) !== (jwks_uri === undefined),
    'needs either jwks or jwks_uri',
  );
