// Release in chat: the secretary looks, releases exactly what was seen, and nothing goes out unseen.
import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf, cardProblems, textOf } from '../cards/checkCard';
import { house, sample } from './house';

const chair = sample.facts.chairRef ?? '';
const secretary = sample.facts.secretaryRef ?? '';
const owner = 'P10';
const member = sample.people.find((one) => one.boardRole === 'member')?.ref ?? '';
const dataOf = (card: CardJson, verb: string) => buttonsOf(card).find((one) => one.verb === verb)?.data;
const verbsOf = (card: CardJson) => buttonsOf(card).map((one) => one.verb);

function onPapersDay() {
  const it = house();
  it.clock.set('2025-01-08T08:30:00.000Z');
  return it;
}
const rowsOf = async (it: ReturnType<typeof house>) =>
  (await it.memory.refresh('send')).loggedRows.filter((one) => one.meetingRef === 'B09');

test.each(['release', 'Release the papers', 'release log'])(
  '%s shows the secretary the draft and who gets it',
  async (words) => {
    const it = onPapersDay();
    const [card = {}] = await it.say(secretary, words);
    expect(cardProblems(card)).toEqual([]);
    const text = textOf(card);
    expect(text).toContain('The log for the meeting: the meeting on Wednesday 15 January 2025');
    expect(text).toContain('8 of 18 open actions are slow to progress');
    expect(text).toContain('Nothing is frozen or shared before you release it.');
    expect(text).toMatch(/Once released it goes to.*Avery Linwood/);
    expect(verbsOf(card)).toEqual(['release', 'release-look']);
    expect(await rowsOf(it)).toEqual([]);
  },
);

test('pressed, exactly what was seen is released; pressed again, nothing new is', async () => {
  const it = onPapersDay();
  const [card = {}] = await it.say(secretary, 'release');
  const done = await it.press(secretary, 'release', dataOf(card, 'release'));
  expect(textOf(done)).toMatch(/^Released: B09-before, [0-9A-F]{4}/);
  const rows = await rowsOf(it);
  expect(rows.length).toBeGreaterThan(40);
  const again = await it.press(secretary, 'release', dataOf(card, 'release'));
  expect(textOf(again)).toContain('The same content was frozen before');
  expect(await rowsOf(it)).toHaveLength(rows.length);
  const [look = {}] = await it.say(secretary, 'release');
  expect(textOf(look)).toContain('there is nothing to do');
  expect(verbsOf(look)).toEqual(['release-look']);
});

test('released in the evening, it says until when nobody is told or given access', async () => {
  const it = onPapersDay();
  it.clock.set('2025-01-08T19:30:00.000Z');
  const [card = {}] = await it.say(secretary, 'release');
  const waits = /nobody is told or given access yet:.*Thursday 9 January 2025, 08:00/;
  expect(textOf(card)).toMatch(waits);
  expect(textOf(await it.press(secretary, 'release', dataOf(card, 'release')))).toMatch(waits);
});

test('a board that moved since is shown again with what changed, and nothing is released', async () => {
  const it = onPapersDay();
  const [card = {}] = await it.say(secretary, 'release');
  it.memory.editInSharePoint('send', 'action', 'APA1.04', { percentComplete: 77 });
  const moved = await it.press(secretary, 'release', dataOf(card, 'release'));
  expect(textOf(moved)).toContain('Nothing was released: the board moved since you looked.');
  expect(textOf(moved)).toContain('APA1.04');
  expect(await rowsOf(it)).toEqual([]);
  const done = await it.press(secretary, 'release', dataOf(moved, 'release'));
  expect(textOf(done)).toMatch(/^Released: B09-before/);
});

test('a changed board is a correction: it names what it corrects and needs a reason', async () => {
  const it = onPapersDay();
  const [card = {}] = await it.say(secretary, 'release');
  await it.press(secretary, 'release', dataOf(card, 'release'));
  it.memory.editInSharePoint('send', 'action', 'APA1.04', { percentComplete: 77 });
  const [second = {}] = await it.say(secretary, 'release');
  expect(textOf(second)).toMatch(/It corrects B09-before, [0-9A-F]{4}/);
  const asked = await it.press(secretary, 'release', dataOf(second, 'release'));
  expect(textOf(asked)).toMatch(/Say why B09-before, [0-9A-F]{4} is corrected\./);
  const data = { ...dataOf(second, 'release'), reason: 'The percentage was wrong.' };
  expect(textOf(await it.press(secretary, 'release', data))).toMatch(/^Released: B09-before/);
});

test('the chair looks and does not release; others are told whose it is', async () => {
  const it = onPapersDay();
  const [card = {}] = await it.say(chair, 'release');
  expect(textOf(card)).toContain('The secretary releases it.');
  expect(verbsOf(card)).toEqual(['release-look']);
  const [mine = {}] = await it.say(secretary, 'release');
  for (const ref of [chair, owner, member]) {
    const refused = await it.press(ref, 'release', dataOf(mine, 'release'));
    expect(textOf(refused)).toContain('That is for the secretary');
  }
  for (const ref of [owner, member]) {
    const [told = {}] = await it.say(ref, 'release');
    expect(textOf(told)).toContain('That is for the secretary');
  }
  expect(await rowsOf(it)).toEqual([]);
});

test('what blocks the release is named by its record, and there is no button', async () => {
  const it = onPapersDay();
  it.memory.editInSharePoint('send', 'action', 'APA1.04', {
    blocker: { text: 'Child 943 476 5919 waits.', accepted: false },
  });
  const [card = {}] = await it.say(secretary, 'release');
  expect(textOf(card)).toMatch(/It cannot be released: redact this in SharePoint first.*APA1\.04/);
  expect(textOf(card)).not.toContain('943 476');
  expect(verbsOf(card)).toEqual(['release-look']);
});

test('release after is of the last meeting', async () => {
  const it = onPapersDay();
  const [card = {}] = await it.say(secretary, 'release after');
  expect(textOf(card)).toContain('The log after the meeting: the meeting on Wednesday 27 November 2024');
  expect(textOf(card)).not.toContain('Once released it goes to');
});

test('odd data release nothing', async () => {
  const it = onPapersDay();
  const seen = `${'a'.repeat(64)}@2025-01-08T08:30:00.000Z`;
  const text = textOf(
    await it.press(secretary, 'release', { boardId: 'send', meetingRef: 'B09', kind: 'for the meeting', seen }),
  );
  expect(text).toContain('Nothing was released');
  expect(await rowsOf(it)).toEqual([]);
});
