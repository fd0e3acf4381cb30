import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aClient,
  aRelyingParty,
  aScope,
  aUser,
  formOf,
  sharedServer,
  shows,
  startServer,
} from '../support/index.js';
import type { RelyingParty } from '../support/index.js';

describe('Seeds: scopes and consent', async () => {
  const server = await sharedServer();

  /** Signed in as somebody who has never been asked. */
  const fresh = async (builder = aClient()): Promise<RelyingParty> =>
    (await aRelyingParty(server, builder)).signIn(await aUser().register(server));

  // @see src/scopes/scopes.service.ts, docs/configuration.md
  it('row 36: a client gets scopes that it is registered for: more is refused, or left out where narrowScopes says so', async () => {
    const strict = await fresh(aClient().scope('openid read'));
    const { location } = await strict.authorize({ scope: 'openid read write' });
    expect(location?.searchParams.get('error')).toBe('invalid_scope');
    const own = await startServer({ settings: { narrowScopes: true } });
    try {
      const lenient = await aRelyingParty(own, aClient().scope('openid read'));
      const tokens = await lenient.tokens({ scope: 'openid read write' }, await aUser().register(own));
      expect(tokens.scope).toBe('openid read');
    } finally {
      await own.close();
    }
  });

  // @see src/scopes/scopes.service.ts
  it('row 65: without a scope in the request, everything that the client is registered for, or the default scopes, are meant', async () => {
    const rp = await fresh(aClient().scope('read write'));
    expect((await rp.tokens({ scope: undefined })).scope).toBe('read write');
    const own = await startServer({ settings: { defaultScopes: ['read'] } });
    const machine = await aRelyingParty(own, aClient().machine());
    const answer = await machine.clientCredentials();
    await own.close();
    expect(answer.json.scope).toBe('read');
  });

  // @see src/pages/page-templates.ts, src/pages/page-contexts.ts
  it('row 73: a template of the same name in the operator’s directory takes the place of the consent page', async () => {
    const templates = mkdtempSync(join(tmpdir(), 'gatehouse-seeds-'));
    const form =
      '<form method="post" action="{{path "/consent"}}"><input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="interaction" value="{{interaction}}"><button id="consent-allow" name="decision" value="allow">Sure</button></form>';
    writeFileSync(
      join(templates, 'consent.hbs'),
      `<h1>{{client.name}} at {{@root.client.verifiedHost}}</h1>${form}`,
    );
    const own = await startServer({ settings: { pages: { templates } } });
    try {
      const rp = await (
        await aRelyingParty(own, aClient().with({ client_name: 'Row 73' }))
      ).signIn(await aUser().register(own));
      const page = await rp.authorize();
      expect(page.body).toContain('<h1>Row 73 at rp.test</h1>');
      expect((await rp.complete(page)).searchParams.has('code')).toBe(true);
    } finally {
      await own.close();
      rmSync(templates, { recursive: true });
    }
  });

  // @see src/pages/templates/consent.hbs
  it('row 74: the page asks with two buttons, allow and deny, and says what would be allowed', async () => {
    const rp = await fresh();
    const page = await rp.authorize({ scope: 'openid read' });
    expect([shows(page, 'consent-allow'), shows(page, 'consent-deny')]).toEqual([true, true]);
    expect(page.body).toContain('Read your data');
    const denied = await rp.browser.submit(page, { decision: 'deny' });
    expect(denied.location?.searchParams.get('error')).toBe('access_denied');
  });

  // @see src/pages/page-contexts.ts, src/consent/consent.page.ts
  it('row 75: what the page is given is a contract: client, scopes, user, and the fields that it must send', async () => {
    const rp = await fresh(aClient().with({ client_name: 'Row 75' }));
    const page = await rp.authorize({ scope: 'openid read' });
    expect(Object.keys(formOf(page).hidden)).toEqual(['csrf', 'interaction']);
    expect(new URL(formOf(page).action).pathname).toBe('/consent');
    expect(page.body).toContain('Row 75');
    for (const decision of [undefined, 'Accept', 'yes']) {
      const answer = await rp.browser.submit(await rp.authorize(), decision ? { decision } : {});
      expect(answer.location?.searchParams.get('error')).toBe('access_denied');
    }
  });

  // @see src/scopes/registered-scope.entity.ts, src/pages/templates/consent.hbs
  it('row 76: a scope has a name, a title and a description, and people read them', async () => {
    const { name } = await aScope(server, { title: 'Your calendar', description: 'See when you are busy.' });
    const rp = await fresh(aClient().scope(`openid ${name}`));
    const { body } = await rp.authorize({ scope: name });
    expect(body).toContain('Your calendar');
    expect(body).toContain('See when you are busy.');
    expect(body).toContain(`<code>${name}</code>`);
  });

  // @see src/sessions/csrf.guard.ts, src/interactions/interactions.service.ts
  it('row 77: the decision needs a token against forgery, and what is decided stays at the server', async () => {
    const rp = await fresh(aClient().scope('openid read write'));
    const page = await rp.authorize({ scope: 'read' });
    const { action, hidden } = formOf(page);
    const forged = await rp.browser.post(action, { interaction: hidden['interaction'], decision: 'allow' });
    expect([forged.status, forged.location]).toEqual([403, null]);
    const more = { ...hidden, decision: 'allow', scope: 'read write', client_id: 'another' };
    const back = (await rp.browser.follow(await rp.browser.post(action, more))).location!;
    expect((await rp.exchange(back.searchParams.get('code')!)).json.scope).toBe('read');
  });
});
