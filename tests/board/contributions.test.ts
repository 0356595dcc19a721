// Contributions: the share and number of late answers, overdue work, missed meetings, and how volunteers are spoken of.
import { describe, expect, test } from '@jest/globals';
import type { ContributionAssessment } from '../../bot/board/assessment';
import type { BoardSnapshot, UpdateRequest } from '../../bot/board/model';
import {
  aBody,
  aDecision,
  aMitigation,
  anAction,
  anAttendance,
  anUpdate,
  aPerson,
  aQuietBoard,
  aRequest,
  aRisk,
} from '../fixtures/builders';
import { findingsOf, inWorkingDays, judged, now } from '../fixtures/judging';

const afterDeadline = '2025-06-17T08:00:00.000Z';
const rowOf = (ref: string, over: Partial<BoardSnapshot>, at = now): ContributionAssessment | undefined =>
  judged(over, at).contributions.find((one) => one.ref === ref);
const rules = (over: Partial<BoardSnapshot>, ref = 'P1', at = now): readonly string[] =>
  rowOf(ref, over, at)?.reasons.map((one) => one.rule) ?? [];

/** So many requests of meeting M3 in a state, each of an action of its own. */
const asked = (n: number, state: UpdateRequest['state'], meetingRef = 'M3', from = 0): UpdateRequest[] =>
  Array.from({ length: n }, (_, index) => aRequest({ meetingRef, state, subjectRef: `A9.${state}${from + index}` }));

describe('answers', () => {
  test.each([
    ['3 late of 14: 78.6 per cent', asked(11, 'answered'), asked(3, 'late'), true],
    ['3 late of 15: 80 per cent', asked(12, 'answered'), asked(3, 'late'), false],
    ['2 late of 3: too few to say', asked(1, 'answered'), asked(2, 'late'), false],
    ['3 missing of 3', asked(0, 'answered'), asked(3, 'unanswered'), true],
    ['3 cancelled do not count', asked(1, 'answered'), asked(3, 'cancelled'), false],
    ['left open in a past cycle is missing', asked(1, 'answered'), asked(3, 'open'), true],
  ])('%s', (_, good, bad, needs) => {
    const requests = [...good, ...bad];
    expect(rules({ requests })).toEqual(needs ? ['contribution-owner-answers'] : []);
    expect(rules({ requests }, 'Northam Council')).toEqual(needs ? ['contribution-body-answers'] : []);
  });

  test('are told with their counts and subjects', () => {
    const requests = [...asked(2, 'late'), ...asked(1, 'unanswered'), ...asked(1, 'answered')];
    expect(rowOf('P1', { requests })).toMatchObject({
      kind: 'person',
      name: 'Robin Ashdown',
      asked: 4,
      onTime: 1,
      late: 2,
      unanswered: 1,
      needsStrengthening: true,
      reasons: [
        {
          text: '1 of 4 requests answered on time over the last 3 cycles; 2 late, 1 without an answer.',
          records: ['P1', 'A9.late0', 'A9.late1', 'A9.unanswered0'],
        },
      ],
    });
  });

  test('of the current cycle count once its owners’ deadline has passed', () => {
    const requests = [...asked(3, 'open', 'M4'), ...asked(1, 'answered', 'M1')];
    expect(rowOf('P1', { requests })).toMatchObject({ asked: 1, needsStrengthening: false });
    expect(rowOf('P1', { requests }, afterDeadline)).toMatchObject({
      asked: 3,
      unanswered: 3,
      needsStrengthening: true,
    });
  });

  test('of the current cycle are taken from the updates where the request is still open', () => {
    const request = aRequest();
    const inTime = rowOf('P1', { requests: [request] }, afterDeadline);
    expect(inTime).toMatchObject({ asked: 1, onTime: 1 });
    const late = [anUpdate({ at: '2025-06-16T17:00:00.000Z' })];
    expect(rowOf('P1', { requests: [request], updates: late }, afterDeadline)).toMatchObject({ late: 1 });
    expect(rowOf('P1', { requests: [request], updates: [] }, afterDeadline)).toMatchObject({ unanswered: 1 });
    const future = [aRequest({ state: 'answered', answeredOn: '2025-06-18' })];
    expect(rowOf('P1', { requests: future, updates: [] }, afterDeadline)).toMatchObject({ unanswered: 1 });
  });

  test('of a body are those of all its owners', () => {
    const people = [...aQuietBoard().people, aPerson({ ref: 'P3', name: 'Dale Whitcombe' })];
    const requests = [...asked(2, 'late'), ...asked(2, 'unanswered').map((one) => ({ ...one, ownerRef: 'P3' }))];
    const assessment = judged({ people, requests });
    expect(findingsOf(assessment, 'finding')).toEqual(['contribution-body-answers Northam Council']);
    expect(assessment.contributions.map((one) => `${one.kind} ${one.ref}`)).toEqual([
      'person P1',
      'person P3',
      'body Northam Council',
    ]);
  });

  test('of an owner who is not on the list of people are left out', () => {
    const requests = asked(3, 'late').map((one) => ({ ...one, ownerRef: 'P77' }));
    expect(judged({ requests }).contributions).toEqual([]);
  });
});

