// Clause 6 meeting by meeting: each gap from the day it exists in, none before, and what the findings, readiness and clause say of it.
import { describe, expect, test } from '@jest/globals';
import { adviserInvitations, invitationGaps } from '../../bot/board/adviserInvitations';
import { assess } from '../../bot/board/assess';
import { clauses } from '../../bot/board/clauses';
import type { BoardSnapshot, Invitation, Meeting, Person } from '../../bot/board/model';
import { aMeeting, anAttendance, anInvitation, aPerson, aQuietBoard, fourMeetings } from '../fixtures/builders';
import { calendar, now } from '../fixtures/judging';

const meeting: Meeting = aMeeting({ ref: 'M4', on: '2025-06-25', state: 'planned' });
/** Twenty working days before. */
const latestOn = '2025-05-28';
const adviser = (over: Partial<Person> = {}): Person =>
  aPerson({ ref: 'X1', name: 'Lee Fairbrook', boardRole: 'dfe-send-adviser', external: true, ...over });
const others = [adviser({ ref: 'X2', boardRole: 'nhse-adviser' }), adviser({ ref: 'X3', boardRole: 'dfe-case-lead' })];
const sentToOthers = ['X2', 'X3'].map((personRef) => anInvitation({ meetingRef: 'M4', personRef }));
const row = (over: Partial<Invitation> = {}): Invitation =>
  anInvitation({ meetingRef: 'M4', personRef: 'X1', sentOn: '2025-05-20', ...over });
const boardOf = (people: readonly Person[], rows: readonly Invitation[]) => ({
  people: [...people, ...others],
  invitations: [...rows, ...sentToOthers],
  attendance: [] as BoardSnapshot['attendance'],
});
const gaps = (people: readonly Person[], rows: readonly Invitation[], on: string, it: Meeting = meeting) =>
  invitationGaps(boardOf(people, rows), it, latestOn, on, calendar).map((one) => one.kind);

describe('a gap', () => {
  test.each<[string, readonly Person[], readonly Invitation[], string, readonly string[]]>([
    ['on the latest day nothing is missing', [adviser()], [], '2025-05-28', []],
    ['the day after, none was sent', [adviser()], [], '2025-05-29', ['not-invited']],
    ['nobody in the role, on the latest day', [], [], '2025-05-28', []],
    ['nobody in the role, the day after', [], [], '2025-05-29', ['nobody']],
    ['sent, it is closed', [adviser()], [row()], '2025-05-29', []],
    ['dated tomorrow it is not sent', [adviser()], [row({ sentOn: '2025-05-30' })], '2025-05-29', ['not-invited']],
    [
      'taken back today it does not stand',
      [adviser()],
      [row({ withdrawnOn: '2025-05-29' })],
      '2025-05-29',
      ['not-invited'],
    ],
    ['taken back tomorrow it still stands', [adviser()], [row({ withdrawnOn: '2025-05-30' })], '2025-05-29', []],
    [
      'for another date, long before the latest day',
      [adviser()],
      [row({ meetingTime: '2025-06-18 10:00-12:00' })],
      '2025-05-21',
      ['not-told-of-move'],
    ],
    ['for the date it has', [adviser()], [row({ meetingTime: '2025-06-25 10:00-12:00' })], '2025-05-21', []],
    ['failed, from that day', [adviser()], [row({ delivery: 'failed', response: 'none' })], '2025-05-20', ['failed']],
    ['failed, but answered', [adviser()], [row({ delivery: 'failed' })], '2025-05-20', []],
    [
      'failed and sent again',
      [adviser()],
      [row({ delivery: 'failed', response: 'none' }), row({ sentOn: '2025-05-21' })],
      '2025-05-21',
      [],
    ],
    ['declined, from that day', [adviser()], [row({ response: 'declined' })], '2025-05-20', ['declined']],
    [
      'accepted after declining',
      [adviser()],
      [row({ response: 'declined', sentAt: '2025-05-20T09:00:00.000Z' }), row({ sentAt: '2025-05-20T10:00:00.000Z' })],
      '2025-05-20',
      [],
    ],
    [
      'one who left before the meeting is owed none',
      [adviser({ leavesOn: '2025-06-24' }), adviser({ ref: 'X4' })],
      [row({ personRef: 'X4' })],
      '2025-05-29',
      [],
    ],
    [
      'one who comes into the role is owed theirs',
      [adviser(), adviser({ ref: 'X4' })],
      [row()],
      '2025-05-29',
      ['not-invited'],
    ],
  ])('%s', (_, people, rows, on, kinds) => {
    expect(gaps(people, rows, on)).toEqual(kinds);
  });

  test('of a declined invitation closes with a deputy', () => {
    const board = boardOf([adviser()], [row({ response: 'declined' })]);
    const at = (deputyRef: string | undefined) =>
      invitationGaps(
        {
          ...board,
          attendance: [
            anAttendance({
              meetingRef: 'M4',
              personRef: 'X1',
              state: 'declined',
              ...(deputyRef === undefined ? {} : { deputyRef }),
            }),
          ],
        },
        meeting,
        latestOn,
        '2025-05-20',
        calendar,
      ).length;
    expect([at(undefined), at('X9')]).toEqual([1, 0]);
  });

  test.each([
    ['failed', { delivery: 'failed', response: 'none' } as const],
    ['declined', { response: 'declined' } as const],
  ])('of one that %s is not chased once the meeting is over', (_, over) => {
    expect(gaps([adviser()], [row(over)], '2025-06-25')).toHaveLength(1);
    expect(gaps([adviser()], [row(over)], '2025-06-26')).toEqual([]);
    expect(gaps([adviser()], [row(over)], '2025-06-01', { ...meeting, state: 'held' })).toEqual([]);
  });

  test('of a meeting that was held is nobody’s who came into the role later', () => {
    const held = { ...meeting, state: 'held' as const };
    const two = [adviser(), adviser({ ref: 'X4' })];
    expect(gaps(two, [row()], '2025-07-10', held)).toEqual([]);
    expect(gaps(two, [], '2025-07-10', held)).toEqual(['not-invited', 'not-invited']);
  });
});

