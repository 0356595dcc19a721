// What a board may set as its agenda, what is refused, and when each item begins.
import { describe, expect, test } from '@jest/globals';
import { agendaLimits, defaultAgenda, isAgenda, startTimes } from '../../bot/board/agenda';

const item = { topic: 'other', title: 'The new school', minutes: 15, lead: 'chair' };

describe('an agenda', () => {
  test('may be the published one, which begins with lived experience', () => {
    expect(isAgenda(defaultAgenda)).toBe(true);
    expect(defaultAgenda[0]?.topic).toBe('lived-experience');
  });

  test.each([
    ['one item', [item]],
    ['several of its own', [item, { ...item, title: 'Another' }]],
    ['what is asked', [{ ...item, asks: 'Agree the site.' }]],
    ['the longest title', [{ ...item, title: 'x'.repeat(agendaLimits.titleLength) }]],
    ['the most minutes', [{ ...item, minutes: agendaLimits.minutes }]],
    ['the most items', Array.from({ length: agendaLimits.items }, () => item)],
  ])('may have %s', (_what, value) => {
    expect(isAgenda(value)).toBe(true);
  });

  test.each([
    ['no list', 'default'],
    ['without an item', []],
    ['too long', Array.from({ length: agendaLimits.items + 1 }, () => item)],
    ['of nothing', [null]],
    ['of words', ['Slow']],
    ['with a topic that is not known', [{ ...item, topic: 'lunch' }]],
    [
      'with a topic twice',
      [
        { ...item, topic: 'slow' },
        { ...item, topic: 'slow' },
      ],
    ],
    ['with a lead that is not known', [{ ...item, lead: 'mayor' }]],
    ['without a title', [{ ...item, title: undefined }]],
    ['with a blank title', [{ ...item, title: '  ' }]],
    ['with too long a title', [{ ...item, title: 'x'.repeat(agendaLimits.titleLength + 1) }]],
    ['with a blank question', [{ ...item, asks: '' }]],
    ['with minutes in words', [{ ...item, minutes: 'ten' }]],
    ['with half a minute', [{ ...item, minutes: 0.5 }]],
    ['without minutes', [{ ...item, minutes: 0 }]],
    ['with too many minutes', [{ ...item, minutes: agendaLimits.minutes + 1 }]],
    ['with a field that is not known', [{ ...item, room: 'Hall' }]],
  ])('may not be %s', (_what, value) => {
    expect(isAgenda(value)).toBe(false);
  });
});

describe('the times of the agenda', () => {
  test('begin with the meeting, go up, and end before it does', () => {
    const times = startTimes({ startsAtTime: '14:00', endsAtTime: '15:30' }, defaultAgenda);
    expect(times[0]).toBe('14:00');
    expect([...times].sort()).toEqual(times);
    expect(times.at(-1)?.localeCompare('15:30')).toBe(-1);
  });

  test('are to five minutes', () => {
    const times = startTimes({ startsAtTime: '09:30', endsAtTime: '11:15' }, defaultAgenda);
    expect(times.every((one) => Number(one.slice(3)) % 5 === 0)).toBe(true);
  });
});