describe('overdue work', () => {
  const action = (ref: string, days: number, more = {}) =>
    anAction({ ref, dueOn: inWorkingDays(-days), deliveryStatus: 'off-track', ...more });
  test.each([
    ['two actions 21 working days overdue', [action('A1', 21), action('A2', 21)], true],
    ['one of them 20 working days', [action('A1', 21), action('A2', 20)], false],
    [
      'one of them accepted as waiting',
      [action('A1', 21), action('A2', 21, { blocker: { text: 'x', accepted: true } })],
      false,
    ],
    [
      'one of them waiting, not accepted',
      [action('A1', 21), action('A2', 21, { blocker: { text: 'x', accepted: false } })],
      true,
    ],
    ['one of them complete', [action('A1', 21), action('A2', 21, { completedOn: '2025-06-02' })], false],
    ['one of them of nobody', [action('A1', 21), withoutOwner(action('A2', 21))], false],
  ])('%s: %s', (_, actions, needs) => {
    expect(rules({ actions })).toEqual(needs ? ['contribution-owner-overdue'] : []);
  });

  test('is told with its actions', () => {
    const row = rowOf('P1', { actions: [action('A2', 21), action('A1', 30)] });
    expect(row?.reasons[0]).toMatchObject({
      text: '2 actions are overdue by more than 20 working days: A1 and A2.',
      records: ['P1', 'A1', 'A2'],
    });
  });
});

function withoutOwner<T extends { readonly ownerRef?: string }>(record: T): T {
  const { ownerRef: _, ...rest } = record;
  return rest as T;
}

describe('effect', () => {
  const complete = (ref: string, completedOn: string) =>
    anAction({ ref, completedOn, measureRefs: [], deliveryStatus: 'complete' });
  test.each([
    ['two actions complete on the day of the last meeting but one', ['2025-03-12', '2025-03-12'], true],
    ['one a day later', ['2025-03-12', '2025-03-13'], false],
  ])('%s, without evidence: %s', (_, dates, needs) => {
    const actions = dates.map((completedOn, index) => complete(`A${index}`, completedOn));
    expect(rules({ actions, evidence: [] })).toEqual(needs ? ['contribution-owner-effect'] : []);
  });
});

describe('meetings', () => {
  const people = aQuietBoard().people.map((one) => (one.ref === 'P1' ? { ...one, requiredByNotice: true } : one));
  const missed = (...meetingRefs: readonly string[]) =>
    meetingRefs.map((meetingRef) => anAttendance({ meetingRef, state: 'apologies' }));
  test.each([
    ['two of the last three missed', missed('M1', 'M3'), true],
    ['one', missed('M3'), false],
    ['absent counts as apologies', [...missed('M1'), anAttendance({ state: 'absent' })], true],
    ['a deputy came to one', [...missed('M1'), anAttendance({ state: 'apologies', deputyRef: 'P2' })], false],
    ['present at one', [...missed('M1'), anAttendance()], false],
    ['a meeting to come does not count', missed('M3', 'M4'), false],
  ])('%s: %s', (_, attendance, needs) => {
    expect(rules({ people, attendance })).toEqual(needs ? ['required-member-missed'] : []);
  });

  test('count only for members whom the notice requires', () => {
    expect(rules({ attendance: missed('M1', 'M3') })).toEqual([]);
  });

  test('are told by name', () => {
    expect(rowOf('P1', { people, attendance: missed('M3', 'M1') })?.reasons[0]?.text).toBe(
      'Not at M1 and M3, 2 of the last 3 meetings, and no deputy came.',
    );
  });
});

