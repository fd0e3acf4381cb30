import { aClient, aRelyingParty, aUser, sharedServer } from '../../support/index.js';

describe('connected applications', () => {
  it('say when an application last got tokens', async () => {
    const server = await sharedServer();
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server, aClient().with({ client_name: 'Travel desk' }));
    const { refresh_token } = await rp.tokens({}, user);
    const [family] = await server.sql<{ id: string }>('SELECT id FROM gh_authorization WHERE subject = $1', [
      user.subject,
    ]);
    await rp.browser.open(`${server.issuer}/account`);
    const first = await lastUse();

    server.clock.advance(60);
    await rp.refresh(refresh_token);
    const page = await rp.browser.open(`${server.issuer}/account`);
    expect(page.body).toContain('Travel desk');
    expect(page.body).toMatch(/last used/i);
    expect((await lastUse()).getTime() - first.getTime()).toBe(60_000);

    async function lastUse(): Promise<Date> {
      const statement = 'SELECT last_used_at FROM gh_authorization WHERE id = $1';
      const [row] = await server.sql<{ last_used_at: Date }>(statement, [family!.id]);
      return row!.last_used_at;
    }
  });
});
