/** What `gatehouse/testing` offers to everybody, this suite included. */
export * from '../../src/testing/browser.js';
export * from '../../src/testing/fake-clock.js';
export * from '../../src/testing/http.js';
export * from '../../src/testing/relying-party.js';
export * from '../../src/testing/test-client.js';
