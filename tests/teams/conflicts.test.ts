import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf, cardProblems, inputsOf, textOf } from '../cards/checkCard';
import { filled, house, openForm, sample } from './house';

const owner = 'P10';
const secretary = sample.facts.secretaryRef ?? '';
type House = ReturnType<typeof house>;

/** Somebody else answers an item, so that whoever has its form open holds an older version. */
async function secretarySays(it: House, ref: string, typed: Record<string, unknown>): Promise<void> {
  const form = await openForm(it, secretary, 'action', ref);
  const narrative = 'Agreed with the provider on the telephone.';
  const card = await it.press(secretary, 'save', filled(form, 'save', { narrative, ...typed }));
  expect(textOf(card)).toContain('Saved');
}
const actionOf = async (it: House, ref: string) =>
  (await it.memory.snapshot('send')).actions.find((one) => one.ref === ref);
const saidOf = async (it: House, ref: string) =>
  (await it.memory.snapshot('send')).updates.filter((one) => one.subjectRef === ref && one.byRef === owner).at(-1);
function button(card: CardJson, title: string) {
  const found = buttonsOf(card).find((one) => one.title === title);
  if (!found) throw new Error(`no button ${title}`);
  return found;
}

describe('several items of one message that others changed meanwhile', () => {
  const message = [
    'APA1.04 is 75% done, five of the six profiles are published now.',
    'APA1.06 is 55% done, the forecast model is agreed with schools.',
    'R02.1 in progress, the second term is forecast.',
  ].join('\n');

  async function heard() {
    const it = house();
    const cards = await it.say(owner, message);
    expect(cards.map((card) => /(Action|Mitigation) \w+\.\d+/.exec(textOf(card))?.[0])).toEqual([
      'Action APA1.04',
      'Action APA1.06',
      'Mitigation R02.1',
    ]);
    const [first = {}, second = {}, third = {}] = cards;
    await secretarySays(it, 'APA1.04', { percentComplete: '71' });
    await secretarySays(it, 'APA1.06', { percentComplete: '52' });
    return { it, first, second, third };
  }

  test('each asks for itself, says where it stands in the message, and ends with its own receipt', async () => {
    const { it, first, second, third } = await heard();
    const [one, two] = [
      await it.press(owner, 'save-heard', filled(first, 'save-heard')),
      await it.press(owner, 'save-heard', filled(second, 'save-heard')),
    ];
    expect(textOf(one)).toMatch(
      /^APA1\.04 was changed meanwhile.*1 of 3, each saved by itself.*Marlow Finchley changed it on \w+ \d+ \w+ \d{4}, \d\d:\d\d, after/,
    );
    expect(textOf(one)).toContain('Now in the record: 71Yours: 75');
    expect(textOf(two)).toMatch(/^APA1\.06 was changed meanwhile.*2 of 3, each saved by itself/);
    expect(textOf(two)).toContain('Now in the record: 52Yours: 55');
    expect((await actionOf(it, 'APA1.04'))?.percentComplete).toBe(71);

    const kept = await it.press(owner, 'resolve-heard', filled(one, 'resolve-heard'));
    expect(textOf(kept)).toMatch(/^Saved ✓ APA1\.04 Locality profiles\. Recorded: percentage: 71 → 75/);
    expect(inputsOf(kept)).toEqual({});
    const left = await it.press(
      owner,
      'resolve-heard',
      filled(two, 'resolve-heard', { 'keep:percentComplete': 'theirs' }),
    );
    expect(textOf(left)).toMatch(/^Saved ✓ APA1\.06/);
    expect(inputsOf(left)).toEqual({});
    expect(textOf(await it.press(owner, 'save-heard', filled(third, 'save-heard')))).toMatch(/^Saved ✓ R02\.1/);

    expect((await actionOf(it, 'APA1.04'))?.percentComplete).toBe(75);
    expect((await actionOf(it, 'APA1.06'))?.percentComplete).toBe(52);
    // What was written beside the figure is kept, whichever figure was.
    expect((await saidOf(it, 'APA1.04'))?.narrative).toMatch(/five of the six profiles/i);
    expect((await saidOf(it, 'APA1.06'))?.narrative).toMatch(/forecast model is agreed/i);
  });

  test('an answer can be edited over what is in the record now, and is still one of the three', async () => {
    const { it, first } = await heard();
    const one = await it.press(owner, 'save-heard', filled(first, 'save-heard'));
    const edit = button(one, 'Edit my answer');
    const form = await it.press(owner, edit.verb, edit.data);
    expect(inputsOf(form)['percentComplete']).toMatchObject({ value: expect.anything() });
    expect(String(inputsOf(form)['percentComplete']?.['value'])).toBe('75');
    expect(String(inputsOf(form)['narrative']?.['value'])).toMatch(/five of the six profiles/i);
    const saved = await it.press(owner, 'save-heard', filled(form, 'save-heard', { percentComplete: '73' }));
    expect(textOf(saved)).toMatch(/^Saved ✓ APA1\.04 Locality profiles\. Recorded: percentage: 71 → 73/);
    expect(inputsOf(saved)).toEqual({});
  });

  test('a change after the choice asks once more, with nothing lost', async () => {
    const { it, first } = await heard();
    const one = await it.press(owner, 'save-heard', filled(first, 'save-heard'));
    await secretarySays(it, 'APA1.04', { percentComplete: '72' });
    const again = await it.press(owner, 'resolve-heard', filled(one, 'resolve-heard'));
    expect(textOf(again)).toContain('Now in the record: 72Yours: 75');
    expect(textOf(again)).toContain('1 of 3, each saved by itself');
    const kept = await it.press(owner, 'resolve-heard', filled(again, 'resolve-heard'));
    expect(textOf(kept)).toContain('Recorded: percentage: 72 → 75');
    expect((await saidOf(it, 'APA1.04'))?.narrative).toMatch(/five of the six profiles/i);
  });

  test('a choice pressed twice is saved once', async () => {
    const { it, first } = await heard();
    const one = await it.press(owner, 'save-heard', filled(first, 'save-heard'));
    const data = filled(one, 'resolve-heard');
    const [receipt, repeated] = [
      await it.press(owner, 'resolve-heard', data),
      await it.press(owner, 'resolve-heard', data),
    ];
    expect(textOf(repeated)).toBe(textOf(receipt));
    const { updates } = await it.memory.snapshot('send');
    expect(updates.filter((update) => update.after['percentComplete'] === 75)).toHaveLength(1);
  });
});

