// A changed binding in words: lists, columns, words of the site, and what holds for empty cells.
import { bindingLines } from '../../bot/board/bindingLines';
import { plainName, shownName } from '../../bot/board/siteNames';

const lines = (was: object, is: object) =>
  bindingLines({ lists: { Actions: was } }, { lists: { Actions: is } }).map(
    ({ what, before, after }) => `${what}: ${before}, then ${after}`,
  );

test('names are shown as people read them', () => {
  expect(shownName('By_x0020_when')).toBe('By when');
  expect(['CurrentLikelihood', 'Ref', 'DueOn'].map(plainName)).toEqual(['Current likelihood', 'Ref', 'Due on']);
});

test('another list is told by its title, and one that is not kept as that alone', () => {
  expect(lines({}, { title: 'Our plan' })).toEqual([
    'The list for Actions: the list “Actions”, then the list “Our plan”',
  ]);
  expect(
    bindingLines({ lists: { Risks: { title: 'Register', columns: { Ref: 'No' } } } }, { lists: { Risks: null } }),
  ).toEqual([{ what: 'The list for Risks', before: 'the list “Register”', after: 'not kept by the council' }]);
  expect(bindingLines({ lists: { Risks: null } }, {})).toEqual([
    { what: 'The list for Risks', before: 'not kept by the council', after: 'the list “Risks”' },
  ]);
  expect(bindingLines({}, {})).toEqual([]);
});

test.each([
  [undefined, 'By_x0020_when', 'the column “DueOn”, then the column “By when”'],
  ['By', null, 'the column “By”, then not kept by the council'],
  [
    'By',
    { name: 'When', as: 'dd/mm/yyyy', empty: ['TBC', 'n/a'] },
    'the column “By”, then the column “When”, dates written like 05/01/2025, empty where it says “TBC” or “n/a”',
  ],
  [
    { name: 'When', part: { separator: ' ', at: 0 } },
    { name: 'When', as: 'a style to come' },
    'the column “When”, a part of its cell, then the column “When”, a style to come',
  ],
])('a column that was %j and is %j', (was, is, expected) => {
  const given = was === undefined ? {} : { columns: { DueOn: was } };
  expect(lines(given, { columns: { DueOn: is } })).toEqual([`Actions, Due on: ${expected}`]);
});

test('words, empty cells and rows that are no records are told one by one', () => {
  expect(
    lines(
      { words: { DeliveryStatus: { Red: 'off-track', Amber: 'at-risk' } }, leaveOut: [{ Title: 'empty' }] },
      {
        words: { DeliveryStatus: { Red: 'off-track', Mauve: 'off-track' } },
        defaults: { EffectStatus: 'too-early' },
      },
    ),
  ).toEqual([
    'Actions, the word “Amber” of Delivery status: “at risk”, then not said',
    'Actions, the word “Mauve” of Delivery status: not said, then “off track”',
    'Actions, Effect status where the cell is empty: nothing said, then "too-early"',
    'Actions, rows that are no records: [{"Title":"empty"}], then nothing said',
  ]);
});
