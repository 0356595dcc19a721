// Every page of the tab inside Teams, as pictures to look at and with what axe knows: themes, widths, zoom, forced colours, motion.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { launchBrowser } from '../e2e/browser';
import { startSystem, type System } from '../e2e/system';
import { addressesOf, barriers, isDrawn, openInTeams, openWindow, tooWide, type TeamsView } from '../e2e/tabPage';

jest.setTimeout(600_000);

/** Looked at by people, kept out of git. */
const folder = path.resolve(__dirname, 'out');
/** The secretary's part opens every page. */
const as = 'P15';

const wide: BrowserContextOptions = { viewport: { width: 1280, height: 1000 } };
/** The width that WCAG 1.4.10 names. */
const narrow: BrowserContextOptions = { viewport: { width: 320, height: 900 } };
/** A window of 1280 by 1024 at 400 %. */
const zoomed: BrowserContextOptions = { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 };

const looks: readonly (readonly [string, NonNullable<TeamsView['theme']>, BrowserContextOptions])[] = [
  ...(['default', 'dark', 'contrast'] as const).flatMap((theme) => [
    [`${theme}-1280`, theme, wide] as const,
    [`${theme}-320`, theme, narrow] as const,
    [`${theme}-zoom400`, theme, zoomed] as const,
  ]),
  ['forced-colours', 'default', { ...wide, forcedColors: 'active' }],
  ['reduced-motion', 'default', { ...wide, reducedMotion: 'reduce' }],
];

/** The tab alone fills the window: what Teams has around it takes no room, and a frame out of sight draws nothing. */
const aloneInTheWindow = `for (const one of document.querySelectorAll('header, details')) one.style.display = 'none';
  Object.assign(document.querySelector('iframe').style, { minHeight: '100vh', border: '0' })`;

let system: System;
let browser: Browser;

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});

const twoFrames = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** Goes there as a link in the tab does; what comes by itself afterwards, as a chart does, is waited for, too. */
async function goTo(frame: Frame, address: string): Promise<void> {
  const to = JSON.stringify(address);
  await frame.evaluate(`history.pushState(null, '', ${to}); dispatchEvent(new PopStateEvent('popstate'))`);
  await isDrawn(frame);
  await frame.evaluate(twoFrames);
  await isDrawn(frame);
}

/** The whole page, in a window as tall as it is; of a zoomed one what is in sight. */
async function keep(page: Page, frame: Frame, name: string, options: BrowserContextOptions): Promise<void> {
  const size = options.viewport ?? { width: 1280, height: 1000 };
  if (options !== zoomed) {
    const height = await frame.evaluate<number>('document.documentElement.scrollHeight');
    await page.setViewportSize({ ...size, height: Math.min(height, 12_000) });
    await frame.evaluate(twoFrames);
  }
  // Of a tall window the first picture may be taken before the lower part is drawn: the second is kept.
  const take = () => page.locator('iframe').screenshot({ path: path.join(folder, `${name}.png`) });
  await take();
  if (options !== zoomed) await take();
  await page.setViewportSize(size);
}

const moving = `document.getAnimations()
  .filter((one) => one.playState === 'running' && one.effect.getComputedTiming().duration > 1)
  .map((one) => one.effect.target.className)`;

test.each(looks)('every page in %s has no barrier and scrolls one way alone', async (look, theme, options) => {
  const page = await openWindow(browser, options);
  const frame = await openInTeams(page, system, { as, theme });
  await page.evaluate(aloneInTheWindow);
  const addresses = await addressesOf(frame, (address) => goTo(frame, address));
  expect(addresses.length).toBeGreaterThan(10);
  const found: Record<string, readonly string[]> = {};
  for (const address of addresses) {
    await goTo(frame, address);
    const still = look === 'reduced-motion' ? await frame.evaluate<readonly string[]>(moving) : [];
    const wrong = [...(await barriers(frame)), ...(await tooWide(frame)), ...still];
    if (wrong.length > 0) found[address] = wrong;
    const name = address.replace(/^\/tab\//, '').replaceAll('/', '-') || 'board';
    await keep(page, frame, `${name}-${look}`, options);
  }
  await page.context().close();
  expect(found).toEqual({});
});
