// What is open and whose: actions, finished ones until their effect is clear, risks, mitigations, readings, decisions.
import { assess } from '../../bot/board/assess';
import type { BoardAssessment } from '../../bot/board/assessment';
import type { BoardSnapshot } from '../../bot/board/model';
import { cycleStartAt, itemsByPerson, ownerItems } from '../../bot/board/ownerItems';
import {
  aDecision,
  aMeasure,
  aMitigation,
  anAction,
  anUpdate,
  aPerson,
  aQuietBoard,
  aRequest,
  aRisk,
  someEvidence,
} from '../fixtures/builders';
import { sampleSnapshot } from '../fixtures/samplePlan';

const at = '2025-06-10T09:00:00.000Z';

function itemsOf(over: Partial<BoardSnapshot>, personRef = 'P1', moment = at) {
  const snapshot = aQuietBoard({ updates: [], requests: [], ...over });
  return ownerItems(snapshot, assess(snapshot, { at: moment, meetingRef: 'M4' }), personRef);
}

describe('what is open and a person’s', () => {
  test('is the actions of the sample owner with what else they owe, worst first', () => {
    const sample = sampleSnapshot();
    const assessment = assess(sample, { at: '2025-01-06T09:00:00.000Z', meetingRef: 'B09' });
    const items = ownerItems(sample, assessment, 'P10');
    expect(items.map((one) => [one.ref, one.kind, one.answered, one.asked])).toEqual([
      ['APA1.04', 'action', false, true],
      ['R01', 'risk', true, true],
      ['R02.1', 'mitigation', false, false],
      ['APA1.06', 'action', true, true],
      ['APA1.02', 'action', false, false],
      ['APA1.03', 'action', false, false],
    ]);
    expect(items[0]).toMatchObject({ claimed: 'off-track', computed: 'off-track', dueOn: '2024-11-29' });
    expect(items[0]?.reason).toBe('The due date passed 23 working days ago.');
    expect(items[3]?.reason).toBe('Due by Friday 31 January 2025.');
  });

  test('leaves out actions done with clear effect, and asks the others for effect without a date', () => {
    const done = anAction({ deliveryStatus: 'complete', completedOn: '2025-03-03', percentComplete: 100 });
    const [item] = itemsOf({ actions: [done], evidence: [] });
    expect(item).toMatchObject({
      kind: 'action',
      reason:
        'Done on Monday 3 March 2025; the record does not yet show clearly what is different for children and families.',
    });
    expect(item?.dueOn).toBeUndefined();
    const clear = itemsOf({
      actions: [{ ...done, effectStatus: 'clear-evidence' }],
      evidence: [
        someEvidence({ kind: 'audit', sourceBody: 'Schools' }),
        someEvidence({ ref: 'E2', kind: 'family-voice', sourceBody: 'Parent Forum' }),
      ],
    });
    expect(clear).toEqual([]);
  });

  test('says when an action is slow or at risk, and when it has no date', () => {
    const { dueOn: _due, ...undated } = anAction({ ref: 'A1.02' });
    const items = itemsOf({
      actions: [undated, anAction({ forecastOn: '2025-10-10' })],
      updates: [anUpdate(), anUpdate({ key: 'U2', subjectRef: 'A1.02' })],
    });
    expect(items.map((one) => [one.ref, one.computed])).toEqual([
      ['A1.01', 'at-risk'],
      ['A1.02', 'on-track'],
    ]);
    expect(items[1]?.reason).toBe('No due date is recorded.');
  });

  test('holds open risks with their review date, those late or above tolerance first', () => {
    const items = itemsOf({
      actions: [],
      risks: [
        aRisk({ ref: 'R1' }),
        aRisk({ ref: 'R2', current: { likelihood: 5, impact: 5 } }),
        aRisk({ ref: 'R3', reviewOn: '2025-06-03', lastReviewedOn: '2025-04-01' }),
        aRisk({ ref: 'R4', status: 'closed' }),
        aRisk({ ref: 'R5', ownerRef: 'P2' }),
      ],
    });
    expect(items.map((one) => one.ref)).toEqual(['R3', 'R2', 'R1']);
    expect(items[0]?.dueOn).toBe('2025-06-03');
    expect(items[2]?.reason).toContain('6');
  });

  test('holds mitigations and decisions until they are done, the late ones first', () => {
    const items = itemsOf({
      actions: [],
      mitigations: [
        aMitigation({ ref: 'R1.1' }),
        aMitigation({ ref: 'R1.2', dueOn: '2025-06-06' }),
        aMitigation({ ref: 'R1.3', status: 'complete' }),
      ],
      decisions: [
        aDecision({ ref: 'D1', dueOn: '2025-06-09' }),
        aDecision({ ref: 'D2', state: 'done' }),
        aDecision({ ref: 'D3' }),
      ],
    });
    expect(items.map((one) => [one.ref, one.reason])).toEqual([
      ['R1.2', 'The date passed on Friday 6 June 2025, 2 working days ago.'],
      ['D1', 'The date passed on Monday 9 June 2025, 1 working day ago.'],
      ['D3', 'Due by Tuesday 30 September 2025.'],
      ['R1.1', 'Due by Tuesday 30 September 2025.'],
    ]);
  });

  test('says on a Saturday that Friday’s date has passed, without counting no days', () => {
    const [item] = itemsOf(
      { actions: [], decisions: [aDecision({ dueOn: '2025-06-06' })] },
      'P1',
      '2025-06-07T09:00:00.000Z',
    );
    expect(item?.reason).toBe('The date passed on Friday 6 June 2025.');
  });

  test('holds what somebody answers for its owner this cycle, while it is open', () => {
    const left = (key: string, subjectRef: string, deputyRef: string) =>
      anUpdate({ key, subjectRef, after: { 'deputy.M4': deputyRef } });
    const updates = [left('U1', 'A1.01', 'P9'), left('U2', 'R1', 'P9'), left('U3', 'A1.03', 'P8')];
    const actions = [anAction(), anAction({ ref: 'A1.03' })];
    const risks = [aRisk({ status: 'closed' })];
    const items = itemsOf({ actions, updates, risks }, 'P9').map((one) => [one.ref, one.asDeputy]);
    expect(items).toEqual([['A1.01', true]]);
  });

  test('holds the reading that is due, with its month and day, never for a computed measure', () => {
    const [item] = itemsOf({ actions: [], readings: [] });
    expect(item).toMatchObject({ kind: 'measure', ref: 'K1', readingPeriod: '2025-05', dueOn: '2025-06-06' });
    expect(item?.reason).toBe('No reading has come for May 2025, which was due by Friday 6 June 2025.');
    expect(itemsOf({ actions: [], readings: [], measures: [aMeasure({ computed: true })] })).toEqual([]);
  });

  test('asks for a reading that is still in time, and for the effect of what is done on an unknown day', () => {
    const snapshot = aQuietBoard();
    const judged = assess(snapshot, { at, meetingRef: 'M4' });
    const assessment: BoardAssessment = {
      ...judged,
      measures: judged.measures.map((one) => ({ ...one, readingDue: '2025-06' })),
      actions: judged.actions.map(({ completedOn: _none, ...one }) => ({
        ...one,
        complete: true,
        computedEffect: 'some-evidence',
      })),
    };
    expect(ownerItems(snapshot, assessment, 'P1').map((one) => one.reason)).toEqual([
      'The reading for June 2025 is due by Monday 7 July 2025.',
      'Done; the record does not yet show clearly what is different for children and families.',
    ]);
  });

  test('keeps the order of refs where nothing else tells items apart', () => {
    const decisions = ['D3', 'D1', 'D2', 'D1'].map((ref) => aDecision({ ref }));
    expect(itemsOf({ actions: [], decisions }).map((one) => one.ref)).toEqual(['D1', 'D1', 'D2', 'D3']);
  });

  test('leaves out what nobody owns', () => {
    const none = <T extends { ownerRef?: string }>({ ownerRef: _none, ...rest }: T) => rest;
    const items = itemsOf({
      actions: [none(anAction())],
      risks: [none(aRisk())],
      mitigations: [none(aMitigation())],
      measures: [none(aMeasure())],
      readings: [],
      decisions: [none(aDecision())],
    });
    expect(items).toEqual([]);
  });
});

