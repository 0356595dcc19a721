// Two people change one item: what only one touched merges, what both touched is a conflict shown in words.
import fc from 'fast-check';
import { mergeAnswer, stampOf } from '../../bot/board/merge';
import type { Action, BoardSnapshot, ChangedFields, Update } from '../../bot/board/model';
import { aMeasure, aMitigation, anAction, anUpdate, aQuietBoard, aRisk } from '../fixtures/builders';

const blocker = { text: 'No room', waitingOnBody: 'Northam ICB', accepted: false };

function board(action: Partial<Action> = {}, over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  return aQuietBoard({
    actions: [anAction({ forecastOn: '2025-10-31', blocker, ...action })],
    risks: [aRisk()],
    mitigations: [aMitigation()],
    ...over,
  });
}

const action = { kind: 'action', ref: 'A1.01' } as const;

describe('an answer to an action that somebody changed', () => {
  test('keeps their change of a field the person did not touch', () => {
    const merge = mergeAnswer({ ...action, percentComplete: 80 }, board({ deliveryStatus: 'at-risk' }), board());
    expect(merge).toEqual({ answer: { ...action, percentComplete: 80 }, conflicts: [] });
  });

  test('leaves out fields that the person left as they saw them', () => {
    const answer = {
      ...action,
      deliveryStatus: 'on-track',
      percentComplete: 60,
      forecastOn: '2025-10-31',
      effectStatus: 'too-early',
      blocker: { text: 'No room', waitingOnBody: 'Northam ICB' },
      narrative: 'As before.',
    } as const;
    const now = board({ deliveryStatus: 'at-risk', percentComplete: 70, effectStatus: 'some-evidence' });
    expect(mergeAnswer(answer, now, board())).toEqual({
      answer: { ...action, narrative: 'As before.' },
      conflicts: [],
    });
  });

  test('is a conflict where both touched the same field, in words', () => {
    const answer = { ...action, deliveryStatus: 'off-track', forecastOn: '2025-12-01', percentComplete: 80 } as const;
    const now = board({ deliveryStatus: 'at-risk', forecastOn: '2025-11-03', percentComplete: 70 });
    expect(mergeAnswer(answer, now, board()).conflicts).toEqual([
      { field: 'deliveryStatus', theirs: 'At risk', yours: 'Off track' },
      { field: 'percentComplete', theirs: '70', yours: '80' },
      { field: 'forecastOn', theirs: 'Monday 3 November 2025', yours: 'Monday 1 December 2025' },
    ]);
  });

  test('is no conflict where both say the same', () => {
    const now = board({ deliveryStatus: 'at-risk' });
    expect(mergeAnswer({ ...action, deliveryStatus: 'at-risk' }, now, board()).conflicts).toEqual([]);
  });

  test('takes every difference for theirs when it is not known what the person saw', () => {
    const merge = mergeAnswer(
      { ...action, percentComplete: 80, forecastOn: null, effectStatus: 'some-evidence' },
      board(),
      undefined,
    );
    expect(merge.conflicts).toEqual([
      { field: 'percentComplete', theirs: '60', yours: '80' },
      { field: 'forecastOn', theirs: 'Friday 31 October 2025', yours: 'Nothing' },
      { field: 'effectStatus', theirs: 'Too early to say', yours: 'Some evidence of effect' },
    ]);
  });

  test('merges the words of a blocker with the body that somebody else named', () => {
    const now = board({ blocker: { ...blocker, waitingOnBody: 'Northam Council' } });
    const words = mergeAnswer({ ...action, blocker: { text: 'No desk', waitingOnBody: 'Northam ICB' } }, now, board());
    expect(words.answer).toEqual({ ...action, blocker: { text: 'No desk', waitingOnBody: 'Northam Council' } });
    const body = mergeAnswer(
      { ...action, blocker: { text: 'No room', waitingOnBody: 'Northam Council' } },
      board({ blocker: { ...blocker, text: 'No heating' } }),
      board(),
    );
    expect(body.answer).toEqual({ ...action, blocker: { text: 'No heating', waitingOnBody: 'Northam Council' } });
    expect([...words.conflicts, ...body.conflicts]).toEqual([]);
  });

  test('takes a blocker out, and names no body where none is left', () => {
    expect(mergeAnswer({ ...action, blocker: null }, board({ percentComplete: 61 }), board()).answer).toEqual({
      ...action,
      blocker: null,
    });
    const alone = { text: 'No room', accepted: false };
    const merge = mergeAnswer(
      { ...action, blocker: { text: 'No desk' } },
      board({ blocker: alone }),
      board({ blocker: alone }),
    );
    expect(merge.answer).toEqual({ ...action, blocker: { text: 'No desk' } });
  });

  test('that is gone since keeps what is there: the decision says so', () => {
    const merge = mergeAnswer({ ...action, percentComplete: 80 }, { ...board(), actions: [] }, board());
    expect(merge.conflicts).toEqual([{ field: 'percentComplete', theirs: 'Nothing', yours: '80' }]);
  });
});

