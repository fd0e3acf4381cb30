import { randomBytes } from 'node:crypto';
import { expectCallback } from '../checks.js';
import { aBehaviour } from '../plan.js';
import type { Outcome } from '../run.js';

/** The same in all ID tokens of one flow. */
function authTimeOf({ idTokens }: Outcome): number {
  const times = new Set(idTokens.map(({ claims }) => claims['auth_time'] as number));
  expect([...times]).toEqual([expect.any(Number)]);
  return [...times][0]!;
}

const subjectOf = ({ idTokens }: Outcome): string => idTokens[0]!.claims.sub!;

export const promptLogin = aBehaviour('asks for the password again, and auth_time is later', async (run) => {
  const first = await run.flow();
  run.server.clock.advance(2);
  const second = await run.flow({ prompt: 'login' });
  expect(second.shown).toContain('login');
  expect(authTimeOf(second)).toBeGreaterThan(authTimeOf(first));
});

export const promptNoneNotLoggedIn = aBehaviour(
  'shows a stranger nothing, and keeps a long state',
  async (run) => {
    const state = randomBytes(64).toString('hex');
    const { callback, shown } = await run.visit({ prompt: 'none', state });
    expect(shown).toEqual([]);
    expectCallback(callback!, { mode: run.mode, state, issuer: run.server.issuer, failed: true });
    expect(callback!.parameters['error']).toBe('login_required');
  },
);

export const promptNoneLoggedIn = aBehaviour(
  'goes on silently for who is signed in and was asked',
  async (run) => {
    const first = await run.flow();
    run.server.clock.advance(2);
    const second = await run.flow({ prompt: 'none' });
    expect(second.shown).toEqual([]);
    expect([subjectOf(second), authTimeOf(second)]).toEqual([subjectOf(first), authTimeOf(first)]);
  },
);

export const maxAge1 = aBehaviour('asks for the password again after a second', async (run) => {
  const first = await run.flow();
  run.server.clock.advance(2);
  const second = await run.flow({ max_age: '1' });
  expect(second.shown).toContain('login');
  expect(authTimeOf(second)).toBeGreaterThan(authTimeOf(first));
  expect(run.server.clock.now().getTime() / 1000 - authTimeOf(second)).toBeLessThan(60);
});

export const maxAge10000 = aBehaviour(
  'does not ask again while it is recent, and says when it was',
  async (run) => {
    const first = await run.flow({ max_age: '10000' });
    run.server.clock.advance(2);
    const second = await run.flow({ max_age: '10000' });
    expect(second.shown).toEqual([]);
    expect([subjectOf(second), authTimeOf(second)]).toEqual([subjectOf(first), authTimeOf(first)]);
  },
);

export const idTokenHint = aBehaviour('goes on silently for who the id_token_hint names', async (run) => {
  const first = await run.flow();
  const second = await run.flow({ prompt: 'none', id_token_hint: first.idTokens.at(-1)!.jwt });
  expect(second.shown).toEqual([]);
  expect(subjectOf(second)).toBe(subjectOf(first));
});
