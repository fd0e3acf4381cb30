import assert from 'node:assert/strict';
import { Client } from '../clients/index.js';
import { Scope } from '../common/index.js';
import type { ConsentPolicy, ConsentQuestion } from '../consent/index.js';
import { contract } from './contract.js';
import type { ContractCheck, Make } from './contract.js';

/**
 * What every {@link ConsentPolicy} must do, for each kind of client.
 * @param questions of your own, to be asked beside ours
 */
export const consentPolicyContract = (
  make: Make<ConsentPolicy>,
  questions: readonly ConsentQuestion[] = [],
): ContractCheck[] => {
  const all = [...QUESTIONS, ...questions];
  return contract(make, {
    'answers every question with a scope': async (policy) => {
      for (const question of all) assert.ok((await policy.missing(question)) instanceof Scope);
    },
    'asks about nothing that was not asked for': async (policy) => {
      for (const question of all)
        assert.deepEqual([...(await policy.missing(question)).without(question.scope)], []);
    },
    'asks nothing where nothing is asked for': async (policy) => {
      for (const question of all)
        assert.equal((await policy.missing({ ...question, scope: Scope.none })).size, 0);
    },
    'gives the same answer to the same question': async (policy) => {
      for (const question of all) {
        const [first, again] = [await policy.missing(question), await policy.missing(question)];
        assert.deepEqual([...first], [...again]);
      }
    },
    'gives the same answer whatever else it is asked meanwhile': async (policy) => {
      const alone: string[] = [];
      for (const question of all) alone.push((await policy.missing(question)).toString());
      const together = await Promise.all(all.map(async (question) => policy.missing(question)));
      assert.deepEqual(together.map(String), alone);
    },
    'does not ask again for less than it was content with': async (policy) => {
      for (const question of all) {
        const missing = await policy.missing(question);
        if (missing.size > 0) continue;
        const [first = ''] = question.scope;
        const less = await policy.missing({ ...question, scope: Scope.parse(first) });
        assert.equal(less.size, 0, 'nothing was missing for more');
      }
    },
  });
};

const clientOf = (fields: Partial<Client>): Client =>
  Object.assign(new Client(), {
    id: 'contract',
    name: 'An application',
    owner: null,
    applicationType: 'web',
    authenticationMethod: 'client_secret_basic',
    grantTypes: ['authorization_code'],
    responseTypes: ['code'],
    redirectUris: ['https://client.test/callback'],
    registeredScope: 'openid profile read write',
    skipConsent: false,
    ...fields,
  });

const CLIENTS: readonly Client[] = [
  clientOf({}),
  clientOf({ skipConsent: true }),
  clientOf({ authenticationMethod: 'none' }),
  clientOf({
    authenticationMethod: 'none',
    applicationType: 'native',
    redirectUris: ['com.example.app:/callback'],
  }),
];

const REMEMBERED = ['', 'openid', 'openid profile read write'];

/** Every kind of client, with nothing, something and everything remembered. */
const QUESTIONS: readonly ConsentQuestion[] = CLIENTS.flatMap((client) =>
  REMEMBERED.map((remembered) => ({
    client,
    subject: 'alice',
    redirectUri: client.redirectUris[0]!,
    scope: Scope.parse('openid profile read'),
    remembered: Scope.parse(remembered),
  })),
);
