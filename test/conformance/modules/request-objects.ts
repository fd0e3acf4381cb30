import { createHash, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Parameters } from '../../support/index.js';
import { SUITE } from '../clients.js';
import { aBehaviour } from '../plan.js';
import type { Run } from '../run.js';
import { theSite } from '../site.js';

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
/** Where the request object of this client will lie. */
const requestUris = async () => ({ request_uris: [(await theSite()).newAddress()] });

/** Lays it there, and refers to it. */
async function reference(run: Run, object: string): Promise<Parameters> {
  const [address] = run.client.registration!['request_uris'] as string[];
  (await theSite()).publish(address!, 'application/jwt', object);
  return { request_uri: address };
}

export const unsignedRequestUri = aBehaviour(
  'fetches an unsigned request object',
  async (run) => {
    expect(run.metadata['request_uri_parameter_supported']).toBe(true);
    expect(run.metadata['request_object_signing_alg_values_supported']).toContain('none');
    await flowWith(run, (request) => reference(run, unsigned(request)));
  },
  requestUris,
);

export const signedRequestUri = aBehaviour(
  'fetches a request object signed with RS256, a digest in its address or not',
  async (run) => {
    expect(run.metadata['request_uri_parameter_supported']).toBe(true);
    expect(run.metadata['request_object_signing_alg_values_supported']).toContain('RS256');
    const { server, client } = run;
    const sign = (request: Parameters) =>
      new SignJWT({ ...request, iss: client.id, aud: server.issuer })
        .setProtectedHeader({ alg: 'RS256', kid: client.key!.kid })
        .sign(client.key!.privateKey);
    await flowWith(run, async (request) => reference(run, await sign(request)));
    await flowWith(run, async (request) => {
      const object = await sign(request);
      const { request_uri: address } = await reference(run, object);
      const digest = createHash('sha256').update(object).digest('base64url');
      return { request_uri: `${address}#${digest}` };
    });
  },
  async () => ({ ...(await requestUris()), request_object_signing_alg: 'RS256' }),
);
