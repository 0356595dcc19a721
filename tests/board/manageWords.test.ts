// The secretary's words taken apart, as busy people type them.
import { readDay, readManageWords, readPauseWords } from '../../bot/board/manageWords';
import { calendar } from '../fixtures/judging';

test.each([
  ['add action to APA1: Agree the data set', { kind: 'add-action', area: 'APA1', title: 'Agree the data set' }],
  ['please add an action for apa 1 - Agree it', { kind: 'add-action', area: 'apa 1', title: 'Agree it' }],
  ['Add action', { kind: 'add-action' }],
  ['add risk: Posts stay empty.', { kind: 'add-risk', title: 'Posts stay empty' }],
  ['new risk Posts stay empty', { kind: 'add-risk', title: 'Posts stay empty' }],
  [
    'hand over APA1.04 to Jane Smith from 3 February',
    { kind: 'hand-over', what: 'APA1.04', to: 'Jane Smith', from: '3 February' },
  ],
  ['handover APA1.04 and R03 to Jane', { kind: 'hand-over', what: 'APA1.04 and R03', to: 'Jane' }],
  ['Hand over M01', { kind: 'hand-over', what: 'M01' }],
  ['reassign R03 to P12', { kind: 'hand-over', what: 'R03', to: 'P12' }],
  ['Bob Brown leaves on 31 January', { kind: 'leaves', who: 'Bob Brown', on: '31 January' }],
  ['Bob is leaving the board', { kind: 'leaves', who: 'Bob' }],
  ['Bob left today', { kind: 'leaves', who: 'Bob', on: 'today' }],
  ['hand back', { kind: 'hand-back' }],
  ['Give it back!', { kind: 'hand-back' }],
  ['hand-overs', { kind: 'planned' }],
  ['give me my actions', undefined],
  ['the last of the three people who work on this leaves on Friday', undefined],
  ['APA1.04 is 60% done', undefined],
])('%s', (text, words) => {
  expect(readManageWords(text)).toEqual(words);
});

test.each([
  ['pause', { kind: 'pause' }],
  ['pause all sending until 20 January: we move house', { kind: 'pause', until: '20 January', why: 'we move house' }],
  ['stop all messages because the list is wrong', { kind: 'pause', why: 'the list is wrong' }],
  ['resume', { kind: 'resume' }],
  ['Resume sending.', { kind: 'resume' }],
  ['stop', undefined],
  ['the pause was long', undefined],
])('%s', (text, words) => {
  expect(readPauseWords(text)).toEqual(words);
});

test.each([
  ['today', '2025-01-06'],
  ['tomorrow', '2025-01-07'],
  ['3 February', '2025-02-03'],
  ['Monday 3 Feb 2025', '2025-02-03'],
  ['2 January', '2026-01-02'],
  ['2025-03-01', '2025-03-01'],
  ['30 February', undefined],
  ['February 2025', undefined],
  ['soon', undefined],
])('the day "%s" on 6 January 2025', (text, on) => {
  expect(readDay(text, '2025-01-06', (day, n) => calendar.addDays(day, n))).toBe(on);
});
