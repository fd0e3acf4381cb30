import { InitialAccessTokensService } from '../../../src/registration/index.js';
import { EDITOR, RelyingParty } from '../../support/index.js';
import type { HttpAnswer, TestServer } from '../../support/index.js';

/** What a web application says of itself. */
export const WEB = { redirect_uris: ['https://rp.test/cb'], client_name: 'Timesheets' };

/** Registers a client, as software does. */
export const register = (server: TestServer, metadata: unknown, token?: string): Promise<HttpAnswer> =>
  sendJson(server, 'POST', '/oauth/register', metadata, token);

/** A JSON request; text goes out as it is. */
export const sendJson = (
  server: TestServer,
  method: string,
  path: string,
  body: unknown,
  token?: string,
): Promise<HttpAnswer> =>
  server.send(path, {
    method,
    body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
    headers: { 'content-type': 'application/json', authorization: token && `Bearer ${token}` },
  });

/** What was registered. @throws Error when nothing was */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test names what it expects in it
export async function registered(server: TestServer, metadata: object = WEB, token?: string): Promise<any> {
  const answer = await register(server, metadata, token);
  if (answer.status !== 201) throw new Error(`not registered: ${answer.status} ${answer.body}`);
  return answer.json;
}

/** A request for the client's own metadata, at the address that it was given. */
export const configure = (
  server: TestServer,
  { registration_client_uri: uri, registration_access_token: token }: ClientAddress,
  request: { method?: string; body?: unknown; token?: string } = {},
): Promise<HttpAnswer> => {
  const path = new URL(uri).pathname;
  const bearer = request.token ?? token;
  const { method = 'GET', body } = request;
  return body === undefined
    ? server.send(path, { method, headers: { authorization: `Bearer ${bearer}` } })
    : sendJson(server, method, path, body, bearer);
};

export interface ClientAddress {
  readonly registration_client_uri: string;
  readonly registration_access_token: string;
}

/** A token that lets software register; for one client unless told. */
export async function anInitialAccessToken(
  server: TestServer,
  {
    label = 'a partner',
    uses = 1,
    expiresAt = null,
  }: { label?: string; uses?: number | null; expiresAt?: Date | null } = {},
): Promise<string> {
  const { token } = await server.get(InitialAccessTokensService).create({ label, uses, expiresAt }, EDITOR);
  return token;
}

/** The client that an answer describes, with a browser. */
export const relyingPartyOf = (
  server: TestServer,
  information: {
    client_id: string;
    client_secret?: string;
    token_endpoint_auth_method: string;
    redirect_uris?: string[];
  },
): RelyingParty =>
  new RelyingParty(server, {
    id: information.client_id,
    secret: information.client_secret,
    authenticationMethod: information.token_endpoint_auth_method,
    redirectUri: information.redirect_uris?.[0] ?? '',
  });
