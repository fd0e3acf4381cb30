import type { Page } from 'playwright-core';
import { signIn } from '../support/chromium.js';

/** The one person of these tests, as the configuration file declares her. */
export const ALICE = {
  username: 'alice',
  password: 'a-password-of-the-test',
  sub: 'alice',
  name: 'Alice Example',
  given_name: 'Alice',
  email: 'alice@example.com',
  email_verified: true,
};

/** Alice signs in and answers the consent page, wherever the application has sent her browser. */
export async function decide(page: Page, decision: 'allow' | 'deny'): Promise<void> {
  await signIn(page, ALICE.username, ALICE.password);
  await page.click(`#consent-${decision}`);
}
