import { createHash, randomBytes } from 'node:crypto';
import { Browser, REDIRECT_URI, locationOf } from './browser.js';
import type { Connection } from './connection.js';
import type { Answer } from './connection.js';
import { basic, bearer, get, post } from './requests.js';

/** Does one unit of work: true when the answer was right, null when there is nothing left to do. */
export type Step = () => Promise<boolean | null>;

/** One of the c parallel users: prepared outside the measured time. */
export interface Lane {
  readonly connection: Connection;
  readonly step: Step;
}

export interface Plan {
  readonly port: number;
  /** How long the lane will run, warm-up included. */
  readonly milliseconds: number;
}

export interface Workload {
  readonly title: string;
  lane(connection: Connection, plan: Plan): Step | Promise<Step>;
}

interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

const clientCredentials = (clientId: string): string =>
  post('/oauth/token', { grant_type: 'client_credentials', scope: 'read' }, basic(clientId));

/** Sends the same request again and again. */
function repeat(
  connection: Connection,
  request: string,
  isRight = (answer: Answer) => answer.status === 200,
): Step {
  return async () => isRight(await connection.send(request));
}

async function tokensFrom(connection: Connection, request: string): Promise<Tokens> {
  const { status, head, body } = await connection.send(request);
  if (status !== 200) throw new Error(`no token:\n${head}\n${body}`);
  return JSON.parse(body) as Tokens;
}

export const WORKLOADS: Readonly<Record<string, Workload>> = {
  W1: {
    title: 'client_credentials, opaque token',
    lane: (connection) => repeat(connection, clientCredentials('machine')),
  },
  W1j: {
    title: 'client_credentials, JWT (ES256)',
    lane: (connection) => repeat(connection, clientCredentials('machine-jwt')),
  },
  W2: {
    title: 'introspection of a live token',
    lane: async (connection) => {
      const { access_token: token } = await tokensFrom(connection, clientCredentials('machine'));
      const request = post('/oauth/introspect', { token }, basic('machine'));
      return repeat(connection, request, ({ body }) => body.startsWith('{"active":true'));
    },
  },
  W3: { title: 'refresh rotation, each answer feeds the next', lane: refreshChain },
  W4: {
    title: 'authorize + token with PKCE, per flow (ES256 ID token)',
    lane: async (connection, plan) => {
      const flow = await codeFlow(connection, plan);
      return async () => (await flow()) !== null;
    },
  },
  W5: {
    title: 'userinfo',
    lane: async (connection, plan) => {
      const flow = await codeFlow(connection, plan);
      const { access_token: token } = await successful(flow);
      return repeat(connection, get('/oauth/userinfo', bearer(token)));
    },
  },
  W6: { title: 'JWKS', lane: (connection) => repeat(connection, get('/oauth/jwks')) },
  W7: { title: 'revocation of a live token', lane: revocations },
};

async function refreshChain(connection: Connection, plan: Plan): Promise<Step> {
  let { refresh_token: token } = await successful(await codeFlow(connection, plan));
  return async () => {
    const form = { grant_type: 'refresh_token', refresh_token: token };
    const { status, body } = await connection.send(post('/oauth/token', form, basic('web')));
    if (status !== 200) return false;
    token = (JSON.parse(body) as Tokens).refresh_token;
    return true;
  };
}

/** A live token for every request: as many as can be issued in the time in which they are revoked. */
async function revocations(connection: Connection, { milliseconds }: Plan): Promise<Step> {
  const stock: string[] = [];
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    stock.push((await tokensFrom(connection, clientCredentials('machine'))).access_token);
  }
  return async () => {
    const token = stock.pop();
    if (token === undefined) return null;
    return (await connection.send(post('/oauth/revoke', { token }, basic('machine')))).status === 200;
  };
}

type Flow = () => Promise<Tokens | null>;

async function successful(flow: Flow): Promise<Tokens> {
  const tokens = await flow();
  if (!tokens) throw new Error('the authorization code flow failed');
  return tokens;
}

/** One proof per lane: making it anew for each flow would load the generator and not the server. */
async function codeFlow(connection: Connection, { port }: Plan): Promise<Flow> {
  const verifier = randomBytes(32).toString('base64url');
  const path = authorizePath(createHash('sha256').update(verifier).digest('base64url'));
  const request = get(path, { Cookie: await cookiesAt(port, path) });
  return async () => {
    const location = locationOf(await connection.send(request));
    const code = location && new URL(location).searchParams.get('code');
    if (!code) return null;
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
    };
    const { status, body } = await connection.send(post('/oauth/token', form, basic('web')));
    return status === 200 ? (JSON.parse(body) as Tokens) : null;
  };
}

const authorizePath = (challenge: string): string =>
  `/oauth/authorize?${new URLSearchParams({
    response_type: 'code',
    client_id: 'web',
    redirect_uri: REDIRECT_URI,
    scope: 'openid profile offline_access',
    state: 'af0ifjsldkj',
    nonce: 'n-0S6_WzA2Mj',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  }).toString()}`;

const signedIn = new Map<number, Promise<string>>();

/** One person signs in once for all lanes. */
function cookiesAt(port: number, path: string): Promise<string> {
  const cookies = signedIn.get(port) ?? Browser.signedIn(port, path);
  signedIn.set(port, cookies);
  return cookies;
}
