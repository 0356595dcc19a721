// Changing the standing items of the agenda: what fits under which field, and before and after in words.
import { defaultAgenda, type AgendaItem } from '../../bot/board/agenda';
import { agendaDraft, agendaLines } from '../../bot/board/agendaChange';

const slow: AgendaItem = { topic: 'slow', title: 'What is slow', minutes: 40, lead: 'owners' };
const school: AgendaItem = {
  topic: 'other',
  title: 'The new school',
  minutes: 30,
  lead: 'secretary',
  asks: 'Agree the site.',
};
const close: AgendaItem = { topic: 'close', title: 'What was agreed', minutes: 10, lead: 'secretary' };
const issues = (...given: readonly AgendaItem[]) => {
  const drafted = agendaDraft(given);
  return 'issues' in drafted ? drafted.issues.map((one) => `${one.field}: ${one.message}`) : [];
};
const lines = (was: readonly AgendaItem[], is: readonly AgendaItem[]) =>
  agendaLines(was, is).map(({ what, before, after }) => `${what}: ${before} -> ${after}`);

test('is kept tidy, and as no agenda of its own where it is the published one', () => {
  expect(
    agendaDraft([
      { ...slow, title: '  What is slow ' },
      { ...school, asks: ' ' },
    ]),
  ).toEqual({
    items: [slow, { topic: 'other', title: 'The new school', minutes: 30, lead: 'secretary' }],
  });
  expect(agendaDraft(defaultAgenda)).toEqual({ items: undefined });
  expect(agendaDraft(null)).toEqual({ items: undefined });
});

test.each([
  [[], ['items: An agenda has at least one item.']],
  [
    Array.from({ length: 21 }, (_, at) => ({ ...school, title: `Item ${at}` })),
    ['items: An agenda has at most 20 items.'],
  ],
  [[{ ...slow, title: ' ' }], ['items.0.title: Say what the item is about.']],
  [[slow, { ...close, minutes: 0 }], ['items.1.minutes: Give whole minutes from 1 to 240.']],
  [[{ ...slow, minutes: 241 }], ['items.0.minutes: Give whole minutes from 1 to 240.']],
  [[{ ...slow, minutes: 2.5 }], ['items.0.minutes: Give whole minutes from 1 to 240.']],
  [[school, { ...school }], ['items.1.title: Another item has this title.']],
  [[slow, { ...slow, title: 'Again' }], ['items.1.title: This standing item is on the agenda already.']],
  [[{ ...school, asks: 'x'.repeat(121) }], ['items.0.asks: Please write at most 120 characters; these are 121.']],
] as const)('of %j refuses %j', (given, expected) => {
  expect(issues(...given)).toEqual(expected);
});

test('data on a child is refused under its field', () => {
  expect(issues({ ...school, title: 'Pupil with NHS number 943 476 5919' })).toEqual([
    expect.stringMatching(/^items\.0\.title: This seems to hold an NHS number/),
  ]);
});

test('items that came, went or changed have a line each', () => {
  expect(lines([slow, close], [slow, school, { ...close, title: 'The end', minutes: 5 }])).toEqual([
    'Agenda, “What was agreed”: “What was agreed”, 10 minutes, led by the secretary -> “The end”, 5 minutes, led by the secretary',
    'Agenda, “The new school”: not on it -> item 2 of 3, 30 minutes, led by the secretary, asked of the board: Agree the site.',
  ]);
  expect(lines([slow, close], [close])).toEqual([
    'Agenda, “What is slow”: item 1 of 2, 40 minutes, led by the owners -> not on it',
  ]);
});

test('another order is one line', () => {
  expect(lines([slow, school, close], [school, close, slow])).toEqual([
    'Order of the agenda: What is slow; The new school; What was agreed -> The new school; What was agreed; What is slow',
  ]);
  const first: AgendaItem = { topic: 'measures', title: 'Measures', minutes: 20, lead: 'owners' };
  expect(lines([first, slow, school, close], [first, school, slow, close])).toEqual([
    'Order of the agenda: What is slow; The new school -> The new school; What is slow',
  ]);
  expect(lines([slow], [slow])).toEqual([]);
});
