import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module } from '@nestjs/common';
import { ContributesToPage } from '../../src/index.js';
import type { PageContexts, PageContributor } from '../../src/index.js';
import { aClient, aRelyingParty, aUser, startServer } from '../support/index.js';
import type { TestServer } from '../support/index.js';

@Injectable()
@ContributesToPage('consent')
class DataProtectionOfficer implements PageContributor<'consent'> {
  contribute({ client }: PageContexts['consent']): object {
    return { officer: `<b>Ask Grace about ${client.name}</b>` };
  }
}

@Module({ providers: [DataProtectionOfficer] })
class DataProtectionModule {}

describe('a page of one’s own', () => {
  const templates = mkdtempSync(join(tmpdir(), 'gatehouse-templates-'));
  let server: TestServer;

  beforeAll(async () => {
    writeFileSync(join(templates, 'consent.hbs'), CONSENT);
    server = await startServer({ modules: [DataProtectionModule], settings: { pages: { templates } } });
  });

  afterAll(async () => {
    await server.close();
    rmSync(templates, { recursive: true });
  });

  it('shows what a provider adds to its context, escaped like everything else, and works', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server, aClient().with({ client_name: 'Payroll' }));
    await rp.signIn(user);
    const page = await rp.authorize();
    expect(page.body).toContain('&lt;b&gt;Ask Grace about Payroll&lt;/b&gt;');
    const back = await rp.complete(page, user);
    expect(back.searchParams.get('code')).toBeTruthy();
  });
});

const CONSENT = `<!doctype html><title>{{client.name}}</title><p>{{extra.officer}}</p>
<form method="post" action="{{path "/consent"}}">
  <input type="hidden" name="csrf" value="{{csrf}}"><input type="hidden" name="interaction" value="{{interaction}}">
  <button id="consent-allow" name="decision" value="allow">Allow</button>
</form>`;
