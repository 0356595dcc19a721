import { cardBytes, cardLimitBytes } from '../../bot/cards/kit';
import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf, cardProblems, inputsOf, textOf } from '../cards/checkCard';
import { filled, house, openForm, sample } from './house';

const typed = { deliveryStatus: 'at-risk', percentComplete: 80, narrative: 'Five of six profiles are published now.' };

describe('progress', () => {
  test('each form says how many of all it is, and the next one counts on', async () => {
    const it = house();
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    const [, place, all] = /(\d+) of (\d+)\. (\d+) more to answer after this/.exec(textOf(form)) ?? [];
    const next = await it.press('P10', 'save', filled(form, 'save', typed));
    expect(textOf(next)).toContain(`${Number(place) + 1} of ${all}`);
  });

  test('an item that is answered says how many are, and is filled with the last answer', async () => {
    const it = house();
    await it.press('P10', 'save', filled(await openForm(it, 'P10', 'action', 'APA1.04'), 'save', typed));
    const again = await openForm(it, 'P10', 'action', 'APA1.04');
    expect(textOf(again)).toMatch(/\d+ of \d+ answered/);
    expect(inputsOf(again)['narrative']).toMatchObject({ value: typed.narrative });
    expect(inputsOf(again)['percentComplete']).toMatchObject({ value: 80 });
  });
});

describe('history', () => {
  test('is one tap from the form, the newest first, and leads back to the form', async () => {
    const it = house();
    await it.press('P10', 'save', filled(await openForm(it, 'P10', 'action', 'APA1.04'), 'save', typed));
    const form = await openForm(it, 'P10', 'action', 'APA1.04');
    const history = buttonsOf(form).find((one) => one.title === 'History');
    const card = await it.press('P10', history?.verb ?? '', history?.data);
    expect(textOf(card)).toMatch(
      /^History of APA1\.045 updates, the newest first\.Monday 6 January 2025, Freya Langmoor/,
    );
    expect(textOf(card).indexOf(typed.narrative)).toBeLessThan(textOf(card).indexOf('Four of six done'));
    const back = buttonsOf(card).find((one) => one.title === 'Update APA1.04');
    expect(inputsOf(await it.press('P10', back?.verb ?? '', back?.data))).toHaveProperty('narrative');
  });

  test('of many updates comes in pages', async () => {
    const many = Array.from({ length: 40 }, (_, index) => ({
      ...(sample.updates.find((one) => one.subjectRef === 'APA1.04') ?? {}),
      key: `many-${index}`,
      at: `2024-10-${String((index % 28) + 1).padStart(2, '0')}T09:00:00.000Z`,
      narrative: `Long words about number ${index}. `.repeat(20),
    })) as typeof sample.updates;
    const it = house({ snapshot: { ...sample, updates: [...sample.updates, ...many] } });
    let card: CardJson = (await it.say('P10', 'history APA1.04'))[0] ?? {};
    let pages = 1;
    for (; pages < 30; pages += 1) {
      expect(cardProblems(card)).toEqual([]);
      const next = buttonsOf(card).find((one) => /^Show \d+ more$/.test(one.title));
      if (!next) break;
      card = await it.press('P10', next.verb, next.data);
    }
    expect(pages).toBeGreaterThanOrEqual(44 / 8);
    expect(textOf(card)).toContain('44 updates in all');
  });
});

describe('a card of last month', () => {
  test('takes a new answer, and its list shows what is asked now', async () => {
    const it = house();
    const old = await openForm(it, 'P10', 'action', 'APA1.04');
    const oldList = (await it.say('P10', 'my actions'))[0] ?? {};
    it.clock.set('2025-02-12T10:00:00.000Z');
    const saved = await it.press('P10', 'save', filled(old, 'save', typed));
    expect(textOf(saved)).toMatch(/^Saved ✓ APA1\.04/);
    const now = await it.records.snapshot('send');
    expect(now.updates.at(-1)).toMatchObject({ subjectRef: 'APA1.04', narrative: typed.narrative });
    const open = buttonsOf(oldList).find((one) => one.title === 'Update APA1.04');
    expect(inputsOf(await it.press('P10', 'open', open?.data))['percentComplete']).toMatchObject({ value: 80 });
    const list = await it.press('P10', 'list', { boardId: 'send' });
    expect(textOf(list)).not.toContain('15 January');
    expect(textOf(list)).toContain('Answered on');
  });

  test('asks whose version to keep where somebody changed the same since', async () => {
    const it = house();
    const old = await openForm(it, 'P10', 'action', 'APA1.04');
    it.clock.set('2025-02-12T10:00:00.000Z');
    it.memory.editInSharePoint('send', 'action', 'APA1.04', { percentComplete: 75 });
    await it.records.refresh('send');
    expect(textOf(await it.press('P10', 'save', filled(old, 'save', typed)))).toContain('was changed meanwhile');
  });
});

