import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createGatehouseTest, userStoreContract } from 'gatehouse/testing';
import type { GatehouseTest } from 'gatehouse/testing';
import { AppModule } from './app.module.js';
import { Employees } from './employees.js';

void describe('payslips', () => {
  let test: GatehouseTest;

  before(async () => {
    test = await createGatehouseTest(AppModule);
    test.app.get(Employees, { strict: false }).hire('e-7', 'ada', 'analytical engine');
  });

  after(() => test.close());

  void it('are for whoever signed in', async () => {
    const client = await test.registerClient();
    const tokens = await test.authorizationCodeFlow({ client, user: 'e-7', scope: 'payslips.read' });
    const answer = await test.http.get('/payslips', { token: tokens.access_token });

    assert.deepEqual(answer.json, ['January, for ada']);
  });

  void it('need the scope', async () => {
    const token = await test.mintToken({ sub: 'e-7', scope: 'openid' });
    assert.equal((await test.http.get('/payslips', { token })).status, 403);
  });

  void it('are closed an hour later', async () => {
    const token = await test.mintToken({ sub: 'e-7', scope: 'payslips.read' });
    test.clock.advance(3600);
    assert.equal((await test.http.get('/payslips', { token })).status, 401);
  });

  void it('are asked for only with consent', async () => {
    const client = await test.registerClient({ client_name: 'Budget' });
    const browser = await test.loginAs('e-7');
    const application = await test.relyingParty({ client, user: browser });
    const page = await application.authorize({ scope: 'payslips.read' });
    assert.match(page.body, /Budget/);

    const answer = await browser.submit(page, { decision: 'deny' });
    assert.equal(answer.location?.searchParams.get('error'), 'access_denied');
  });
});

void describe('Employees', () => {
  const ada = { subject: 'e-7', username: 'ada', password: 'analytical engine' };
  const bob = { subject: 'e-8', username: 'bob', password: 'difference engine' };

  const checks = userStoreContract(() => {
    const store = new Employees();
    for (const { subject, username, password } of [ada, bob]) store.hire(subject, username, password);
    return { store, users: [ada, bob], remove: (subject) => store.dismiss(subject) };
  });

  for (const { title, check } of checks) void it(title, check);
});
