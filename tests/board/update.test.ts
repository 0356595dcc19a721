// What an answer about an action changes, and what is refused in words.
import fc from 'fast-check';
import type { ChangedFields } from '../../bot/board/model';
import type { Answer } from '../../bot/board/update';
import { accepted, at, board, decide, issues, stamp, today } from '../fixtures/answers';
import { anAction } from '../fixtures/builders';

const action = { kind: 'action', ref: 'A1.01' } as const;
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
      'Percentage: 60 → 70',
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
    ['140 per cent', { percentComplete: 140 }, 'percentComplete: The percentage must be a whole number from 0 to 100.'],
    ['minus one', { percentComplete: -1 }, 'percentComplete: The percentage must be a whole number from 0 to 100.'],
    [
      'half a per cent',
      { percentComplete: 0.5 },
      'percentComplete: The percentage must be a whole number from 0 to 100.',
    ],
    [
      'no number',
      { percentComplete: Number.NaN },
      'percentComplete: The percentage must be a whole number from 0 to 100.',
    ],
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
    expect(decision.changed).toEqual(['Percentage: none → 10']);
    expect(accepted(decide({ ...action, noChange: true }, { snapshot: board({ actions: [bare] }) })).noChange).toBe(
      true,
    );
    expect(accepted(decide({ ...action, forecastOn: null }, { snapshot: board({ actions: [bare] }) })).noChange).toBe(
      true,
    );
    expect(accepted(decide(action, { snapshot: board({ actions: [bare] }) })).noChange).toBe(true);
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