test('rows are told in the order sent', () => {
  const rows = [row({ sentOn: '2025-05-22' }), row({ sentOn: '2025-05-21' }), row({ sentOn: '2025-05-21' })];
  const [role] = adviserInvitations(boardOf([adviser()], rows), meeting, '2025-06-01');
  expect(role?.people[0]?.sent.map((one) => one.sentOn)).toEqual(['2025-05-21', '2025-05-21', '2025-05-22']);
});

describe('the same records', () => {
  const withRows = (rows: readonly Invitation[]): BoardSnapshot => {
    const quiet = aQuietBoard();
    const kept = quiet.invitations.filter((one) => one.meetingRef !== 'M4' || one.personRef !== 'X1');
    return { ...quiet, invitations: [...kept, ...rows] };
  };
  const told = (rows: readonly Invitation[]) => {
    const snapshot = withRows(rows);
    const assessment = assess(snapshot, { at: now });
    const six = clauses(snapshot, assessment).find((one) => one.clause === '6');
    return {
      findings: assessment.findings
        .filter((one) => one.rule.startsWith('adviser-'))
        .map((one) => `${one.rule} ${one.ref}`),
      invited: assessment.readiness?.advisersInvited.done,
      gaps: six?.gaps.map((one) => one.text).join(' '),
    };
  };
  const [, , , m4] = fourMeetings();

  test('make findings, readiness and clause 6 of one that was not sent', () => {
    expect(told([])).toEqual({
      findings: ['adviser-not-invited M4'],
      invited: 2,
      gaps: expect.stringContaining('No invitation to M4 was sent to Lee Fairbrook'),
    });
  });

  test('and of a move that was not told, though the first was in time', () => {
    const found = told([row({ meetingTime: '2025-06-18 10:00-12:00' })]);
    expect(found).toEqual({
      findings: ['adviser-not-invited M4'],
      invited: 2,
      gaps: expect.stringContaining('has not been told of'),
    });
  });

  test('and of one declined, which breaks no duty', () => {
    const found = told([row({ response: 'declined', meetingTime: `${m4?.on} ${m4?.startsAtTime}-${m4?.endsAtTime}` })]);
    expect(found).toEqual({ findings: ['adviser-declined M4'], invited: 3, gaps: '' });
  });

  test('and of one that failed', () => {
    const found = told([row({ delivery: 'failed', response: 'none' })]);
    expect(found).toEqual({
      findings: ['adviser-invitation-failed M4'],
      invited: 3,
      gaps: expect.stringContaining('did not reach Lee Fairbrook'),
    });
  });
});