describe('for a deputy', () => {
  test('comes after their own, marked, with the owner named', () => {
    const actions = [
      anAction(),
      anAction({ ref: 'A1.02', ownerRef: 'P2' }),
      anAction({ ref: 'A1.03', ownerRef: 'P9', deputyRefs: ['P2'] }),
    ];
    const items = itemsOf({ actions }, 'P2');
    expect(items.map((one) => [one.ref, one.asDeputy, one.ownerRef])).toEqual([
      ['A1.02', false, 'P2'],
      ['A1.01', true, 'P1'],
      ['A1.03', true, 'P9'],
    ]);
  });

  test('is never somebody’s own item twice', () => {
    const items = itemsOf({
      actions: [anAction({ deputyRefs: ['P1', 'P9'] })],
      people: [aPerson({ deputyRefs: ['P1'] })],
    });
    expect(items).toHaveLength(1);
    expect(items[0]?.asDeputy).toBe(false);
  });

  test('of an action that needs nothing any more is nothing', () => {
    const snapshot = aQuietBoard({ actions: [anAction({ ownerRef: 'P9', deputyRefs: ['P2'] })] });
    const assessment = { ...assess(snapshot, { at }), actions: [] };
    expect(itemsByPerson(snapshot, assessment)('P2')).toEqual([]);
  });
});

