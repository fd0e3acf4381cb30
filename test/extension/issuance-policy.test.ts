import { Injectable, Module } from '@nestjs/common';
import { OfficeHoursPolicy } from '../../examples/extending/office-hours.policy.js';
import { AccessDeniedError, IssuancePolicy, Scope, Verdict } from '../../src/index.js';
import type { Issuance, IssuanceJudge } from '../../src/index.js';
import { aClient, aRelyingParty, aUser, claimsOf, shows, startServer } from '../support/index.js';
import type { RelyingParty, TestServer, TestUser } from '../support/index.js';

const MFA = 'urn:test:mfa';
let verdict: (issuance: Issuance) => Verdict = () => Verdict.allow();
const heard: Issuance[] = [];

@Injectable()
@IssuancePolicy()
class TestPolicy implements IssuanceJudge {
  judge(issuance: Issuance): Verdict {
    heard.push(issuance);
    return verdict(issuance);
  }
}

@Module({ providers: [TestPolicy] })
class PolicyModule {}

@Module({ providers: [OfficeHoursPolicy] })
class OfficeHoursModule {}

const errorOf = (url: URL | null) => url?.searchParams.get('error');

describe('an issuance policy', () => {
  let server: TestServer;
  let rp: RelyingParty;
  let user: TestUser;

  beforeAll(async () => {
    const acr = [
      { value: 'urn:test:pwd', methods: ['pwd'] },
      { value: MFA, methods: ['pwd', 'otp'] },
    ];
    server = await startServer({ modules: [PolicyModule], settings: { acr } });
    user = await aUser().with({ email: 'ada@example.test' }).register(server);
  });

  afterAll(() => server.close());

  beforeEach(async () => {
    verdict = () => Verdict.allow();
    heard.length = 0;
    rp = await aRelyingParty(server);
    await rp.signIn(user);
  });

  it('hears of every grant, and of the authorization endpoint before a code is issued', async () => {
    const { refresh_token: refreshToken } = await rp.tokens({ scope: 'openid read' });
    await rp.refresh(refreshToken);
    const machine = await aRelyingParty(server, aClient().machine());
    await machine.clientCredentials({ scope: 'read' });
    const told = heard.map(({ grantType, subject }) => [grantType, subject]);
    expect(told.slice(-4)).toEqual([
      [null, user.subject],
      ['authorization_code', user.subject],
      ['refresh_token', user.subject],
      ['client_credentials', null],
    ]);
    expect(heard.at(-2)!.signIn!.methods).toEqual(['pwd']);
    expect(heard.at(-1)!.signIn).toBeNull();
  });

  it('denies at the token endpoint, and the credential is not burnt', async () => {
    const code = await rp.code();
    verdict = () => Verdict.deny(new AccessDeniedError('not today'));
    expect((await rp.exchange(code)).json).toEqual({
      error: 'access_denied',
      error_description: 'not today',
    });
    verdict = () => Verdict.allow();
    expect((await rp.exchange(code)).status).toBe(200);
  });

  it('denies at the authorization endpoint before anybody is asked for consent', async () => {
    verdict = () => Verdict.deny(new AccessDeniedError('not today'));
    const { location } = await rp.authorize();
    expect(location!.origin).toBe('https://rp.test');
    expect(errorOf(location)).toBe('access_denied');
  });

  it('may deny by throwing; whatever else it throws is a server_error, and nothing is issued', async () => {
    const code = await rp.code();
    verdict = () => {
      throw new AccessDeniedError('no');
    };
    expect((await rp.exchange(code)).json.error).toBe('access_denied');
    verdict = () => {
      throw new Error('broken');
    };
    expect((await rp.exchange(code)).json).toEqual({
      error: 'server_error',
      error_description: expect.not.stringContaining('broken'),
    });
    expect(errorOf((await rp.authorize()).location)).toBe('server_error');
  });

  it('narrows what a code and its tokens are for', async () => {
    verdict = ({ scope }) => Verdict.narrow({ scope: scope.without(new Scope(['write'])) });
    const tokens = await rp.tokens({ scope: 'openid read write' });
    expect(tokens.scope).toBe('openid read');
    verdict = () => Verdict.allow();
    const refreshed = await rp.refresh(tokens.refresh_token);
    expect(refreshed.json.scope, 'the family is no wider').toBe('openid read');
  });

  it('narrows one issuance at the token endpoint; without openid there is no ID token', async () => {
    const code = await rp.code({ scope: 'openid read' });
    verdict = () => Verdict.narrow({ scope: new Scope(['read']) });
    const tokens = (await rp.exchange(code)).json;
    expect(tokens.scope).toBe('read');
    expect(tokens).not.toHaveProperty('id_token');
  });

  it('narrows resources', async () => {
    verdict = () => Verdict.narrow({ resources: ['https://api1.test'] });
    const resource = 'https://api1.test https://api2.test';
    const machine = await aRelyingParty(server, aClient().machine());
    const token = (await machine.clientCredentials({ resource })).json.access_token;
    expect((await machine.introspect(token)).json.aud).toBe('https://api1.test');
    verdict = () => Verdict.narrow({ resources: [] });
    expect((await machine.clientCredentials({ resource })).json.error).toBe('invalid_target');
  });

  it('never widens', async () => {
    const all = new Scope(['openid', 'read', 'write', 'user_info', 'admin']);
    verdict = () => Verdict.narrow({ scope: all, resources: ['https://api1.test', 'https://api2.test'] });
    const machine = await aRelyingParty(server, aClient().machine().scope('read write'));
    const answer = (await machine.clientCredentials({ scope: 'read', resource: 'https://api2.test' })).json;
    expect(answer.scope).toBe('read');
    expect(claimsOf(answer.access_token).aud).toBe('https://api2.test');
  });

  it('leaves nobody with nothing', async () => {
    verdict = () => Verdict.narrow({ scope: Scope.none });
    expect(errorOf((await rp.authorize()).location)).toBe('invalid_scope');
  });

  describe('that steps up', () => {
    it('leads to a new sign-in when the last one is too long ago, and on from there', async () => {
      const old = await rp.tokens({ scope: 'openid' });
      verdict = () => Verdict.stepUp({ maxAge: 600 });
      expect((await rp.refresh(old.refresh_token)).status).toBe(200);
      server.clock.advance(601);
      const page = await rp.authorize();
      expect(shows(page, 'login-submit')).toBe(true);
      const back = await rp.complete(page, user);
      expect(back.searchParams.get('code')).toBeTruthy();
    });

    it('says what is needed where nobody can sign in', async () => {
      const { refresh_token: refreshToken } = await rp.tokens({ scope: 'openid' });
      server.clock.advance(601);
      verdict = () => Verdict.stepUp({ acr: MFA, maxAge: 600 });
      const refused = await rp.refresh(refreshToken);
      expect(refused.status).toBe(400);
      expect(refused.json).toEqual({
        error: 'insufficient_user_authentication',
        error_description: `the user must sign in again: acr_values=${MFA} max_age=600`,
      });
      verdict = () => Verdict.stepUp({ maxAge: 600 });
      const silent = await rp.authorize({ prompt: 'none' });
      expect(errorOf(silent.location)).toBe('login_required');
    });

    it('is refused when no sign-in here could be strong enough', async () => {
      verdict = () => Verdict.stepUp({ acr: MFA });
      expect(errorOf((await rp.authorize()).location)).toBe('unmet_authentication_requirements');
      verdict = () => Verdict.stepUp({ acr: 'urn:test:pwd' });
      expect((await rp.signInAndConsent()).searchParams.get('code')).toBeTruthy();
    });

    it('means no to a machine', async () => {
      verdict = () => Verdict.stepUp({ maxAge: 60 });
      const machine = await aRelyingParty(server, aClient().machine());
      expect((await machine.clientCredentials()).json.error).toBe('access_denied');
    });
  });
});

it('the policy of the documents runs', async () => {
  const server = await startServer({ modules: [OfficeHoursModule] });
  try {
    server.clock.set(new Date('2040-01-02T22:00:00Z'));
    const user = await aUser().register(server);
    const rp = await (await aRelyingParty(server)).signIn(user);
    expect(errorOf((await rp.authorize({ scope: 'openid write' })).location)).toBe('access_denied');
    expect((await rp.tokens({ scope: 'openid read' })).scope).toBe('openid read');
    const app = await (await aRelyingParty(server, aClient().public())).signIn(user);
    expect((await app.tokens({ scope: 'openid read write' })).scope).toBe('openid read');
    server.clock.set(new Date('2040-01-03T12:00:00Z'));
    expect(shows(await rp.authorize({ scope: 'openid write' }), 'login-submit')).toBe(true);
  } finally {
    await server.close();
  }
});
