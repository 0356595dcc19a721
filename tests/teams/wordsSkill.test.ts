import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf, cardProblems, inputsOf, textOf } from '../cards/checkCard';
import { filled, house } from './house';

const none: CardJson = {};

/** What the inputs of a card hold. */
function valuesOf(card: CardJson): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(inputsOf(card)).flatMap(([id, input]) => ('value' in input ? [[id, input['value']]] : [])),
  );
}

describe('words instead of forms', () => {
  test('fill the form of the item, say what was read, and save nothing', async () => {
    const it = house();
    const [card = none, ...rest] = await it.say(
      'P10',
      'APA1.04 is 65% done, waiting for the ICB extract, should land by 14 February. Two providers have not split their activity.',
    );
    expect(rest).toEqual([]);
    expect(cardProblems(card)).toEqual([]);
    expect(textOf(card)).toContain(
      'I read: 65% done; forecast Friday 14 February 2025; what happened: "Two providers have not split their activity."; in the way: "Waiting for the ICB extract"; waiting for Hertland ICB. Check and press Save.',
    );
    expect(valuesOf(card)).toMatchObject({
      percentComplete: 65,
      forecastOn: '2025-02-14',
      waitingOnBody: 'Hertland ICB',
      deliveryStatus: 'off-track',
    });
    expect(it.memory.operations).toEqual([]);
  });

  test('are saved by the button beside what was read', async () => {
    const it = house();
    const [card = none] = await it.say('P10', 'apa1-6 90%, now at risk as the model waits for two schools');
    const after = await it.press('P10', 'save', filled(card, 'save'));
    expect(textOf(after)).toMatch(
      /^Saved ✓ APA1\.06 .*Recorded: status: on track → at risk; percentage: 85 → 90; what happened/u,
    );
    const now = await it.records.snapshot('send');
    expect(now.updates.at(-1)).toMatchObject({
      subjectRef: 'APA1.06',
      byRef: 'P10',
      narrative: 'The model waits for two schools.',
    });
  });

  test('change nothing that was not said', async () => {
    const it = house();
    const [card = none] = await it.say('P10', 'APA1.06 90%');
    await it.press('P10', 'save', filled(card, 'save'));
    expect((await it.records.snapshot('send')).updates.at(-1)).toMatchObject({
      after: { percentComplete: 90 },
      noChange: false,
    });
  });

  test('"no change" needs one press', async () => {
    const it = house();
    const [card = none] = await it.say('P10', 'no change on apa1.06');
    expect(textOf(card)).toContain('I read: no change. Check and press No change.');
    await it.press('P10', 'no-change', filled(card, 'no-change'));
    expect((await it.records.snapshot('send')).updates.at(-1)).toMatchObject({ subjectRef: 'APA1.06', noChange: true });
  });

  test('a reading goes to the month that was said', async () => {
    const it = house();
    const [card = none] = await it.say('P10', 'M01 December 89');
    expect(textOf(card)).toContain('I read: 89 for December 2024.');
    await it.press('P10', 'save', filled(card, 'save'));
    const now = await it.records.snapshot('send');
    expect(now.readings.at(-1)).toMatchObject({ measureRef: 'M01', period: '2024-12', value: 89 });
  });

  test('several items get a card each, saved in any order, each turning into its receipt', async () => {
    const it = house();
    const cards = await it.say('P07', 'R03 impact now 4 because the locum left. AFI3.06 65%\nno change on AFI3.04');
    expect(cards).toHaveLength(3);
    for (const card of cards) expect(cardProblems(card)).toEqual([]);
    const [, second = none, third = none] = cards;
    expect(textOf(third)).toContain('3 of 3, each saved by itself');
    const saved = await it.press('P07', 'no-change-heard', filled(third, 'no-change-heard'));
    expect(textOf(saved)).toMatch(/^Saved ✓ AFI3\.04 .*No change/u);
    expect(inputsOf(saved)).toEqual({});
    const twice = await Promise.all([1, 2].map(() => it.invoke('P07', 'save-heard', filled(second, 'save-heard'))));
    for (const one of twice) expect(textOf(one.value)).toMatch(/^Saved ✓ AFI3\.06/u);
    expect(it.memory.operations).toHaveLength(2);
  });

  test('of several, one that is refused keeps what was typed and stays one of several', async () => {
    const it = house();
    const [card = none] = await it.say('P07', 'AFI3.06 65%\nR03 impact 4');
    const again = await it.press('P07', 'save-heard', filled(card, 'save-heard', { percentComplete: 140 }));
    expect(textOf(again)).toContain('The percentage must be a whole number from 0 to 100.');
    expect(buttonsOf(again).map((one) => one.verb)).toContain('save-heard');
    expect(await it.invoke('P07', 'save-heard', { boardId: 'send', nothing: true })).toMatchObject({ statusCode: 400 });
  });

  test('what is not sure is asked, with no Save before it is looked at', async () => {
    const it = house();
    const [card = none] = await it.say('P10', 'APA1.06 about two thirds done, finish next friday');
    expect(textOf(card)).toContain('Check below and press Save.');
    expect(textOf(card)).toContain('"about two thirds done" is about 67%: type the number that is right.');
    expect(textOf(card)).toContain(
      '"next friday" may be Friday 10 January 2025 or Friday 17 January 2025: choose the date.',
    );
    expect(buttonsOf(card).filter((one) => one.verb === 'save')).toHaveLength(1);
  });

  test('an item of somebody else is refused, one that is none gets the nearest', async () => {
    const it = house();
    const [other = none] = await it.say('P10', 'AFI4.01 60%');
    expect(textOf(other)).toContain('AFI4.01 is not yours to answer');
    const [unknown = none] = await it.say('P10', 'ABP1.04 60% done');
    expect(textOf(unknown)).toContain('"ABP1.04" is no one item of this board. It may be APA1.04 (Locality profiles)');
    expect(textOf(unknown)).toContain('What you said of it, "60% done", was not used.');
    const cards = await it.say('P10', 'the weather is bad today\nAPA1.06 90%');
    expect(textOf(cards[1] ?? none)).toContain('Not used: "the weather is bad today".');
  });

  test('the secretary may answer for others by words too', async () => {
    const it = house();
    const [card = none] = await it.say('P15', 'AFI4.05 80%, post filled at last');
    expect(textOf(card)).toContain('You answer for Helena Starrick');
  });

  test('more than five items are sent again, none is lost in silence', async () => {
    const it = house();
    const refs = ['R03', 'R08', 'AFI2.04', 'AFI3.04', 'AFI3.06', 'R03.2', 'R02.2'];
    const cards = await it.say('P07', refs.map((ref) => `${ref} no change`).join('\n'));
    expect(cards).toHaveLength(6);
    expect(textOf(cards[5] ?? none)).toContain('Please send these again: R03.2 and R02.2.');
  });

  test('an answer without an item is asked for one', async () => {
    const it = house();
    const [card = none] = await it.say('P10', '60% done');
    expect(textOf(card)).toContain('Which item is that about?');
    expect(textOf(card)).toMatch(/Begin with its reference: "APA1\.04 60% done"/u);
  });

  test.each(['what changed on APA1.06?', 'good morning', 'the weather is bad today'])(
    '%j is no update',
    async (text) => {
      const it = house();
      const cards = await it.say('P10', text);
      expect(textOf(cards[0] ?? none)).not.toContain('I read:');
    },
  );

  test('people’s text stays text and a long one stays below the limit', async () => {
    const it = house();
    const [card = none] = await it.say(
      'P10',
      `APA1.06 90%. [click](https://evil.example) **bold** ${'word after word '.repeat(280)}`,
    );
    expect(cardProblems(card)).toEqual([]);
    expect(textOf(card)).toContain('characters; at most 1,000 can be saved');
  });
});
