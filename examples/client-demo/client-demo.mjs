#!/usr/bin/env node
/**
 * A client on the command line, with nothing but Node: it asks for access, calls an API in the name of whoever signs
 * in, and refreshes. Change it and watch what the server says.
 *
 *   node examples/client-demo/client-demo.mjs [--paste]
 */
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const {
  ISSUER = 'http://localhost:3000',
  CLIENT_ID = 'demo-web',
  CLIENT_SECRET = 'demo-web-secret',
  REDIRECT_URI = 'http://localhost:1111/callback',
  SCOPE = 'openid offline_access user_info',
  // refreshToken.grace of the server, in seconds.
  GRACE = '10',
} = process.env;

const server = await discover();

step('Calling the API without a token');
await callApi();

step('Asking for access: open this address in a browser');
const verifier = randomBytes(32).toString('base64url');
const state = randomBytes(16).toString('base64url');
console.log(authorizationUrl());
const code = codeOf(process.argv.includes('--paste') ? await askForCallback() : await listenForCallback());

step('Exchanging the code for tokens');
const tokens = await token({
  grant_type: 'authorization_code',
  code,
  redirect_uri: REDIRECT_URI,
  code_verifier: verifier,
});

step('Calling the API with the access token');
await callApi(tokens.access_token);

step('Refreshing');
const refreshed = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
await callApi(refreshed.access_token);

step('Refreshing with the old refresh token at once, as after a lost answer: the same answer again');
const repeated = await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
console.log(`the same refresh token: ${repeated.refresh_token === refreshed.refresh_token}`);

step(`Refreshing with it after ${GRACE} seconds of grace: now it counts as stolen`);
await sleep((Number(GRACE) + 1) * 1000);
await token({ grant_type: 'refresh_token', refresh_token: tokens.refresh_token });

step('Calling the API: whatever came of that sign-in has ended');
await callApi(refreshed.access_token);

/** Where the endpoints are. The issuer must be the one that we asked (RFC 8414 §3.3). */
async function discover() {
  const metadata = await (await fetch(`${ISSUER}/.well-known/openid-configuration`)).json();
  if (metadata.issuer !== ISSUER) throw new Error(`${ISSUER} says that it is ${metadata.issuer}`);
  return metadata;
}

/** RFC 6749 §4.1.1 with PKCE (RFC 7636 §4.3) */
function authorizationUrl() {
  const url = new URL(server.authorization_endpoint);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT_ID,
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return url.href;
}

/** Waits for the browser to come back. */
function listenForCallback() {
  const { hostname, port, pathname } = new URL(REDIRECT_URI);
  return new Promise((resolve, reject) => {
    const listener = createServer((request, response) => {
      const url = new URL(request.url, REDIRECT_URI);
      if (url.pathname !== pathname) return response.writeHead(404).end();
      response.setHeader('Connection', 'close');
      response.end('You may close this window and go back to the terminal.\n');
      listener.close();
      resolve(url);
    });
    listener.on('error', reject).listen(Number(port), hostname);
  });
}

/** The browser cannot show the callback when nothing listens there; its address is all that matters. */
async function askForCallback() {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const address = await terminal.question('Paste the address that the browser ends at: ');
  terminal.close();
  return new URL(address.trim());
}

/** The answer must belong to our request, and come from this server (RFC 6749 §10.12, RFC 9207). */
function codeOf({ searchParams }) {
  if (searchParams.get('state') !== state) throw new Error('state is not ours');
  if (searchParams.get('iss') !== ISSUER) throw new Error('iss is not the issuer');
  const error = searchParams.get('error');
  if (error) throw new Error(`${error}: ${searchParams.get('error_description')}`);
  return searchParams.get('code');
}

/** RFC 6749 §4.1.3, §6 */
async function token(parameters) {
  const response = await fetch(server.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({ ...parameters, client_id: CLIENT_ID, client_secret: CLIENT_SECRET }),
  });
  const answer = await response.json();
  show(response, answer);
  return answer;
}

/** RFC 6750 §2.1 */
async function callApi(accessToken) {
  const headers = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  const response = await fetch(`${ISSUER}/api/me`, { headers });
  show(response, await response.json());
  const challenge = response.headers.get('www-authenticate');
  if (challenge) console.log(`WWW-Authenticate: ${challenge}`);
}

function show({ status, url }, answer) {
  console.log(`${status} ${url}\n${JSON.stringify(answer, shortened, 2)}`);
}

/** Credentials do not belong in a terminal's history. */
function shortened(name, value) {
  return /_token$/.test(name) && typeof value === 'string' ? `${value.slice(0, 8)}…` : value;
}

function step(title) {
  console.log(`\n== ${title}`);
}
