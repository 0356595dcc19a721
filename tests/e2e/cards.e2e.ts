// Cards in a real browser: people's text stays text, nothing fails an accessibility check, in every theme and width.
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { assess } from '../../bot/board/assess';
import { readPhrases } from '../../bot/board/phrases';
import { heardCard } from '../../bot/cards/heard';
import { ownerCard } from '../../bot/cards/owner';
import { itemFormCard, ownerListCard, ownerView } from '../../bot/cards/ownerView';
import { deliveryWords } from '../../bot/cards/words';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { actCards } from './actCards';
import { launchBrowser, pictureFolder } from './browser';
import { openCard, openCards, renderCard } from './renderCard';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

const snapshot = sampleSnapshot();
const assessment = assess(snapshot, { at: '2025-01-06T09:00:00.000Z' });
const view = ownerView({ boardId: 'send', snapshot, assessment, personRef: 'P10' });
const first = view.items[0];

async function violations(page: Page): Promise<readonly string[]> {
  const found = await new AxeBuilder({ page }).include('main').analyze();
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
}

const hostile = [
  '[click](https://evil.example) **bold** _it_ `code`',
  '<b>bold</b><script>alert(1)</script><at>Chair</at>',
  '- one\n1. two\n# three',
  'https://evil.example www.evil.example',
  '{{DATE(2017-02-14T06:08:39Z,SHORT)}} ${title} &lt;',
];

test.each(hostile)('shows %j as it was written, without a link or an element', async (text) => {
  const rows = [
    {
      kind: 'action' as const,
      ref: 'A1',
      title: text,
      status: deliveryWords['at-risk'],
      reason: text,
      answerable: true,
    },
  ];
  const card = ownerCard({ boardId: 'send', heading: 'Update', deadline: '1 to answer', afterwards: '', rows });
  const page = await openCard(browser, card, { width: 400 });
  const shown = await page.locator('main').innerText();
  expect(shown.split(text).length - 1).toBe(2);
  expect(await page.locator('main a, main b, main script, main li').count()).toBe(0);
  await page.context().close();
});

/** The form that answers words, sure and unsure. */
function heardCards(): readonly unknown[] {
  const { calendar } = view;
  const own = { snapshot, calendar, todayOn: '2025-01-06', openRefs: [], ownRefs: [], readingDue: () => undefined };
  const texts = ['APA1.04 65%, waiting for the ICB. Two to split.', 'APA1.04 about two thirds done by next friday'];
  return texts.flatMap((text) => {
    const [read] = readPhrases({ ...own, text }).items;
    const item = view.items.find((one) => one.ref === read?.ref);
    return read && item ? [heardCard(view, item, read, { nonce: 'nonce-0001' }).card] : [];
  });
}

test.each(['light', 'dark', 'contrast'] as const)(
  'the form that answers words passes axe in the %s theme',
  async (theme) => {
    const cards = heardCards();
    expect(cards).toHaveLength(2);
    for (const card of cards) {
      const page = await openCard(browser, card, { width: 400, theme });
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }
  },
  60_000,
);

test.each(['light', 'dark', 'contrast'] as const)(
  'list and form pass axe in the %s theme',
  async (theme) => {
    const form = first ? itemFormCard(view, first, { nonce: 'nonce-0001' }) : {};
    for (const card of [ownerListCard(view), form]) {
      const page = await openCard(browser, card, { width: 400, theme });
      expect(await violations(page)).toEqual([]);
      await page.context().close();
    }
  },
  30_000,
);

test.each(['light', 'dark', 'contrast'] as const)(
  'what people do beside answering passes axe in the %s theme',
  async (theme) => {
    const cards = Object.values(await actCards());
    const page = await openCards(browser, cards, { width: 400, theme });
    expect(await violations(page)).toEqual([]);
    for (let at = 0; at < cards.length; at += 1)
      expect(await page.locator('main > *').nth(at).getByRole('heading').count()).toBeGreaterThan(0);
    await page.context().close();
  },
  120_000,
);

test('pictures of what people do beside answering are kept at the width of a phone', async () => {
  mkdirSync(pictureFolder, { recursive: true });
  for (const [name, card] of Object.entries(await actCards())) {
    const picture = await renderCard(browser, card, { width: 400 });
    expect(picture.readUInt32BE(16)).toBe(400);
    writeFileSync(path.join(pictureFolder, `act-${name}-400.png`), picture);
  }
}, 120_000);

test('the first button is within one screen of a phone', async () => {
  const page = await openCard(browser, ownerListCard(view), { width: 400 });
  const box = await page.getByRole('button', { name: 'Update APA1.04' }).boundingBox();
  expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(640);
  await page.context().close();
});

test.each([400, 800])(
  'pictures of list and form are kept at width %i',
  async (width) => {
    mkdirSync(pictureFolder, { recursive: true });
    const form = first ? itemFormCard(view, first, { nonce: 'nonce-0001' }) : {};
    for (const [name, card] of Object.entries({ list: ownerListCard(view), form })) {
      const picture = await renderCard(browser, card, { width });
      // The width stands in bytes 16 to 19 of a PNG.
      expect(picture.readUInt32BE(16)).toBe(width);
      writeFileSync(path.join(pictureFolder, `card-${name}-${width}.png`), picture);
    }
  },
  30_000,
);
