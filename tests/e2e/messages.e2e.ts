// The e-mails of a cycle in a real browser: accessible, whole on a narrow phone, and kept as pictures beside their cards.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { messageCard } from '../../bot/cards/manageNoticeCard';
import { messageMail } from '../../bot/cards/messageMail';
import type { MessageInput } from '../../bot/cards/messageShape';
import { sampleMessages } from '../fixtures/sampleMessages';
import { launchBrowser, pictureFolder } from './browser';
import { openCards, pictureOf } from './renderCard';

let browser: Browser;
/** The longest of each step for people in and outside the tenant. */
const shown = new Map<string, MessageInput>();
beforeAll(async () => {
  browser = await launchBrowser();
  mkdirSync(pictureFolder, { recursive: true });
  for (const one of sampleMessages()) {
    const isOutside = one.snapshot.people.find((person) => person.ref === one.personRef)?.external === true;
    const step = one.step.replace(/^notice:(papers-sent):.*/, '$1');
    const name = `message-${step}${isOutside ? '-outside' : ''}`;
    const longer = (messageMail(one)?.html.length ?? 0) > (messageMail(shown.get(name) ?? one)?.html.length ?? 0);
    if (!shown.has(name) || longer) shown.set(name, one);
  }
}, 60_000);
afterAll(() => browser.close());

test('every e-mail passes axe, is no wider than a phone, and says first what it is', async () => {
  expect(shown.size).toBeGreaterThan(15);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const problems: string[] = [];
  for (const [name, input] of shown) {
    const page = await context.newPage();
    const { html = '', subject = '' } = messageMail(input) ?? {};
    await page.setContent(html);
    const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
    const found = await axe.setLegacyMode().analyze();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    const first = await page.locator('main > *').first().innerText();
    problems.push(...found.violations.map((one) => `${name} ${one.id}`));
    if (width !== 360) problems.push(`${name} is ${String(width)} px wide`);
    if (first !== subject) problems.push(`${name} begins with ${first}`);
    writeFileSync(path.join(pictureFolder, `${name}-mail.png`), await page.screenshot({ fullPage: true }));
    await page.close();
  }
  await context.close();
  expect(problems).toEqual([]);
}, 180_000);

test('every card passes axe in both themes and is kept as a picture', async () => {
  const cards = Object.fromEntries([...shown].map(([name, input]) => [name, messageCard(input).card]));
  for (const theme of ['light', 'dark'] as const) {
    const page = await openCards(browser, cards, { width: 400, theme });
    // Colours alone differ between themes: the other rules hold in both when they hold in one.
    const rules = theme === 'light' ? {} : { runOnly: ['color-contrast'] };
    const axe = new AxeBuilder({ page }).include('main').options({ ...rules, resultTypes: ['violations'] });
    const found = await axe.setLegacyMode().analyze();
    expect(found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
    if (theme === 'light')
      for (const name of Object.keys(cards))
        writeFileSync(path.join(pictureFolder, `${name}-card.png`), await pictureOf(page, name));
    await page.close();
  }
}, 180_000);
