import type { Page } from 'playwright-core';
import { signIn } from '../support/chromium.js';

/** The popup that the button opens is the real sign-in. */
export async function authorize(
  page: Page,
  scopes: readonly string[],
  { username, password }: { username: string; password: string },
): Promise<void> {
  await page.click('.scheme-container button.authorize');
  const flow = page.locator('.auth-container').filter({ hasText: 'authorizationCode' });
  for (const scope of scopes) {
    const box = flow.locator(`input[type=checkbox][id^="${scope}-"]`);
    if (!(await box.isChecked())) await flow.locator(`label[for^="${scope}-"]`).first().click();
  }
  const popupOpens = page.waitForEvent('popup');
  await flow
    .getByRole('button', { name: 'Apply given OAuth2 credentials' })
    .or(flow.locator('button.authorize'))
    .first()
    .click();
  const popup = await popupOpens;
  await signIn(popup, username, password);
  const closed = popup.waitForEvent('close');
  await popup.click('#consent-allow');
  await closed;
  await page.click('.btn-done');
}

/** The status that "Try it out" shows. */
export async function call(page: Page, path: string): Promise<number> {
  const operation = page.locator('.opblock').filter({ hasText: path });
  if (!(await operation.locator('.execute').isVisible())) {
    await operation.locator('.opblock-summary').click();
    await operation.locator('.try-out__btn').click();
  }
  const answer = page.waitForResponse(`**${path}`);
  await operation.locator('.execute').click();
  await operation.locator('.live-responses-table .response-col_status').first().waitFor();
  return (await answer).status();
}
