import type { Page } from 'playwright-core';

/** More stops than any page has. */
const MAXIMUM_STOPS = 150;

/** A person without a mouse: what the Tab key does not reach, is not there. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  /** Tabs on until the element has the focus. @throws Error when it never gets it */
  async reach(selector: string): Promise<void> {
    for (let stop = 0; stop <= MAXIMUM_STOPS; stop++) {
      if (await this.hasFocus(selector)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`the Tab key does not reach ${selector} at ${this.page.url()}`);
  }

  /** Replaces what a field holds. */
  async type(selector: string, text: string): Promise<void> {
    await this.reach(selector);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.type(text);
  }

  /** Ticks, or takes the tick away. */
  async tick(selector: string): Promise<void> {
    await this.reach(selector);
    await this.page.keyboard.press('Space');
  }

  /** Presses a button or follows a link to the page that it leads to. */
  async enter(selector: string): Promise<void> {
    await this.reach(selector);
    const loaded = this.page.waitForEvent('load');
    await this.page.keyboard.press('Enter');
    await loaded;
  }

  /** Opens what is folded away, or goes to a place in the page. */
  async press(selector: string): Promise<void> {
    await this.reach(selector);
    await this.page.keyboard.press('Enter');
  }

  async hasFocus(selector: string): Promise<boolean> {
    return (await this.page.locator(selector).and(this.page.locator(':focus')).count()) > 0;
  }
}
