// Laws of the judgement over random boards: order, time within a cycle, and evidence for and against.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assess } from '../../bot/board/assess';
import type { Action, BoardSnapshot, DeliveryStatus, EffectStatus, Evidence } from '../../bot/board/model';
import { deliveryStatuses, effectStatuses } from '../../bot/board/model';
import {
  aQuietBoard,
  aDateChange,
  aLoggedRow,
  aMilestone,
  anAction,
  aReading,
  aRequest,
  aRisk,
  someEvidence,
  anUpdate,
} from '../fixtures/builders';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';
import { calendar, first } from '../fixtures/judging';

const runs = { numRuns: 80 };
const deliveryRank: Readonly<Record<DeliveryStatus, number>> = {
  'off-track': 0,
  'at-risk': 1,
  'on-track': 2,
  'not-started': 2,
  complete: 3,
  embedded: 4,
};
const effectRank: Readonly<Record<EffectStatus, number>> = {
  'no-evidence': 0,
  'too-early': 0,
  'some-evidence': 1,
  'clear-evidence': 2,
};

const dayIn2025 = fc.integer({ min: 0, max: 364 }).map((n) => calendar.addDays('2025-01-01', n));
const past = fc.integer({ min: 0, max: 127 }).map((n) => calendar.addDays('2025-01-01', n));

const anyAction: fc.Arbitrary<Action> = fc
  .record({
    startOn: dayIn2025,
    dueOn: dayIn2025,
    forecastOn: fc.option(dayIn2025, { nil: undefined }),
    percentComplete: fc.integer({ min: 0, max: 100 }),
    deliveryStatus: fc.constantFrom(...deliveryStatuses),
    effectStatus: fc.constantFrom(...effectStatuses),
    linked: fc.boolean(),
  })
  .map(({ forecastOn, linked, ...rest }) =>
    anAction({ ...rest, measureRefs: linked ? ['K1'] : [], ...(forecastOn === undefined ? {} : { forecastOn }) }),
  );

const anyEvidence: fc.Arbitrary<readonly Evidence[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom('family-voice' as const, 'audit' as const, 'data' as const),
      sourceBody: fc.constantFrom('Northam Council', 'Parent Forum'),
      on: past,
      contrary: fc.boolean(),
    }),
    { maxLength: 5 },
  )
  .map((rows) => rows.map((row, index) => someEvidence({ ref: `E${index}`, ...row })));

/** One unfinished action with steps, updates, logs and moves, all recorded before the last meeting ended. */
const unfinishedBoard: fc.Arbitrary<BoardSnapshot> = fc
  .record({
    action: anyAction,
    steps: fc.array(dayIn2025, { maxLength: 3 }),
    updated: fc.array(past, { maxLength: 2 }),
    moved: fc.boolean(),
    logged: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  })
  .map(({ action, steps, updated, moved, logged }) =>
    aQuietBoard({
      actions: [action],
      milestones: steps.map((dueOn, index) => aMilestone({ ref: `A1.01-${index}`, dueOn })),
      updates: updated.map((on, index) => anUpdate({ key: `U${index}`, at: `${on}T08:00:00.000Z` })),
      requests: [aRequest()],
      dateChanges: moved ? [aDateChange()] : [],
      loggedRows:
        logged === undefined
          ? []
          : ['M2', 'M3'].map((meetingRef) =>
              aLoggedRow({ meetingRef, frozenOn: '2025-03-05', percentComplete: logged }),
            ),
    }),
  );

test('the order of rows never matters', () => {
  const sample = sampleSnapshot();
  const expected = assess(sample, { at: sampleAt });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
      expect(assess(shuffled(sample, seed), { at: sampleAt })).toEqual(expected);
    }),
    { numRuns: 8 },
  );
});

