import { aClient, aRelyingParty, aUser, startServer } from '../support/index.js';
import { RUNNERS } from './instances.js';

describe('T02 a refresh token raced for in strict mode', () => {
  it('has one winner, and the reuse ends the family', async () => {
    const server = await startServer({ settings: { refreshToken: { grace: 0 } } });
    const rp = await aRelyingParty(server, aClient());
    const { refresh_token } = await rp.tokens({}, await aUser().register(server));
    const answers = await Promise.all(Array.from({ length: RUNNERS }, () => rp.refresh(refresh_token)));
    const won = answers.filter((answer) => answer.status === 200);
    expect(won).toHaveLength(1);
    for (const answer of answers) expect(answer.status).toBeOneOf([200, 400]);
    expect(await rp.isAlive(won[0]!.json.access_token)).toBe(false);
    expect((await rp.refresh(won[0]!.json.refresh_token)).json.error).toBe('invalid_grant');
    await server.close();
  });
});
