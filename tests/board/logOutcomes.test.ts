// The log after a meeting says what came of it: who came, what was decided, what was agreed about each slow item.
import { assess } from '../../bot/board/assess';
import { compileLog, type ActionImpactLog } from '../../bot/board/log';
import type { Attendance, BoardSnapshot } from '../../bot/board/model';
import { responsesOf } from '../../bot/board/responses';
import { aDateChange, aDecision, anAction, anAttendance, aQuietBoard } from '../fixtures/builders';
import { compile } from '../fixtures/logs';

const slowAction = anAction({ dueOn: '2025-05-01' });

function outcomes(over: Partial<BoardSnapshot> = {}, previous?: ActionImpactLog) {
  const snapshot = aQuietBoard({ actions: [slowAction], ...over });
  const assessment = assess(snapshot, { at: '2025-07-02T09:00:00.000Z', meetingRef: 'M4' });
  const log = compileLog({
    snapshot,
    assessment,
    kind: 'after the meeting',
    meetingRef: 'M4',
    ...(previous ? { previous } : {}),
  });
  return log.sections.outcomes;
}

test('a log for the meeting has no outcomes', () => {
  expect(compile().sections).not.toHaveProperty('outcomes');
});

test('what nobody recorded is said to be so', () => {
  expect(outcomes()).toEqual({
    attendance: 'Who came is not recorded yet.',
    decisionRefs: [],
    dateChangeRefs: [],
    slow: [{ ref: 'A1.01', title: slowAction.title, agreed: [] }],
  });
});

test('decisions and date changes of the meeting answer what was slow', () => {
  const decided = { meetingRef: 'M4', decision: 'approved', decidedOn: '2025-06-25', reason: 'Staff left.' } as const;
  const found = outcomes({
    decisions: [
      aDecision({ ref: 'D7', meetingRef: 'M4', subjectRef: 'A1.01', text: 'Weekly calls until July.' }),
      aDecision({ ref: 'D6', meetingRef: 'M3', subjectRef: 'A1.01' }),
      aDecision({ ref: 'D8', meetingRef: 'M4', subjectRef: 'A9.99' }),
    ],
    dateChanges: [
      aDateChange({ ref: 'C1', actionRef: 'A1.01', ...decided }),
      aDateChange({ ref: 'C2', actionRef: 'A1.01', meetingRef: 'M4', decision: 'pending' }),
    ],
  });
  expect(found).toMatchObject({
    decisionRefs: ['D7', 'D8'],
    dateChangeRefs: ['C1'],
    slow: [{ ref: 'A1.01', agreed: ['Weekly calls until July.', 'Date change approved: Staff left.'] }],
  });
});

test.each([
  [undefined, 'Of 3 people on the list: 2 present and 1 by a deputy.'],
  [true, 'Of 3 people on the list: 2 present and 1 by a deputy. There was a quorum.'],
  [false, 'Of 3 people on the list: 2 present and 1 by a deputy. There was no quorum.'],
])('attendance is told with the quorum: %s', (quorate, words) => {
  const attendance = [
    anAttendance({ meetingRef: 'M4', personRef: 'P1', state: 'present' }),
    anAttendance({ meetingRef: 'M4', personRef: 'P8', state: 'present' }),
    anAttendance({ meetingRef: 'M4', personRef: 'P9', state: 'deputy' }),
    anAttendance({ meetingRef: 'M3', personRef: 'P9', state: 'absent' }),
  ];
  const meetings = aQuietBoard().meetings.map((one) =>
    one.ref === 'M4' && quorate !== undefined ? { ...one, quorate } : one,
  );
  expect(outcomes({ attendance, meetings })?.attendance).toBe(words);
});

describe('attendance adds up to the people on the list', () => {
  const rows = (...states: readonly Attendance['state'][]) =>
    states.map((state, at) => anAttendance({ meetingRef: 'M4', personRef: `P${at}`, state }));

  test('those of whom only an answer to the invitation is known are not recorded', () => {
    const attendance = rows('present', 'apologies', 'absent', 'expected', 'declined', 'tentative', 'none');
    expect(outcomes({ attendance })?.attendance).toBe(
      'Of 7 people on the list: 1 present, 1 with apologies, 1 absent and 4 not recorded.',
    );
  });

  test('one person is a person', () => {
    expect(outcomes({ attendance: rows('deputy') })?.attendance).toBe('Of 1 person on the list: 1 by a deputy.');
  });

  test('when nothing but answers is there, nobody is said to have come', () => {
    expect(outcomes({ attendance: rows('expected', 'none') })?.attendance).toBe('Who came is not recorded yet.');
  });
});

describe('what was slow is what the board saw', () => {
  const forIt = compile({ actions: [slowAction] });

  test('in the log for the meeting, though it moved since', () => {
    const moved = [{ ...slowAction, dueOn: '2025-12-01' }];
    expect(outcomes({ actions: moved }, forIt)?.slow).toEqual([{ ref: 'A1.01', title: slowAction.title, agreed: [] }]);
    const rows = { ...forIt, headline: 'not recorded then', sections: 'not recorded then' } as const;
    expect(outcomes({ actions: [{ ...slowAction, title: 'Renamed' }] }, rows)?.slow).toMatchObject([
      { title: 'Renamed' },
    ]);
    const gone = { ...rows, actions: rows.actions.map((one) => ({ ...one, ref: 'A9.99' })) };
    expect(outcomes({}, gone)?.slow).toMatchObject([{ ref: 'A9.99', title: 'A9.99' }]);
  });

  test('or now, where the log before is of another meeting', () => {
    expect(outcomes({}, { ...forIt, meetingRef: 'M3' })?.slow).toMatchObject([{ ref: 'A1.01' }]);
  });
});

test('a date change that is not decided yet, or has no meeting, is no response', () => {
  const { meetingRef: _none, ...withoutMeeting } = aDateChange({
    ref: 'C2',
    meetingRef: 'M3',
    decision: 'approved',
    decidedOn: '2025-06-03',
  });
  const snapshot = aQuietBoard({
    decisions: [aDecision({ ref: 'D1' })],
    dateChanges: [
      aDateChange({ ref: 'C1', meetingRef: 'M4', decision: 'approved', decidedOn: '2025-07-03' }),
      withoutMeeting,
    ],
  });
  const refs = responsesOf(snapshot, '2025-07-02').map((one) => one.ref);
  expect(refs).not.toContain('C1');
  expect(refs).not.toContain('C2');
});
