import { Controller, Get, Post } from '@nestjs/common';
import { DocumentBuilder } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import helmet from 'helmet';
import { GatehouseSwagger, RequireScopes } from '../../src/index.js';
import { Browser, RelyingParty, aScope, tokensOf } from '../support/index.js';
import { CARLA, aShop, startShop } from './shop/start-shop.js';

/** One scope for reading, and another one, not both, for paying. */
@Controller('accounts')
@RequireScopes('invoices')
class AccountsController {
  @Get()
  list(): string[] {
    return [];
  }

  @Post()
  @RequireScopes('invoices.pay')
  pay(): string[] {
    return [];
  }
}

const scopesOf = (document: OpenAPIObject): string[] => {
  const scheme = document.components!.securitySchemes!['oauth2'] as {
    flows: { authorizationCode: { scopes: object } };
  };
  return Object.keys(scheme.flows.authorizationCode.scopes);
};

describe('GatehouseSwagger.setup', () => {
  const shop = aShop({
    path: '/auth',
    gatehouse: { prefix: 'auth' },
    root: { controllers: [AccountsController] },
    main: (app) => {
      app.use(helmet());
      GatehouseSwagger.setup(app);
    },
  });

  const document = async (): Promise<OpenAPIObject> =>
    (await shop().get('/docs/openapi.json')).json as OpenAPIObject;

  it('documents the routes of the host, and none of Gatehouse’s', async () => {
    expect(Object.keys((await document()).paths)).toEqual([
      '/orders',
      '/orders/paid',
      '/invoices',
      '/accounts',
    ]);
  });

  it('says of each which scopes it needs, and of an open one nothing', async () => {
    const { paths } = await document();
    expect(paths['/invoices']!.get!.security).toEqual([{ oauth2: ['invoices'] }]);
    expect(Object.keys(paths['/invoices']!.get!.responses).sort()).toEqual(['200', '401', '403']);
    expect(paths['/accounts']!.get!.security).toEqual([{ oauth2: ['invoices'] }]);
    expect(paths['/accounts']!.post!.security).toEqual([{ oauth2: ['invoices.pay'] }]);
    expect(paths['/orders']!.get!.security).toBeUndefined();
  });

  it('knows the scopes that are registered now, not only those of the settings', async () => {
    expect(scopesOf(await document())).toEqual(expect.arrayContaining(['openid', 'invoices']));
    expect(scopesOf(await document())).not.toContain('invoices.pay');
    await aScope(shop().gatehouse, { name: 'invoices.pay', title: 'Pay your invoices' });
    expect(scopesOf(await document())).toContain('invoices.pay');
  });

  it('serves a page whose Authorize button uses code and PKCE, with a policy that lets its scripts run', async () => {
    const page = await shop().get('/docs');
    expect(page.headers['content-security-policy']).toMatch(
      /default-src 'self'; style-src 'self' 'unsafe-inline'/,
    );
    const { body } = await shop().get('/docs/swagger-ui-init.js');
    expect(body).toContain('"usePkceWithAuthorizationCodeGrant": true');
    expect(body).toContain(`"oauth2RedirectUrl": "${shop().origin}/docs/oauth2-redirect.html"`);
    expect((await shop().get('/docs/oauth2-redirect.html')).status).toBe(200);
  });

  it('registers the client that it uses, which gets a token for any of these scopes', async () => {
    await aScope(shop().gatehouse, { name: 'invoices.archive' });
    await document();
    const client = {
      id: 'swagger',
      secret: undefined,
      authenticationMethod: 'none',
      redirectUri: `${shop().origin}/docs/oauth2-redirect.html`,
    };
    const rp = new RelyingParty(shop().gatehouse, client, new Browser(shop().gatehouse));
    const asked = await rp.authorize({ scope: 'openid invoices invoices.archive' });
    const consent = await rp.browser.signIn(CARLA, asked);
    const returned = await rp.browser.submit(consent, { decision: 'allow' });
    const code = new URL(returned.url).searchParams.get('code')!;
    const { access_token: token } = tokensOf(await rp.exchange(code));
    const answer = await shop().get('/invoices', { authorization: `Bearer ${token}` });
    expect(answer.json).toEqual({ of: CARLA.subject, invoices: [] });
  });
});

describe('GatehouseSwagger.setup, told where and of what', () => {
  const shop = aShop({
    path: '/api',
    main: (app) => {
      app.setGlobalPrefix('api');
      const head = new DocumentBuilder()
        .setTitle('The shop')
        .setVersion('7')
        .addApiKey({ type: 'apiKey' }, 'key')
        .build();
      GatehouseSwagger.setup(app, '/reference/', head);
    },
  });

  it('serves it there, with what the host says of it', async () => {
    const { json } = await shop().get('/reference/openapi.json');
    const document = json as OpenAPIObject;
    expect(document.info).toMatchObject({ title: 'The shop', version: '7' });
    expect(Object.keys(document.components!.securitySchemes!).sort()).toEqual(['key', 'oauth2']);
    expect(document.paths['/api/invoices']!.get!.security).toEqual([{ oauth2: ['invoices'] }]);
    const { body } = await shop().get('/reference/swagger-ui-init.js');
    expect(body).toContain(`"oauth2RedirectUrl": "${shop().origin}/reference/oauth2-redirect.html"`);
  });
});

it('Without GatehouseSwagger.setup there is neither a page nor a client for it', async () => {
  const shop = await startShop();
  expect((await shop.get('/docs')).status).toBe(404);
  expect(await shop.gatehouse.sql("SELECT client_id FROM gh_client WHERE client_id = 'swagger'")).toEqual([]);
  await shop.close();
});