describe('an answer to another item', () => {
  test('of a risk merges score and mitigations apart', () => {
    const seen = board();
    const now = board(
      {},
      { risks: [aRisk({ current: { likelihood: 4, impact: 3 } })], mitigations: [aMitigation({ status: 'complete' })] },
    );
    const answer = {
      kind: 'risk',
      ref: 'R1',
      likelihood: 5,
      impact: 4,
      reason: 'It got worse.',
      mitigations: [{ ref: 'R1.1', status: 'not-started' }],
    } as const;
    const merge = mergeAnswer(answer, now, seen);
    expect(merge.conflicts).toEqual([
      { field: 'mitigation:R1.1', theirs: 'Complete', yours: 'Not started' },
      { field: 'likelihood', theirs: '4', yours: '5' },
    ]);
    const untouched = mergeAnswer(
      { ...answer, likelihood: 2, impact: 3, mitigations: [{ ref: 'R1.1', status: 'in-progress' }] },
      now,
      seen,
    );
    expect(untouched).toEqual({
      answer: { kind: 'risk', ref: 'R1', reason: 'It got worse.', mitigations: [] },
      conflicts: [],
    });
    expect(mergeAnswer({ kind: 'risk', ref: 'R1', noChange: true }, now, seen).answer).toEqual({
      kind: 'risk',
      ref: 'R1',
      noChange: true,
    });
  });

  test('of a mitigation compares its status', () => {
    const now = board({}, { mitigations: [aMitigation({ status: 'complete' })] });
    const answer = { kind: 'mitigation', ref: 'R1.1', status: 'not-started' } as const;
    expect(mergeAnswer(answer, now, board()).conflicts).toHaveLength(1);
    expect(mergeAnswer({ ...answer, status: 'in-progress' }, now, board()).answer).toEqual({
      kind: 'mitigation',
      ref: 'R1.1',
    });
    expect(mergeAnswer({ kind: 'mitigation', ref: 'R1.1' }, now, board()).conflicts).toEqual([]);
  });

  test('of a measure adds a row and conflicts with nobody', () => {
    const answer = { kind: 'measure', ref: 'K1', period: '2025-05', value: 3 } as const;
    expect(mergeAnswer(answer, board(), undefined)).toEqual({ answer, conflicts: [] });
  });

  test('finds the item that carries the version', () => {
    const stamp = { itemId: '3', version: 'v9' };
    const whole = board({ stamp }, { measures: [aMeasure({ stamp })] });
    expect(stampOf(whole, { ...action })).toBe(stamp);
    expect(stampOf(whole, { kind: 'measure', ref: 'K1', period: '2025-05', value: 1 })).toBe(stamp);
    expect(stampOf(whole, { kind: 'risk', ref: 'R1' })).toBeUndefined();
    expect(stampOf(whole, { kind: 'mitigation', ref: 'R9' })).toBeUndefined();
  });
});

test('law: a change of theirs alone never conflicts, and one of both always does', () => {
  const percent = fc.integer({ min: 0, max: 3 });
  fc.assert(
    fc.property(percent, percent, percent, (seen, now, yours) => {
      const merge = mergeAnswer(
        { ...action, percentComplete: yours },
        board({ percentComplete: now }),
        board({ percentComplete: seen }),
      );
      const bothTouched = yours !== seen && now !== seen && yours !== now;
      expect(merge.conflicts.length > 0).toBe(bothTouched);
      const written = merge.answer.kind === 'action' ? merge.answer.percentComplete : undefined;
      expect(written).toBe(yours === seen || yours === now ? undefined : yours);
    }),
    { numRuns: 100 },
  );
});

