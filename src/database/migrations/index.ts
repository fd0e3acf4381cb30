import type { MigrationInterface } from 'typeorm';
import { InitialSchema1763600000000 } from './1763600000000-initial-schema.js';

/** Every migration, oldest first. A released one is never changed or removed, only followed by another. */
export const migrations: Array<new () => MigrationInterface> = [InitialSchema1763600000000];
