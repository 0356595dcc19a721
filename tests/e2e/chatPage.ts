// A chat in the Agents Playground as people use it: open it, write, wait for words.
import type { Browser, Frame, Page } from 'playwright-core';

const composer = '[contenteditable=true][role=textbox]';

export async function openChat(browser: Browser, url: string, size = { width: 900, height: 1000 }): Promise<Page> {
  const page = await browser.newPage({ viewport: size });
  await page.goto(url);
  await page.waitForSelector(composer, { timeout: 60_000 });
  return page;
}

export async function write(page: Page, words: string): Promise<void> {
  await page.locator(composer).first().click();
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

/** Waits for words anywhere on the page. */
export async function sees(page: Page | Frame, words: string | RegExp): Promise<void> {
  await page.getByText(words).last().waitFor({ state: 'visible', timeout: 30_000 });
}
