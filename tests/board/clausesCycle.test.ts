// Clauses 5c, 5d and 5e rule by rule: updates and papers, data and lived experience, the frozen logs.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot, LoggedRow } from '../../bot/board/model';
import {
  aDateChange,
  aDecision,
  aLoggedRow,
  aMeeting,
  anAction,
  anArea,
  anUpdate,
  aReading,
  aRequest,
  aRisk,
  someEvidence,
} from '../fixtures/builders';
import { allConfirmed, aDispatch, aSoundBoard, clauseOf, letters, openGaps, pastGaps } from '../fixtures/clauseJudging';

const sound = aSoundBoard();
const meetingsWith = (ref: string, over: Partial<BoardSnapshot['meetings'][number]>) => ({
  meetings: sound.meetings.map((one) => (one.ref === ref ? { ...one, ...over } : one)),
});
const later = '2025-06-17T12:00:00.000Z';

describe('clause 5c', () => {
  const requests = (meetingRef: string, ...rows: BoardSnapshot['requests']) => ({
    requests: [...sound.requests.filter((one) => one.meetingRef !== meetingRef), ...rows],
  });

  test.each<readonly [string, Partial<BoardSnapshot>, string]>([
    ['nobody asked', requests('M1'), 'Nobody was asked for M1.'],
    [
      'a cancelled request alone',
      requests('M1', aRequest({ meetingRef: 'M1', state: 'cancelled' })),
      'Nobody was asked for M1.',
    ],
    [
      'an answer that never came',
      requests('M1', aRequest({ meetingRef: 'M1', requestedOn: '2025-01-02', state: 'unanswered' })),
      'M1: of 1 answer, 1 did not come and 0 came late.',
    ],
    [
      'a late answer',
      requests(
        'M1',
        aRequest({ meetingRef: 'M1', requestedOn: '2025-01-02', state: 'late', answeredOn: '2025-01-20' }),
      ),
      'M1: of 1 answer, 0 did not come and 1 came late.',
    ],
  ])('keeps %s in sight', (_what, over, gap) => {
    const one = clauseOf('5c', over);
    expect([one.state, pastGaps(one)]).toEqual(['evidenced', [gap]]);
  });

  test.each([
    ['before the deadline', [aRequest()], undefined, 0],
    ['after the deadline', [aRequest()], later, 1],
    ['after the deadline, late', [aRequest({ state: 'late', answeredOn: '2025-06-17' })], later, 0],
    ['answered without a day', [aRequest({ state: 'answered' })], later, 0],
    ['answered tomorrow', [aRequest({ state: 'answered', answeredOn: '2025-06-18' })], later, 1],
    ['asked for tomorrow', [aRequest({ requestedOn: '2025-06-18' })], later, 0],
  ])('about an answer still to come %s', (_what, rows, at, open) => {
    const over = { ...requests('M4', ...rows), risks: [aRisk({ lastReviewedOn: '2025-06-12' })] };
    const gaps = clauseOf('5c', over, allConfirmed, at).gaps.filter((one) => one.open && one.text.startsWith('M4: of'));
    expect(gaps).toHaveLength(open);
  });

  test('keeps late papers in sight with the day on which they went', () => {
    const one = clauseOf('5c', meetingsWith('M2', { papersSentOn: '2025-03-06' }));
    expect(one.gaps).toMatchObject([
      { text: 'M2: the papers went out 1 working day late.', open: false, since: '2025-03-05', closedOn: '2025-03-06' },
    ]);
  });

  test('asks for the papers after their deadline, and not on it', () => {
    const gaps = (at: string) =>
      openGaps(clauseOf('5c', {}, allConfirmed, at)).filter((text) => text.startsWith('M4: no record'));
    expect([gaps('2025-06-18T20:00:00.000Z').length, gaps('2025-06-19T08:00:00.000Z').length]).toEqual([0, 1]);
  });

  test('asks for the day on which the papers of a past meeting went', () => {
    const meetings = sound.meetings.map((one) => {
      const { papersSentOn: _, ...rest } = one;
      return one.ref === 'M2' ? rest : one;
    });
    const [gap] = clauseOf('5c', { meetings, dispatches: sound.dispatches }).gaps;
    expect(gap).toMatchObject({ closes: 'Enter the day on which they went.', open: true });
  });

  test('dates the register and the mitigation plan by their last change', () => {
    const update = (subjectKind: 'risk' | 'mitigation', at: string) => anUpdate({ subjectKind, subjectRef: 'R1', at });
    const updates = [
      update('risk', '2025-06-04T09:00:00.000Z'),
      update('mitigation', '2025-06-05T09:00:00.000Z'),
      update('risk', '2025-06-12T09:00:00.000Z'),
    ];
    const days = (over: Partial<BoardSnapshot>) =>
      clauseOf('5c', over).evidence.flatMap((one) =>
        one.kind.startsWith('risk') || one.kind.startsWith('miti') ? [one.on] : [],
      );
    expect(days({ updates })).toEqual(['2025-06-05', '2025-06-04']);
    expect(days({ updates: [] })).toEqual(['2025-06-02', '2025-05-30']);
    expect(days({ updates: [], risks: [], mitigations: [] })).toEqual([]);
  });

  test.each<readonly [string, Partial<BoardSnapshot>, string]>([
    ['no open risk', { risks: [aRisk({ status: 'closed' })] }, 'The risk register holds no open risk.'],
    ['a risk without a step', { mitigations: [] }, '1 risk has no mitigation: R1.'],
    ['papers to nobody on record', { dispatches: [] }, 'To whom the papers went is not recorded for M1, M2 and M3.'],
  ])('with %s has a gap', (_what, over, gap) => {
    expect(openGaps(clauseOf('5c', over))).toEqual([gap]);
  });

  test('asks for the review of a risk once the deadline has passed', () => {
    const over = { risks: [aRisk({ lastReviewedOn: '2025-05-07' })] };
    expect(openGaps(clauseOf('5c', over))).toEqual([]);
    expect(openGaps(clauseOf('5c', over, allConfirmed, later))).toEqual(['1 risk was not reviewed in this cycle: R1.']);
  });

  test('counts those whom a paper reached, and leaves out a sending to come', () => {
    const dispatches = [
      aDispatch(),
      aDispatch({ personRef: 'X2', delivery: 'failed' }),
      aDispatch({ meetingRef: 'M4', sentAt: '2025-06-18T10:00:00.000Z' }),
    ];
    const rows = clauseOf('5c', { dispatches }).evidence.filter((one) => one.kind === 'dispatch');
    expect(rows.map((one) => one.text)).toEqual(['Sent to 2 people: Pack; 1 arrival confirmed.']);
  });

  test('is not yet due without a meeting but for the risks', () => {
    const one = clauseOf('5c', { meetings: [], requests: [], dispatches: [] });
    expect(one.counts).toMatchObject({ asked: 0 });
  });

  test('prepares the named meeting once, even when it is over', () => {
    expect(clauseOf('5c', { meetings: sound.meetings.filter((one) => one.ref !== 'M4') }).counts).toMatchObject({
      asked: 3,
    });
  });
});

