import { Controller, Get, Module } from '@nestjs/common';
import { Directory } from '../../examples/extending/directory.js';
import { TermsStep } from '../../examples/extending/terms.step.js';
import { CurrentStep, InteractionStep, StepForm, StepPage, StepsModule } from '../../src/index.js';
import type { InteractionStepRule, InteractionStepVisit, Step } from '../../src/index.js';
import { Browser, aClient, aRelyingParty, aUser, formOf, shows, startServer } from '../support/index.js';
import type { HttpAnswer, RelyingParty, TestServer, TestUser } from '../support/index.js';

const visits: InteractionStepVisit[] = [];

/** Comes last, each time, with HTML of its own; may be declined. */
@InteractionStep({ path: '/survey', after: 'consent' })
class SurveyStep implements InteractionStepRule {
  isNeeded(visit: InteractionStepVisit): boolean {
    visits.push(visit);
    return visit.scope.has('write');
  }

  @StepPage()
  async show(@CurrentStep() step: Step): Promise<void> {
    const { csrf, interaction } = await step.fields();
    step.response.send(`<form method="post" action="/survey">
      <input type="hidden" name="csrf" value="${csrf}">
      <input type="hidden" name="interaction" value="${interaction}"><button>Fine</button></form>`);
  }

  @StepForm()
  answer(@CurrentStep() step: Step): Promise<void> {
    return step.form['answer'] === 'no' ? step.decline() : step.finish();
  }
}

@Module({ imports: [StepsModule], controllers: [TermsStep, SurveyStep], providers: [Directory] })
class StepsOfOursModule {}

@Controller('/terms/')
class OtherTermsController {
  @Get()
  show(): string {
    return '';
  }
}

@Module({ controllers: [OtherTermsController] })
class OtherTermsModule {}

const pathOf = ({ url }: HttpAnswer) => new URL(url).pathname;
const errorOf = ({ location }: HttpAnswer) => location?.searchParams.get('error');

describe('an interaction step', () => {
  let server: TestServer;
  let rp: RelyingParty;
  let user: TestUser;

  beforeAll(async () => {
    server = await startServer({ modules: [StepsOfOursModule] });
  });

  afterAll(() => server.close());

  beforeEach(async () => {
    user = await aUser().register(server);
    rp = await aRelyingParty(server, aClient().with({ client_name: 'Payroll' }));
    visits.length = 0;
  });

  it('stands between sign-in and consent, and leads on when it is done', async () => {
    const terms = await rp.browser.signIn(user, await rp.authorize());
    expect(pathOf(terms)).toBe('/terms');
    expect(terms.body).toContain('Be kind to each other.');
    expect(terms.body).toContain('Payroll');
    expect(terms.headers['cache-control']).toBe('no-store');
    const consent = await rp.browser.submit(terms, {});
    expect(shows(consent, 'consent-allow')).toBe(true);
    expect((await rp.complete(consent)).searchParams.get('code')).toBeTruthy();
    expect((await rp.authorize()).location?.searchParams.get('code'), 'and is not asked again').toBeTruthy();
  });

  it('may stand after consent, with HTML of its own, and be declined', async () => {
    server.get(Directory).noteTermsRead(user.subject);
    await rp.signIn(user);
    const survey = await rp.browser.submit(await rp.authorize({ scope: 'openid write' }), {
      decision: 'allow',
    });
    expect(pathOf(survey)).toBe('/survey');
    expect(survey.headers['x-frame-options']).toBe('DENY');
    expect((await rp.browser.submit(survey, {})).location!.searchParams.get('code')).toBeTruthy();
    const again = await rp.authorize({ scope: 'openid write' });
    expect(errorOf(await rp.browser.submit(again, { answer: 'no' }))).toBe('access_denied');
    expect(visits[0]).toMatchObject({ client: { id: rp.client.id }, session: { subject: user.subject } });
  });

  it('gives interaction_required to prompt=none', async () => {
    await rp.signIn(user);
    expect(errorOf(await rp.authorize({ prompt: 'none' }))).toBe('interaction_required');
  });

  it('is for the one who did it: another user is asked again', async () => {
    await rp.signIn(user);
    const consent = await rp.browser.submit(await rp.authorize(), {});
    const { interaction } = formOf(consent).hidden;
    const other = await aUser().register(server);
    const login = await rp.browser.open(`/login?interaction=${interaction}`);
    expect(pathOf(await rp.browser.signIn(other, login))).toBe('/terms');
  });

  it('is bound to the browser, takes forms of its own page only, and can be used once', async () => {
    await rp.signIn(user);
    const terms = await rp.authorize();
    const { action, hidden } = formOf(terms);
    const wrong = { ...hidden, csrf: 'x' };
    expect((await rp.browser.post(action, wrong)).status).toBe(403);
    expect((await rp.browser.post(action, hidden, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);

    const thief = new Browser(server);
    await thief.signIn(user);
    const stolen = await thief.open(terms.url);
    expect(stolen.status).toBe(400);

    const consent = await rp.browser.submit(terms, {});
    await rp.complete(consent);
    expect((await rp.browser.submit(terms, {})).status, 'the way is over').toBe(400);
  });

  it('wants somebody to be signed in, and leads there and back', async () => {
    const login = await rp.browser.open('/terms');
    expect(shows(login, 'login-submit')).toBe(true);
  });
});

it('the start fails when something else claims the path', async () => {
  await expect(startServer({ modules: [StepsOfOursModule, OtherTermsModule] })).rejects.toThrow(
    /TermsStep and OtherTermsController both claim the path "terms"/,
  );
});
