import { Browser, shows } from '../../src/testing/browser.js';

/** Opens an authorization request in a fresh browser, signs in, allows; the address that the browser ends at. */
export async function allow(address: string, username: string, password: string): Promise<URL> {
  const { origin } = new URL(address);
  const browser = new Browser({ issuer: origin, url: origin });
  let page = await browser.open(address);
  if (shows(page, 'login-submit')) page = await browser.signIn({ username, password }, page);
  if (shows(page, 'consent-allow')) page = await browser.submit(page, { decision: 'allow' });
  if (page.location) return page.location;
  throw new Error(`no way back to the application: ${page.status} ${page.body.slice(0, 2000)}`);
}
