// Who may answer, which requests an answer closes, and what answers about risks, mitigations and measures change.
import { decideAnswer, type Answer } from '../../bot/board/update';
import { accepted, at, board, decide, issues, policy, today } from '../fixtures/answers';
import { aMeasure, anAction, aReading, aRequest, aRisk } from '../fixtures/builders';

const action = { kind: 'action', ref: 'A1.01' } as const;
const risk = { kind: 'risk', ref: 'R1' } as const;
const narrative = 'The partners have agreed the draft.';

describe('who may answer', () => {
  test.each([
    ['P1', 'accepted'],
    ['P2', 'accepted'],
    ['P8', 'accepted'],
    ['P9', 'refused'],
    ['X1', 'refused'],
    ['P7', 'refused'],
  ])('for an item of P1, deputy P2: %s is %s', (byRef, kind) => {
    expect(decide({ ...action, noChange: true }, { byRef }).kind).toBe(kind);
  });

  test('also a deputy of the action alone, and the secretary named in the facts', () => {
    const snapshot = board({
      actions: [anAction({ deputyRefs: ['P9'] })],
      facts: { ...board().facts, secretaryRef: 'X9' },
      people: board().people.map((one) => (one.ref === 'P8' ? { ...one, ref: 'X9', boardRole: 'member' } : one)),
    });
    expect(decide({ ...action, noChange: true }, { snapshot, byRef: 'P9' }).kind).toBe('accepted');
    expect(decide({ ...action, noChange: true }, { snapshot, byRef: 'X9' }).kind).toBe('accepted');
  });

  test('never an adviser, even named as owner', () => {
    const snapshot = board({ actions: [anAction({ ownerRef: 'X1' })] });
    expect(issues(decide({ ...action, noChange: true }, { snapshot, byRef: 'X1' }))).toEqual([
      'byRef: Only the owner of A1.01, their deputy or the secretary may answer for it.',
    ]);
  });

  test('is recorded with the owner when somebody else answers', () => {
    expect(accepted(decide({ ...action, noChange: true }, { byRef: 'P2' })).update.forOwnerRef).toBe('P1');
    expect(accepted(decide({ ...action, noChange: true })).update.forOwnerRef).toBeUndefined();
    const { ownerRef: _none, ...nobodys } = anAction();
    const snapshot = board({ actions: [nobodys] });
    const decision = accepted(decide({ ...action, noChange: true }, { snapshot, byRef: 'P8' }));
    expect(decision.ownerRef).toBeUndefined();
    expect(decide({ ...action, noChange: true }, { snapshot, byRef: 'P2' }).kind).toBe('refused');
  });

  test.each(['action', 'risk', 'mitigation'] as const)('an unknown %s is named in words', (kind) => {
    expect(issues(decide({ kind, ref: 'Z9', noChange: true }))).toEqual([
      `ref: There is no ${kind} Z9 on this board any more.`,
    ]);
  });

  test('an unknown measure is named in words', () => {
    expect(issues(decide({ kind: 'measure', ref: 'Z9', period: '2025-05', value: 1 }))).toHaveLength(1);
  });
});

describe('the requests of the meeting', () => {
  test('are answered up to the deadline and late after it', () => {
    const states = ['2025-06-16T16:00:00.000Z', '2025-06-16T16:00:00.001Z'].map((moment) => {
      const decision = accepted(decide({ ...action, noChange: true }, { at: moment }));
      return [decision.recordedAs, decision.changes[0]?.changes['state']];
    });
    expect(states).toEqual([
      ['answered', 'answered'],
      ['late', 'late'],
    ]);
  });

  test('keep their first answer', () => {
    const snapshot = board({
      requests: [
        aRequest({ state: 'answered' }),
        aRequest({ state: 'cancelled' }),
        aRequest({ meetingRef: 'M3', state: 'unanswered' }),
        aRequest({ subjectRef: 'A9.99' }),
      ],
    });
    expect(accepted(decide({ ...action, noChange: true }, { snapshot })).changes).toEqual([]);
    const unanswered = board({ requests: [aRequest({ state: 'unanswered' })] });
    expect(accepted(decide({ ...action, noChange: true }, { snapshot: unanswered })).changes).toHaveLength(1);
  });

  test('of a meeting named are closed rather than of the next', () => {
    const snapshot = board({ requests: [aRequest({ meetingRef: 'M3', state: 'unanswered' })] });
    const decision = decideAnswer({
      snapshot,
      answer: { ...action, noChange: true },
      byRef: 'P1',
      at,
      policy,
      meetingRef: 'M3',
    });
    expect(accepted(decision)).toMatchObject({ meetingRef: 'M3', recordedAs: 'late' });
  });

  test('need no meeting: an answer between boards is kept', () => {
    const decision = accepted(decide({ ...action, noChange: true }, { snapshot: board({ meetings: [] }) }));
    expect(decision).toMatchObject({ recordedAs: 'answered', changes: [] });
    expect(decision.meetingRef).toBeUndefined();
  });
});

