import {
  aClient,
  aRelyingParty,
  aUser,
  claimsOf,
  expectErrorPage,
  sharedServer,
  shows,
  textOf,
} from '../../support/index.js';
import type { RelyingParty } from '../../support/index.js';

const server = await sharedServer();
const [alice, bob] = [
  await aUser().with({ name: 'Alice A.' }).register(server),
  await aUser().register(server),
];

async function signedIn(): Promise<RelyingParty> {
  const rp = await aRelyingParty(server);
  await rp.signInAndConsent(alice);
  server.clock.advance(1);
  return rp;
}

const subjectOf = async (rp: RelyingParty, back: URL): Promise<unknown> =>
  claimsOf((await rp.exchange(back.searchParams.get('code')!)).json.id_token).sub;

describe('OpenID Connect Core §3.1.2.1 prompt=select_account', () => {
  it('says who is signed in, and goes on with that account', async () => {
    const rp = await signedIn();
    const page = await rp.authorize({ prompt: 'select_account' });
    expect(new URL(page.url).pathname).toBe('/select-account');
    expect(page.body).toContain('Alice A.');
    expect(textOf(page, 'account-continue')).toContain(alice.username);
    const answer = await rp.browser.submit(page, {});
    expect(await subjectOf(rp, answer.location!)).toBe(alice.subject);
  });

  it('or with another one, that signs in', async () => {
    const rp = await signedIn();
    const page = await rp.authorize({ prompt: 'select_account' });
    const link = /id="account-other"[^>]*href="([^"]+)"/.exec(page.body)![1]!;
    const login = await rp.browser.open(link.replaceAll('&#x3D;', '='));
    expect(shows(login, 'login-submit')).toBe(true);
    expect(await subjectOf(rp, await rp.complete(login, bob))).toBe(bob.subject);
  });

  it('asks whoever is not signed in for nothing but that', async () => {
    const rp = await aRelyingParty(server);
    const login = await rp.authorize({ prompt: 'select_account' });
    expect(shows(login, 'login-submit')).toBe(true);
    expect((await rp.complete(login, alice)).searchParams.has('code')).toBe(true);
  });

  it('goes with login and consent', async () => {
    const rp = await signedIn();
    const page = await rp.authorize({ prompt: 'select_account login consent' });
    const login = await rp.browser.submit(page, {});
    expect(shows(login, 'login-submit')).toBe(true);
    expect(shows(await rp.browser.signIn(alice, login), 'consent-allow')).toBe(true);
  });

  it('is not got round: only the form says so, and only for whoever it was made for', async () => {
    const rp = await signedIn();
    const page = await rp.authorize({ prompt: 'select_account' });
    const interaction = new URL(page.url).searchParams.get('interaction')!;
    const again = await rp.browser.open(`/oauth/authorize/${interaction}`);
    expect(new URL(again.url).pathname).toBe('/select-account');
    expect((await rp.browser.post('/select-account', { interaction })).status).toBe(403);
    await rp.browser.signIn(bob);
    expect((await rp.browser.submit(page, {})).status).toBe(403);
  });

  it('C14 is for the browser that asked', async () => {
    const page = await (await signedIn()).authorize({ prompt: 'select_account' });
    const other = await signedIn();
    expectErrorPage(await other.browser.open(new URL(page.url).pathname + new URL(page.url).search));
    expectErrorPage(await other.browser.open('/select-account'));
  });

  it('shows the application as the sign-in page does', async () => {
    const builder = aClient().with({
      client_name: 'Planner',
      logo_uri: 'https://cdn.planner.example/logo.png',
      policy_uri: 'https://planner.example/privacy',
      tos_uri: 'https://planner.example/terms',
    });
    const rp = await (await aRelyingParty(server, builder)).signIn(alice);
    server.clock.advance(1);
    const page = await rp.authorize({ prompt: 'select_account' });
    for (const id of ['client-logo', 'client-policy', 'client-tos']) expect(shows(page, id)).toBe(true);
  });
});
