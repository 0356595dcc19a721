// The papers of a meeting: whether they went out, to whom they go, and the message that tells of them.
import { isReleased, paperReaders, papersSentOf, papersSentStep } from '../../bot/board/released';
import { planReminders } from '../../bot/board/reminders';
import { assess } from '../../bot/board/assess';
import { calendarOf, meetingAt, planCycle } from '../../bot/board/cycle';
import type { BoardSnapshot } from '../../bot/board/model';
import { aLoggedRow, aPerson, aQuietBoard } from '../fixtures/builders';

const row = aLoggedRow({ meetingRef: 'M4', kind: 'for the meeting' });

test.each([
  ['no log', [], false],
  ['the log for it', [row], true],
  ['the log after it', [aLoggedRow({ meetingRef: 'M4', kind: 'after the meeting' })], false],
  ['the log of another meeting', [aLoggedRow({ meetingRef: 'M3', kind: 'for the meeting' })], false],
])('with %s the papers of M4 are released: %#', (_, loggedRows, released) => {
  expect(isReleased({ loggedRows }, 'M4')).toBe(released);
});

test('go to the chair, members and advisers who are on the board that day', () => {
  const person = (ref: string, boardRole: 'member' | 'owner', leavesOn?: string) =>
    aPerson({ ref, boardRole, ...(leavesOn === undefined ? {} : { leavesOn }) });
  const people = [
    ...aQuietBoard().people,
    person('P5', 'member'),
    person('P6', 'member', '2025-06-17'),
    person('P7', 'owner'),
  ];
  expect(paperReaders({ people }, '2025-06-18').map((one) => one.ref)).toEqual(['P9', 'X1', 'X2', 'X3', 'P5']);
});

test('are told of under a step that names their log', () => {
  const step = papersSentStep('4f2a'.repeat(16));
  expect(step).toBe('notice:papers-sent:4f2a4f2a4f2a4f2a4f2a4f2a');
  expect(papersSentOf(step)).toBe('4f2a'.repeat(6));
  expect(papersSentOf('papers')).toBeUndefined();
});

describe('on their day', () => {
  const to = (snapshot: BoardSnapshot, at: string) => {
    const assessment = assess(snapshot, { at, meetingRef: 'M4' });
    const { meeting, previous } = meetingAt(snapshot, at, 'M4');
    if (!meeting) throw new TypeError('no M4');
    const plan = planCycle(meeting, previous, calendarOf(assessment.policy), assessment.policy);
    const { step, messages } = planReminders({ snapshot, assessment, plan, at, already: [] });
    return [step, ...messages.map((one) => one.personRef)];
  };

  test.each([
    ['2025-06-18T07:30:00.000Z', 'papers', ['P8']],
    ['2025-06-18T13:30:00.000Z', 'papers-reminder', ['P8', 'P9']],
    ['2025-06-18T15:30:00.000Z', 'papers-last-call', ['P8', 'P9']],
  ])('at %s the step is %s, to the secretary and then the chair too, until they are released', (at, step, people) => {
    expect(to(aQuietBoard(), at)).toEqual([step, ...people]);
    expect(to(aQuietBoard({ loggedRows: [row] }), at)).toEqual([step]);
  });
});