describe('an answer about a risk', () => {
  test('moves the score with a reason, is a review, and closes the requests of risk and mitigation', () => {
    const snapshot = board({
      requests: [
        aRequest({ subjectKind: 'risk', subjectRef: 'R1' }),
        aRequest({ subjectKind: 'mitigation', subjectRef: 'R1.1' }),
      ],
    });
    const decision = accepted(
      decide(
        {
          ...risk,
          likelihood: 3,
          impact: 4,
          reason: 'Two posts fell vacant in May.',
          mitigations: [
            { ref: 'R1.1', status: 'complete' },
            { ref: 'R1.2', status: 'in-progress' },
          ],
        },
        { snapshot },
      ),
    );
    expect(decision.changes.map(({ record, ref, changes }) => ({ record, ref, changes }))).toEqual([
      {
        record: 'risk',
        ref: 'R1',
        changes: { lastReviewedOn: today, 'current.likelihood': 3, 'current.impact': 4 },
      },
      { record: 'mitigation', ref: 'R1.1', changes: { status: 'complete', completedOn: today } },
      { record: 'mitigation', ref: 'R1.2', changes: { status: 'in-progress', completedOn: null } },
      { record: 'request', ref: 'R1', changes: expect.objectContaining({ state: 'answered' }) as unknown },
      { record: 'request', ref: 'R1.1', changes: expect.objectContaining({ state: 'answered' }) as unknown },
    ]);
    expect(decision.update.after).toEqual({
      'current.likelihood': 3,
      'current.impact': 4,
      'R1.1.status': 'complete',
      'R1.1.completedOn': today,
      'R1.2.status': 'in-progress',
      'R1.2.completedOn': null,
      lastReviewedOn: today,
    });
    expect(decision.changed).toEqual([
      'Likelihood: 2 → 3',
      'Impact: 3 → 4',
      'Mitigation R1.1: in progress → complete',
      'Mitigation R1.2: complete → in progress',
      'What happened',
    ]);
  });

  test('of no change is a review too, once a day', () => {
    const decision = accepted(decide({ ...risk, noChange: true, reason: 'Nothing new in June.' }));
    expect(decision.changes[0]?.changes).toEqual({ lastReviewedOn: today });
    expect(decision.noChange).toBe(true);
    const again = board({ risks: [aRisk({ lastReviewedOn: today })] });
    expect(accepted(decide({ ...risk, noChange: true }, { snapshot: again })).changes).toEqual([]);
    expect(accepted(decide({ ...risk, likelihood: 2 }, { snapshot: again })).changes).toEqual([]);
  });

  test.each<[Partial<Answer & { kind: 'risk' }>, string]>([
    [{ likelihood: 3 }, 'reason: The score moves: please say why, in 10 to 1,000 characters.'],
    [{ likelihood: 6 }, 'likelihood: Likelihood must be a whole number from 1 to 5.'],
    [{ likelihood: 0 }, 'likelihood: Likelihood must be a whole number from 1 to 5.'],
    [{ impact: 2.5 }, 'impact: Impact must be a whole number from 1 to 5.'],
    [{ mitigations: [{ ref: 'R2.1', status: 'complete' }] }, 'mitigation:R2.1: R2.1 is not a mitigation of R1.'],
  ])('with %j is refused in words', (part, message) => {
    expect(issues(decide({ ...risk, ...part }))).toEqual([message]);
  });
});

