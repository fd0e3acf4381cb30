import { Module } from '@nestjs/common';
import { Directory } from '../../examples/extending/directory.js';
import { PinStep } from '../../examples/extending/pin.step.js';
import { IssuancePolicy, LoginStep, StepsModule, Verdict } from '../../src/index.js';
import type { IssuanceJudge, LoginStepRule } from '../../src/index.js';
import { aRelyingParty, aUser, claimsOf, shows, startServer } from '../support/index.js';
import type { HttpAnswer, RelyingParty, TestServer, TestUser } from '../support/index.js';

const TWO_FACTORS = 'urn:test:two-factors';

let wantsMore = false;

@IssuancePolicy()
class TwoFactorsForWriting implements IssuanceJudge {
  judge(): Verdict {
    return wantsMore ? Verdict.stepUp({ acr: TWO_FACTORS }) : Verdict.allow();
  }
}

@Module({ imports: [StepsModule], controllers: [PinStep], providers: [Directory, TwoFactorsForWriting] })
class PinModule {}

@LoginStep({ path: '/other-pin', method: 'pin' })
class OtherPinStep implements LoginStepRule {
  isNeeded(): boolean {
    return true;
  }
}

@Module({ imports: [StepsModule], controllers: [OtherPinStep] })
class OtherPinModule {}

const pathOf = ({ url }: HttpAnswer) => new URL(url).pathname;

describe('a login step', () => {
  let server: TestServer;
  let rp: RelyingParty;
  let user: TestUser;

  beforeAll(async () => {
    const acr = [
      { value: 'urn:test:one', methods: ['pwd'] },
      { value: TWO_FACTORS, methods: ['pwd', 'pin'] },
    ];
    server = await startServer({ modules: [PinModule], settings: { acr } });
  });

  afterAll(() => server.close());

  beforeEach(async () => {
    wantsMore = false;
    user = await aUser().register(server);
    server.get(Directory).givePin(user.subject, '271828');
    rp = await aRelyingParty(server);
  });

  it('is asked after the password, and adds its method to amr and thereby to acr', async () => {
    const url = rp.authorizationUrl();
    const pin = await rp.browser.signIn(user, await rp.browser.open(url));
    expect(pathOf(pin)).toBe('/pin');
    const wrong = await rp.browser.submit(pin, { pin: '0' });
    expect({ status: wrong.status, again: shows(wrong, 'step-error') }).toEqual({ status: 400, again: true });
    const cookies = new Map(rp.browser.cookies);
    const back = await rp.complete(await rp.browser.submit(wrong, { pin: '271828' }));
    expect(rp.browser.cookies.get('gatehouse-session'), 'a new cookie').not.toBe(
      cookies.get('gatehouse-session'),
    );
    const tokens = (await rp.exchange(back.searchParams.get('code')!)).json;
    expect(claimsOf(tokens.id_token)).toMatchObject({ amr: ['pwd', 'pin'], acr: TWO_FACTORS });
    expect((await rp.authorize()).location?.searchParams.get('code'), 'once in a session').toBeTruthy();
  });

  it('until it is done, the password alone opens none of our pages and leads to no code', async () => {
    await rp.browser.signIn(user);
    for (const page of ['/account', '/applications', '/admin']) {
      const answer = await rp.browser.open(page);
      expect(pathOf(answer), page).toBe('/pin');
    }
    expect((await rp.authorize({ prompt: 'none' })).location?.searchParams.get('error')).toBe(
      'login_required',
    );
    expect(pathOf(await rp.authorize())).toBe('/pin');
    const interaction = new URL((await rp.authorize()).url).searchParams.get('interaction');
    expect(pathOf(await rp.browser.open(`/consent?interaction=${interaction}`))).toBe('/pin');
    const forms = ['/consent', '/select-account'];
    for (const form of forms) {
      const answer = await rp.browser.post(form, { interaction: interaction!, decision: 'allow' });
      expect({ form, status: answer.status, to: answer.location?.pathname }).toEqual({
        form,
        status: 303,
        to: '/pin',
      });
    }
  });

  it('leads back to the page that was wanted', async () => {
    await rp.browser.signIn(user);
    const account = await rp.browser.submit(await rp.browser.open('/account'), { pin: '271828' });
    expect(pathOf(account)).toBe('/account');
  });

  it('comes again with a new sign-in', async () => {
    await rp.browser.signIn(user);
    await rp.browser.submit(await rp.browser.open('/account'), { pin: '271828' });
    const login = await rp.authorize({ prompt: 'login' });
    expect(pathOf(await rp.browser.signIn(user, login))).toBe('/pin');
  });

  it('takes forms of its own page only', async () => {
    await rp.browser.signIn(user);
    expect((await rp.browser.post('/pin', { csrf: 'x', pin: '271828' })).status).toBe(403);
    expect(pathOf(await rp.browser.open('/account'))).toBe('/pin');
  });

  it('is no way in without the password', async () => {
    const page = await rp.browser.open('/pin');
    expect(shows(page, 'login-submit')).toBe(true);
    const answer = await rp.browser.post('/pin', { pin: '271828' });
    expect({ status: answer.status, to: answer.location?.pathname }).toEqual({ status: 303, to: '/login' });
  });

  it('makes its contexts reachable: advertised, and a step-up of a policy can lead to it', async () => {
    const { acr_values_supported: contexts } = (await server.send('/.well-known/openid-configuration')).json;
    expect(contexts).toEqual(['urn:test:one', TWO_FACTORS]);
    const plain = await aUser().register(server);
    wantsMore = true;
    await rp.signIn(plain);
    const refused = await rp.authorize();
    expect(refused.location?.searchParams.get('error')).toBe('unmet_authentication_requirements');
    server.get(Directory).givePin(plain.subject, '1');
    const pin = await rp.authorize();
    expect(pathOf(pin)).toBe('/pin');
    const back = await rp.complete(await rp.browser.submit(pin, { pin: '1' }));
    expect(back.searchParams.get('code')).toBeTruthy();
  });
});

it('the start fails when two add the same method', async () => {
  await expect(startServer({ modules: [PinModule, OtherPinModule] })).rejects.toThrow(
    /PinStep and OtherPinStep both claim the login step method "pin"/,
  );
});
