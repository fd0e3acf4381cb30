import { Controller, Get, Module } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { RequireAnyScope, RequireRoles, RequireScopes } from '../../../src/resource-server/index.js';
import { AUDIENCE, ProtectedApi, expectChallenge } from './protected-api.js';
import { StandInIssuer } from './stand-in-issuer.js';

@Controller('orders')
@RequireScopes('orders')
class OrdersController {
  @Get('any')
  @RequireAnyScope('orders.read', 'orders.write')
  any(): object {
    return {};
  }

  @Get('both')
  @RequireScopes('audit')
  @RequireAnyScope('orders.read', 'orders.write')
  both(): object {
    return {};
  }

  @Get('staff')
  @RequireRoles('staff')
  staff(): object {
    return {};
  }

  @Get('managers')
  @RequireScopes('audit')
  @RequireRoles('staff', 'manager')
  managers(): object {
    return {};
  }
}

@Controller('vault')
@RequireRoles('manager')
class VaultController {
  @Get()
  open(): object {
    return {};
  }

  @Get('staff')
  @RequireRoles('staff')
  staff(): object {
    return {};
  }
}

@Module({ controllers: [OrdersController, VaultController] })
class OrdersModule {}

describe('What a route asks of an access token', () => {
  let issuer: StandInIssuer;
  let api: ProtectedApi;

  beforeAll(async () => {
    issuer = await StandInIssuer.start();
    api = await ProtectedApi.start({ issuer: issuer.url, audience: AUDIENCE }, OrdersModule);
  });

  afterAll(async () => {
    await api.close();
    issuer.close();
  });

  const status = async (path: string, scope: string, roles?: unknown): Promise<number> =>
    (await api.get(path, await issuer.token({ scope, roles }))).status;

  it.each([
    ['/orders/any', 'orders.read', 200],
    ['/orders/any', 'orders.write other', 200],
    ['/orders/any', 'orders.read orders.write', 200],
    ['/orders/any', 'orders', 403],
    ['/orders/any', 'other', 403],
    ['/orders/both', 'audit orders.write', 200],
    ['/orders/both', 'audit', 403],
    ['/orders/both', 'orders.read orders.write', 403],
  ])('any scope of several: %s with “%s” is %d', async (path, scope, expected) => {
    expect(await status(path, scope)).toBe(expected);
  });

  it('names the first of several scopes in the challenge, and each that is missing beside it', async () => {
    const any = await api.get('/orders/any', await issuer.token({ scope: 'other' }));
    expectChallenge(any, 403, 'insufficient_scope');
    expect(any.headers['www-authenticate']).toContain('scope="orders.read"');
    const both = await api.get('/orders/both', await issuer.token({ scope: 'other' }));
    expect(both.headers['www-authenticate']).toContain('scope="audit orders.read"');
  });

  it.each([
    ['/orders/staff', 'orders', ['staff'], 200],
    ['/orders/staff', 'other', ['staff'], 403],
    ['/orders/staff', 'orders', [], 403],
    ['/orders/staff', 'orders', undefined, 403],
    ['/orders/staff', 'orders', 'staff', 403],
    ['/orders/staff', 'orders', ['Staff', 'manager'], 403],
    ['/orders/managers', 'audit', ['manager', 'staff'], 200],
    ['/orders/managers', 'audit', ['manager'], 403],
    ['/orders/managers', 'orders', ['manager', 'staff'], 403],
    ['/vault', '', ['manager'], 200],
    ['/vault', 'everything', ['staff'], 403],
    ['/vault/staff', '', ['staff'], 200],
    ['/vault/staff', '', ['manager'], 403],
  ])('roles: %s with “%s” and %j is %d', async (path, scope, roles, expected) => {
    expect(await status(path, scope, roles)).toBe(expected);
  });

  it('answers a missing role without a challenge: no other token of that user would do', async () => {
    const answer = await api.get('/vault', await issuer.token({ roles: ['staff'] }));
    expect([answer.status, answer.json.error]).toEqual([403, 'access_denied']);
    expect(answer.headers['www-authenticate']).toBeUndefined();
    expectChallenge(await api.get('/vault', 'nonsense'), 401, 'invalid_token');
    expect((await api.get('/vault')).status).toBe(401);
  });

  it('gives a client that acts for itself no role', async () => {
    const machine = await issuer.token({ sub: 'app', roles: ['manager'] });
    expect((await api.get('/vault', machine)).status).toBe(403);
  });

  it('is in the OpenAPI document: all scopes of one requirement, or one of several', () => {
    const document = SwaggerModule.createDocument(api.app, new DocumentBuilder().build());
    expect(document.paths['/orders/any']?.get?.security).toEqual(
      expect.arrayContaining([{ oauth2: ['orders.read'] }, { oauth2: ['orders.write'] }]),
    );
    expect(document.paths['/orders/staff']?.get?.security).toEqual([{ oauth2: ['orders'] }]);
  });
});
