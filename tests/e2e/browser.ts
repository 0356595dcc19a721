// Starts the browser of the end-to-end tests: Chromium out of an npm package, or the Chrome named by CHROME_PATH.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where each step's picture goes; looked at by people, kept out of git. */
export const pictureFolder = path.resolve(__dirname, 'out');

/** Web security stays on: the package's own default arguments would switch it off. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromePath(), args: ['--no-sandbox', '--headless=shell'] });
}

async function chromePath(): Promise<string> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') return named;
  const packaged = (await import('@sparticuz/chromium')) as unknown as {
    default: { executablePath(): Promise<string> };
  };
  return packaged.default.executablePath();
}

/** Saves a picture of the page under the step's name. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(pictureFolder, { recursive: true });
  await page.screenshot({ path: path.join(pictureFolder, `${name}.png`), fullPage });
}
