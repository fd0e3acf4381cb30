import { aClient, aRelyingParty, aUser, sharedServer } from '../../support/index.js';
import { asMachine } from './management-api.js';

describe('Management of authorizations', async () => {
  const server = await sharedServer();
  const api = await asMachine(server);
  const user = await aUser().register(server);
  const rp = await aRelyingParty(server, aClient());
  const tokens = await rp.tokens({ scope: 'openid offline_access' }, user);
  const [{ id }] = (await api.get(`/api/authorizations?sub=${user.subject}`)).json.items;

  it('lists those of a user and of a client, never with anything usable', async () => {
    for (const query of [`sub=${user.subject}`, `client_id=${rp.client.id}`]) {
      const { json, body } = await api.get(`/api/authorizations?${query}`);
      expect(json).toMatchObject({ total: 1, offset: 0, limit: 20 });
      expect(json.items[0]).toMatchObject({
        ...{ id, sub: user.subject, client_id: rp.client.id, username: user.username },
        ...{ scope: 'openid offline_access', revoked_at: null },
      });
      for (const token of Object.values(tokens).filter((value) => String(value).length > 30))
        expect(body).not.toContain(token);
      expect(body).not.toMatch(/digest|hash|token/);
    }
    const other = `sub=${user.subject}&client_id=nobody`;
    expect((await api.get(`/api/authorizations?${other}`)).json.items).toEqual([]);
  });

  it.each(['limit=0', 'offset=-1', 'sub=%00', 'client_id=a%20b', 'subject=x', 'sub=a&sub=b'])(
    'refuses ?%s',
    async (query) => {
      expect((await api.get(`/api/authorizations?${query}`)).status).toBe(400);
    },
  );

  it('revokes one: its tokens are dead at once, and the record says who did it', async () => {
    expect(await rp.isAlive(tokens.access_token)).toBe(true);
    expect((await api.delete(`/api/authorizations/${id}`)).status).toBe(204);
    expect(await rp.isAlive(tokens.access_token)).toBe(false);
    expect((await rp.refresh(tokens.refresh_token)).json.error).toBe('invalid_grant');
    const { json } = await api.get(`/api/authorizations/${id}`);
    expect(json.revocation_reason).toBe('an administrator revoked it');
    expect((await api.delete(`/api/authorizations/${id}`)).status).toBe(204);
    const records = (await api.get(`/api/audit?target=${id}`)).json.items;
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ action: 'authorization.revoked', ip: '127.0.0.1' });
  });

  it.each(['nothing', '%00', '00000000-0000-7000-8000-000000000000'])('knows no %s', async (unknown) => {
    expect([400, 404]).toContain((await api.get(`/api/authorizations/${unknown}`)).status);
    expect([400, 404]).toContain((await api.delete(`/api/authorizations/${unknown}`)).status);
  });
});