describe('answered', () => {
  test('is what was updated since the meeting before, and not after the moment judged', () => {
    const answered = (moment: string) => itemsOf({ updates: [anUpdate({ at: moment })] })[0]?.answered;
    expect(answered('2025-05-07T11:00:00.000Z')).toBe(false);
    expect(answered('2025-05-07T11:00:00.001Z')).toBe(true);
    expect(answered(at)).toBe(true);
    expect(answered('2025-06-10T09:00:00.001Z')).toBe(false);
  });

  test('shows the day of the last answer', () => {
    const [item] = itemsOf({
      updates: [anUpdate({ at: '2025-06-02T10:00:00.000Z' }), anUpdate({ key: 'U2', at: '2025-05-20T10:00:00.000Z' })],
    });
    expect(item?.answeredOn).toBe('2025-06-02');
  });

  test('counts a request closed by hand, but none of another meeting or of a day to come', () => {
    const answered = (over: Parameters<typeof aRequest>[0]) => itemsOf({ requests: [aRequest(over)] })[0]?.answered;
    expect(answered({ state: 'answered', answeredOn: '2025-06-05' })).toBe(true);
    expect(answered({ state: 'late', answeredOn: '2025-06-05' })).toBe(true);
    expect(answered({ state: 'answered', answeredOn: '2025-06-11' })).toBe(false);
    expect(answered({ state: 'answered' })).toBe(false);
    expect(answered({ state: 'answered', answeredOn: '2025-06-05', meetingRef: 'M3' })).toBe(false);
    expect(answered({ state: 'open' })).toBe(false);
  });

  test('of a risk answers the mitigations it changed, and no others', () => {
    const items = itemsOf({
      actions: [],
      risks: [aRisk()],
      mitigations: [aMitigation(), aMitigation({ ref: 'R1.2' })],
      updates: [
        anUpdate({
          subjectKind: 'risk',
          subjectRef: 'R1',
          after: { 'current.impact': 4, 'R1.2.status': 'in-progress' },
        }),
      ],
    });
    expect(items.map((one) => [one.ref, one.answered])).toEqual([
      ['R1', true],
      ['R1.1', false],
      ['R1.2', true],
    ]);
  });

  test('starts with the board when there was no meeting before', () => {
    const snapshot = aQuietBoard({ meetings: [] });
    expect(cycleStartAt(snapshot, assess(snapshot, { at }))).toBeUndefined();
    expect(ownerItems(snapshot, assess(snapshot, { at }), 'P1')[0]?.answered).toBe(true);
  });

  test('asked is a request of this meeting that was not cancelled', () => {
    expect(itemsOf({ requests: [aRequest()] })[0]?.asked).toBe(true);
    expect(itemsOf({ requests: [aRequest({ state: 'cancelled' })] })[0]?.asked).toBe(false);
  });
});

test('an item carries the version it was read with', () => {
  const stamp = { itemId: '4', version: 'v2' };
  expect(itemsOf({ actions: [anAction({ stamp })] })[0]?.stamp).toBe(stamp);
});
