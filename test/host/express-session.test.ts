import type { Request, Response } from 'express';
import session from 'express-session';
import { aClient, aRelyingParty } from '../support/index.js';
import { completeFlow } from './complete-flow.js';
import { CARLA, aShop } from './shop/start-shop.js';

declare module 'express-session' {
  interface SessionData {
    basket: number;
  }
}

describe('The host keeps its own sessions (express-session)', () => {
  const shop = aShop({
    main: (app) => {
      app.use(session({ secret: 'of-the-shop', resave: false, saveUninitialized: true }));
      app.use('/basket', (request: Request, response: Response) => {
        request.session.basket = (request.session.basket ?? 0) + 1;
        response.json({ basket: request.session.basket });
      });
    },
  });

  it('with which the complete flow passes', () => completeFlow(shop()));

  it('which live on in the browser in which somebody signs in and out', async () => {
    const { gatehouse, origin } = shop();
    const rp = await aRelyingParty(gatehouse, aClient());
    const { browser } = rp;
    expect((await browser.get(`${origin}/basket`)).json).toEqual({ basket: 1 });
    const sessionOfShop = browser.cookies.get('connect.sid');
    await rp.code({}, CARLA);
    expect((await browser.get(`${origin}/basket`)).json).toEqual({ basket: 2 });
    await browser.submit(await browser.open('/oauth/logout'), {});
    expect((await browser.get(`${origin}/basket`)).json).toEqual({ basket: 3 });
    expect(browser.cookies.get('connect.sid')).toBe(sessionOfShop);
  });
});
