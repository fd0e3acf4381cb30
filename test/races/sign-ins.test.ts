import { Browser, RelyingParty, aClient, aUser, claimsOf, sharedServer } from '../support/index.js';

const PEOPLE = 12;

describe('Sign-ins at the same moment', async () => {
  const server = await sharedServer();
  const client = await aClient().with({ skip_consent: true }).register(server);

  /** Everybody has the page, then all passwords arrive at once. */
  const signInAll = async (passwords: (password: string, index: number) => string) => {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => aUser().register(server)));
    const parties = people.map(() => new RelyingParty(server, client, new Browser(server)));
    const pages = await Promise.all(parties.map((rp) => rp.browser.get(`${server.issuer}/login`)));
    const answers = await Promise.all(
      parties.map(({ browser }, index) => {
        const { username, password } = people[index]!;
        return browser.signIn({ username, password: passwords(password, index) }, pages[index]);
      }),
    );
    return { people, parties, answers };
  };

  it('give every browser the session of its own user', async () => {
    const { people, parties } = await signInAll((password) => password);
    for (const [index, rp] of parties.entries())
      expect(claimsOf((await rp.tokens()).id_token).sub).toBe(people[index]!.subject);
  });

  it('give nobody the session of another whose password was right', async () => {
    const isWrong = (index: number) => index % 2 === 0;
    const { people, parties } = await signInAll((password, index) => (isWrong(index) ? 'wrong' : password));
    for (const [index, rp] of parties.entries()) {
      const { location } = await rp.authorize({ prompt: 'none' });
      expect(location?.searchParams.get('error') ?? null).toBe(isWrong(index) ? 'login_required' : null);
      if (isWrong(index)) continue;
      expect(claimsOf((await rp.tokens()).id_token).sub).toBe(people[index]!.subject);
    }
  });
});