describe('clause 5d', () => {
  test('is stale without anything newer than a cycle', () => {
    const over = { readings: [], evidence: [someEvidence({ kind: 'family-voice', on: '2025-03-12' })] };
    expect(openGaps(clauseOf('5d', over))).toContain(
      "The newest record is from Wednesday 12 March 2025, older than the clause's period.",
    );
  });

  test.each([
    ['since the last meeting', '2025-05-08', 0],
    ['of the day of the last meeting', '2025-05-07', 1],
    ['of tomorrow', '2025-06-11', 1],
  ])('counts a voice %s', (_what, on, gaps) => {
    const one = clauseOf('5d', { evidence: [someEvidence({ kind: 'family-voice', on })] });
    expect(openGaps(one)).toHaveLength(gaps);
  });

  test('counts a voice on the area itself and marks what speaks against', () => {
    const { actionRef: _, ...row } = someEvidence({
      kind: 'child-voice',
      areaRef: 'A1',
      contrary: true,
      summary: 'Calls take a week.',
    });
    const one = clauseOf('5d', { evidence: [row] });
    expect(one.evidence.filter((shown) => shown.kind === "child's voice").map((shown) => shown.text)).toEqual([
      'Against: Calls take a week.',
    ]);
    expect(openGaps(one)).toEqual([]);
  });

  test('says when an area was last heard', () => {
    const areas = [anArea({ clauses: letters }), anArea({ ref: 'A2' })];
    const evidence = [
      ...sound.evidence,
      someEvidence({ ref: 'E1', actionRef: 'gone', areaRef: 'A2', kind: 'family-voice', on: '2025-04-01' }),
    ];
    expect(openGaps(clauseOf('5d', { areas, evidence }))).toEqual([
      "A2: no family's or child's voice since the last meeting; the last is from Tuesday 1 April 2025.",
    ]);
    expect(openGaps(clauseOf('5d', { areas }))).toEqual([
      "A2: no family's or child's voice since the last meeting; none is recorded.",
    ]);
  });

  test('names the readings that are due and those that are missing', () => {
    const readings = [
      aReading({ period: '2025-01', reportedOn: '2025-02-06' }),
      aReading({ period: '2025-03', reportedOn: '2025-04-07' }),
    ];
    expect(openGaps(clauseOf('5d', { readings }))).toEqual([
      'K1: the reading for May 2025 is due and not in.',
      expect.stringMatching(/^K1: no reading is recorded for February 2025/),
    ]);
  });

  test('looks at every voice before the first meeting', () => {
    expect(openGaps(clauseOf('5d', { meetings: [] }))).toEqual([]);
  });

  test('is a gap when nothing is reported at all', () => {
    expect(clauseOf('5d', { readings: [], evidence: [] }).state).toBe('gap');
    expect(clauseOf('5d', { readings: [], evidence: [], areas: [], measures: [] }, allConfirmed)).toMatchObject({
      state: 'not-yet-due',
    });
  });
});

