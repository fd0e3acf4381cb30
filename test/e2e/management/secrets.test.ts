import { aClient, aRelyingParty, sharedServer } from '../../support/index.js';
import { asMachine } from './management-api.js';

describe('Secrets of a client', async () => {
  const server = await sharedServer();
  const api = await asMachine(server);

  const aMachine = async () => {
    const rp = await aRelyingParty(server, aClient().machine());
    return { rp, path: `/api/clients/${rp.client.id}/secrets` };
  };
  const isAccepted = async (client_id: string, client_secret: string): Promise<boolean> => {
    const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
    const body = { grant_type: 'client_credentials' };
    const answer = await server.send('/oauth/token', { method: 'POST', body, headers: { authorization } });
    return answer.status === 200;
  };

  it('roll over without an outage: the new one works beside the old one', async () => {
    const { rp, path } = await aMachine();
    const made = await api.post(path, { label: 'second' });
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe(`${server.issuer}${path}/${made.json.id}`);
    const { id, secret } = rp.client;
    expect(await isAccepted(id, made.json.client_secret)).toBe(true);
    expect(await isAccepted(id, secret!)).toBe(true);
    const [first] = (await api.get(path)).json;
    expect((await api.delete(`${path}/${first.id}`)).status).toBe(204);
    expect(await isAccepted(id, secret!)).toBe(false);
    expect(await isAccepted(id, made.json.client_secret)).toBe(true);
  });

  it('are listed without anything that opens a door', async () => {
    const { path } = await aMachine();
    const { json, body } = await api.get(path);
    expect(Object.keys(json[0]).sort()).toEqual(['created_at', 'expires_at', 'id', 'label', 'last_used_at']);
    expect(body).not.toMatch(/digest|hash/);
  });

  it('expire', async () => {
    const { rp, path } = await aMachine();
    const expires_at = new Date(server.clock.in(60)).toISOString();
    const { json } = await api.post(path, { label: 'short', expires_at });
    expect(json.expires_at).toBe(expires_at);
    expect(await isAccepted(rp.client.id, json.client_secret)).toBe(true);
    server.clock.advance(61);
    expect(await isAccepted(rp.client.id, json.client_secret)).toBe(false);
  });

  it.each([
    ['no label', {}],
    ['an empty label', { label: '' }],
    ['a long label', { label: 'x'.repeat(101) }],
    ['a label that is no text', { label: ['x'] }],
    ['a secret of its own', { label: 'x', client_secret: 'y' }],
    ['a digest', { label: 'x', digest: 'y' }],
    ['an expiry in the past', { label: 'x', expires_at: '2020-01-01T00:00:00Z' }],
    ['an expiry without a zone', { label: 'x', expires_at: '2099-01-01T00:00:00' }],
    ['an expiry on a day that is none', { label: 'x', expires_at: '2099-02-30T00:00:00Z' }],
    ['an expiry that is a number', { label: 'x', expires_at: 4_000_000_000 }],
  ])('are refused with %s', async (_, body) => {
    const { path } = await aMachine();
    expect((await api.post(path, body)).status).toBe(400);
    expect((await api.get(path)).json).toHaveLength(1);
  });

  it('are nothing for a public client', async () => {
    const { id } = await aClient().public().register(server);
    expect((await api.post(`/api/clients/${id}/secrets`, { label: 'x' })).status).toBe(400);
  });

  it("are deleted through their own client's path only", async () => {
    const [one, other] = [await aMachine(), await aMachine()];
    const [secret] = (await api.get(one.path)).json;
    expect((await api.delete(`${other.path}/${secret.id}`)).status).toBe(404);
    expect((await api.get(one.path)).json).toHaveLength(1);
  });
});