describe('an owner of forty items', () => {
  const template = sample.actions.find((one) => one.ref === 'APA1.04');
  const long = 'A title of many words that somebody wrote into the plan '.repeat(6);
  const forty = Array.from({ length: 40 }, (_, index) => ({
    ...template,
    ref: `AZZ1.${String(index + 1).padStart(2, '0')}`,
    title: `${long}${index}`,
  })) as typeof sample.actions;
  const snapshot = { ...sample, actions: [...sample.actions, ...forty] };

  test('reaches each within one card that stays small', async () => {
    const it = house({ snapshot });
    let card: CardJson = (await it.say('P10', 'my actions'))[0] ?? {};
    const seen = new Set<string>();
    for (let page = 0; page < 60; page += 1) {
      expect(cardProblems(card)).toEqual([]);
      expect(cardBytes(card)).toBeLessThanOrEqual(cardLimitBytes);
      for (const one of buttonsOf(card)) if (one.verb === 'open') seen.add(String(one.data['ref']));
      const next = buttonsOf(card).find((one) => /^Show \d+ more$/.test(one.title));
      if (!next) break;
      card = await it.press('P10', next.verb, next.data);
    }
    expect(forty.filter((one) => !seen.has(one.ref))).toEqual([]);
  });

  test('is told of the fortieth that it is one of many', async () => {
    const it = house({ snapshot });
    const form = await openForm(it, 'P10', 'action', 'AZZ1.40');
    expect(textOf(form)).toMatch(/\d+ of 4\d\. \d+ more to answer after this/);
  });

  test('is welcomed with five of them and three phrases of their own', async () => {
    const it = house({ snapshot });
    const [card] = it.cardsOf(await it.turn('P10', { type: 'installationUpdate', action: 'add' }));
    expect(cardProblems(card ?? {})).toEqual([]);
    expect(textOf(card ?? {})).toMatch(
      /And 4\d more: press "My actions"\.You can type: "my actions", "(\S+)", "\1 is 60% done"\./,
    );
  });
});

describe('a welcome', () => {
  test('shows what is theirs with its rating in words', async () => {
    const it = house();
    const [card] = it.cardsOf(await it.turn('P10', { type: 'installationUpdate', action: 'add' }));
    expect(textOf(card ?? {})).toContain('APA1.04 Locality profiles. Off track ■: The due date passed');
    expect(buttonsOf(card ?? {}).map((one) => one.title)).toEqual(['My actions']);
  });

  test.each([
    ['P99', '"overdue", "what changed", "next meeting"'],
    ['P98', '"log", "next meeting", "help"'],
    [sample.people.find((one) => one.boardRole === 'secretary')?.ref ?? '', /You can type: ".+", ".+", ".+"\./],
  ])('of %s, who owns little or nothing, offers three phrases that work', async (personRef, examples) => {
    const it = house();
    const [card] = it.cardsOf(await it.turn(personRef, { type: 'installationUpdate', action: 'add' }));
    const shown = textOf(card ?? {});
    expect(shown).toMatch(examples);
    const typedPhrases = /You can type: (.*)\./.exec(shown)?.[1]?.match(/(?<=")[^",]+(?=")/g) ?? [];
    for (const phrase of typedPhrases.filter((one) => !one.includes('60%') && !one.startsWith('no change')))
      expect(textOf((await it.say(personRef, phrase))[0] ?? {})).not.toMatch(/not understood|Let us talk/);
  });
});
