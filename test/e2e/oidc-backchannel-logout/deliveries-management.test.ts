import { LogoutDeliverer } from '../../../src/logout-delivery/index.js';
import { aClient, aRelyingParty, aUser, startServer } from '../../support/index.js';
import type { RelyingParty } from '../../support/index.js';
import { Visitor } from '../console/console.js';
import { asMachine } from '../management/management-api.js';
import { LogoutReceiver } from './logout-receiver.js';

describe('Management of back-channel logouts', async () => {
  const settings = { fetching: { allowedHosts: ['127.0.0.1'] }, logout: { giveUpAfter: '10m' } };
  const server = await startServer({ settings });
  const receiver = await LogoutReceiver.start();
  const api = await asMachine(server);
  afterAll(async () => {
    await server.close();
    await receiver.stop();
  });

  /** An application that has heard of a sign-out, or has refused to. */
  async function told(behaviour: 'answers' | 'refuses'): Promise<{ rp: RelyingParty; id: string }> {
    receiver.behaviour = behaviour;
    const rp = await aRelyingParty(server, aClient().with({ backchannel_logout_uri: receiver.uri }));
    await rp.tokens({}, await aUser().register(server));
    await rp.browser.submit(await rp.browser.get('/oauth/logout'), {});
    const id = await vi.waitFor(async () => {
      const { items } = (await api.get(`/api/logout-deliveries?client_id=${rp.client.id}`)).json;
      const [{ state, last_error }] = items as [{ state: string; last_error: string | null }];
      if (state === 'pending' && last_error === null) throw new Error('not yet');
      return (items as [{ id: string }])[0].id;
    });
    return { rp, id };
  }

  it('lists them by client and state, with what went wrong', async () => {
    const [good, bad] = [await told('answers'), await told('refuses')];
    const of = async (query: string) => (await api.get(`/api/logout-deliveries?${query}`)).json.items;
    expect(await of(`client_id=${good.rp.client.id}`)).toMatchObject([
      { state: 'delivered', attempts: 1, last_error: null, next_attempt_at: null },
    ]);
    expect(await of(`client_id=${bad.rp.client.id}&state=pending`)).toMatchObject([
      { id: bad.id, attempts: 1, last_error: 'it answered with status 400', delivered_at: null },
    ]);
    expect(await of(`client_id=${bad.rp.client.id}&state=delivered`)).toEqual([]);
    expect((await api.get(`/api/logout-deliveries/${good.id}`)).json.client_id).toBe(good.rp.client.id);
  });

  it('tells one again that was given up; the record says who asked for it', async () => {
    const { id, rp } = await told('refuses');
    server.clock.advance(600);
    server.get(LogoutDeliverer).wake();
    const state = async () => (await api.get(`/api/logout-deliveries/${id}`)).json.state;
    await vi.waitFor(async () => expect(await state()).toBe('failed'));
    receiver.behaviour = 'answers';
    expect((await api.post(`/api/logout-deliveries/${id}/retry`)).status).toBe(204);
    await vi.waitFor(async () => expect(await state()).toBe('delivered'));
    expect((await api.post(`/api/logout-deliveries/${id}/retry`)).status).toBe(409);
    const records = (await api.get(`/api/audit?target=${id}`)).json.items;
    expect(records).toMatchObject([{ action: 'logout_delivery.retried', target_type: 'logout_delivery' }]);
    expect((await api.get(`/api/logout-deliveries?client_id=${rp.client.id}`)).json.total).toBe(1);
  });

  it.each(['state=gone', 'client_id=a%20b', 'limit=0', 'sub=x'])('refuses ?%s', async (query) => {
    expect((await api.get(`/api/logout-deliveries?${query}`)).status).toBe(400);
  });

  it.each(['nothing', '%00', '00000000-0000-7000-8000-000000000000'])('knows no %s', async (unknown) => {
    expect([400, 404]).toContain((await api.get(`/api/logout-deliveries/${unknown}`)).status);
    expect([400, 404]).toContain((await api.post(`/api/logout-deliveries/${unknown}/retry`)).status);
  });

  it('the console shows how each application fares, and tells one again', async () => {
    const { id, rp } = await told('refuses');
    const admin = await Visitor.signIn(server, 'admin');
    expect((await admin.get(`/admin/clients/${rp.client.id}`)).body).toContain(
      `/admin/logout-deliveries?client_id&#x3D;${rp.client.id}`,
    );
    const list = await admin.get(`/admin/logout-deliveries?client_id=${rp.client.id}&state=`);
    expect(list.body).toContain('1 pending, 0 delivered, 0 failed');
    expect(list.body).toContain('it answered with status 400. Tell it again…');
    receiver.behaviour = 'answers';
    const question = await admin.get(`/admin/logout-deliveries/${id}/retry`);
    expect(question.body).toContain('Tell the application again?');
    expect((await admin.submit(question)).body).toContain('The application is told again.');
    await vi.waitFor(async () =>
      expect((await admin.get(`/admin/logout-deliveries?client_id=${rp.client.id}`)).body).toContain(
        '0 pending, 1 delivered, 0 failed',
      ),
    );
  });
});
