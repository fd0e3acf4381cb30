import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';

const CROSS_SITE = { 'sec-fetch-site': 'cross-site', origin: 'https://spa.test' };

describe("The host keeps Nest's protection against cross-site requests (enableCsrfProtection)", () => {
  const shop = aShop({
    main: (app) => {
      app.enableCsrfProtection({ exclude: ['oauth/{*endpoint}'] });
    },
  });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('which leaves out what applications call from their own sites', async () => {
    const refused = await shop().postJson('/orders', { article: 'tea', count: 1 }, CROSS_SITE);
    expect(refused.status).toBe(403);
    const answer = await shop().send('/oauth/token', {
      method: 'POST',
      headers: CROSS_SITE,
      body: { a: 'b' },
    });
    expect(answer.json.error).toBe('invalid_client');
  });
});
