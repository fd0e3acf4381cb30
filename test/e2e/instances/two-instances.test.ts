import {
  Browser,
  RelyingParty,
  aClient,
  aUser,
  changeClient,
  formOf,
  sharedServer,
  startServer,
  tokensOf,
} from '../../support/index.js';
import type { TestServer } from '../../support/index.js';

/** Two instances on one served database; the embedded one has a single process. */
describe.runIf(process.env.DATABASE_URL)('F19 two instances without stickiness', () => {
  let one: TestServer;
  let other: TestServer;
  let here: RelyingParty;
  let there: RelyingParty;

  beforeAll(async () => {
    one = await sharedServer();
    other = await startServer({ join: one });
    const client = await aClient().register(one);
    here = new RelyingParty(one, client);
    there = new RelyingParty(other, client);
    await here.signIn(await aUser().register(one));
  });
  afterAll(() => other.close());

  it('share a flow: begun here, signed in there, consented here, redeemed there', async () => {
    const user = await aUser().register(one);
    const browser = new Browser(one);
    const at = (server: TestServer, location: URL) => server.url + location.pathname + location.search;
    const begun = await browser.get(here.authorizationUrl());
    const login = await browser.get(at(other, begun.location!));
    const { username, password } = user;
    const signedIn = await browser.post(`${one.url}/login`, { ...formOf(login).hidden, username, password });
    const resumed = await browser.get(at(other, signedIn.location!));
    const consent = await browser.get(at(one, resumed.location!));
    const allowed = await browser.post(`${other.url}/consent`, {
      ...formOf(consent).hidden,
      decision: 'allow',
    });
    const back = await browser.get(at(one, allowed.location!));
    const code = back.location!.searchParams.get('code')!;
    expect((await there.exchange(code, { code_verifier: here.verifier })).status).toBe(200);
    expect((await here.exchange(code)).json.error).toBe('invalid_grant');
  });

  it('J07 know of a revocation at once', async () => {
    const { access_token, refresh_token } = await here.tokens();
    expect(await there.isAlive(access_token)).toBe(true);
    await here.revoke(access_token);
    expect(await there.isAlive(access_token)).toBe(false);
    expect(await there.isAlive(refresh_token)).toBe(false);
    expect((await there.userinfo(access_token)).status).toBe(401);
  });

  it('rotate one family in turn', async () => {
    const first = await here.tokens();
    const second = tokensOf(await there.refresh(first.refresh_token));
    expect(tokensOf(await here.refresh(first.refresh_token)).refresh_token).toBe(second.refresh_token);
    const third = tokensOf(await here.refresh(second.refresh_token));
    expect((await there.refresh(first.refresh_token)).json.error).toBe('invalid_grant');
    expect(await here.isAlive(third.refresh_token)).toBe(false);
  });

  it('M09 know within a second that a client was disabled', async () => {
    const client = await aClient().machine().register(one);
    const remote = new RelyingParty(other, client);
    expect((await remote.clientCredentials()).status).toBe(200);
    await changeClient(one, client, { disabled: true });
    await vi.waitFor(async () => expect((await remote.clientCredentials()).status).toBe(401), {
      timeout: 1_500,
    });
  });

  it('verify what the other has signed', async () => {
    const client = await aClient().machine().with({ access_token_format: 'jwt' }).register(one);
    const { access_token } = (await new RelyingParty(one, client).clientCredentials()).json;
    expect(await new RelyingParty(other, client).isAlive(access_token)).toBe(true);
  });
});