describe('an answer about a mitigation', () => {
  const mitigation = { kind: 'mitigation', ref: 'R1.1' } as const;

  test('sets its status and completion', () => {
    const decision = accepted(decide({ ...mitigation, status: 'complete' }));
    expect(decision.changes[0]?.changes).toEqual({ status: 'complete', completedOn: today });
    expect(decision.title).toBe('Advertise again');
  });

  test('needs words to go back, and none to stay', () => {
    expect(issues(decide({ ...mitigation, status: 'not-started' }))).toHaveLength(1);
    const back = accepted(decide({ ...mitigation, status: 'not-started', narrative }));
    expect(back.changes[0]?.changes).toEqual({ status: 'not-started' });
    expect(accepted(decide(mitigation)).noChange).toBe(true);
    expect(accepted(decide({ ...mitigation, noChange: true })).noChange).toBe(true);
    expect(accepted(decide({ ...mitigation, narrative })).noChange).toBe(false);
  });
});

describe('a reading', () => {
  const reading = { kind: 'measure', ref: 'K1', period: '2025-06', value: 71 } as const;

  test('is added with its day and source', () => {
    const decision = accepted(decide({ ...reading, source: 'Monthly return', note: 'Half a month' }));
    expect(decision.additions).toEqual([
      {
        record: 'reading',
        values: {
          measureRef: 'K1',
          period: '2025-06',
          value: 71,
          reportedOn: today,
          revises: false,
          source: 'Monthly return',
          note: 'Half a month',
        },
      },
    ]);
    expect(decision.changed).toEqual(['Reading for June 2025: 71%', 'What happened']);
  });

  test('for a month that has one is a revision; the same value again is no change', () => {
    const revised = accepted(decide({ ...reading, period: '2025-05', value: 66.5 }));
    expect(revised.additions[0]?.values).toMatchObject({ revises: true, value: 66.5 });
    expect(revised.update).toMatchObject({ before: { '2025-05': 65 }, after: { '2025-05': 66.5 } });
    expect(revised.changed).toEqual(['Reading for May 2025: 65 revised to 66.5%']);
    expect(accepted(decide({ ...reading, period: '2025-05', value: 65 }))).toMatchObject({
      additions: [],
      noChange: true,
    });
  });

  test('is compared with the last revision, never with a locality', () => {
    const readings = [
      aReading({ period: '2025-05', value: 65, reportedOn: '2025-06-06' }),
      aReading({ period: '2025-05', value: 64, reportedOn: '2025-06-05' }),
      aReading({ period: '2025-05', value: 66, reportedOn: '2025-06-08', revises: true }),
      aReading({ period: '2025-05', value: 90, reportedOn: '2025-06-09', locality: 'East' }),
    ];
    const snapshot = board({ readings });
    const same = accepted(decide({ ...reading, period: '2025-05', value: 66 }, { snapshot }));
    expect(same.noChange).toBe(true);
  });

  test.each<[Partial<Answer & { kind: 'measure' }>, string]>([
    [{ period: '2025-07' }, 'period: The reading must be for a month that has begun.'],
    [{ period: '2025-00' }, 'period: The reading must be for a month that has begun.'],
    [{ value: Number.NaN }, 'value: Type the value as a number, for example 89 or 12.5.'],
    [{ value: 101 }, 'value: A percentage lies between 0 and 100.'],
    [{ value: -1 }, 'value: A percentage lies between 0 and 100.'],
  ])('with %j is refused in words', (part, message) => {
    expect(issues(decide({ ...reading, ...part }))).toEqual([message]);
  });

  test('over 100 is fine when it is no percentage, and none is taken for a computed measure', () => {
    const weeks = board({ measures: [aMeasure({ unit: 'weeks' })] });
    expect(decide({ ...reading, value: 140 }, { snapshot: weeks }).kind).toBe('accepted');
    const computed = board({ measures: [aMeasure({ computed: true })] });
    expect(issues(decide(reading, { snapshot: computed }))).toEqual([
      'value: This measure is worked out from the record; no reading is needed.',
    ]);
  });
});
