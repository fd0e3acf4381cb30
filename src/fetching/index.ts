export { FetchError } from './fetch-error.js';
export type { FetchFailure } from './fetch-error.js';
export * from './fetching.module.js';
export { GuardedFetcher } from './guarded-fetcher.js';
export type { Fetched, GetOptions, PostOptions } from './guarded-fetcher.js';
export { HostNames } from './host-names.js';
