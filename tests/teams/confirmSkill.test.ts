// "Confirm plan" in chat, in its words: what is agreed to, by whom, and when what was held back really goes out.
import { buttonsOf, cardProblems, textOf } from '../cards/checkCard';
import { filled, house, sample } from './house';

const secretary = sample.facts.secretaryRef ?? '';
const chair = sample.facts.chairRef ?? '';
/** B11 follows B10 so closely that its plan is squeezed; its request is due on Wednesday 5 March, 09:00. */
const before = '2025-03-03T10:00:00.000Z';
const due = '2025-03-06T10:00:00.000Z';
const evening = '2025-03-06T20:30:00.000Z';

async function asked(at: string, who = secretary) {
  const it = house();
  it.clock.set(at);
  const [card = {}] = await it.say(who, 'confirm plan');
  expect(cardProblems(card)).toEqual([]);
  return { it, card };
}

async function confirmed(at: string) {
  const { it, card } = await asked(at);
  return textOf(await it.press(secretary, 'plan-confirm', filled(card, 'plan-confirm')));
}

test('the card names each day, what falls away, and that nobody is asked before', async () => {
  const { card } = await asked(before);
  const text = textOf(card);
  expect(text).toMatch(/^Confirm the plan for Wednesday 26 March 2025\?/u);
  expect(text).toContain('The update request: Wednesday 5 March 2025');
  expect(text).toContain('The reminder: ');
  expect(text).toContain('Answers are due by Monday 17 March 2025, 17:00.');
  expect(text).toContain('Nobody is asked before you confirm.');
  expect(buttonsOf(card).map((one) => one.verb)).toEqual(['plan-confirm']);
});

test.each([
  [
    'before anything is due',
    before,
    'Nothing of it is due yet. The next message of the cycle goes out on Wednesday 5 March',
  ],
  ['on a working morning', due, 'What is due now goes out at once.'],
  ['in the evening', evening, 'What is due now waits. Messages go out from 08:00 to 18:00 on working days'],
])('%s it says when what is due goes out', async (_when, at, words) => {
  const text = await confirmed(at);
  expect(text).toMatch(/^The plan is confirmed/u);
  expect(text.replaceAll('.The', '. The')).toContain(words);
});

test('while sending is paused it says so', async () => {
  const { it } = await asked(due);
  const [pause = {}] = await it.say(secretary, 'pause because the server moves');
  await it.press(secretary, 'pause-save', filled(pause, 'pause-save'));
  const [card = {}] = await it.say(secretary, 'confirm the plan');
  const text = textOf(await it.press(secretary, 'plan-confirm', filled(card, 'plan-confirm')));
  expect(text).toContain('What is due now waits. Sending is paused since');
});

test('nothing is confirmed twice, by others, or where nothing waits', async () => {
  const { it, card } = await asked(before);
  const data = filled(card, 'plan-confirm');
  expect(textOf(await it.press(chair, 'plan-confirm', data))).toMatch(/^Nothing was changed.*secretary/u);
  await it.press(secretary, 'plan-confirm', data);
  const again = await it.press(secretary, 'plan-confirm', { ...data, nonce: 'another-nonce' });
  expect(textOf(again)).toContain('is confirmed already');
  const [none = {}] = await it.say(secretary, 'confirm plan');
  expect(textOf(none)).toContain('does not wait for anybody');
  const [refused = {}] = await it.say(chair, 'confirm plan');
  expect(textOf(refused)).toMatch(/^That is for the secretary/u);
  expect((await it.invoke(secretary, 'plan-confirm', { boardId: 'send' })).type).toContain('error');
});