describe('clause 5e', () => {
  const rowsBut = (drop: (row: LoggedRow) => boolean) => ({ loggedRows: sound.loggedRows.filter((row) => !drop(row)) });
  const after = 'after the meeting';

  test.each<readonly [string, Partial<BoardSnapshot>, readonly string[], readonly string[]]>([
    [
      'the last log for a meeting',
      rowsBut((row) => row.meetingRef === 'M3' && row.kind !== after),
      ['No log of actions for the meeting was frozen for M3.'],
      [],
    ],
    [
      'the last log after a meeting',
      rowsBut((row) => row.meetingRef === 'M3' && row.kind === after),
      ['No log of actions after the meeting was frozen for M3.'],
      [],
    ],
    [
      'an early log',
      rowsBut((row) => row.meetingRef === 'M1' && row.kind === after),
      [],
      ['No log of actions after the meeting was frozen for M1.'],
    ],
  ])('without %s has a gap', (_what, over, open, past) => {
    const one = clauseOf('5e', over);
    expect([openGaps(one), pastGaps(one)]).toEqual([open, past]);
  });

  test('waits for the log after a meeting until the minutes are due', () => {
    const over = rowsBut((row) => row.meetingRef === 'M3' && row.kind === after);
    const gaps = (at: string) => openGaps(clauseOf('5e', over, allConfirmed, at));
    expect([gaps('2025-05-14T12:00:00.000Z').length, gaps('2025-05-15T12:00:00.000Z').length]).toEqual([0, 1]);
  });

  test('counts a log of risks alone as a record, not as the log of actions', () => {
    const loggedRows = [aLoggedRow({ subjectKind: 'risk', subjectRef: 'R1', meetingRef: 'M3' })];
    const one = clauseOf('5e', { loggedRows });
    expect(one.evidence.map((row) => row.text)).toEqual(['Frozen log for the meeting: 0 actions, 1 risk.']);
    expect(one.sentence).toBe('1 frozen log is on file; 0 of 0 open actions are slow now; 2 gaps are open.');
  });

  test('is a gap without any log, and not yet due before the first meeting', () => {
    expect(clauseOf('5e', { loggedRows: [] }).state).toBe('gap');
    expect(clauseOf('5e', { loggedRows: [], meetings: [aMeeting()] }).state).toBe('not-yet-due');
  });

  /** Overdue, and slow in every log: neither meeting said anything unless the test adds it. */
  const slow = (over: Partial<BoardSnapshot> = {}, slowAt: readonly string[] = ['M1', 'M2', 'M3']) => ({
    actions: [anAction({ dueOn: '2025-05-01', assignedByDecisionRef: 'D1' })],
    milestones: [],
    loggedRows: sound.loggedRows.map((row) => ({ ...row, slow: slowAt.includes(row.meetingRef) })),
    ...over,
  });
  const gap = ['A1.01 was slow at M2 and M3, and no response of the board is recorded.'];
  const decided = (meetingRef: string, subjectRef = 'A1.01') => [aDecision({ ref: 'D9', meetingRef, subjectRef })];
  test.each<readonly [string, Partial<BoardSnapshot>, readonly string[]]>([
    ['nothing', slow(), gap],
    ['a decision at the last meeting', slow({ decisions: decided('M3') }), []],
    ['a decision at the meeting before', slow({ decisions: decided('M2') }), []],
    ['an older decision', slow({ decisions: decided('M1') }), gap],
    ['a decision about another action', slow({ decisions: decided('M3', 'A1.02') }), gap],
    ['a decision about nothing named', slow({ decisions: [aDecision()] }), gap],
    ['a date change decided', slow({ dateChanges: [aDateChange()] }), []],
    ['a date change decided outside a meeting', slow({ dateChanges: [aDateChange({ meetingRef: '' })] }), gap],
    [
      'a date change still to decide',
      slow({ dateChanges: [aDateChange({ decision: 'pending', decidedOn: '2025-06-25' })] }),
      gap,
    ],
    ['only one slow log', slow({}, ['M3']), []],
  ])('after %s about what is slow', (_what, over, gaps) => {
    expect(openGaps(clauseOf('5e', over))).toEqual(gaps);
  });

  test('needs two logs before it speaks of two meetings', () => {
    expect(openGaps(clauseOf('5e', slow({ loggedRows: [] })))).not.toContain(gap[0]);
  });

  test('shows what the board decided about what is slow, dated by the meeting', () => {
    const decisions = [
      ...decided('M3'),
      aDecision({ ref: 'D8', meetingRef: 'M9', subjectRef: 'A1.01' }),
      aDecision({ ref: 'D7', subjectRef: 'A1.02' }),
    ];
    const shown = clauseOf('5e', slow({ decisions })).evidence.filter((one) => one.kind === 'decision');
    expect(shown).toEqual([{ ref: 'D9', kind: 'decision', on: '2025-05-07', text: 'A1.01: Bring a paper on posts.' }]);
    expect(clauseOf('5e', slow()).sentence).toMatch(/; 1 of 1 open action is slow now; 1 gap is open\.$/);
  });

  test('leaves a date change without a meeting out', () => {
    const { meetingRef: _, ...change } = aDateChange();
    expect(openGaps(clauseOf('5e', slow({ dateChanges: [change] })))).toEqual(gap);
  });
});
