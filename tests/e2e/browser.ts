// Starts the browser of the end-to-end tests: Chromium out of an npm package, or the Chrome named by CHROME_PATH.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
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
  // The package is an ES module that finds its files by its own address: asked outside the test runner.
  const script = "import('@sparticuz/chromium').then((m) => m.default.executablePath()).then((p) => console.log(p))";
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return stdout.trim();
}

/** Saves a picture of the page under the step's name. */
export async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(pictureFolder, { recursive: true });
  await page.screenshot({ path: path.join(pictureFolder, `${name}.png`), fullPage });
}
