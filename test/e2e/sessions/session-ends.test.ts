import { aRelyingParty, aUser, sharedServer } from '../../support/index.js';

describe('a session that ends while its user looks at the consent page', () => {
  it('leads to sign-in and then on with the same authorization request', async () => {
    const server = await sharedServer();
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server);
    await rp.signIn(user);
    const consent = await rp.authorize({ state: 'kept' });
    await server.sql('DELETE FROM gh_session WHERE subject = $1', [user.subject]);

    const signInPage = await rp.browser.follow(await rp.browser.submit(consent, { decision: 'allow' }));
    const back = await rp.complete(signInPage, user);
    expect(back.searchParams.get('code')).toBeTruthy();
    expect(back.searchParams.get('state')).toBe('kept');
  });
});