describe('decisions and mitigations', () => {
  test('past their date are reasons here, and findings of their own', () => {
    const decisions = [aDecision({ dueOn: '2025-06-09' })];
    const mitigations = [aMitigation({ dueOn: inWorkingDays(-21) })];
    const assessment = judged({ decisions, mitigations, risks: [aRisk()] });
    expect(assessment.contributions[0]?.reasons.map((one) => one.text)).toEqual([
      '1 decision is past the date set by the board: D-M3-1.',
      '1 mitigation is overdue by more than 20 working days: R1.1.',
    ]);
    expect(findingsOf(assessment)).toEqual(['decision-overdue D-M3-1', 'mitigation-overdue R1.1']);
  });

  test.each([
    ['a decision due today', { decisions: [aDecision({ dueOn: '2025-06-10' })] }],
    ['a decision done', { decisions: [aDecision({ dueOn: '2025-06-09', state: 'done' as const })] }],
    ['a mitigation 20 working days overdue', { mitigations: [aMitigation({ dueOn: inWorkingDays(-20) })] }],
    [
      'a mitigation of a closed risk',
      { risks: [aRisk({ status: 'closed' })], mitigations: [aMitigation({ dueOn: '2025-01-06' })] },
    ],
    ['a mitigation of no risk', { risks: [], mitigations: [aMitigation({ dueOn: '2025-01-06' })] }],
  ])('%s is no reason', (_, over) => {
    expect(rules({ risks: [aRisk()], ...over })).toEqual([]);
  });
});

test('a board’s own figures hold', () => {
  const policy = {
    quietDays: [],
    contributionOverdueActions: 1,
    contributionOverdueWorkingDays: 1,
    contributionNoEffectActions: 1,
    contributionCycles: 1,
    lateAnswersMinimum: 1,
  };
  const actions = [
    anAction({ dueOn: inWorkingDays(-2), deliveryStatus: 'off-track', percentComplete: 90 }),
    anAction({ ref: 'A1.02', completedOn: '2025-03-12', deliveryStatus: 'complete', measureRefs: [] }),
  ];
  const mitigations = [
    aMitigation({ dueOn: inWorkingDays(-2) }),
    aMitigation({ ref: 'R1.2', dueOn: inWorkingDays(-2) }),
  ];
  const decisions = [aDecision({ dueOn: '2025-06-09' }), aDecision({ ref: 'D2', dueOn: '2025-06-09' })];
  const over = { policy, actions, evidence: [], risks: [aRisk()], mitigations, decisions, requests: asked(1, 'late') };
  expect(rowOf('P1', over)?.reasons.map((one) => one.text)).toEqual([
    '0 of 1 request answered on time over the last 1 cycle; 1 late, 0 without an answer.',
    '1 action is overdue by more than 1 working day: A1.01.',
    '2 decisions are past the date set by the board: D-M3-1 and D2.',
    '2 mitigations are overdue by more than 1 working day: R1.1 and R1.2.',
    '1 action has been complete for more than one cycle with no evidence of effect: A1.02.',
  ]);
});

describe('volunteers', () => {
  const people = [
    ...aQuietBoard().people,
    aPerson({ ref: 'V1', name: 'Toni Lark', body: 'Parent Forum', volunteer: true, deputyRefs: [] }),
  ];
  const bodies = [...aQuietBoard().bodies, aBody({ name: 'Parent Forum', volunteer: true })];
  const over = {
    people,
    bodies,
    requests: asked(3, 'unanswered').map((one) => ({ ...one, ownerRef: 'V1' })),
    decisions: [aDecision({ ownerRef: 'V1', dueOn: '2025-06-09' })],
    actions: [anAction({ ownerRef: 'V1' })],
  };

  test('are never named: their body is asked what support they lack', () => {
    const assessment = judged(over);
    const said = JSON.stringify([
      assessment.contributions,
      assessment.findings.filter((one) => one.rule.startsWith('contribution')),
    ]);
    expect(said).not.toContain('V1');
    expect(said).not.toContain('Toni');
    expect(assessment.contributions).toMatchObject([{ kind: 'body', ref: 'Parent Forum', volunteer: true }]);
    expect(assessment.contributions[0]?.reasons.map((one) => one.text)).toEqual([
      '0 of 3 requests answered on time over the last 3 cycles; 0 late, 3 without an answer. Its members are volunteers: ask what would help them to answer, such as fewer questions, a call or another route.',
      '1 decision is past the date set by the board: D-M3-1. Those who own this are volunteers: ask what support they lack.',
    ]);
  });

  test('keep their own reason where the rest of their body answers', () => {
    const members = [...people, aPerson({ ref: 'V2', name: 'Jo Reed', body: 'Parent Forum', volunteer: true })];
    const requests = [...over.requests, ...asked(20, 'answered').map((one) => ({ ...one, ownerRef: 'V2' }))];
    const row = rowOf('Parent Forum', { ...over, people: members, requests, decisions: [] });
    expect(row?.reasons).toMatchObject([
      { rule: 'contribution-owner-answers', records: ['A9.unanswered0', 'A9.unanswered1', 'A9.unanswered2'] },
    ]);
  });

  test('are not listed for having no deputy', () => {
    expect(findingsOf(judged(over)).filter((one) => one.startsWith('owner-without-deputy'))).toEqual([]);
  });
});
