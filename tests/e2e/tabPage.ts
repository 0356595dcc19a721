// The tab in a real browser: opened as a person or inside the local Teams, with what is checked on every page.
import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import type { System } from './system';

const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export interface TeamsView {
  readonly as: string;
  readonly context?: 'personal' | 'channel' | 'meeting' | 'configure';
  readonly theme?: 'default' | 'dark' | 'contrast';
  readonly width?: 'full' | 'panel' | 'phone';
  /** What a deep link leads to. */
  readonly page?: string;
}

/** The page shown, nothing in it still loading; throws when it shows a problem in its place. */
export async function isDrawn(frame: Frame): Promise<void> {
  await frame.getByRole('heading', { level: 1 }).waitFor({ timeout: 30_000 });
  await frame.locator('.loading').first().waitFor({ state: 'detached', timeout: 30_000 });
  await frame.getByRole('button', { name: 'Reading …' }).first().waitFor({ state: 'detached', timeout: 30_000 });
  const problems = await frame.getByRole('alert').allInnerTexts();
  if (problems.length > 0) throw new Error(`${frame.url()} shows a problem: ${problems.join(' ')}`);
}

/** A window of its own, so that nobody else's choice of person is in it. */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 1000 }, ...options });
  return context.newPage();
}

export async function openTab(page: Page, system: System, address: string, as: string): Promise<void> {
  const url = new URL(address, system.serviceUrl);
  url.searchParams.set('as', as);
  await page.goto(url.href);
  await isDrawn(page.mainFrame());
}

/** The tab inside the local Teams; teams-js is the real one. */
export async function openInTeams(page: Page, system: System, view: TeamsView): Promise<Frame> {
  const url = new URL('/teams/tab', system.microsoft365Url);
  for (const [name, value] of Object.entries(view)) url.searchParams.set(name, value);
  await page.goto(url.href);
  return teamsFrame(page);
}

/** The frame of the tab, once the tab has told Teams that it is ready. */
export async function teamsFrame(page: Page): Promise<Frame> {
  await page.locator('[data-host][data-state=ready]').waitFor({ timeout: 30_000 });
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('Teams shows no frame');
  await isDrawn(frame);
  return frame;
}

/** Every page that the reader's navigation leads to, and the first of each kind that has pages of its own. */
export async function addressesOf(frame: Frame, visit: (address: string) => Promise<void>): Promise<readonly string[]> {
  const pages = await linksIn(frame, 'nav[aria-label=Pages] a');
  const ones: string[] = [];
  for (const page of pages) {
    await visit(page);
    const name = page.replace(/\/$/, '').split('/').at(-1) ?? '';
    const below = (await linksIn(frame, 'main a')).find((one) => one.startsWith(`/tab/${name}/`));
    if (below !== undefined) ones.push(below);
  }
  // No clause of the sample board has so many records that its own page is linked to.
  return [...pages, ...ones, '/tab/clauses/5e'];
}

async function linksIn(frame: Frame, selector: string): Promise<readonly string[]> {
  return frame.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].map((one) => one.getAttribute('href') ?? '')`,
  );
}

const moving = "document.getAnimations().filter((one) => one.playState === 'running').length";

/** Where Fluent turns the focus round: out of the order and of the accessibility tree at once, and never stayed on. */
const focusSentinels = 'i[data-tabster-dummy][role=none]';

/**
 * What axe finds by WCAG 2.2 A and AA and its best practices, the size of targets included. Run in the page itself:
 * the tab's own policy keeps scripts of others out.
 */
export async function barriers(frame: Frame): Promise<readonly string[]> {
  // Colours on their way from one to the other are nobody's colours.
  await settled(
    () => frame.evaluate<number>(moving),
    (count) => count === 0,
  );
  await frame.evaluate(axeSource);
  return frame.evaluate(`axe.run({ exclude: ['${focusSentinels}'] }, { rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] })
    .then(({ violations }) => violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html.slice(0, 200)).join(' ')))`);
}

/**
 * What reaches out of the window, or out of its cell of a table over the next one, by its first words; empty when the page
 * scrolls in one direction alone and nothing stands over anything.
 */
export async function tooWide(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(`(() => {
    const over = [...document.querySelectorAll('main td, main th')].filter(
      (one) => one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1,
    );
    if (over.length > 0) return ['over the next cell', ...over.map((one) => one.innerText.slice(0, 60))].slice(0, 8);
    if (document.documentElement.scrollWidth <= window.innerWidth) return [];
    const isCut = (one) => one !== null && (getComputedStyle(one).overflowX !== 'visible' || isCut(one.parentElement));
    const out = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > window.innerWidth + 1 && !isCut(one.parentElement),
    );
    return ['too wide', ...out.map((one) => one.outerHTML.slice(0, 120))].slice(0, 8);
  })()`);
}

/**
 * Has the page note how far things move by themselves while it comes up; call before it is opened. What is read is the
 * layout shift as browsers measure it (web.dev, cumulative layout shift): up to 0.1 is good.
 */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(`window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifted += one.value;
    }).observe({ type: 'layout-shift', buffered: true });`);
  return () => page.evaluate<number>('window.shifted');
}

const settlesWithinMs = 10_000;

/** What is read once it is what is wanted, or the last reading when it does not become so. */
export async function settled<Value>(read: () => Promise<Value>, wanted: (value: Value) => boolean): Promise<Value> {
  const deadline = Date.now() + settlesWithinMs;
  for (;;) {
    const value = await read();
    if (wanted(value) || Date.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