describe('an item of the list that somebody changed meanwhile', () => {
  async function conflicted(theirs: Record<string, unknown>, mine: Record<string, unknown>) {
    const it = house();
    const form = await openForm(it, owner, 'action', 'APA1.04');
    await secretarySays(it, 'APA1.04', theirs);
    const narrative = 'All but one of the profiles are out now.';
    const card = await it.press(owner, 'save', filled(form, 'save', { narrative, ...mine }));
    expect(cardProblems(card)).toEqual([]);
    return { it, card, form };
  }

  test('says where the person is, and goes on to the next after the choice', async () => {
    const { it, card, form } = await conflicted({ percentComplete: '71' }, { percentComplete: '90' });
    const [place] = /\d of \d/.exec(textOf(form)) ?? [];
    expect(place).toBe('3 of 6');
    expect(textOf(card)).toMatch(/^APA1\.04 was changed meanwhileLocality profiles\d of 6/);
    expect(textOf(card)).toContain('Saved with it, as you wrote it: All but one of the profiles are out now.');
    const next = await it.press(owner, 'resolve', filled(card, 'resolve'));
    expect(textOf(next)).toMatch(/^Saved ✓ APA1\.04.*percentage: 71 → 90.*Mitigation R02\.1.*\d of 6/);
    expect(Object.keys(inputsOf(next)).length).toBeGreaterThan(0);
  });

  test('lets two texts stand together', async () => {
    const { it, card } = await conflicted(
      { blocker: 'The extract of the ICB is late.', percentComplete: '71' },
      { blocker: 'No analyst in February', percentComplete: '71' },
    );
    const choices = inputsOf(card)['keep:blocker']?.['choices'] as readonly { readonly title: string }[];
    expect(choices.map((one) => one.title)).toContain('Both, one after the other');
    await it.press(owner, 'resolve', filled(card, 'resolve', { 'keep:blocker': 'both' }));
    const action = await actionOf(it, 'APA1.04');
    expect(action?.blocker?.text).toBe('The extract of the ICB is late; No analyst in February');
    expect(action?.percentComplete).toBe(71);
  });

  test('offers no merging of figures, nor of texts too long for the field', async () => {
    const long = (word: string): string => `${word} `.repeat(90).trim();
    const { card } = await conflicted(
      { blocker: long('late'), percentComplete: '71' },
      { blocker: long('away'), percentComplete: '90' },
    );
    const titles = Object.values(inputsOf(card)).map((one) => (one['choices'] as readonly unknown[]).length);
    expect(titles).toEqual([2, 2]);
  });

  test('asks about each field that both changed, and about no other', async () => {
    const { it, card } = await conflicted(
      { percentComplete: '71', effectStatus: 'some-evidence' },
      { percentComplete: '90', forecastOn: '2025-03-07' },
    );
    expect(Object.keys(inputsOf(card))).toEqual(['keep:percentComplete']);
    await it.press(owner, 'resolve', filled(card, 'resolve', { 'keep:percentComplete': 'theirs' }));
    expect(await actionOf(it, 'APA1.04')).toMatchObject({
      percentComplete: 71,
      effectStatus: 'some-evidence',
      forecastOn: '2025-03-07',
    });
  });
});
