// What an owner's answer changes, who may give it, what it closes, and what is refused in words.
import fc from 'fast-check';
import type { BoardSnapshot, ChangedFields } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { decideAnswer, type AcceptedAnswer, type Answer, type AnswerDecision } from '../../bot/board/update';
import {
  aMeasure,
  aMilestone,
  aMitigation,
  anAction,
  aQuietBoard,
  aReading,
  aRequest,
  aRisk,
} from '../fixtures/builders';

const policy = { ...defaultPolicy, quietDays: [] };
const today = '2025-06-10';
const at = `${today}T09:00:00.000Z`;
const stamp = { itemId: '7', version: 'v3' };

/** One action of each kind of milestone, a risk with two mitigations, a measure; P1 owns them. */
function board(over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  return aQuietBoard({
    actions: [anAction({ stamp, forecastOn: '2025-10-31' })],
    milestones: [
      aMilestone({ stamp, completedOn: '2025-05-20' }),
      aMilestone({ ref: 'A1.01-2' }),
      aMilestone({ ref: 'A1.02-1', actionRef: 'A1.02' }),
    ],
    risks: [aRisk({ stamp })],
    mitigations: [
      aMitigation(),
      aMitigation({ ref: 'R1.2', status: 'complete', completedOn: '2025-04-01' }),
      aMitigation({ ref: 'R2.1', riskRef: 'R2' }),
    ],
    requests: [aRequest({ stamp })],
    ...over,
  });
}

function decide(answer: Answer, over: { snapshot?: BoardSnapshot; byRef?: string; at?: string } = {}): AnswerDecision {
  return decideAnswer({ snapshot: board(), byRef: 'P1', at, policy, answer, ...over });
}

function accepted(decision: AnswerDecision): AcceptedAnswer {
  if (decision.kind !== 'accepted') throw new Error(JSON.stringify(decision));
  return decision;
}

function issues(decision: AnswerDecision): readonly string[] {
  return decision.kind === 'refused' ? decision.issues.map((one) => `${one.field}: ${one.message}`) : [];
}

const action = { kind: 'action', ref: 'A1.01' } as const;
const risk = { kind: 'risk', ref: 'R1' } as const;
const narrative = 'The partners have agreed the draft.';

