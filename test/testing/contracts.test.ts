import { RememberingConsentPolicy } from '../../src/consent/index.js';
import { Scope } from '../../src/index.js';
import type { ConsentQuestion, User, Clock, ConsentPolicy, UserStore } from '../../src/index.js';
import { SystemClock } from '../../src/common/index.js';
import {
  FakeClock,
  clockContract,
  consentPolicyContract,
  userStoreContract,
} from '../../src/testing/index.js';
import type { ContractCheck, UserStoreFixture } from '../../src/testing/index.js';
import { LocalUsersService } from '../../src/users/index.js';
import { aUser, sharedServer } from '../support/index.js';
import { CustomerStore, Customers } from './shop.js';

function keeps(name: string, checks: ContractCheck[]): void {
  describe(name, () => {
    for (const { title, check } of checks) it(title, check);
  });
}

/** The titles of the checks that fail. */
async function broken(checks: ContractCheck[]): Promise<string[]> {
  const titles: string[] = [];
  for (const { title, check } of checks) await check().catch(() => titles.push(title));
  return titles;
}

describe('the contract of UserStore', () => {
  const users = [
    { subject: 'c-1', username: 'ada@shop.test', password: 'analytical engine' },
    { subject: 'c-2', username: 'bob@shop.test', password: 'difference engine' },
  ] as const;

  const shop = (Store: new (customers: Customers) => UserStore = CustomerStore): UserStoreFixture => {
    const customers = new Customers();
    const remove = (subject: string): void => {
      const position = customers.all.findIndex(({ number }) => number === subject);
      customers.all.splice(position, 1);
    };
    return { store: new Store(customers), users, remove };
  };

  keeps('is kept by the users that Gatehouse keeps itself', userStoreContract(localUsers));
  keeps('is kept by a store of one’s own', userStoreContract(shop));

  async function localUsers(): Promise<UserStoreFixture> {
    const server = await sharedServer();
    const store = server.get(LocalUsersService);
    const disable = () => ({ disabled: true });
    return {
      store,
      users: [await aUser().register(server), await aUser().register(server)],
      remove: async (subject) => void (await store.change(subject, disable, { by: 'test' })),
    };
  }

  const all = Object.fromEntries(userStoreContract(shop).map(({ title }) => [title, title]));
  const finding = 'finds a user by the subject';
  const unknown = 'finds nobody by a subject that nobody has';
  const signingIn = 'signs in whoever knows the password, and nobody else';
  const noName = 'signs in nobody by a name that nobody has';
  const timing = 'takes as long for a name that nobody has as for a wrong password';
  const sameUser = 'knows the same user, however asked';
  const mixing = 'tells users apart when asked for several at once';
  const shape = 'gives a user as tokens and pages need one';
  const secrets = 'says nothing of passwords';
  const removal = 'knows nobody who was removed';

  /** A store that is right but for what the mutant does otherwise. */
  const mutants: readonly [string, string, new (customers: Customers) => UserStore][] = [
    [
      finding,
      'knows nobody',
      class extends CustomerStore {
        override findBySubject = (): Promise<null> => Promise.resolve(null);
      },
    ],
    [
      unknown,
      'answers undefined',
      class extends CustomerStore {
        override findBySubject = async (subject: string): Promise<User | null> =>
          (await super.findBySubject(subject)) ?? (undefined as unknown as null);
      },
    ],
    [
      unknown,
      'throws at what no column takes',
      class extends CustomerStore {
        override async findBySubject(subject: string): Promise<User | null> {
          if (subject.length > 255) throw new Error('value too long');
          return super.findBySubject(subject);
        }
      },
    ],
    [
      signingIn,
      'takes any password',
      class extends CustomerStore {
        override authenticate = (username: string): Promise<User | null> =>
          super.findBySubject(username === 'ada@shop.test' ? 'c-1' : 'c-2');
      },
    ],
    [
      noName,
      'looks names up by how they begin',
      class extends CustomerStore {
        override authenticate = (username: string, password: string): Promise<User | null> =>
          super.authenticate(username.slice(0, 13), password);
      },
    ],
    [
      timing,
      'tells by its haste who has an account',
      class extends CustomerStore {
        override async authenticate(username: string, password: string): Promise<User | null> {
          if (username.endsWith('@shop.test')) await new Promise((resolve) => setTimeout(resolve, 25));
          return super.authenticate(username, password);
        }
      },
    ],
    [
      sameUser,
      'signs in somebody with other roles',
      class extends CustomerStore {
        override async authenticate(username: string, password: string): Promise<User | null> {
          const user = await super.authenticate(username, password);
          return user && { ...user, roles: ['admin'] };
        }
      },
    ],
    [
      mixing,
      'keeps the question in a field',
      class extends CustomerStore {
        private asked = '';
        override async findBySubject(subject: string): Promise<User | null> {
          this.asked = subject;
          await Promise.resolve();
          return super.findBySubject(this.asked);
        }
      },
    ],
    [
      shape,
      'has claims that are no JSON',
      class extends CustomerStore {
        override async findBySubject(subject: string): Promise<User | null> {
          const user = await super.findBySubject(subject);
          return user && { ...user, claims: { updated_at: new Date(0) } };
        }
      },
    ],
    [
      secrets,
      'hands out what it knows',
      class extends CustomerStore {
        override async findBySubject(subject: string): Promise<User | null> {
          const user = await super.findBySubject(subject);
          return user && ({ ...user, passwordHash: '$argon2id$…' } as User);
        }
      },
    ],
    [
      removal,
      'remembers for ever',
      class extends CustomerStore {
        private readonly known = new Map<string, User | null>();
        constructor(customers: Customers) {
          super(customers);
          for (const { number, email } of customers.all)
            this.known.set(number, { subject: number, username: email, claims: { email }, roles: [] });
        }
        override findBySubject = async (subject: string): Promise<User | null> =>
          this.known.get(subject) ?? null;
      },
    ],
  ];

  it.each(mutants)('“%s” fails for a store that %s', async (sentence, _, Mutant) => {
    expect(await broken(userStoreContract(() => shop(Mutant)))).toContain(all[sentence]);
  });

  it('has a broken store for each of its sentences', () => {
    expect([...new Set(mutants.map(([sentence]) => sentence))].sort()).toEqual(Object.keys(all).sort());
  });
});

