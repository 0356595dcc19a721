// Every card of the chat in a real browser, in every theme: accessible, whole on a narrow phone, and kept as pictures.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import type { CardJson } from '../../bot/cards/kit';
import { cardProblems } from '../cards/checkCard';
import { actCards } from './actCards';
import { launchBrowser, pictureFolder } from './browser';
import { chatCards } from './chatCards';
import { openCards, pictureOf } from './renderCard';
import type { CardTheme } from './renderCard';
import { shortCards } from './shortCards';

let browser: Browser;
let cards: Readonly<Record<string, CardJson>>;
beforeAll(async () => {
  browser = await launchBrowser();
  const named = (group: string, all: typeof cards) =>
    Object.fromEntries(Object.entries(all).map(([name, card]) => [`${group}-${name}`, card]));
  cards = {
    ...named('chat', await chatCards()),
    ...named('act', await actCards()),
    ...named('short', await shortCards()),
  };
  mkdirSync(pictureFolder, { recursive: true });
}, 60_000);
afterAll(() => browser.close());

/**
 * In one call in the page, and without what passed: handing thousands of sound nodes from page to page takes five times
 * as long as all the checks.
 */
async function violations(page: Page, theme: CardTheme): Promise<readonly string[]> {
  // Colours alone differ between themes: the other rules hold in all when they hold in one.
  const rules = theme === 'light' ? {} : { runOnly: ['color-contrast'] };
  const axe = new AxeBuilder({ page }).include('main').options({ ...rules, resultTypes: ['violations'] });
  const found = await axe.setLegacyMode().analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
}

function keep(name: string, picture: Buffer): void {
  writeFileSync(path.join(pictureFolder, `${name}.png`), picture);
}

test('every card is sound, none is missing', () => {
  const problems = Object.entries(cards).map(([name, card]) => ({ name, problems: cardProblems(card) }));
  expect(problems.filter((one) => one.problems.length > 0)).toEqual([]);
});

test.each(['light', 'dark', 'contrast'] as const)(
  'every card passes axe in the %s theme, and begins with a heading or a receipt',
  async (theme) => {
    const page = await openCards(browser, cards, { width: 400, theme });
    expect(await violations(page, theme)).toEqual([]);
    const bare = await page.evaluate(
      `[...document.querySelectorAll('section')]
        .filter((one) => !one.querySelector('[role=heading]') && !one.innerText.startsWith('Saved'))
        .map((one) => one.dataset.card)`,
    );
    expect(bare).toEqual([]);
    keep(`cards-${theme}`, await page.locator('main').screenshot());
    await page.context().close();
  },
  60_000,
);

test.each([400, 320])(
  'no card is cut off at a width of %i, and a picture of each is kept',
  async (width) => {
    const page = await openCards(browser, cards, { width });
    const cut = await page.evaluate(
      `[...document.querySelectorAll('section, section button')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => one.closest('section').dataset.card + ': ' + one.innerText.slice(0, 40))`,
    );
    expect(cut).toEqual([]);
    for (const name of Object.keys(cards)) {
      const picture = await pictureOf(page, name);
      // The width stands in bytes 16 to 19 of a PNG.
      expect(picture.readUInt32BE(16)).toBe(width);
      keep(`${name}-${width}`, picture);
    }
    await page.context().close();
  },
  60_000,
);

test('the first button is within one screen of a phone', async () => {
  const page = await openCards(browser, { list: cards['chat-personal'] }, { width: 400 });
  const box = await page.getByRole('button', { name: 'Update APA1.04' }).boundingBox();
  expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(640);
  await page.context().close();
});
