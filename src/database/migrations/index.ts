import type { MigrationInterface } from 'typeorm';

/** Every migration, oldest first. A released one is never changed or removed, only followed by another. */
export const migrations: Array<new () => MigrationInterface> = [];
