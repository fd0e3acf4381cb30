import { Browser, RelyingParty, aClient, aRelyingParty, sharedServer, shows } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';
import { Developer, formEncoded } from './portal.js';

/** A person with one application that holds tokens. */
async function connected(server: TestServer) {
  const person = await Developer.signIn(server);
  const { client } = await aRelyingParty(server, aClient().with({ client_name: 'Calendar' }));
  const rp = new RelyingParty(server, client, person.browser);
  return { person, rp, tokens: await rp.tokens({ scope: 'openid offline_access' }) };
}

describe('account page', async () => {
  const server = await sharedServer();

  it('asks whoever is not signed in to sign in first', async () => {
    const answer = await new Browser(server).get('/account');
    expect(answer.location!.pathname + answer.location!.search).toBe('/login?return_to=%2Faccount');
  });

  it('shows the person and the applications that have access, once each, with their scopes joined', async () => {
    const { person, rp } = await connected(server);
    await rp.tokens({ scope: 'openid read' });
    const { body, headers } = await person.get('/account');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('Dana Developer');
    expect(body.match(/Calendar<\/bdi>/g)).toHaveLength(1);
    for (const title of ['Sign you in', 'Stay connected', 'Read your data']) expect(body).toContain(title);
  });

  it('still shows an application whose tokens are gone but which would not ask again', async () => {
    const { person, rp, tokens } = await connected(server);
    await rp.revoke(tokens.refresh_token);
    expect((await person.get('/account')).body).toContain('Calendar');
  });

  it('removes the access: every token is dead at once, and consent is asked again', async () => {
    const { person, rp, tokens } = await connected(server);
    const path = `/account/applications/${encodeURIComponent(rp.client.id)}/withdraw`;
    const answer = await person.post(path);
    expect([answer.status, answer.location!.pathname]).toEqual([303, '/account']);
    expect((await rp.userinfo(tokens.access_token)).status).toBe(401);
    expect(await rp.isAlive(tokens.access_token)).toBe(false);
    expect((await rp.refresh(tokens.refresh_token)).json.error).toBe('invalid_grant');
    expect((await person.get('/account')).body).not.toContain('Calendar');
    expect(shows(await rp.authorize(), 'consent-allow')).toBe(true);
  });

  it('removes nothing of anybody else (M03), and takes any name', async () => {
    const { rp, tokens } = await connected(server);
    const other = await Developer.signIn(server);
    for (const id of [rp.client.id, 'no-such-client', '%00', '%F0%9F%98%80']) {
      expect((await other.post(`/account/applications/${id}/withdraw`)).status).toBe(303);
    }
    expect(await rp.isAlive(tokens.access_token)).toBe(true);
  });

  it('takes no form without its token', async () => {
    const { person, rp, tokens } = await connected(server);
    for (const path of ['/account/sign-out', `/account/applications/${rp.client.id}/withdraw`]) {
      expect((await person.browser.post(path, formEncoded({ x: '1' }))).status).toBe(403);
    }
    expect((await person.get('/account')).status).toBe(200);
    expect(await rp.isAlive(tokens.access_token)).toBe(true);
  });

  it('signs out here: the cookie is worth nothing any more', async () => {
    const person = await Developer.signIn(server);
    const cookies = new Map(person.browser.cookies);
    const answer = await person.post('/account/sign-out');
    expect([answer.status, answer.location!.pathname]).toEqual([303, '/']);
    for (const [name, value] of cookies) person.browser.cookies.set(name, value);
    expect((await person.get('/account')).location!.pathname).toBe('/login');
  });

  it('shows nothing that an address says', async () => {
    const person = await Developer.signIn(server);
    const { body } = await person.get('/account?done=%3Cb%3Ehello&done=constructor');
    expect(body).not.toMatch(/hello|class="notice"/);
  });
});

describe('home page', async () => {
  const server = await sharedServer();

  it('welcomes everybody, and by name whoever is signed in', async () => {
    expect(shows(await new Browser(server).get('/'), 'home-sign-in')).toBe(true);
    const person = await Developer.signIn(server);
    expect((await person.get('/')).body).toContain(person.user.username);
  });
});
