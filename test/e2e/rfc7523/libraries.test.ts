import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { importJWK } from 'jose';
import type { JWK } from 'jose';
import * as oauth from 'oauth4webapi';
import * as oidc from 'openid-client';
import { SystemClock } from '../../../src/common/index.js';
import { aClient, startServer } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

const run = promisify(execFile);
const DOCUMENT = readFileSync('docs/authenticating-with-keys.md', 'utf8');
const INSECURE = { [oauth.allowInsecureRequests]: true };

/** The scripts of the document, by the name that their first line gives them. */
const scripts = [...DOCUMENT.matchAll(/^```js\n(\/\/ (\S+)\n.*?)^```$/gms)];

describe('docs/authenticating-with-keys.md, word for word', () => {
  let server: TestServer;
  let directory: string;
  let key: JWK;
  let jwks: { keys: JWK[] };
  beforeAll(async () => {
    server = await startServer({ clock: SystemClock });
    directory = mkdtempSync(join(tmpdir(), 'gatehouse-keys-'));
    symlinkSync(resolve('node_modules'), join(directory, 'node_modules'));
    for (const [, script, name] of scripts) writeFileSync(join(directory, name!), script!);
    jwks = JSON.parse(await script('make-key.mjs')) as { keys: JWK[] };
    key = JSON.parse(readFileSync(join(directory, 'private-key.json'), 'utf8')) as JWK;
    const metadata = { client_id: 'reports', token_endpoint_auth_method: 'private_key_jwt', jwks };
    await aClient()
      .machine()
      .with({ ...metadata, token_endpoint_auth_signing_alg: 'ES256' })
      .register(server);
  });
  afterAll(async () => {
    await server.close();
    rmSync(directory, { recursive: true });
  });

  const script = async (name: string): Promise<string> => {
    const env = { ...process.env, ISSUER: server.issuer };
    return (await run(process.execPath, [name], { cwd: directory, env })).stdout;
  };

  it('makes a key, whose public half alone is shown, and gets a token with it', async () => {
    expect(jwks.keys).toEqual([expect.not.objectContaining({ d: expect.anything() })]);
    expect((await script('get-token.mjs')).trim()).toMatch(/^[\w.-]{20,}$/);
  });

  it('oauth4webapi: private_key_jwt and client_secret_jwt', async () => {
    const issuer = new URL(server.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
    const readable = { token_endpoint_auth_method: 'client_secret_jwt', readable_secret: true };
    const { id, secret } = await aClient().machine().with(readable).register(server);
    const privateKey = (await importJWK(key, 'ES256')) as oauth.CryptoKey;
    for (const [client_id, authentication] of [
      ['reports', oauth.PrivateKeyJwt({ key: privateKey, kid: key.kid })],
      [id, oauth.ClientSecretJwt(secret!)],
    ] as const) {
      const client = { client_id };
      const answer = await oauth.clientCredentialsGrantRequest(as, client, authentication, {}, INSECURE);
      const tokens = await oauth.processClientCredentialsResponse(as, client, answer);
      const revoked = await oauth.revocationRequest(
        as,
        client,
        authentication,
        tokens.access_token,
        INSECURE,
      );
      await oauth.processRevocationResponse(revoked);
    }
  });

  it('openid-client: client_secret_jwt', async () => {
    const readable = { token_endpoint_auth_method: 'client_secret_jwt', readable_secret: true };
    const { id, secret } = await aClient().machine().with(readable).register(server);
    const options = { execute: [oidc.allowInsecureRequests] };
    const authentication = oidc.ClientSecretJwt(secret);
    const config = await oidc.discovery(new URL(server.issuer), id, undefined, authentication, options);
    expect((await oidc.clientCredentialsGrant(config, { scope: 'read' })).scope).toBe('read');
  });
});
