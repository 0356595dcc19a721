// The tab in a browser: every page without barriers at two widths, by keyboard alone, inside Teams with the real teams-js, on
// paper. Long because the whole product is started once for all of it.
import type { Browser, Page } from 'playwright-core';
import { pageName } from '../../bot/api/contract/terms';
import { launchBrowser, picture } from './browser';
import { changeBinding } from './changeBinding';
import { focused, tabTo } from './keyboard';
import { onPaper } from './onPaper';
import { remindQuestion } from './remindQuestion';
import { startSystem, type System } from './system';
import {
  addressesOf,
  barriers,
  isDrawn,
  openInTeams,
  openTab,
  openWindow,
  settled,
  teamsFrame,
  tooWide,
  watchShifts,
} from './tabPage';

jest.setTimeout(240_000);

const secretary = 'P15';
const chair = 'P01';

let system: System;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [system, browser] = await Promise.all([startSystem(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await system?.stop();
});
beforeEach(async () => {
  page = await openWindow(browser);
});
afterEach(() => page.context().close());

const searchBox = () => page.getByRole('combobox', { name: /^Search/ });

describe('every page', () => {
  test.each([
    [1280, [961, 800]],
    [320, []],
  ])('has no barrier and scrolls one way alone at %i pixels, and at %j', async (width, between) => {
    await page.setViewportSize({ width, height: 900 });
    const frame = page.mainFrame();
    await openTab(page, system, '/tab/', secretary);
    const addresses = await addressesOf(frame, (address) => openTab(page, system, address, secretary));
    for (const name of pageName.options) expect(addresses).toContain(name === 'board' ? '/tab/' : `/tab/${name}`);
    const found: Record<string, readonly string[]> = {};
    for (const address of addresses) {
      await openTab(page, system, address, secretary);
      const wrong = [...(await barriers(frame)), ...(await tooWide(frame))];
      for (const narrower of between) {
        await page.setViewportSize({ width: narrower, height: 900 });
        wrong.push(...(await tooWide(frame)).map((one) => `${narrower}: ${one}`));
      }
      await page.setViewportSize({ width, height: 900 });
      if (wrong.length > 0) found[address] = wrong;
    }
    expect(found).toEqual({});
  });
});

describe('while it comes up', () => {
  test.each([
    [1280, '/tab/'],
    [1280, '/tab/actions'],
    [320, '/tab/'],
    [320, '/tab/actions'],
  ])('nothing jumps at %i pixels at %s, whose records come later', async (width, address) => {
    await page.setViewportSize({ width, height: 700 });
    const shifts = await watchShifts(page);
    await page.route('**/api/v1/**', (route) => setTimeout(() => void route.continue(), 300));
    await openTab(page, system, address, secretary);
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    expect(await shifts()).toBeLessThan(0.1);
  });
});

describe('in forced colours', () => {
  test('the page one is on is marked by a line, not by its weight alone', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await openTab(page, system, '/tab/actions', chair);
    const lines = await page.evaluate<readonly (readonly string[])[]>(
      `[...document.querySelectorAll('nav[aria-label=Pages] a')].map((one) => [one.innerText, getComputedStyle(one).borderBottomWidth])`,
    );
    expect(lines).toContainEqual(['Actions', '3px']);
    expect(lines.filter(([name, width]) => name !== 'Actions' && width !== '0px')).toEqual([]);
    expect(await page.getByRole('link', { name: 'Actions', exact: true }).getAttribute('aria-current')).toBe('page');
  });
});

test('the secretary says which list the council does not keep, and puts it back', async () => {
  await openTab(page, system, '/tab/settings', secretary);
  await changeBinding(page);
});