describe('an answer about an action', () => {
  test('changes what was touched, adds the history row and closes the request', () => {
    const decision = accepted(
      decide({
        ...action,
        deliveryStatus: 'at-risk',
        percentComplete: 70,
        milestonesCompleted: ['A1.01-2'],
        forecastOn: '2025-11-28',
        narrative,
        effectStatus: 'some-evidence',
        effect: 'Families wait a week less.',
        blocker: { text: 'No room', waitingOnBody: 'Northam ICB' },
        evidenceLink: 'https://papers.northam.example/draft',
        reply: 'The dates are being checked.',
      }),
    );
    expect(decision.changes).toEqual([
      {
        record: 'action',
        ref: 'A1.01',
        stamp,
        changes: {
          deliveryStatus: 'at-risk',
          percentComplete: 70,
          forecastOn: '2025-11-28',
          effectStatus: 'some-evidence',
          'blocker.text': 'No room',
          'blocker.waitingOnBody': 'Northam ICB',
        },
      },
      { record: 'milestone', ref: 'A1.01-2', changes: { completedOn: today } },
      {
        record: 'request',
        ref: 'A1.01',
        stamp,
        changes: { state: 'answered', answeredOn: today, answeredByRef: 'P1', noChange: false },
      },
    ]);
    expect(decision.update).toEqual({
      subjectKind: 'action',
      subjectRef: 'A1.01',
      byRef: 'P1',
      at,
      before: {
        deliveryStatus: 'on-track',
        percentComplete: 60,
        'A1.01-2.completedOn': null,
        forecastOn: '2025-10-31',
        effectStatus: 'too-early',
        'blocker.text': null,
        'blocker.waitingOnBody': null,
        reply: null,
      },
      after: {
        deliveryStatus: 'at-risk',
        percentComplete: 70,
        'A1.01-2.completedOn': today,
        forecastOn: '2025-11-28',
        effectStatus: 'some-evidence',
        'blocker.text': 'No room',
        'blocker.waitingOnBody': 'Northam ICB',
        reply: 'The dates are being checked.',
      },
      narrative,
      effect: 'Families wait a week less.',
      blocker: 'No room',
      evidenceLink: 'https://papers.northam.example/draft',
      noChange: false,
    });
    expect(decision.changed).toEqual([
      'Status: on track → at risk',
      'Percent: 60 → 70',
      'Milestone A1.01-2 completed',
      'Forecast: Friday 28 November 2025',
      'Effect: too early to say → some evidence of effect',
      'What is in the way, waiting for Northam ICB',
      'Your reply to the computed rating',
      'A link to evidence',
      'What happened',
      'What is different for children and families',
    ]);
    expect(decision).toMatchObject({ meetingRef: 'M4', recordedAs: 'answered', title: 'Publish the standard' });
  });

  test('never carries what people wrote into the words about what changed', () => {
    const decision = accepted(decide({ ...action, narrative, effect: 'Quite secret words', reply: 'More of them' }));
    expect(decision.changed.join(' ')).not.toMatch(/secret|partners|More/);
  });

  test('that completes it sets the date and 100 per cent', () => {
    const decision = accepted(decide({ ...action, deliveryStatus: 'complete' }));
    expect(decision.changes[0]?.changes).toEqual({
      deliveryStatus: 'complete',
      completedOn: today,
      percentComplete: 100,
    });
  });

  test('keeps the percentage an owner gives with completion', () => {
    const decision = accepted(decide({ ...action, deliveryStatus: 'complete', percentComplete: 95 }));
    expect(decision.changes[0]?.changes).toMatchObject({ percentComplete: 95 });
  });

  test('that reopens it needs words and takes the completion date away', () => {
    const snapshot = board({
      actions: [anAction({ deliveryStatus: 'complete', completedOn: '2025-05-01', percentComplete: 100 })],
    });
    expect(issues(decide({ ...action, deliveryStatus: 'on-track' }, { snapshot }))).toEqual([
      'narrative: The status is worse than before: please say what happened, in 10 to 1,000 characters.',
    ]);
    const decision = accepted(decide({ ...action, deliveryStatus: 'on-track', narrative }, { snapshot }));
    expect(decision.changes[0]?.changes).toEqual({ deliveryStatus: 'on-track', completedOn: null });
    const embedded = accepted(decide({ ...action, deliveryStatus: 'embedded' }, { snapshot }));
    expect(embedded.changes[0]?.changes).toEqual({ deliveryStatus: 'embedded' });
  });

  test.each([
    ['off-track', 'at-risk', false],
    ['at-risk', 'off-track', true],
    ['at-risk', 'on-track', false],
    ['on-track', 'at-risk', true],
    ['not-started', 'on-track', false],
    ['on-track', 'not-started', false],
    ['not-started', 'at-risk', true],
    ['complete', 'embedded', false],
    ['embedded', 'complete', true],
  ] as const)('from %s to %s needs words: %s', (from, to, needed) => {
    const snapshot = board({ actions: [anAction({ deliveryStatus: from })] });
    expect(decide({ ...action, deliveryStatus: to }, { snapshot }).kind).toBe(needed ? 'refused' : 'accepted');
  });

  test('that stays off track needs words, also for no change', () => {
    const snapshot = board({ actions: [anAction({ deliveryStatus: 'off-track' })] });
    expect(issues(decide({ ...action, percentComplete: 61 }, { snapshot }))).toEqual([
      'narrative: This is off track: please say what happened, in 10 to 1,000 characters.',
    ]);
    expect(issues(decide({ ...action, noChange: true }, { snapshot }))).toEqual([
      'narrative: This is off track: please say in a line why nothing has changed.',
    ]);
    expect(accepted(decide({ ...action, noChange: true, narrative }, { snapshot }))).toMatchObject({
      noChange: true,
      changed: ['What happened'],
    });
  });

  test('of no change changes nothing but the request', () => {
    const decision = accepted(decide({ ...action, noChange: true, percentComplete: 99 }));
    expect(decision.changes.map((one) => one.record)).toEqual(['request']);
    expect(decision.update).toMatchObject({ noChange: true, before: {}, after: {} });
    expect(decision.changed).toEqual([]);
  });

  test('that repeats what is there is no change', () => {
    const same = {
      deliveryStatus: 'on-track',
      percentComplete: 60,
      forecastOn: '2025-10-31',
      effectStatus: 'too-early',
      milestonesCompleted: ['A1.01-1'],
      narrative: '   ',
      blocker: null,
    } as const;
    expect(accepted(decide({ ...action, ...same }))).toMatchObject({ noChange: true, changed: [] });
  });

  test('may take out forecast and blocker', () => {
    const blocker = { text: 'No room', waitingOnBody: 'Northam ICB', accepted: true };
    const snapshot = board({ actions: [anAction({ blocker, forecastOn: '2025-10-31' })] });
    const decision = accepted(decide({ ...action, blocker: null, forecastOn: null }, { snapshot }));
    expect(decision.changes[0]?.changes).toEqual({
      forecastOn: null,
      'blocker.text': null,
      'blocker.waitingOnBody': null,
      'blocker.accepted': false,
    });
    expect(decision.changed).toEqual(['Forecast date removed', 'Blocker removed']);
  });

  test("keeps the chair's acceptance while the body stays, and loses it with another body", () => {
    const blocker = { text: 'No room', waitingOnBody: 'Northam ICB', accepted: true };
    const snapshot = board({ actions: [anAction({ blocker })] });
    const sameBody = { text: 'Still no room', waitingOnBody: 'Northam ICB' };
    const words = accepted(decide({ ...action, blocker: sameBody }, { snapshot }));
    expect(words.changes[0]?.changes).toEqual({ 'blocker.text': 'Still no room' });
    const long = { text: 'x'.repeat(1001) };
    expect(issues(decide({ ...action, blocker: long }, { snapshot }))).toHaveLength(1);
    const none = accepted(decide({ ...action, blocker: { text: 'No room' } }, { snapshot }));
    expect(none.changes[0]?.changes).toEqual({ 'blocker.waitingOnBody': null, 'blocker.accepted': false });
    expect(none.changed).toEqual(['What is in the way']);
    const same = accepted(
      decide({ ...action, blocker: { text: ' No room ', waitingOnBody: 'Northam ICB' } }, { snapshot }),
    );
    expect(same.changes.map((one) => one.record)).toEqual(['request']);
  });

  test.each<[string, Partial<Answer & { kind: 'action' }>, string]>([
    ['140 per cent', { percentComplete: 140 }, 'percentComplete: Percent must be a whole number from 0 to 100.'],
    ['minus one', { percentComplete: -1 }, 'percentComplete: Percent must be a whole number from 0 to 100.'],
    ['half a per cent', { percentComplete: 0.5 }, 'percentComplete: Percent must be a whole number from 0 to 100.'],
    ['no number', { percentComplete: Number.NaN }, 'percentComplete: Percent must be a whole number from 0 to 100.'],
    [
      'another milestone',
      { milestonesCompleted: ['A1.02-1'] },
      'milestonesCompleted: A1.02-1 is not a milestone of A1.01.',
    ],
    ['31 June', { forecastOn: '2025-06-31' }, 'forecastOn: The forecast must be a date of the calendar.'],
    ['words for a date', { forecastOn: 'soon' }, 'forecastOn: The forecast must be a date of the calendar.'],
    ['month 13', { forecastOn: '2025-13-01' }, 'forecastOn: The forecast must be a date of the calendar.'],
    [
      'yesterday',
      { forecastOn: '2025-06-09' },
      'forecastOn: The forecast must be today, Tuesday 10 June 2025, or later.',
    ],
    ['nine characters', { narrative: '123456789' }, 'narrative: Please write at least 10 characters.'],
    [
      '1,001 characters',
      { narrative: 'x'.repeat(1001) },
      'narrative: Please write at most 1,000 characters; these are 1,001.',
    ],
    [
      'an empty blocker',
      { blocker: { text: ' ' } },
      'blocker: Please say in a line what is in the way, or take the blocker out.',
    ],
    [
      'a stranger as helper',
      { blocker: { text: 'No room', waitingOnBody: 'Nobody Ltd' } },
      'waitingOnBody: Please choose a body of this board.',
    ],
    [
      'a bare word as link',
      { evidenceLink: 'draft.docx' },
      'evidenceLink: Please give the full address of the evidence, starting with https://.',
    ],
    [
      'a script as link',
      { evidenceLink: 'javascript:alert(1)' },
      'evidenceLink: Please give the full address of the evidence, starting with https://.',
    ],
    [
      'a long link',
      { evidenceLink: `https://a.example/${'x'.repeat(500)}` },
      'evidenceLink: Please give the full address of the evidence, starting with https://.',
    ],
    [
      'an NHS number',
      { narrative: 'The child 943 476 5919 waits.' },
      'narrative: This seems to hold an NHS number. The board must not hold data on a child: please take it out.',
    ],
  ])('with %s is refused in words', (_name, part, message) => {
    expect(issues(decide({ ...action, ...part }))).toContain(message);
  });

  test('accepts the limits themselves, counted in characters that people see', () => {
    expect(decide({ ...action, narrative: '1234567890' }).kind).toBe('accepted');
    expect(decide({ ...action, narrative: '😀'.repeat(1000) }).kind).toBe('accepted');
    expect(decide({ ...action, percentComplete: 0 }).kind).toBe('accepted');
    expect(decide({ ...action, forecastOn: today }).kind).toBe('accepted');
  });

  test('says every issue at once', () => {
    expect(issues(decide({ ...action, deliveryStatus: 'off-track', percentComplete: 140 }))).toHaveLength(2);
  });

  test('loses control characters and lone surrogates, nothing else', () => {
    const decision = accepted(decide({ ...action, narrative: ' Agreed\u0000 in\u0007 May,\n*truly* \ud800. ' }));
    expect(decision.update.narrative).toBe('Agreed in May,\n*truly* \ufffd.');
  });

  test('with what may tell who a family is warns, field by field', () => {
    const decision = accepted(decide({ ...action, narrative: 'We met 3 families on Monday.' }));
    expect(decision.warnings).toEqual([
      {
        field: 'narrative',
        kind: 'small-count',
        message:
          'This seems to hold a count of five or fewer children or families, which may tell who a child or family is.',
      },
    ]);
  });

  test('shows a percentage that was never given as none', () => {
    const { percentComplete: _none, ...bare } = anAction();
    const decision = accepted(decide({ ...action, percentComplete: 10 }, { snapshot: board({ actions: [bare] }) }));
    expect(decision.changed).toEqual(['Percent: none → 10']);
    expect(accepted(decide({ ...action, noChange: true }, { snapshot: board({ actions: [bare] }) })).noChange).toBe(
      true,
    );
    expect(accepted(decide({ ...action, forecastOn: null }, { snapshot: board({ actions: [bare] }) })).noChange).toBe(
      true,
    );
    expect(accepted(decide(action, { snapshot: board({ actions: [bare] }) })).noChange).toBe(true);
  });
});

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
      'R1.2.status': 'in-progress',
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
    expect(decision.changed).toEqual(['Reading for June 2025: 71 %', 'What happened']);
  });

  test('for a month that has one is a revision; the same value again is no change', () => {
    const revised = accepted(decide({ ...reading, period: '2025-05', value: 66.5 }));
    expect(revised.additions[0]?.values).toMatchObject({ revises: true, value: 66.5 });
    expect(revised.update).toMatchObject({ before: { '2025-05': 65 }, after: { '2025-05': 66.5 } });
    expect(revised.changed).toEqual(['Reading for May 2025: 65 revised to 66.5 %']);
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

describe('laws', () => {
  const anAnswer: fc.Arbitrary<Answer> = fc.record(
    {
      kind: fc.constant('action' as const),
      ref: fc.constant('A1.01'),
      deliveryStatus: fc.constantFrom('not-started', 'on-track', 'at-risk', 'off-track', 'complete', 'embedded'),
      percentComplete: fc.integer({ min: -5, max: 105 }),
      forecastOn: fc.constantFrom(null, '2025-06-09', '2025-12-01', 'x'),
      narrative: fc.string({ maxLength: 30 }),
      effectStatus: fc.constantFrom('too-early', 'some-evidence'),
      noChange: fc.boolean(),
    },
    { requiredKeys: ['kind', 'ref'] },
  );

  test('an accepted answer never touches owner, title, due date or target', () => {
    fc.assert(
      fc.property(anAnswer, (answer) => {
        const decision = decide(answer);
        const touched = decision.kind === 'accepted' ? decision.changes.flatMap((one) => Object.keys(one.changes)) : [];
        expect(touched.filter((name) => /owner|title|due|target/i.test(name))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('before and after name the same fields, and differ in each', () => {
    fc.assert(
      fc.property(anAnswer, (answer) => {
        const decision = decide(answer);
        const none: ChangedFields = {};
        const { before, after } = decision.kind === 'accepted' ? decision.update : { before: none, after: none };
        expect(Object.keys(before)).toEqual(Object.keys(after));
        expect(Object.keys(after).filter((name) => before[name] === after[name])).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
