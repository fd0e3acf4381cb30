import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { checkSessionPage } from './check-session.page.js';

interface Message {
  data: unknown;
  origin: string;
  source: { postMessage(answer: string, origin: string): void };
}

const { html, policy } = checkSessionPage('gatehouse-state');
const script = /<script>(.*)<\/script>/s.exec(html)![1]!;
const SALT = '0123456789abcdef0123456789abcdef';
const ORIGIN = 'https://rp.test';

/** What the frame answers in a browser with this cookie. */
function ask(
  data: unknown,
  cookie: string,
  origin = ORIGIN,
  access: { hasStorageAccess?: () => { then(done: (has: boolean) => void): void } } = {},
): { answer: string; to: string } | undefined {
  let listener: ((message: Message) => void) | undefined;
  const window = { addEventListener: (_: string, added: typeof listener) => (listener = added) };
  runInNewContext(script, { window, document: { cookie, ...access } });
  let answered: { answer: string; to: string } | undefined;
  listener!({ data, origin, source: { postMessage: (answer, to) => (answered = { answer, to }) } });
  return answered;
}

function stateOf(clientId: string, browserState: string, origin = ORIGIN): string {
  const text = `${clientId} ${origin} ${browserState} ${SALT}`;
  return `${createHash('sha256').update(text).digest('hex')}.${SALT}`;
}

describe('OpenID Connect Session Management 1.0 §3.2, the script of check_session_iframe', () => {
  // Around the ends of blocks, and beyond one.
  it.each([0, 1, 20, 21, 22, 28, 29, 30, 63, 64, 65, 119, 120, 300])(
    'hashes as SHA-256 does: %i',
    (length) => {
      const id = 'c'.repeat(length + 1);
      const cookie = `a=b; gatehouse-state=s0; z=`;
      expect(ask(`${id} ${stateOf(id, 's0')}`, cookie)).toEqual({ answer: 'unchanged', to: ORIGIN });
    },
  );

  it('hashes what is not ASCII as UTF-8', () => {
    expect(ask(`søk-日本 ${stateOf('søk-日本', 's')}`, 'gatehouse-state=s')!.answer).toBe('unchanged');
  });

  it.each([
    ['another state', 'gatehouse-state=other', ORIGIN],
    ['no state', '', ORIGIN],
    ['a cookie whose name only ends so', 'x-gatehouse-state=s', ORIGIN],
    ['another origin', 'gatehouse-state=s', 'https://evil.test'],
  ])('says changed with %s', (_, cookie, origin) => {
    expect(ask(`id ${stateOf('id', 's')}`, cookie, origin)).toEqual({ answer: 'changed', to: origin });
  });

  it.each([
    ['nothing', ''],
    ['no client', stateOf('id', 's')],
    ['no session state', 'id'],
    ['something else', 'id abc.def'],
    ['no text', { client: 'id' }],
  ])('says error for %s', (_, message) => {
    expect(ask(message, 'gatehouse-state=s')!.answer).toBe('error');
  });

  it.each([
    [true, 'unchanged'],
    [false, 'error'],
  ])('asks a browser that may keep cookies from it (%s): %s', (has, expected) => {
    const hasStorageAccess = () => ({ then: (done: (has: boolean) => void) => done(has) });
    const state = stateOf('id', 's');
    expect(ask(`id ${state}`, 'gatehouse-state=s', ORIGIN, { hasStorageAccess })!.answer).toBe(expected);
  });

  it('answers nobody whose origin has no name', () => {
    expect(ask(`id ${stateOf('id', 's')}`, 'gatehouse-state=s', 'null')).toBeUndefined();
  });

  it('runs in an engine of ES5: without arrows, templates, let, const, classes, fetch and crypto.subtle', () => {
    expect(script).not.toMatch(/=>|`|\b(let|const|class|async|await|of|fetch|crypto|Uint8Array|BigInt)\b/);
  });

  it('is the one script that the policy of the page allows', () => {
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy).toContain(`script-src 'sha256-${hash}';`);
    expect(policy).toContain('frame-ancestors *');
  });
});
