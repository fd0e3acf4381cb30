import { KeyHolder, aClient, assertionClaims, assertionParameters } from '../support/index.js';
import { RUNNERS, instances, repeatedly } from './instances.js';

describe('client assertions, raced for', async () => {
  const servers = await instances();
  const server = servers[0]!;
  const holder = new KeyHolder();
  const { id } = await aClient()
    .machine()
    .with({ token_endpoint_auth_method: 'private_key_jwt', jwks: holder.jwks })
    .register(server);
  afterAll(async () => {
    for (const joined of servers.slice(1)) await joined.close();
  });

  it(
    'A12 of 50 who present one assertion at once, exactly one is the client',
    { timeout: 600_000 },
    async () => {
      await repeatedly(async () => {
        const proof = assertionParameters(await holder.sign(assertionClaims(server, id)));
        const body = { grant_type: 'client_credentials', ...proof };
        const answers = await Promise.all(
          Array.from({ length: RUNNERS }, (_, index) =>
            servers[index % servers.length]!.send('/oauth/token', { method: 'POST', body }),
          ),
        );
        const outcomes = answers.map(({ status, json }) =>
          status === 200 ? 'won' : `${status} ${json.error}`,
        );
        expect(outcomes.sort()).toEqual([...Array(RUNNERS - 1).fill('401 invalid_client'), 'won']);
      });
    },
  );
});
