import { KeyObject } from 'node:crypto';
import type { ValidatedSettings } from './settings.schema.js';

type Immutable<T> = T extends KeyObject
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Immutable<T[K]> }
    : T;

/** The validated configuration, complete with the defaults that follow from other settings. */
export type SettingsShape = Immutable<
  Omit<ValidatedSettings, 'issuer' | 'https' | 'docs' | 'demo'> & {
    issuer: string;
    https: { required: boolean };
    docs: { enabled: boolean };
    demo: { enabled: boolean };
  }
>;

export type DeclaredScope = SettingsShape['scopes'][number];
export type DeclaredResource = SettingsShape['resources'][number];
export type DeclaredClient = SettingsShape['clients'][number];
export type DeclaredUser = SettingsShape['users'][number];

/** The configuration of this server, both as a type and as the token to inject it by. Frozen to its depth. */
export class Settings extends (Object as unknown as new () => SettingsShape) {
  constructor(shape: SettingsShape) {
    super();
    Object.assign(this, frozen(shape));
    Object.freeze(this);
  }
}

/** A frozen copy of plain data; the object that an embedding application passed stays its own. */
function frozen(value: unknown): unknown {
  if (Array.isArray(value)) return Object.freeze(value.map(frozen));
  if (typeof value !== 'object' || value === null || value instanceof KeyObject) return value;
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, item]) => [key, frozen(item)])));
}
