import type { HttpAnswer } from '../../src/testing/http.js';
import type { TestServer } from './server.js';

/** RFC 6749 §5.2: printable ASCII without quotes and backslashes. */
const ERROR_TEXT = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;

/** A JSON error of OAuth that says no more than it may and is not kept. */
export function expectOAuthError(answer: HttpAnswer, status: number, error: string): void {
  expect({ status: answer.status, body: answer.body }).toMatchObject({
    status,
    body: expect.stringContaining(`"error":"${error}"`),
  });
  expect(answer.headers['content-type']).toMatch(/^application\/json/);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(Object.keys(answer.json).sort()).toEqual(['error', 'error_description']);
  expect(answer.json.error_description).toMatch(ERROR_TEXT);
}

/** A page that tells the person, and leads nowhere: the application is not proven. */
export function expectErrorPage(answer: HttpAnswer, status = 400): void {
  expect({ status: answer.status, location: answer.headers.location }).toEqual({
    status,
    location: undefined,
  });
  expect(answer.headers['content-type']).toMatch(/^text\/html/);
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.body).not.toMatch(/http-equiv="?refresh/i);
}

/** An error that went to the application through its redirect URI, with nothing beside it. */
export function expectRedirectError(
  server: TestServer,
  location: URL | null,
  error: string,
  state: string,
): void {
  expect(Object.fromEntries(location?.searchParams ?? [])).toEqual({
    error,
    error_description: expect.stringMatching(ERROR_TEXT),
    state,
    iss: server.issuer,
  });
}