describe('the contract of ConsentPolicy', () => {
  keeps(
    'is kept by the policy that remembers',
    consentPolicyContract(() => new RememberingConsentPolicy()),
  );

  const policy = (missing: (question: ConsentQuestion) => unknown) => (): ConsentPolicy =>
    ({ missing }) as ConsentPolicy;
  let count = 0;
  let latest: ConsentQuestion;

  const mutants: readonly [string, string, () => ConsentPolicy][] = [
    ['answers every question with a scope', 'answers with names', policy(({ scope }) => [...scope])],
    [
      'answers every question with a scope',
      'says whether to ask',
      policy(({ scope, remembered }) => !remembered.includes(scope)),
    ],
    ['asks about nothing that was not asked for', 'asks for all', policy(({ client }) => client.scope)],
    [
      'asks nothing where nothing is asked for',
      'always asks something',
      policy(({ scope }) => (scope.size > 0 ? scope : Scope.parse('openid'))),
    ],
    [
      'gives the same answer to the same question',
      'asks every other time',
      policy(({ scope }) => (count++ % 2 ? scope : Scope.none)),
    ],
    [
      'gives the same answer whatever else it is asked meanwhile',
      'keeps the question in a field',
      policy(async (question) => {
        latest = question;
        await Promise.resolve();
        return latest.scope.without(latest.remembered);
      }),
    ],
    [
      'does not ask again for less than it was content with',
      'asks about small requests only',
      policy(({ scope }) => (scope.size > 1 ? Scope.none : scope)),
    ],
  ];

  it.each(mutants)('“%s” fails for a policy that %s', async (sentence, _, make) => {
    expect(await broken(consentPolicyContract(make))).toContain(sentence);
  });

  it('has a broken policy for each of its sentences', () => {
    const titles = consentPolicyContract(() => new RememberingConsentPolicy()).map(({ title }) => title);
    expect([...new Set(mutants.map(([sentence]) => sentence))].sort()).toEqual(titles.sort());
  });

  it('takes questions of one’s own', async () => {
    const scope = Scope.parse('payments');
    const strict = policy((question) => (question.scope.has('payments') ? client.scope : question.scope));
    const client = Object.assign(Object.create(null), { scope: Scope.parse('payments more') });
    const question = { client, subject: 'bob', redirectUri: '', scope, remembered: Scope.none };
    expect(await broken(consentPolicyContract(strict))).toEqual([]);
    expect(await broken(consentPolicyContract(strict, [question]))).toEqual([
      'asks about nothing that was not asked for',
    ]);
  });
});

describe('the contract of Clock', () => {
  keeps(
    'is kept by the clock of the machine',
    clockContract(() => new SystemClock()),
  );
  keeps(
    'is kept by the clock of tests',
    clockContract(() => new FakeClock()),
  );

  const kept = new Date();
  const mutants: readonly [string, string, new () => Clock][] = [
    [
      'tells a moment',
      'counts milliseconds',
      class extends FakeClock {
        override now = (): Date => Date.now() as unknown as Date;
      },
    ],
    [
      'never goes back by itself',
      'goes back',
      class extends FakeClock {
        private left = 1000;
        override now = (): Date => new Date(Date.now() + this.left--);
      },
    ],
    [
      'hands out a date that nobody else holds',
      'hands out its own date',
      class extends FakeClock {
        override now = (): Date => kept;
      },
    ],
    [
      'counts in seconds from now, ahead and back',
      'counts in milliseconds',
      class extends FakeClock {
        override in = (milliseconds: number): Date => new Date(this.now().getTime() + milliseconds);
      },
    ],
  ];

  it.each(mutants)('“%s” fails for a clock that %s', async (sentence, _, Mutant) => {
    expect(await broken(clockContract(() => new Mutant()))).toContain(sentence);
  });

  it('has a broken clock for each of its sentences', () => {
    const titles = clockContract(() => new FakeClock()).map(({ title }) => title);
    expect([...new Set(mutants.map(([sentence]) => sentence))].sort()).toEqual(titles.sort());
  });
});