describe('by keyboard alone', () => {
  test('the first stop leads past the navigation to the content', async () => {
    await openTab(page, system, '/tab/', chair);
    await page.keyboard.press('Tab');
    expect(await focused(page.mainFrame())).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page.mainFrame())).toBe('Read again');
  });

  test('goes from the navigation to a table to one action and back, with the focus on each heading', async () => {
    await openTab(page, system, '/tab/', chair);
    await tabTo(page, 'Actions');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Actions' }).waitFor();
    await isDrawn(page.mainFrame());
    expect(await focused(page.mainFrame())).toBe('Actions');
    await tabTo(page, 'APA1.01');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^APA1\.01/ }).waitFor();
    expect(await focused(page.mainFrame())).toMatch(/^APA1\.01/);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Actions' }).waitFor();
    expect(
      await settled(
        () => focused(page.mainFrame()),
        (one) => one === 'Actions',
      ),
    ).toBe('Actions');
  });

  test('goes from the list of clauses to the heading of one, and on from there', async () => {
    await openTab(page, system, '/tab/clauses', chair);
    await tabTo(page, '12: ');
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 2, name: /^12: / });
    expect(await focused(page.mainFrame())).toBe(await heading.innerText());
    const place = await heading.boundingBox();
    expect(place?.y).toBeGreaterThanOrEqual(0);
    expect(place?.y).toBeLessThan(200);
    await page.keyboard.press('Tab');
    const within = "document.activeElement.closest('section').getAttribute('aria-labelledby')";
    expect(await page.evaluate<string>(within)).toBe('clause-12-title');
  });

  test('every stop of the first page is in sight, and the last leads out of it', async () => {
    await openTab(page, system, '/tab/', chair);
    const stops: string[] = [];
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate<string>(`(() => {
        const one = document.activeElement;
        if (one === document.body) return 'out';
        const { top, bottom, width } = one.getBoundingClientRect();
        const style = getComputedStyle(one);
        const isMarked = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || one.matches('[data-fui-focus-visible]');
        // The page scrolls by whole pixels, and what stands on it need not begin at one.
        return top > -1 && bottom < innerHeight + 1 && width > 0 && isMarked ? 'seen' : 'not seen: ' + one.outerHTML.slice(0, 160);
      })()`);
      stops.push(stop);
      if (stop === 'out') break;
    }
    expect(stops.at(-1)).toBe('out');
    expect(stops.length).toBeGreaterThan(20);
    expect(stops.filter((one) => one.startsWith('not seen'))).toEqual([]);
  });

  test('searches with Ctrl+K, and Escape gives the focus back', async () => {
    await openTab(page, system, '/tab/risks', chair);
    await tabTo(page, 'Measures');
    await page.keyboard.press('Control+k');
    await searchBox().waitFor();
    await page.keyboard.press('Escape');
    await searchBox().waitFor({ state: 'detached' });
    expect(await focused(page.mainFrame())).toBe('Measures');
    await page.keyboard.press('Control+k');
    await searchBox().waitFor();
    await page.keyboard.type('locality profiles');
    await page.getByRole('option', { name: /APA1\.04/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^APA1\.04/ }).waitFor();
    expect(await focused(page.mainFrame())).toMatch(/^APA1\.04/);
  });

  test('? lists the keys; it stays a letter where one types, and can be switched off', async () => {
    await openTab(page, system, '/tab/', chair);
    await tabTo(page, 'Risks');
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.waitFor();
    await picture(page, '30-keys');
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'detached' });
    expect(await focused(page.mainFrame())).toBe('Risks');
    await page.keyboard.press('Control+k');
    await searchBox().waitFor();
    await page.keyboard.type('why?');
    expect(await searchBox().inputValue()).toBe('why?');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Keys' }).click();
    await page.getByRole('checkbox').uncheck();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await searchBox().waitFor();
    expect(await keys.count()).toBe(0);
  });

  test('reading again leaves the focus where it is', async () => {
    await openTab(page, system, '/tab/', chair);
    await tabTo(page, 'Read again');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Read again' }).waitFor();
    expect(await focused(page.mainFrame())).toBe('Read again');
  });
});

