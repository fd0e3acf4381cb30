import helmet from 'helmet';
import { Browser } from '../support/index.js';
import { completeFlow } from './complete-flow.js';
import { aShop } from './shop/start-shop.js';

describe('The host keeps helmet', () => {
  const shop = aShop({ main: (app) => void app.use(helmet()) });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('whose headers its own routes carry', async () => {
    const { headers } = await shop().get('/orders');
    expect(headers['content-security-policy']).toMatch(/^default-src 'self';/);
    expect(headers['x-frame-options']).toBe('SAMEORIGIN');
  });

  it('and pages have the policy that they need, which is stricter', async () => {
    const page = await new Browser(shop().gatehouse).get('/login');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none';.*frame-ancestors 'none'/);
    expect(page.headers['x-frame-options']).toBe('DENY');
    expect(page.headers['cross-origin-opener-policy']).toBe('same-origin');
  });
});

describe('The host keeps the security headers of Nest (useSecurityHeaders)', () => {
  const shop = aShop({ main: (app) => void app.useSecurityHeaders() });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('and pages have the policy that they need', async () => {
    const page = await new Browser(shop().gatehouse).get('/login');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none';/);
  });
});
