/**
 * The entry point `gatehouse/testing`: for the tests of applications, with whatever runs them. It uses no globals of a
 * test runner, and production code never loads it.
 */
export { Agent } from './agent.js';
export type { AgentRequest } from './agent.js';
export { Browser, formOf, shows, textOf } from './browser.js';
export { clockContract } from './clock.contract.js';
export { consentPolicyContract } from './consent-policy.contract.js';
export { contract } from './contract.js';
export type { ContractCheck, Make } from './contract.js';
export { createGatehouseTest } from './create-gatehouse-test.js';
export type { GatehouseTestOptions, RootModule } from './create-gatehouse-test.js';
export { AnybodyStore, createTestIssuer } from './create-test-issuer.js';
export { FakeClock } from './fake-clock.js';
export { GatehouseTest } from './gatehouse-test.js';
export type { CodeFlow } from './gatehouse-test.js';
export { HttpAnswer } from './http.js';
export type { HttpRequest, Parameters } from './http.js';
export type { TokenRequest } from './minting.js';
export { RelyingParty } from './relying-party.js';
export type { Tokens } from './relying-party.js';
export type { ServerUnderTest } from './server-under-test.js';
export type { TestClient, UserCredentials } from './test-client.js';
export { userStoreContract } from './user-store.contract.js';
export type { KnownUser, UserStoreFixture } from './user-store.contract.js';
