import { RelyingParty, aClient, aUser, tokensOf } from '../support/index.js';
import type { HttpAnswer } from '../support/index.js';
import { RUNNERS, instances, repeatedly } from './instances.js';

const TIME_LIMIT = 600_000;

describe('single use, raced for', async () => {
  const servers = await instances();
  const server = servers[0]!;
  const user = await aUser().register(server);
  const client = await aClient().register(server);
  const browser = new RelyingParty(server, client);
  await browser.signIn(user);
  const parties = servers.map((one) => new RelyingParty(one, client));
  afterAll(async () => {
    for (const joined of servers.slice(1)) await joined.close();
  });

  /** The same request from all sides at once. */
  const race = (request: (party: RelyingParty) => Promise<HttpAnswer>): Promise<HttpAnswer[]> =>
    Promise.all(Array.from({ length: RUNNERS }, (_, index) => request(parties[index % parties.length]!)));

  /** RFC 6749 §5.2 whatever the load, never a fault of ours. */
  const outcomes = (answers: HttpAnswer[]) =>
    answers.map((answer) => (answer.status === 200 ? 'won' : `${answer.status} ${answer.json.error}`));

  const aliveIn = async (table: string, tokens: number) => {
    const rows = await server.sql(
      `SELECT 1 FROM ${table} t JOIN gh_authorization a ON a.id = t.authorization_id
       WHERE a.client_id = $1 AND a.revoked_at IS NULL ${table === 'gh_refresh_token' ? 'AND t.consumed_at IS NULL' : ''}`,
      [client.id],
    );
    expect(rows).toHaveLength(tokens);
  };

  it(
    'C02 of 50 who redeem one code at once, exactly one wins, and the replay ends what he won',
    { timeout: TIME_LIMIT },
    async () => {
      await repeatedly(async () => {
        const code = await browser.code();
        const form = { code_verifier: browser.verifier };
        const answers = await race((party) => party.exchange(code, form));
        expect(outcomes(answers).sort()).toEqual([...Array(RUNNERS - 1).fill('400 invalid_grant'), 'won']);
        const { access_token, refresh_token } = tokensOf(answers.find((answer) => answer.status === 200)!);
        for (const party of parties) {
          expect(await party.isAlive(access_token)).toBe(false);
          expect(await party.isAlive(refresh_token)).toBe(false);
        }
        await aliveIn('gh_refresh_token', 0);
      });
    },
  );

  it(
    'T02 all of 50 who refresh at once get the one same successor, and the family has one leaf',
    { timeout: TIME_LIMIT },
    async () => {
      let { refresh_token } = await browser.tokens();
      await repeatedly(async () => {
        const predecessor = refresh_token;
        const answers = await race((party) => party.refresh(predecessor));
        expect(new Set(outcomes(answers))).toEqual(new Set(['won']));
        const successors = new Set(answers.map((answer) => tokensOf(answer).refresh_token));
        expect(successors.size).toBe(1);
        [refresh_token] = [...successors] as [string];
        expect(refresh_token).not.toBe(predecessor);
        await aliveIn('gh_refresh_token', 1);
      });
    },
  );
});
