import { AuditRecord } from './audit/index.js';
import { UsedAssertion } from './client-authentication/index.js';
import { Client, ClientSecret, StoredClientRefusal } from './clients/index.js';
import { Consent } from './consent/index.js';
import { StoredAuthorizationCode } from './grants/index.js';
import { StoredInteraction } from './interactions/index.js';
import { StoredKey } from './keys/index.js';
import { InitialAccessToken } from './registration/index.js';
import { RegisteredScope, Resource } from './scopes/index.js';
import { LogoutDelivery, StoredSession } from './sessions/index.js';
import { Authorization, RevokedAccessToken, StoredAccessToken, StoredRefreshToken } from './tokens/index.js';
import { LocalUser } from './users/index.js';

/** Every table of ours: what the migration CLI compares the database with. */
export const gatehouseEntities = [
  AuditRecord,
  Authorization,
  Client,
  ClientSecret,
  Consent,
  InitialAccessToken,
  LocalUser,
  LogoutDelivery,
  RegisteredScope,
  Resource,
  RevokedAccessToken,
  StoredAccessToken,
  StoredAuthorizationCode,
  StoredClientRefusal,
  StoredInteraction,
  StoredKey,
  StoredRefreshToken,
  StoredSession,
  UsedAssertion,
];
