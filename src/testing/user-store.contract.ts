import assert from 'node:assert/strict';
import type { User, UserStore } from '../users/index.js';
import { contract } from './contract.js';
import type { ContractCheck, Make } from './contract.js';

/** A user who is in the store, and the password. */
export interface KnownUser {
  readonly subject: string;
  readonly username: string;
  readonly password: string;
}

/** A user store to be tried. */
export interface UserStoreFixture {
  readonly store: UserStore;
  /** Two who are there. */
  readonly users: readonly [KnownUser, KnownUser];
  /** Removes or disables one of them, where the store can. */
  readonly remove?: (subject: string) => void | Promise<void>;
}

/** What every {@link UserStore} must do. */
export const userStoreContract = (make: Make<UserStoreFixture>): ContractCheck[] =>
  contract(make, {
    'finds a user by the subject': async ({ store, users }) => {
      for (const { subject } of users) {
        const found = await store.findBySubject(subject);
        assert.equal(found?.subject, subject);
      }
    },
    'finds nobody by a subject that nobody has': async ({ store, users: [user] }) => {
      for (const text of [...STRANGE, `${user.subject}0`, user.subject.slice(0, -1)])
        assert.equal(await store.findBySubject(text), null, quoted(text));
    },
    'signs in whoever knows the password, and nobody else': async ({ store, users: [one, other] }) => {
      assert.equal((await store.authenticate(one.username, one.password))?.subject, one.subject);
      for (const password of [...STRANGE, other.password, `${one.password} `])
        assert.equal(await store.authenticate(one.username, password), null, 'with a wrong password');
    },
    'signs in nobody by a name that nobody has': async ({ store, users: [user] }) => {
      for (const name of [...STRANGE, `${user.username}0`])
        assert.equal(await store.authenticate(name, user.password), null, quoted(name));
    },
    'takes as long for a name that nobody has as for a wrong password': async ({ store, users: [user] }) => {
      const [wrong, unknown] = await shortestTimes(
        () => store.authenticate(user.username, 'wrong'),
        () => store.authenticate('nobody-of-that-name', 'wrong'),
      );
      assert.ok(
        wrong < TOO_FAST_TO_TELL || unknown > wrong / 3,
        `${unknown} ms for an unknown name and ${wrong} ms for a wrong password tell who has an account`,
      );
    },
    'knows the same user, however asked': async ({ store, users }) => {
      for (const { subject, username, password } of users) {
        const signedIn = await store.authenticate(username, password);
        assert.deepEqual(withoutClass(signedIn), withoutClass(await store.findBySubject(subject)));
      }
    },
    'tells users apart when asked for several at once': async ({ store, users }) => {
      const asked = Array.from({ length: 10 }, () => users.map(({ subject }) => subject)).flat();
      const found = await Promise.all(asked.map((subject) => store.findBySubject(subject)));
      assert.deepEqual(
        found.map((user) => user?.subject),
        asked,
      );
    },
    'gives a user as tokens and pages need one': async ({ store, users }) => {
      for (const { subject } of users) assertUser(await store.findBySubject(subject));
    },
    'says nothing of passwords': async ({ store, users: [{ subject, username, password }] }) => {
      for (const user of [await store.findBySubject(subject), await store.authenticate(username, password)]) {
        assert.ok(!JSON.stringify(user).includes(password), 'the password must not leave the store');
        const named = Object.keys(user ?? {}).filter((name) => /password|hash/i.test(name));
        assert.deepEqual(named, [], 'what guards the password must not leave the store');
      }
    },
    'knows nobody who was removed': async ({ store, users: [gone, stays], remove }) => {
      if (!remove) return;
      await remove(gone.subject);
      assert.equal(await store.findBySubject(gone.subject), null);
      assert.equal(await store.authenticate(gone.username, gone.password), null);
      assert.equal((await store.findBySubject(stays.subject))?.subject, stays.subject);
    },
  });

/**
 * What people and attackers type: none of it is a name, a subject or a password, and none of it may be an error.
 * Control characters never come this far.
 */
const STRANGE = ['', ' ', '%', '_%', '*', "' OR '1'='1", '\n', '\ufffd', 'ünïcödé', 'x'.repeat(10_000)];

/** Milliseconds: below this a difference is noise. */
const TOO_FAST_TO_TELL = 5;

/** OpenID Connect Core §2: at most 255 ASCII characters. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

function assertUser(user: User | null): void {
  assert.ok(user);
  const { subject, username, claims, roles } = user;
  assert.match(subject, SUBJECT, 'a subject is 1 to 255 printable ASCII characters');
  assert.ok(typeof username === 'string' && username !== '', 'username must be a text');
  assert.ok(Array.isArray(roles) && roles.every((role) => typeof role === 'string'), 'roles must be texts');
  assert.deepEqual(JSON.parse(JSON.stringify(claims)), claims, 'claims must be plain JSON');
}

const withoutClass = (user: User | null): object => ({ ...user });

const quoted = (text: string): string => JSON.stringify(text.slice(0, 30));

/** Milliseconds, by turns: what else the machine does makes both longer, and neither shorter. */
async function shortestTimes(...works: (() => Promise<unknown>)[]): Promise<[number, number]> {
  const shortest = works.map(() => Infinity);
  for (let round = 0; round < 5; round++) {
    for (const [index, work] of works.entries()) {
      const began = performance.now();
      await work();
      shortest[index] = Math.min(shortest[index]!, performance.now() - began);
    }
  }
  return shortest as [number, number];
}
