import { FastExpressAdapter } from '../../src/index.js';
import { completeFlow } from './complete-flow.js';
import { startShop } from './shop/start-shop.js';

describe('tmp', () => {
  it('stock', async () => {
    const shop = await startShop();
    try {
      await completeFlow(shop);
    } finally {
      await shop.close();
    }
  });
  it('prefix', async () => {
    const shop = await startShop({ path: '/auth', gatehouse: { prefix: 'auth' } });
    try {
      await completeFlow(shop);
    } finally {
      await shop.close();
    }
  });
  it('fast', async () => {
    const shop = await startShop({ adapter: new FastExpressAdapter() });
    try {
      await completeFlow(shop);
    } finally {
      await shop.close();
    }
  });
});
