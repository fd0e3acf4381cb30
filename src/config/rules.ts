import type { z } from 'zod';
import type { ValidatedSettings } from './settings.schema.js';

/** A condition across settings, with the sentence that a violation and the documentation show. */
export interface Rule {
  /** The setting that the fault is reported at. */
  readonly at: string;
  /** The settings that must be valid on their own before the rule can be judged. */
  readonly reads: readonly string[];
  readonly sentence: string;
  readonly holds: (settings: ValidatedSettings) => boolean;
}

/** Every rule across settings. */
export const rules: readonly Rule[] = [
  {
    at: 'tls.key',
    reads: ['tls'],
    sentence: 'must be set together with tls.cert',
    holds: ({ tls }) => tls.cert === undefined || tls.key !== undefined,
  },
  {
    at: 'tls.cert',
    reads: ['tls'],
    sentence: 'must be set together with tls.key',
    holds: ({ tls }) => tls.key === undefined || tls.cert !== undefined,
  },
  {
    at: 'issuer',
    reads: ['issuer', 'tls.cert'],
    sentence: 'must start with https:// when tls.cert is set',
    holds: ({ issuer, tls }) => !tls.cert || !issuer || issuer.startsWith('https:'),
  },
  {
    at: 'https.required',
    reads: ['https.required', 'issuer', 'tls.cert'],
    sentence: 'must not be true unless issuer starts with https://',
    holds: ({ https, issuer, tls }) => !https.required || !!tls.cert || !!issuer?.startsWith('https:'),
  },
  {
    at: 'keyEncryptionKey',
    reads: ['environment', 'database.url', 'keyEncryptionKey'],
    sentence: 'must be set in production when database.url is set',
    holds: ({ environment, database, keyEncryptionKey }) =>
      environment !== 'production' || !database.url || keyEncryptionKey !== undefined,
  },
  {
    at: 'refreshToken.idleTtl',
    reads: ['refreshToken.idleTtl', 'refreshToken.ttl'],
    sentence: 'must not exceed refreshToken.ttl',
    holds: ({ refreshToken }) => refreshToken.idleTtl <= refreshToken.ttl,
  },
  {
    at: 'refreshToken.grace',
    reads: ['refreshToken.grace', 'refreshToken.idleTtl'],
    sentence: 'must be shorter than refreshToken.idleTtl',
    holds: ({ refreshToken }) => refreshToken.grace < refreshToken.idleTtl,
  },
  {
    at: 'keys.rotationInterval',
    reads: ['keys.rotationInterval'],
    sentence: 'must be 0 or at least 1h, because every cache must know a key before it is used',
    holds: ({ keys }) => keys.rotationInterval === 0 || keys.rotationInterval >= 3600,
  },
  {
    at: 'session.idleTtl',
    reads: ['session.idleTtl', 'session.ttl'],
    sentence: 'must not exceed session.ttl',
    holds: ({ session }) => session.idleTtl <= session.ttl,
  },
  {
    at: 'demo.enabled',
    reads: ['demo.enabled', 'environment'],
    sentence: 'must not be true in production, because the passwords of the demo are public',
    holds: ({ demo, environment }) => !demo.enabled || environment !== 'production',
  },
  {
    at: 'registration.requireSoftwareStatement',
    reads: ['registration.requireSoftwareStatement', 'registration.softwareStatements'],
    sentence: 'must not be true without registration.softwareStatements',
    holds: ({ registration }) =>
      !registration.requireSoftwareStatement || registration.softwareStatements.length > 0,
  },
  declaredOnce('scopes', 'name'),
  declaredOnce('resources', 'identifier'),
  declaredOnce('clients', 'client_id'),
  declaredOnce('acr', 'value'),
  declaredOnce('users', 'username'),
  declaredOnce('users', 'sub'),
];

/** The schema with every rule; a rule is judged even while unrelated settings are at fault. */
export function withRules<Schema extends z.ZodType<ValidatedSettings>>(schema: Schema): Schema {
  return rules.reduce(
    (checked, { at, reads, sentence, holds }) =>
      checked.refine(holds, {
        path: at.split('.'),
        error: sentence,
        when: ({ issues }) => !issues.some((issue) => reads.some((read) => touches(issue, read))),
      }),
    schema,
  );
}

function touches(issue: z.core.$ZodRawIssue, setting: string): boolean {
  // An unknown key beside a setting says nothing about the setting itself.
  if (issue.code === 'unrecognized_keys') return false;
  const fault = `${issue.path?.join('.') ?? ''}.`;
  return fault === '.' || fault.startsWith(`${setting}.`) || `${setting}.`.startsWith(fault);
}

function declaredOnce(list: 'scopes' | 'resources' | 'clients' | 'acr' | 'users', key: string): Rule {
  return {
    at: list,
    reads: [list],
    sentence: `must not declare the same ${key} twice`,
    holds: (settings) => {
      const names = settings[list].map((item) => (item as Record<string, unknown>)[key]).filter(Boolean);
      return new Set(names).size === names.length;
    },
  };
}
