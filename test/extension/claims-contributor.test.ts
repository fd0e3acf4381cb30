import { Injectable, Module } from '@nestjs/common';
import { DepartmentClaims } from '../../examples/extending/department.claims.js';
import { Directory } from '../../examples/extending/directory.js';
import { ContributesClaims } from '../../src/index.js';
import type { Claims, ClaimsContext, ClaimsContributor, ClaimsTarget } from '../../src/index.js';
import { aClient, aRelyingParty, aUser, claimsOf, startServer } from '../support/index.js';
import type { RelyingParty, TestServer, TestUser } from '../support/index.js';

let fails = false;
const asked: [ClaimsTarget, ClaimsContext][] = [];

/** Tries what it may not, fails when it is told to, and remembers what it was asked. */
@Injectable()
@ContributesClaims('id_token', 'access_token', 'userinfo', 'introspection')
class Usurper implements ClaimsContributor {
  contribute(context: ClaimsContext, target: ClaimsTarget): Claims {
    asked.push([target, context]);
    if (fails) throw new Error('the directory is down');
    return {
      sub: 'mallory',
      iss: 'x',
      exp: 9e9,
      scope: 'admin',
      act: { sub: 'm' },
      active: false,
      name: 'M',
    };
  }
}

@Module({ providers: [Directory, DepartmentClaims, Usurper] })
class ClaimsModule {}

describe('a claims contributor', () => {
  let server: TestServer;
  let rp: RelyingParty;
  let user: TestUser;

  beforeAll(async () => {
    server = await startServer({ modules: [ClaimsModule] });
    user = await aUser().with({ name: 'Ada' }).register(server);
    server.get(Directory).place(user.subject, 'Engines');
    rp = await aRelyingParty(server, aClient().with({ access_token_format: 'jwt' }));
    await rp.signIn(user);
  });

  afterAll(() => server.close());

  beforeEach(() => {
    fails = false;
    asked.length = 0;
  });

  it('adds to ID tokens, self-contained access tokens, userinfo and introspection', async () => {
    const tokens = await rp.tokens({ scope: 'openid profile' });
    expect(claimsOf(tokens.id_token)).toMatchObject({ department: 'Engines' });
    expect(claimsOf(tokens.access_token)).toMatchObject({ department: 'Engines' });
    expect((await rp.userinfo(tokens.access_token)).json).toMatchObject({ department: 'Engines' });
    expect((await rp.introspect(tokens.access_token)).json).toMatchObject({ department: 'Engines' });
  });

  it('hears whom and what it is for', async () => {
    await rp.tokens({ scope: 'openid profile' });
    for (const [, { client, subject, scope, authorization }] of asked) {
      expect(client.id).toBe(rp.client.id);
      expect(subject).toBe(user.subject);
      expect(scope.toString()).toBe('openid profile');
      expect(authorization!.methods).toEqual(['pwd']);
    }
    expect(asked.map(([target]) => target)).toEqual(['id_token', 'access_token']);
  });

  it('hears of a machine, too', async () => {
    const machine = await aRelyingParty(server, aClient().machine().with({ access_token_format: 'jwt' }));
    const { access_token: token } = (await machine.clientCredentials()).json;
    await machine.introspect(token);
    expect(asked.map(([target]) => target)).toEqual(['access_token', 'introspection']);
    for (const [, { subject, authorization }] of asked)
      expect([subject, authorization]).toEqual([null, null]);
    expect(claimsOf(token)).not.toHaveProperty('department');
  });

  it('replaces nothing that the server or the user store says', async () => {
    const tokens = await rp.tokens({ scope: 'openid profile' });
    for (const token of [tokens.id_token, tokens.access_token]) {
      const claims = claimsOf(token);
      expect(claims).toMatchObject({ iss: server.issuer, sub: user.subject });
      expect(claims).not.toHaveProperty('act');
      expect(claims['exp']).toBeLessThan(9e9);
    }
    expect(claimsOf(tokens.access_token)['scope']).toBe('openid profile');
    const userinfo = (await rp.userinfo(tokens.access_token)).json;
    expect(userinfo).toMatchObject({ sub: user.subject, name: 'Ada' });
    expect((await rp.introspect(tokens.access_token)).json).toMatchObject({
      active: true,
      sub: user.subject,
    });
  });

  it('fails the whole request when it throws, and burns nothing', async () => {
    const code = await rp.code({ scope: 'openid profile' });
    const tokens = await rp.tokens({ scope: 'openid profile' });
    fails = true;
    const refused = await rp.exchange(code);
    expect({ status: refused.status, error: refused.json.error }).toEqual({
      status: 500,
      error: 'server_error',
    });
    expect(refused.body).not.toContain('directory');
    for (const answer of [await rp.userinfo(tokens.access_token), await rp.introspect(tokens.access_token)])
      expect({ status: answer.status, error: answer.json.error }).toEqual({
        status: 500,
        error: 'server_error',
      });
    fails = false;
    expect((await rp.exchange(code)).status).toBe(200);
  });

  it('says in the discovery document what it may add', async () => {
    const { claims_supported: supported } = (await server.send('/.well-known/openid-configuration')).json;
    expect(supported).toContain('department');
  });
});
