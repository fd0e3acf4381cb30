import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Logger, Module } from '@nestjs/common';
import { PinGrant } from '../../examples/custom-grant/pin.grant.js';
import { Pins } from '../../examples/custom-grant/pins.js';
import { EmployeeStore } from '../../examples/extending/employee.store.js';
import { Employees } from '../../examples/extending/employees.js';
import { ExtensionsModule } from '../../examples/extending/extensions.module.js';
import { NewDeviceListener } from '../../examples/extending/new-device.listener.js';
import { Browser, aClient, aRelyingParty, aUser, shows, startServer } from '../support/index.js';
import type { TestServer } from '../support/index.js';

const FOLDER = 'examples/extending';
const PIN_GRANT = 'urn:example:grant-type:pin';

@Module({ imports: [ExtensionsModule], providers: [Pins, PinGrant] })
class EverythingModule {}

@Module({ providers: [Employees], exports: [Employees] })
class EmployeesModule {}

describe('What docs/extending.md shows', () => {
  const said: string[] = [];
  let server: TestServer;

  beforeAll(async () => {
    const log = vi.spyOn(Logger.prototype, 'log').mockImplementation((text: string) => void said.push(text));
    server = await startServer({
      modules: [EverythingModule],
      settings: { pages: { templates: join(FOLDER, 'templates') }, docs: { enabled: true } },
    });
    log.mockRestore();
    server.clock.set(new Date('2040-01-02T12:00:00Z'));
  });

  afterAll(() => server.close());

  it('is printed at start, one line a kind', () => {
    expect(said).toEqual(
      expect.arrayContaining([
        expect.stringMatching(new RegExp(`^grant types: .*${PIN_GRANT}`)),
        expect.stringMatching(/^client authentication methods: .*api_key/),
        expect.stringMatching(/^response modes: .*web_message/),
        'claims contributors: DepartmentClaims (id_token, access_token, userinfo, introspection)',
        'issuance policies: OfficeHoursPolicy',
        'login steps: PinStep (pin, /pin)',
        'interaction steps: TermsStep (/terms, after login)',
      ]),
    );
  });

  it('is in the discovery document', async () => {
    const { json } = await server.send('/.well-known/openid-configuration');
    expect(json.grant_types_supported).toContain(PIN_GRANT);
    expect(json.token_endpoint_auth_methods_supported).toContain('api_key');
    expect(json.response_modes_supported).toContain('web_message');
    expect(json.claims_supported).toContain('department');
  });

  it('is in the OpenAPI document: the grant with its parameters', async () => {
    const { components } = (await server.send('/docs/openapi.json')).json;
    const { grant_type: type, pin } = components.schemas.TokenRequestDto.properties;
    expect(type.enum).toContain(PIN_GRANT);
    expect(type.enum).not.toContain('password');
    expect(pin).toEqual({ type: 'string', description: `${PIN_GRANT}.` });
  });

  it('is in the console: an administrator gives a client the grant and the method', async () => {
    const admin = await aUser().roles('admin').register(server);
    const browser = new Browser(server);
    await browser.signIn(admin);
    const form = await browser.open('/admin/new/client');
    expect(form.body).toContain(`value="${PIN_GRANT}"`);
    expect(form.body).toContain('value="api_key"');
  });

  it('authenticates a client by the method, and no other way', async () => {
    const machine = await aRelyingParty(
      server,
      aClient().machine().with({ token_endpoint_auth_method: 'api_key' }),
    );
    const { id, secret } = machine.client;
    const ask = (authorization: string) =>
      server.send('/oauth/token', {
        method: 'POST',
        headers: { authorization },
        body: { grant_type: 'client_credentials' },
      });
    expect((await ask(`ApiKey ${id}:${secret}`)).status).toBe(200);
    expect((await ask(`ApiKey ${id}:wrong`)).json.error).toBe('invalid_client');
    expect((await machine.clientCredentials()).json.error, 'Basic').toBe('invalid_client');
  });

  it('is refused to clients where nobody has loaded it', async () => {
    const unknown = aClient().machine().with({ token_endpoint_auth_method: 'tls_client_auth' });
    await expect(unknown.register(server)).rejects.toThrow(
      /token_endpoint_auth_method must be one of the following values: .*api_key/,
    );
  });

  it('overrides a page, says more on it, and hears of the sign-in', async () => {
    const user = await aUser().register(server);
    const rp = await aRelyingParty(server, aClient().with({ client_name: 'Payroll' }));
    await rp.signIn(user);
    const consent = await rp.browser.submit(await rp.authorize(), {});
    expect(consent.body).toContain('Payroll wants to know who you are');
    expect(consent.body).toContain('Questions about Payroll? Ask Grace');
    expect((await rp.complete(consent)).searchParams.get('code')).toBeTruthy();
    const letter = `To ${user.subject}: somebody has signed in to your account.`;
    await vi.waitFor(() => expect(server.get(NewDeviceListener).letters).toContain(letter));
  });

  it('signs in the users of a company’s own', async () => {
    const employees = await startServer({
      ports: { userStore: EmployeeStore, imports: [EmployeesModule] } as object,
    });
    try {
      const ada = { number: '7', login: 'ada', name: 'Ada', password: 'analytical engine' };
      employees.get(Employees).add(ada);
      const rp = await aRelyingParty(employees);
      const page = await rp.authorize({ scope: 'openid profile' });
      expect(shows(page, 'login-submit')).toBe(true);
      const user = { subject: '7', username: 'ada', password: ada.password };
      const tokens = await rp.tokens({ scope: 'openid profile' }, user);
      expect((await rp.userinfo(tokens.access_token)).json).toMatchObject({ sub: '7', name: 'Ada' });
    } finally {
      await employees.close();
    }
  });

  it('is under 25 lines each', () => {
    const files = readdirSync(FOLDER).filter((name) =>
      /\.(claims|policy|mode|step|method|listener|contributor|store)\.ts$/.test(name),
    );
    expect(files.length).toBe(9);
    for (const file of files) {
      const lines = readFileSync(join(FOLDER, file), 'utf8').trimEnd().split('\n');
      expect(lines.length, file).toBeLessThan(25);
    }
  });
});
