import { UserStore } from '../../src/index.js';
import type { User } from '../../src/index.js';
import { aRelyingParty, startServer } from '../support/index.js';
import type { RelyingParty, TestServer } from '../support/index.js';

const ada = { subject: 'employee-7', username: 'ada', password: 'analytical engine' };

/** A company's own users: nothing tells Gatehouse when one leaves. */
class EmployeeStore extends UserStore {
  static readonly employees = new Map([[ada.subject, ada]]);

  async findBySubject(subject: string): Promise<User | null> {
    return toUser(EmployeeStore.employees.get(subject));
  }

  async authenticate(username: string, password: string): Promise<User | null> {
    const employees = [...EmployeeStore.employees.values()];
    return toUser(employees.find((one) => one.username === username && one.password === password));
  }
}

const toUser = (employee: typeof ada | undefined): User | null =>
  employee ? { ...employee, claims: { name: 'Ada Lovelace' }, roles: [] } : null;

describe('a user store of one’s own', () => {
  let server: TestServer;
  let rp: RelyingParty;

  beforeAll(async () => {
    server = await startServer({ ports: { userStore: EmployeeStore } });
    rp = await aRelyingParty(server);
  });

  afterAll(() => server.close());

  it('signs its users in, and T09: gives nothing more to one who is gone', async () => {
    const tokens = await rp.tokens({ scope: 'openid profile' }, ada);
    expect((await rp.userinfo(tokens.access_token)).json).toMatchObject({
      sub: ada.subject,
      name: 'Ada Lovelace',
    });
    const code = await rp.code();

    EmployeeStore.employees.delete(ada.subject);

    expect((await rp.refresh(tokens.refresh_token)).json.error).toBe('invalid_grant');
    expect((await rp.exchange(code)).json.error, 'C13').toBe('invalid_grant');
    expect((await rp.userinfo(tokens.access_token)).status).toBe(401);
    expect((await rp.authorize({ prompt: 'none' })).location?.searchParams.get('error')).toBe(
      'login_required',
    );
  });
});
