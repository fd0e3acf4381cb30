import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { SettingsInput } from '../../src/config/index.js';
import { send, startServer } from '../support/index.js';
import type { HttpAnswer, HttpRequest, TestServer } from '../support/index.js';

/** The file that sets a server up for the plans. */
export const CONFIGURATION = 'test/conformance/gatehouse.yaml';

export const configured = (): SettingsInput => parse(readFileSync(CONFIGURATION, 'utf8')) as SettingsInput;

/** What the environment says, beside the file: a proxy that ends TLS stands before the server. */
const ENVIRONMENT: SettingsInput = {
  issuer: 'https://op.test',
  trustedProxies: ['loopback'],
  scopes: [],
  resources: [],
};

let shared: Promise<TestServer> | undefined;

/** The one server of all plans, as the file sets it up. It ends with the run. */
export const conformanceServer = (): Promise<TestServer> =>
  (shared ??= startServer({ settings: settings() }));

/** The suite of these tests is at localhost. */
function settings(): SettingsInput {
  const file = configured();
  const allowedHosts = [...(file.fetching!.allowedHosts as string[]), 'localhost'];
  return { ...ENVIRONMENT, ...file, fetching: { ...file.fetching, allowedHosts } };
}

/** Calls an address of the server directly, as an application does. */
export async function call(
  { issuer, url }: TestServer,
  address: string,
  request: HttpRequest = {},
): Promise<HttpAnswer> {
  if (!address.startsWith(`${issuer}/`)) throw new Error(`${address} is not at ${issuer}`);
  const headers = { 'x-forwarded-proto': 'https', ...request.headers };
  return send(url + address.slice(issuer.length), { ...request, headers });
}

/** The discovery document. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export async function metadataOf(server: TestServer): Promise<any> {
  const { status, body, json } = await call(server, `${server.issuer}/.well-known/openid-configuration`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return json;
}
