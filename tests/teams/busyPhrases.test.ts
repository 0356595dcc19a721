// Short words of busy people: all mine no change, agenda, what's slow, remind everyone, the deadline; with the slips they make.
import type { CardJson } from '../../bot/cards/kit';
import { buttonsOf, cardProblems, inputsOf, textOf } from '../cards/checkCard';
import { filled, house, sample } from './house';

const secretary = sample.facts.secretaryRef ?? '';
const owner = 'P10';

async function ask(it: ReturnType<typeof house>, who: string, text: string): Promise<CardJson> {
  const [card = {}, ...rest] = await it.say(who, text);
  expect(rest).toEqual([]);
  expect(cardProblems(card)).toEqual([]);
  return card;
}

describe('understood', () => {
  const it = house();
  test.each([
    ['agenda', /^Agenda for Wednesday 15 January 2025/],
    ['whats on the agenda?', /^Agenda for /],
    ['agneda', /^Agenda for /],
    ["what's slow", /^\d+ of \d+ open actions are slow to progress/],
    ['whats slow', /^\d+ of \d+ open actions/],
    ['what is slow?', /^\d+ of \d+ open actions/],
    ['whats slwo', /^\d+ of \d+ open actions/],
    ['when is the deadline', /^Next meeting: .*Answers are due by Monday 6 January/],
    ['whens the deadline?', /^Next meeting: /],
    ['when is the dedline', /^Next meeting: /],
    ['deadlines', /^Next meeting: /],
    ['when do you need it by?', /^Next meeting: /],
    ['all mine no change', /^No change on these \d items\?/],
    ['No change on all of mine', /^No change on these/],
    ['all mine no chnage', /^No change on these/],
    ['nothing has changed', /^No change on these/],
    ['remind everyone', /^That is for the secretary/],
  ])('%j', async (text, shown) => {
    expect(textOf(await ask(it, owner, text))).toMatch(shown);
  });

  test('and none of them is listed twice by help', async () => {
    const text = textOf(await ask(it, secretary, 'help'));
    expect(text).toContain('agenda: the items of the next meeting');
    expect(text).toContain('remind everyone: a reminder to all');
    expect(text).not.toContain('when is the deadline');
  });
});

test('the agenda says when each item begins and who leads it', async () => {
  const card = await ask(house(), owner, 'agenda');
  expect(textOf(card)).toContain('1. Welcome, and the lived experience of children and families');
  expect(textOf(card)).toMatch(/10 am, led by families\./u);
});