/** Every list in another order, by a small generator of its own so that a failure can be repeated. */
function shuffled(snapshot: BoardSnapshot, seed: number): BoardSnapshot {
  let state = seed;
  const next = (): number => (state = (state * 48_271) % 2_147_483_647);
  const mixed = <T>(rows: readonly T[]): readonly T[] =>
    rows
      .map((row) => ({ row, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map((one) => one.row);
  return Object.fromEntries(
    Object.entries(snapshot).map(([key, value]) => [key, Array.isArray(value) ? mixed(value) : value]),
  ) as unknown as BoardSnapshot;
}

test('judging twice gives the same, and no row is lost', () => {
  fc.assert(
    fc.property(unfinishedBoard, (board) => {
      const once = assess(board, { at: '2025-06-10T08:00:00.000Z' });
      expect(assess(board, { at: '2025-06-10T08:00:00.000Z' })).toEqual(once);
      expect(once.actions.map((one) => one.ref)).toEqual(board.actions.map((one) => one.ref));
      expect(once.measures).toHaveLength(board.measures.length);
    }),
    runs,
  );
});

test('within a cycle a later day never improves the computed delivery of an unfinished action, nor ends its slowness', () => {
  const cycleDay = fc.integer({ min: 1, max: 48 }).map((n) => calendar.addDays('2025-05-07', n));
  fc.assert(
    fc.property(unfinishedBoard, cycleDay, cycleDay, (board, one, other) => {
      const [earlier, later] = one < other ? [one, other] : [other, one];
      const judgedOn = (on: string) => first(assess(board, { at: `${on}T08:00:00.000Z` }).actions);
      const [before, after] = [judgedOn(earlier), judgedOn(later)];
      expect(deliveryRank[after.computedDelivery]).toBeLessThanOrEqual(deliveryRank[before.computedDelivery]);
      expect(Number(after.slow)).toBeGreaterThanOrEqual(Number(before.slow));
    }),
    runs,
  );
});

describe('evidence', () => {
  const judgedWith = (action: Action, evidence: readonly Evidence[], readings: BoardSnapshot['readings']) =>
    first(assess(aQuietBoard({ actions: [action], evidence, readings }), { at: '2025-06-10T08:00:00.000Z' }).actions);
  const complete = fc
    .tuple(anyAction, fc.option(past, { nil: undefined }))
    .map(([action, completedOn]) => (completedOn === undefined ? action : { ...action, completedOn }));
  const reading = fc.constantFrom([], [aReading()], [aReading({ value: 10 })]);

  test('for an action never lowers a rating when it is there, nor raises one when it is taken away', () => {
    fc.assert(
      fc.property(complete, anyEvidence, reading, (action, evidence, readings) => {
        const whole = judgedWith(action, evidence, readings);
        for (const gone of evidence.filter((one) => !one.contrary)) {
          const less = judgedWith(
            action,
            evidence.filter((one) => one !== gone),
            readings,
          );
          expect(effectRank[less.computedEffect]).toBeLessThanOrEqual(effectRank[whole.computedEffect]);
          expect(deliveryRank[less.computedDelivery]).toBeLessThanOrEqual(deliveryRank[whole.computedDelivery]);
        }
      }),
      runs,
    );
  });

  test('against an action never lowers a rating when it is taken away', () => {
    fc.assert(
      fc.property(complete, anyEvidence, reading, (action, evidence, readings) => {
        const whole = judgedWith(action, evidence, readings);
        for (const gone of evidence.filter((one) => one.contrary)) {
          const less = judgedWith(
            action,
            evidence.filter((one) => one !== gone),
            readings,
          );
          expect(effectRank[less.computedEffect]).toBeGreaterThanOrEqual(effectRank[whole.computedEffect]);
          expect(deliveryRank[less.computedDelivery]).toBeGreaterThanOrEqual(deliveryRank[whole.computedDelivery]);
        }
      }),
      runs,
    );
  });
});

test('every reason and finding names the records it rests on and is one sentence or more', () => {
  const assessment = assess(sampleSnapshot(), { at: sampleAt });
  const reasons = [
    ...assessment.actions.flatMap((one) => [...one.deliveryReasons, ...one.effectReasons, ...one.slowReasons]),
    ...assessment.risks.flatMap((one) => one.reasons),
    ...assessment.measures.flatMap((one) => one.reasons),
    ...assessment.contributions.flatMap((one) => one.reasons),
  ];
  const wrong = [...reasons, ...assessment.findings].filter(
    (one) =>
      one.records.length === 0 ||
      new Set(one.records).size !== one.records.length ||
      !/^[A-Z0-9].*[.?"]$/.test(one.text),
  );
  expect(wrong).toEqual([]);
  expect(reasons.length).toBeGreaterThan(150);
});

test('a risk that is only rising is not stuck', () => {
  const board = aQuietBoard({ risks: [aRisk({ current: { likelihood: 4, impact: 4 } })] });
  const risk = first(assess(board, { at: '2025-06-10T08:00:00.000Z' }).risks);
  expect(risk).toMatchObject({ notReduced: true, stuck: false });
});
