import { AuditService } from '../../../src/audit/index.js';
import { ClientSecretsService, ClientsService, toMetadata } from '../../../src/clients/index.js';
import { PurgeService } from '../../../src/purge/index.js';
import { EDITOR, KeyHolder, aClient, aUser, startServer } from '../../support/index.js';
import type { TestServer } from '../../support/index.js';
import { WEB, registered, relyingPartyOf } from './registration.js';

const DAY = 24 * 3600;

describe('RFC 7591 §5 clients that registered themselves and are never used', async () => {
  const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];
  const server = await startServer({
    settings: { registration: { access: 'open', unusedTtl: '7d', grantTypes } },
  });
  afterAll(() => server.close());
  const user = await aUser().register(server);

  const exists = async (id: string) => (await server.get(ClientsService).find(id)) !== null;
  const purge = () => server.get(PurgeService).run();

  it('go after their time, and that is recorded', async () => {
    const { client_id } = await registered(server);
    server.clock.advance(6 * DAY);
    await purge();
    expect(await exists(client_id)).toBe(true);
    server.clock.advance(DAY + 60);
    expect(await purge()).toBeGreaterThan(0);
    expect(await exists(client_id)).toBe(false);
    const [record] = await server.get(AuditService).list({ target: client_id }, { limit: 1 });
    expect(record).toMatchObject({ action: 'client.deleted', actor: 'server' });
  });

  it('stay once somebody has used them, even when nothing is left of that', async () => {
    const web = await registered(server);
    await relyingPartyOf(server, web).tokens({}, user);
    const machine = await registered(server, { grant_types: ['client_credentials'], scope: 'read' });
    expect((await relyingPartyOf(server, machine).clientCredentials()).status).toBe(200);
    await flushLastUses(server);
    for (let time = 0; time < 4; time++) {
      await purge();
      server.clock.advance(30 * DAY);
    }
    await purge();
    expect(await server.sql('SELECT 1 FROM gh_authorization WHERE client_id = $1', [web.client_id])).toEqual(
      [],
    );
    expect([await exists(web.client_id), await exists(machine.client_id)]).toEqual([true, true]);
  });

  it('stay where use leaves no trace, and where people look after them', async () => {
    const keyed = await registered(server, {
      ...{ grant_types: ['client_credentials'], scope: 'read' },
      ...{ token_endpoint_auth_method: 'private_key_jwt', jwks: new KeyHolder('ES256').jwks },
    });
    const clients = server.get(ClientsService);
    const taken = await registered(server);
    await clients.update(taken.client_id, toMetadata(await clients.get(taken.client_id)), EDITOR);
    const declared = await aClient().register(server);
    server.clock.advance(30 * DAY);
    await purge();
    for (const id of [keyed.client_id, taken.client_id, declared.id]) expect(await exists(id)).toBe(true);
  });

  it('go however many they are, by two purges at once as well', async () => {
    const made = await Promise.all(Array.from({ length: 120 }, () => registered(server, WEB)));
    server.clock.advance(8 * DAY);
    await Promise.all([purge(), purge()]);
    expect(await Promise.all(made.map(({ client_id }) => exists(client_id)))).not.toContain(true);
  });
});

describe('RFC 7591 §5 with registration.unusedTtl: 0', async () => {
  const server = await startServer({ settings: { registration: { access: 'open', unusedTtl: 0 } } });
  afterAll(() => server.close());

  it('none of them goes', async () => {
    const { client_id } = await registered(server);
    server.clock.advance(3650 * DAY);
    await server.get(PurgeService).run();
    expect(await server.get(ClientsService).find(client_id)).not.toBeNull();
  });
});

/** What is otherwise written every minute, behind the requests. */
async function flushLastUses(server: TestServer): Promise<void> {
  await server.get(ClientSecretsService).beforeApplicationShutdown();
}
