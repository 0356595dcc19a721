// The small words of every sentence.
import { expect, test } from '@jest/globals';
import {
  count,
  distance,
  figure,
  listed,
  monthName,
  plain,
  quorumWords,
  sentence,
  small,
} from '../../bot/board/wording';

test('counts name their things, one or more', () => {
  expect([count(1, 'action'), count(2, 'action'), count(0, 'body', 'bodies'), count(1200, 'row')]).toEqual([
    '1 action',
    '2 actions',
    '0 bodies',
    '1,200 rows',
  ]);
});

test('lists read as people write them', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

test('a clause becomes a sentence, and a sentence a clause', () => {
  expect([sentence('it is late'), small('Off track')]).toEqual(['It is late.', 'off track']);
});

test('a value stands with its unit, per cent without a space, and a distance between shares is in points', () => {
  expect([figure(84, '%'), figure(54.667, '%'), figure(58, 'weeks')]).toEqual(['84%', '54.67%', '58 weeks']);
  expect([distance(3, '%'), distance(1, '%'), distance(2, 'weeks')]).toEqual([
    '3 percentage points',
    '1 percentage point',
    '2 weeks',
  ]);
});

test('numbers have two decimals at most', () => {
  expect([plain(89.666), plain(60), plain(1234.5)]).toEqual(['89.67', '60', '1,234.5']);
});

test('months have their names; what is no month stays as it is', () => {
  expect([monthName('2024-11'), monthName('2024-13')]).toEqual(['November 2024', '13 2024']);
});

test('a quorum says how many, and who among them', () => {
  expect(quorumWords({ minimum: 8, mustInclude: ['chair or deputy', 'council', 'icb'] })).toBe(
    '8, with chair or deputy, council and ICB',
  );
  expect(quorumWords({ minimum: 5, mustInclude: [] })).toBe('5');
});
