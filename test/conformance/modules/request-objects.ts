import { randomBytes } from 'node:crypto';
import type { Parameters } from '../../support/index.js';
import { SUITE } from '../clients.js';
import { aBehaviour } from '../plan.js';
import type { Run } from '../run.js';

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** RFC 7515 Appendix A.5 */
export const unsigned = (claims: object): string => `${encoded({ alg: 'none' })}.${encoded(claims)}.`;

/** What must be said outside as well, though the request object says it. @see OpenID Connect Core §6.1 */
export const outside = ({ response_type, client_id, scope, redirect_uri }: Parameters): Parameters => ({
  response_type,
  client_id,
  scope,
  redirect_uri,
});

/** Everything that matters is in the object, and nowhere else. */
export async function flowWith(
  run: Run,
  reference: (request: Parameters) => Promise<Parameters> | Parameters,
) {
  const request = run.request();
  const page = await run.open({ ...outside(request), ...(await reference(request)) });
  await run.finish(await run.complete(request, page));
}

export const unsignedRequestObject = aBehaviour('reads an unsigned request object', async (run) => {
  expect(run.metadata['request_parameter_supported']).toBe(true);
  expect(run.metadata['request_object_signing_alg_values_supported']).toContain('none');
  await flowWith(run, (request) => ({ request: unsigned(request) }));
});

export const requestObjectWithRedirectUri = aBehaviour(
  'believes the redirect_uri in the request object, not the one beside it',
  async (run) => {
    const redirect_uri = `${SUITE}/callback/${randomBytes(8).toString('hex')}`;
    await flowWith(run, (request) => ({ redirect_uri, request: unsigned(request) }));
  },
);
