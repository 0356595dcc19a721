// A value of a plan beside the board's: what counts as the same, and how both are said in a report.
import { describe, expect, test } from '@jest/globals';
import { changeOf, sameValue, valueAt } from '../../bot/board/planCompare';
import { aMeasure, aRisk } from '../fixtures/builders';

describe('the value under a dotted name', () => {
  test('is found within a record', () => {
    expect(valueAt(aRisk(), 'inherent.likelihood')).toBe(4);
  });

  test.each([
    ['there is no record', undefined, 'title'],
    ['the record has no such part', aMeasure(), 'blocker.text'],
    ['a part is null', { blocker: null }, 'blocker.text'],
    ['a part is a plain value', { blocker: 'staff' }, 'blocker.text'],
  ])('is nothing when %s', (_, record, name) => {
    expect(valueAt(record, name)).toBeUndefined();
  });
});

describe('two values', () => {
  test.each([
    ['nothing and an empty text', undefined, ''],
    ['null and an empty list', null, []],
    ['texts that differ in line ends and outer spaces', 'one\r\ntwo ', 'one\ntwo'],
    ['lists of the same texts', ['K1', 'K2'], ['K1', 'K2']],
    ['a figure and the same figure', 60, 60],
  ])('are the same: %s', (_, one, other) => {
    expect(sameValue(one, other)).toBe(true);
  });

  test.each([
    ['a text and nothing', 'one', undefined],
    ['nothing and a text', null, 'one'],
    ['an empty cell and nought', '', 0],
    ['lists in another order', ['K1', 'K2'], ['K2', 'K1']],
    ['one text with a semicolon and two texts', ['a; b'], ['a', 'b']],
    ['yes and no', true, false],
  ])('differ: %s', (_, one, other) => {
    expect(sameValue(one, other)).toBe(false);
  });
});

describe('a change says', () => {
  test('the title of its column', () => {
    expect(changeOf('action', 'dueOn', '2025-09-30', '2025-10-31')).toEqual({
      field: 'dueOn',
      title: 'Due date',
      before: '30 September 2025',
      after: '31 October 2025',
    });
  });

  test('the name of a field that no column holds', () => {
    expect(changeOf('action', 'blocker.accepted', false, true)).toMatchObject({ title: 'blocker.accepted' });
  });

  test.each([
    ['a status of delivery by its word', 'action', 'deliveryStatus', 'off-track', 'complete', 'Off track', 'Complete'],
    ['a status that is none as it stands', 'action', 'deliveryStatus', 'lost', 'on-track', 'lost', 'On track'],
    [
      'a status of effect by its word',
      'action',
      'effectStatus',
      'too-early',
      'some-evidence',
      'Too early to say',
      'Some evidence of effect',
    ],
    ['an effect that is none as it stands', 'action', 'effectStatus', 'great', undefined, 'great', ''],
    ['a status word in another column as it stands', 'action', 'title', 'complete', 'on-track', 'complete', 'on-track'],
    ['which way a measure is better', 'measure', 'lowerIsBetter', true, false, 'lower', 'higher'],
    ['a flag as yes or no', 'body', 'volunteer', true, false, 'yes', 'no'],
    ['a figure with two decimals at most', 'measure', 'tolerance', 2, 1.256, '2', '1.26'],
    ['a list in one line', 'action', 'measureRefs', ['K1', 'K2'], [], 'K1; K2', ''],
    [
      'a trajectory by its quarters',
      'measure',
      'trajectory',
      undefined,
      [
        { quarter: '2025-Q1', value: 55 },
        { quarter: '2025-Q2', value: 62.5 },
      ],
      '',
      '2025-Q1: 55; 2025-Q2: 62.5',
    ],
  ] as const)('%s', (_, kind, name, before, after, beforeWords, afterWords) => {
    expect(changeOf(kind, name, before, after)).toMatchObject({ before: beforeWords, after: afterWords });
  });
});
