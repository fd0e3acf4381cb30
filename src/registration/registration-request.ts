import type { Request } from 'express';
import type { Client } from '../clients/index.js';
import type { InitialAccessToken } from './initial-access-token.entity.js';

/** A request that one of this folder's guards has let through. */
export type RegistrationRequest = Request & {
  /** With what a client registers; undefined where anybody may. */
  initialAccess?: InitialAccessToken;
  /** The client that looks after itself. */
  registeredClient?: Client;
  /** What it has proven that with. */
  registrationAccessToken?: string;
};
