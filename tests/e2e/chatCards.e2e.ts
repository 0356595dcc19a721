// What chat answers, in a real browser: people's text stays text in every card, and every theme passes axe.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import type { CardJson } from '../../bot/cards/kit';
import { cardProblems } from '../cards/checkCard';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { launchBrowser, pictureFolder } from './browser';
import { chatCards } from './chatCards';
import { openCard, renderCard } from './renderCard';

let browser: Browser;
let cards: Readonly<Record<string, CardJson>>;
beforeAll(async () => {
  browser = await launchBrowser();
  cards = await chatCards();
}, 60_000);
afterAll(() => browser.close());

/** All cards as one, so that one page and one check serve them; one alone has inputs, so that no id is there twice. */
function together(all: Readonly<Record<string, CardJson>>): CardJson {
  const parts = Object.values(all).map((card) => ({ type: 'Container', items: card['body'] }));
  return { type: 'AdaptiveCard', version: '1.5', body: parts };
}

test.each(['light', 'dark', 'contrast'] as const)(
  'every card passes axe in the %s theme',
  async (theme) => {
    const page = await openCard(browser, together(cards), { width: 400, theme });
    expect(await page.getByRole('heading').count()).toBeGreaterThanOrEqual(Object.keys(cards).length);
    const { violations } = await new AxeBuilder({ page }).include('main').analyze();
    expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    await page.context().close();
  },
  120_000,
);

const hostile = [
  '[click](https://evil.example) **bold** _it_ `code` <b>b</b><script>alert(1)</script><at>Chair</at> {{DATE(2017-02-14T06:08:39Z,SHORT)}}',
  '- one 1. two # three https://evil.example www.evil.example ![x](https://evil.example/x.png) ${title} &lt;',
];

test.each(hostile)(
  'shows %j as it was written, in every card',
  async (text) => {
    const plan = sampleSnapshot();
    const snapshot = {
      ...plan,
      facts: { ...plan.facts, name: text },
      areas: plan.areas.map((one) => ({ ...one, title: text, shortLabel: text })),
      people: plan.people.map((one) => ({ ...one, name: text, body: text })),
      actions: plan.actions.map((one) => ({
        ...one,
        title: text,
        leadBody: text,
        blocker: { text, waitingOnBody: text, accepted: false },
      })),
      risks: plan.risks.map((one) => ({ ...one, title: text, cause: text, event: text, effect: text })),
      mitigations: plan.mitigations.map((one) => ({ ...one, text })),
      measures: plan.measures.map((one) => ({ ...one, name: text, unit: text })),
      evidence: plan.evidence.map((one) => ({ ...one, summary: text })),
      updates: plan.updates.map((one) => ({ ...one, narrative: text, effect: text, blocker: text })),
    };
    const hostileCards = await chatCards(snapshot);
    for (const [name, card] of Object.entries(hostileCards))
      expect({ name, problems: cardProblems(card) }).toEqual({ name, problems: [] });
    const page = await openCard(browser, together(hostileCards), { width: 400 });
    expect(await page.locator('main :is(a, b, i, em, strong, code, script, li, h3, img, at)').count()).toBe(0);
    // A date function would have been worked out, an address made short.
    const shown = await page.locator('main').innerText();
    expect(shown.split(text.slice(0, 90)).length).toBeGreaterThan(Object.keys(hostileCards).length);
    await page.context().close();
  },
  120_000,
);

test('pictures of each are kept at the width of a phone', async () => {
  mkdirSync(pictureFolder, { recursive: true });
  for (const [name, card] of Object.entries(cards)) {
    const picture = await renderCard(browser, card, { width: 400 });
    expect(picture.readUInt32BE(16)).toBe(400);
    writeFileSync(path.join(pictureFolder, `chat-${name}-400.png`), picture);
  }
}, 60_000);