describe('all mine no change', () => {
  const asked = async (it: ReturnType<typeof house>) => ask(it, owner, 'all mine no change');

  test('is a form: nothing is saved before the button, and off track wants a line', async () => {
    const it = house();
    const card = await asked(it);
    expect(it.memory.operations).toEqual([]);
    const whys = Object.keys(inputsOf(card));
    expect(whys).toEqual(expect.arrayContaining(['why:APA1.04']));
    const refused = await it.press(owner, 'all-no-change', filled(card, 'all-no-change'));
    expect(textOf(refused)).toContain('please say in a line why nothing has changed');
    const rest = await it.press(
      owner,
      'all-no-change',
      filled(
        refused,
        'all-no-change',
        Object.fromEntries(whys.map((id) => [id, 'Still waiting for the ICB extract.'])),
      ),
    );
    expect(textOf(rest)).toMatch(/^No change on \d items?Recorded as not changed: /u);
    const { updates } = await it.memory.refresh('send');
    const mine = updates.filter((one) => one.byRef === owner && one.noChange && one.at >= '2025-01-06T09:00');
    expect(mine.map((one) => one.subjectRef)).toContain('APA1.04');
    expect(new Set(mine.map((one) => one.subjectRef)).size).toBe(mine.length);
  });

  test('pressed twice records once, and what another changed meanwhile is left for a look', async () => {
    const it = house();
    const card = await asked(it);
    const why = Object.fromEntries(Object.keys(inputsOf(card)).map((id) => [id, 'Still waiting for the extract.']));
    const data = filled(card, 'all-no-change', why);
    it.memory.editInSharePoint('send', 'action', 'APA1.04', { deliveryStatus: 'at-risk' });
    await it.memory.refresh('send');
    const first = await it.press(owner, 'all-no-change', data);
    const saved = it.memory.operations.length;
    await it.press(owner, 'all-no-change', data);
    expect(it.memory.operations).toHaveLength(saved);
    expect(textOf(first)).toContain('Recorded as not changed');
  });

  test('says what it leaves out: readings and what one answers for others', async () => {
    const it = house();
    const someone = sample.measures.find((one) => one.ownerRef !== undefined && !one.computed)?.ownerRef ?? '';
    const text = textOf(await ask(it, someone, 'all mine no change'));
    expect(text).toMatch(/where a reading is asked for|No change on|Nothing of yours waits/u);
    expect(textOf(await ask(it, 'P99', 'all mine no change'))).toContain('Nothing of yours waits for an answer');
  });

  test('a text that may identify somebody is confirmed or reworded first', async () => {
    const it = house();
    const card = await asked(it);
    const why = { 'why:APA1.04': 'The family of 3 children in the village moved away.' };
    const others = Object.keys(inputsOf(card)).filter((id) => id !== 'why:APA1.04');
    const typed = { ...why, ...Object.fromEntries(others.map((id) => [id, 'Still waiting for the extract.'])) };
    const warned = await it.press(owner, 'all-no-change', filled(card, 'all-no-change', typed));
    expect(textOf(warned)).toContain('Please check before it goes to the board');
    const sure = buttonsOf(warned).find((one) => one.data['confirmed'] === true);
    const done = await it.press(owner, 'all-no-change', { ...sure?.data, ...typed });
    expect(textOf(done)).toContain('Recorded as not changed: APA1.04');
  });

  test('a card that cannot be read, or names what is not theirs, records nothing', async () => {
    const it = house();
    expect((await it.invoke(owner, 'all-no-change', { boardId: 'send' })).type).toBe('application/vnd.microsoft.error');
    const foreign = { boardId: 'send', nonce: 'a-nonce-of-ours', items: [{ kind: 'action', ref: 'AFI2.02' }] };
    expect(textOf(await it.press(owner, 'all-no-change', foreign))).toContain(
      'AFI2.02 is not yours to answer any more',
    );
    expect(it.memory.operations).toEqual([]);
  });
});

describe('remind everyone', () => {
  /** A working day on which no step of the cycle goes out. */
  const quietMorning = '2025-01-02T10:00:00.000Z';

  test('shows the secretary who would be reminded, and reminds those and nobody else, once a day', async () => {
    const it = house();
    it.clock.set(quietMorning);
    const card = await ask(it, secretary, 'remind everyone');
    expect(textOf(card)).toMatch(/^Remind \d+ (?:people|person) now\?/u);
    expect(await it.ledger.entries('send', 'B09')).toEqual([]);
    const data = filled(card, 'nudge-send') as { personRefs: readonly string[] };
    const done = await it.press(secretary, 'nudge-send', data);
    expect(textOf(done)).toMatch(/reminders? on the way/u);
    const planned = (await it.ledger.entries('send', 'B09')).map((one) => one.personRef);
    expect([...planned].sort()).toEqual([...data.personRefs].sort());
    const again = await it.press(secretary, 'nudge-send', data);
    expect(textOf(again)).toContain('Nobody is reminded now');
    expect(textOf(await ask(it, secretary, 'chase everyone'))).toContain('Nobody is left to remind');
  });

  test('says why nobody is reminded in the evening, and refuses everybody else’s press', async () => {
    const it = house();
    it.clock.set(quietMorning);
    const data = filled(await ask(it, secretary, 'remind everyone'), 'nudge-send');
    expect(textOf(await it.press(owner, 'nudge-send', data))).toContain('That is for the secretary');
    expect((await it.invoke(secretary, 'nudge-send', { boardId: 'send' })).type).toContain('error');
    it.clock.set('2025-01-06T20:00:00.000Z');
    expect(textOf(await ask(it, secretary, 'remind everyone'))).toContain('Messages go out from 08:00 to 18:00');
    expect(await it.ledger.entries('send', 'B09')).toEqual([]);
  });
});