describe('inside Teams', () => {
  test('signs in as Teams says, follows its theme, and is ready', async () => {
    const frame = await openInTeams(page, system, { as: chair, theme: 'dark' });
    await frame.getByRole('region', { name: 'What is next' }).waitFor();
    expect(await frame.getByText('Be somebody else').count()).toBe(0);
    const background = () =>
      frame.evaluate<string>("getComputedStyle(document.querySelector('.provider')).backgroundColor");
    const dark = await background();
    // What the browser draws itself, such as a day's calendar, follows.
    expect(await frame.evaluate('document.documentElement.style.colorScheme')).toBe('dark');
    await picture(page, '31-teams-dark');
    await page.getByLabel('Theme').selectOption('contrast');
    expect(await settled(background, (one) => one !== dark)).toBe('rgb(0, 0, 0)');
    expect(await page.locator('[data-asked] li', { hasText: 'not known here' }).count()).toBe(0);
  });

  test('is another person when Teams says so', async () => {
    await openInTeams(page, system, { as: chair });
    await page.locator('select[name=as]').selectOption(secretary);
    await page.waitForURL(/as=P15/);
    const frame = await teamsFrame(page);
    await frame.getByText(/, secretary/).waitFor();
  });

  test('opens the page that a deep link names, and gives a link that leads back to it', async () => {
    const frame = await openInTeams(page, system, { as: chair, page: 'risks#R03' });
    await frame.getByRole('article', { name: /^R03/ }).waitFor();
    const focusedId = () => frame.evaluate<string>('document.activeElement.id');
    expect(await settled(focusedId, (one) => one === 'R03')).toBe('R03');
    await frame.getByRole('link', { name: 'Measures', exact: true }).click();
    await frame.getByRole('heading', { level: 1, name: 'Measures' }).waitFor();
    await frame.getByRole('button', { name: 'Copy link' }).click();
    const link = page.getByLabel('Link from a chat');
    expect(
      await settled(
        () => link.inputValue(),
        (one) => one !== '',
      ),
    ).toContain('https://teams.microsoft.com/l/entity/');
    await frame.getByRole('link', { name: 'Log', exact: true }).click();
    await frame.getByRole('heading', { level: 1, name: 'Log' }).waitFor();
    await page.getByRole('button', { name: 'Open' }).click();
    await page.waitForURL(/page=measures/);
    const again = await teamsFrame(page);
    await again.getByRole('heading', { level: 1, name: 'Measures' }).waitFor();
  });

  test('is added to a channel with the page chosen, and opens the personal app from there', async () => {
    const dialog = await openInTeams(page, system, { as: secretary, context: 'configure' });
    await dialog.getByRole('heading', { level: 1, name: 'What this tab shows' }).waitFor();
    await dialog.getByLabel('Page').selectOption({ label: 'Measures' });
    await dialog.getByText('The tab will be called “Board measures”.').waitFor();
    expect(await barriers(dialog)).toEqual([]);
    await picture(page, '32-teams-configure');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/context=channel/);
    const frame = await teamsFrame(page);
    await frame.getByRole('heading', { level: 1, name: 'Measures' }).waitFor();
    expect(new URL(frame.url()).search).toBe('?board=send-board');
    await frame.getByRole('link', { name: 'Risks', exact: true }).click();
    await frame.getByRole('heading', { level: 1, name: 'Risks' }).waitFor();
    await frame.getByRole('button', { name: 'Open in the app' }).click();
    await page.waitForURL(/context=personal/);
    const app = await teamsFrame(page);
    await app.getByRole('heading', { level: 1, name: 'Risks' }).waitFor();
    expect(await app.getByRole('button', { name: 'Open in the app' }).count()).toBe(0);
  });

  test('fits the side panel of a meeting', async () => {
    const view = { as: chair, context: 'meeting', width: 'panel' } as const;
    const frame = await openInTeams(page, system, view);
    expect(await frame.evaluate('window.innerWidth')).toBe(280);
    expect(await tooWide(frame)).toEqual([]);
    await picture(page, '33-teams-panel');
  });

  test('is shown by no other page', async () => {
    const refused: string[] = [];
    page.on('console', (message) => refused.push(message.text()));
    await page.setContent(`<iframe src="${system.serviceUrl}/tab/"></iframe>`);
    const said = await settled(
      async () => refused.join(' '),
      (one) => one !== '',
    );
    expect(said).toContain('frame-ancestors');
  });
});

test('a question before something leaves keeps the focus inside, and gives it back however it is closed', async () => {
  // On a day on which no step of the cycle reaches the owners by itself.
  await fetch(`${system.microsoft365Url}/_local/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ advanceTo: '2025-01-08T10:30:00.000Z' }),
  });
  await remindQuestion(page, system, secretary);
});

describe('on paper', () => {
  test('the page says what it is, of which board and as of when, and leaves out what is pressed', async () => {
    for (const [address, name] of [
      ['/tab/', 'Where the board stands'],
      ['/tab/log', 'Log'],
      ['/tab/clauses', 'Clauses of the notice'],
    ] as const) {
      await openTab(page, system, address, secretary);
      const paper = await onPaper(page, `34-paper-${name}`);
      expect(paper.words).toContain('Hertland SEND Improvement Board');
      expect(paper.words).toMatch(new RegExp(`${name}[^]*As of \\w+ \\d+ January 2025, \\d\\d:\\d\\d`));
      expect(paper.words).toContain(`${system.serviceUrl}${address}`);
      expect(paper).toMatchObject({
        pressed: name.startsWith('Clauses') ? [expect.stringMatching(/^1: /)] : [],
        cut: [],
      });
      expect(paper.sheets).toBeGreaterThan(0);
    }
  });

  test('every row of a long table is printed, though the page draws it in parts', async () => {
    await fetch(`${system.microsoft365Url}/_local/seed/rows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ list: 'Actions', count: 155 }),
    });
    await openTab(page, system, '/tab/actions', secretary);
    await page.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('200 actions', { exact: true }).waitFor();
    const paper = await onPaper(page, '35-paper-actions');
    expect(paper).toMatchObject({ rows: 200, pressed: [], cut: [] });
    expect(paper.sheets).toBeGreaterThan(8);
  });
});