describe('who wrote what is in the record now', () => {
  const marlow = 'P02';
  const said = (after: ChangedFields, over: Partial<Update> = {}) =>
    anUpdate({ byRef: marlow, at: '2025-09-02T09:00:00.000Z', after, ...over });
  const last = { byRef: marlow, at: '2025-09-02T09:00:00.000Z' };

  test.each([
    ['deliveryStatus', { deliveryStatus: 'at-risk' }, { deliveryStatus: 'off-track' }, { deliveryStatus: 'at-risk' }],
    [
      'blocker',
      { blocker: { ...blocker, text: 'No desk' } },
      { blocker: { text: 'No chair', waitingOnBody: 'Northam ICB' } },
      { 'blocker.text': 'No desk' },
    ],
    [
      'waitingOnBody',
      { blocker: { ...blocker, waitingOnBody: 'Northam Council' } },
      { blocker: { text: 'No room', waitingOnBody: 'The provider' } },
      { 'blocker.waitingOnBody': 'Northam Council' },
    ],
  ] as const)('is known from the history of the field %s', (field, change, given, after) => {
    const now = board(change, { updates: [said(after)] });
    expect(mergeAnswer({ ...action, ...given }, now, board()).conflicts).toMatchObject([{ field, last }]);
  });

  test('is known of a field that was emptied, which the history says as null', () => {
    const now = aQuietBoard({ actions: [anAction({ blocker })], updates: [said({ forecastOn: null })] });
    const { conflicts } = mergeAnswer({ ...action, forecastOn: '2025-12-01' }, now, board());
    expect(conflicts).toMatchObject([{ field: 'forecastOn', theirs: 'Nothing', last }]);
  });

  test('is the newest row of the history, in whatever order the rows come', () => {
    const rows = [
      said({ percentComplete: 70 }),
      said({ percentComplete: 65 }, { byRef: 'P03', at: '2025-09-01T09:00:00.000Z' }),
    ];
    const now = board({ percentComplete: 70 }, { updates: rows });
    expect(mergeAnswer({ ...action, percentComplete: 80 }, now, board()).conflicts).toMatchObject([{ last }]);
  });

  test.each([
    ['says another value', said({ percentComplete: 65 })],
    ['is about another field', said({ deliveryStatus: 'at-risk' })],
    ['is about another item', said({ percentComplete: 70 }, { subjectRef: 'A9.09' })],
  ])('is not known when the history %s', (_what, row) => {
    const now = board({ percentComplete: 70 }, { updates: [row] });
    expect(mergeAnswer({ ...action, percentComplete: 80 }, now, board()).conflicts).toEqual([
      { field: 'percentComplete', theirs: '70', yours: '80' },
    ]);
  });

  test('is known of a risk’s score, and of a mitigation answered by itself or with its risk', () => {
    const [risk, mitigation] = [aRisk(), aMitigation()];
    const over = {
      risks: [aRisk({ current: { likelihood: 5, impact: 5 } })],
      mitigations: [aMitigation({ status: 'complete' })],
    } as const;
    const mitigations = [{ ref: mitigation.ref, status: 'not-started' }] as const;
    const answer = { kind: 'risk', ref: risk.ref, likelihood: 1, impact: 1, mitigations } as const;
    const withRisk = said(
      { 'current.likelihood': 5, 'current.impact': 5, [`${mitigation.ref}.status`]: 'complete' },
      { subjectKind: 'risk', subjectRef: risk.ref },
    );
    const { conflicts } = mergeAnswer(answer, board({}, { ...over, updates: [withRisk] }), undefined);
    expect(conflicts.map((one) => one.last)).toEqual([last, last, last]);
    const alone = said({ status: 'complete' }, { subjectKind: 'mitigation', subjectRef: mitigation.ref });
    const own = { kind: 'mitigation', ref: mitigation.ref, status: 'not-started' } as const;
    expect(mergeAnswer(own, board({}, { ...over, updates: [alone] }), undefined).conflicts).toMatchObject([{ last }]);
  });
});
