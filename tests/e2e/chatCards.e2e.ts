// What people wrote, on cards in a real browser: it stays text, whatever it looks like.
import type { Browser } from 'playwright-core';
import { ownerCard } from '../../bot/cards/owner';
import { deliveryWords } from '../../bot/cards/words';
import { cardProblems, textOf } from '../cards/checkCard';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { launchBrowser } from './browser';
import { chatCards } from './chatCards';
import { openCards } from './renderCard';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 60_000);
afterAll(() => browser.close());

const marks = 'main :is(a, b, i, em, strong, code, script, li, h3, img, at)';

test('a title and a reason are shown as they were written, without a link or an element', async () => {
  const texts = [
    '[click](https://evil.example) **bold** _it_ `code`',
    '<b>bold</b><script>alert(1)</script><at>Chair</at>',
    '- one\n1. two\n# three',
    'https://evil.example www.evil.example',
    '{{DATE(2017-02-14T06:08:39Z,SHORT)}} ${title} &lt;',
  ];
  const cards = texts.map((text) => {
    const row = { ref: 'A1', title: text, status: deliveryWords['at-risk'], reason: text, answerable: true };
    const rows = [{ kind: 'action' as const, ...row }];
    return ownerCard({ boardId: 'send', heading: 'Update', deadline: '1 to answer', afterwards: '', rows });
  });
  const page = await openCards(browser, { ...cards }, { width: 400 });
  const shown = await Promise.all(texts.map((_, at) => page.locator('section').nth(at).innerText()));
  expect(shown.map((one, at) => one.split(texts[at] ?? '').length - 1)).toEqual(texts.map(() => 2));
  expect(await page.locator(marks).count()).toBe(0);
  await page.context().close();
}, 60_000);

test.each([
  '[click](https://evil.example) **bold** _it_ `code` <b>b</b><script>alert(1)</script><at>Chair</at> {{DATE(2017-02-14T06:08:39Z,SHORT)}}',
  '- one 1. two # three https://evil.example www.evil.example ![x](https://evil.example/x.png) ${title} &lt;',
])(
  'every card shows %j as it was written',
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
      milestones: plan.milestones.map((one) => ({ ...one, title: text })),
      decisions: plan.decisions.map((one) => ({ ...one, text })),
      risks: plan.risks.map((one) => ({ ...one, title: text, cause: text, event: text, effect: text })),
      mitigations: plan.mitigations.map((one) => ({ ...one, text })),
      measures: plan.measures.map((one) => ({ ...one, name: text, unit: text })),
      evidence: plan.evidence.map((one) => ({ ...one, summary: text })),
      updates: plan.updates.map((one) => ({ ...one, narrative: text, effect: text, blocker: text })),
    };
    const cards = await chatCards(snapshot);
    for (const [name, card] of Object.entries(cards))
      expect({ name, problems: cardProblems(card) }).toEqual({ name, problems: [] });
    const page = await openCards(browser, cards, { width: 400 });
    expect(await page.locator(marks).count()).toBe(0);
    // A date function would have been worked out, an address made short.
    const said = text.slice(0, 60);
    const telling = Object.keys(cards).filter((name) => textOf(cards[name] ?? {}).includes(said));
    expect(telling.length).toBeGreaterThan(20);
    for (const name of telling) expect(await page.locator(`section[data-card="${name}"]`).innerText()).toContain(said);
    await page.context().close();
  },
  120_000,
);
