import fc from 'fast-check';
import { fieldsOf, shownValues } from '../../bot/cards/fields';
import { answerOf, readCommand } from '../../bot/cards/verbs';
import type { FormCommand } from '../../bot/cards/verbs';
import { aMeasure, aMilestone, aMitigation, anAction, aRisk, aSnapshot } from '../fixtures/builders';

const board = aSnapshot({
  actions: [
    anAction({
      ref: 'A1',
      deliveryStatus: 'at-risk',
      effectStatus: 'too-early',
      percentComplete: 67,
      forecastOn: '2025-02-28',
      blocker: { text: 'Two providers owe data, and have owed it for months', accepted: false },
    }),
  ],
  milestones: [aMilestone({ ref: 'A1-1', actionRef: 'A1' })],
  risks: [aRisk({ ref: 'R1', current: { likelihood: 4, impact: 5 } })],
  mitigations: [aMitigation({ ref: 'R1.1', riskRef: 'R1', status: 'in-progress' })],
  measures: [aMeasure({ ref: 'M1' })],
});

function press(
  kind: FormCommand['kind'],
  ref: string,
  typed: Record<string, unknown>,
  over: Record<string, unknown> = {},
  verb = 'save',
): FormCommand {
  const fields = fieldsOf(board, kind, ref);
  const untouched = Object.fromEntries(fields.map((field) => [field.name, field.value ?? '']));
  const data = {
    boardId: 'send',
    kind,
    ref,
    nonce: 'nonce-0001',
    version: 'v1',
    shown: shownValues(fields),
    ...untouched,
    ...typed,
    ...over,
  };
  const command = readCommand(verb, data);
  if (!command || command.verb === 'list' || command.verb === 'open') throw new Error('not a form');
  return command;
}

describe('what an action form sends back', () => {
  test('leaves out what was not touched', () => {
    expect(answerOf(press('action', 'A1', { percentComplete: 80, narrative: 'Two more were published.' }))).toEqual({
      answer: { kind: 'action', ref: 'A1', percentComplete: 80, narrative: 'Two more were published.' },
    });
  });

  test('is no change when nothing was touched', () => {
    expect(answerOf(press('action', 'A1', {}))).toEqual({ answer: { kind: 'action', ref: 'A1', noChange: true } });
  });

  test.each([
    ['status', { deliveryStatus: 'on-track' }, { deliveryStatus: 'on-track' }],
    ['milestones', { milestonesCompleted: 'A1-1,A1-2' }, { milestonesCompleted: ['A1-1', 'A1-2'] }],
    ['a forecast', { forecastOn: '2025-03-31' }, { forecastOn: '2025-03-31' }],
    ['a forecast taken out', { forecastOn: '' }, { forecastOn: null }],
    [
      'effect',
      { effectStatus: 'some-evidence', effect: 'Shorter waits' },
      { effectStatus: 'some-evidence', effect: 'Shorter waits' },
    ],
    ['a blocker taken out', { blocker: '' }, { blocker: null }],
    ['a blocker reworded', { blocker: 'One provider' }, { blocker: { text: 'One provider' } }],
    [
      'who could help',
      { waitingOnBody: 'Hertland ICB' },
      { blocker: { text: 'Two providers owe data, and have owed it for months', waitingOnBody: 'Hertland ICB' } },
    ],
    ['a reply', { reply: 'The dates are old' }, { reply: 'The dates are old' }],
    ['a number as text', { percentComplete: ' 70 ' }, { percentComplete: 70 }],
    ['a percentage for the rules to refuse', { percentComplete: 140 }, { percentComplete: 140 }],
  ])('gives %s', (_name, typed, expected) => {
    expect(answerOf(press('action', 'A1', typed))).toEqual({ answer: { kind: 'action', ref: 'A1', ...expected } });
  });

  test.each([
    ['percentComplete', { percentComplete: 'most of it' }],
    ['percentComplete', { percentComplete: '' }],
    ['deliveryStatus', { deliveryStatus: 'purple' }],
    ['forecastOn', { forecastOn: '2025-02-30' }],
    ['forecastOn', { forecastOn: 'soon' }],
    ['blocker', { blocker: '', waitingOnBody: 'Hertland ICB' }],
  ])('names %s when it cannot be read', (field, typed) => {
    expect(answerOf(press('action', 'A1', typed))).toEqual({
      issues: [{ field, message: expect.stringMatching(/\w/) }],
    });
  });

  test('says no change with a line', () => {
    expect(answerOf(press('action', 'A1', { narrative: 'Waiting for the extract.' }, {}, 'no-change'))).toEqual({
      answer: { kind: 'action', ref: 'A1', noChange: true, narrative: 'Waiting for the extract.' },
    });
  });

  test('does not throw away a change when No change is pressed', () => {
    expect(answerOf(press('action', 'A1', { percentComplete: 80 }, {}, 'no-change'))).toEqual({
      issues: [{ field: '', message: expect.stringContaining('Press Save to keep it') }],
    });
  });

  test('takes line ends and margins as untouched', () => {
    expect(
      answerOf(press('action', 'A1', { blocker: '  Two providers owe data, and have owed it for months\r\n' })),
    ).toEqual({
      answer: { kind: 'action', ref: 'A1', noChange: true },
    });
  });
});

describe('what the other forms send back', () => {
  test('a risk gives its score, reason and mitigations', () => {
    const command = press('risk', 'R1', {
      likelihood: '3',
      reason: 'Two posts were filled.',
      'mitigation:R1.1': 'complete',
    });
    expect(answerOf(command)).toEqual({
      answer: {
        kind: 'risk',
        ref: 'R1',
        likelihood: 3,
        reason: 'Two posts were filled.',
        mitigations: [{ ref: 'R1.1', status: 'complete' }],
      },
    });
  });

  test('a risk that was only looked at is no change', () => {
    expect(answerOf(press('risk', 'R1', {}))).toEqual({ answer: { kind: 'risk', ref: 'R1', noChange: true } });
  });

  test('a risk refuses No change over a changed score', () => {
    expect(answerOf(press('risk', 'R1', { impact: '1' }, {}, 'no-change'))).toHaveProperty('issues');
  });

  test('a mitigation gives its status', () => {
    expect(answerOf(press('mitigation', 'R1.1', { status: 'complete' }))).toEqual({
      answer: { kind: 'mitigation', ref: 'R1.1', status: 'complete' },
    });
    expect(answerOf(press('mitigation', 'R1.1', {}))).toEqual({
      answer: { kind: 'mitigation', ref: 'R1.1', noChange: true },
    });
    expect(answerOf(press('mitigation', 'R1.1', { status: 'complete' }, {}, 'no-change'))).toHaveProperty('issues');
  });

  test('a measure gives a reading for the month of the card', () => {
    expect(answerOf(press('measure', 'M1', { value: 89.5, source: 'Extract' }, { period: '2024-12' }))).toEqual({
      answer: { kind: 'measure', ref: 'M1', period: '2024-12', value: 89.5, source: 'Extract' },
    });
  });

  test.each([
    ['', '2024-12'],
    ['1,2', '2024-12'],
    ['89', undefined],
  ])('a measure refuses %j for %s', (value, period) => {
    expect(answerOf(press('measure', 'M1', { value }, period === undefined ? {} : { period }))).toHaveProperty(
      'issues',
    );
  });
});

describe('understanding a press', () => {
  test('drops from a conflict what is kept as theirs', () => {
    const fields = fieldsOf(board, 'action', 'A1');
    const data = {
      boardId: 'send',
      kind: 'action',
      ref: 'A1',
      nonce: 'nonce-0002',
      version: 'v2',
      shown: shownValues(fields),
      typed: { percentComplete: '80', deliveryStatus: 'off-track' },
      'keep:percentComplete': 'theirs',
      'keep:deliveryStatus': 'mine',
    };
    expect(readCommand('resolve', data)).toMatchObject({
      verb: 'save',
      version: 'v2',
      typed: { deliveryStatus: 'off-track' },
    });
    expect(readCommand('resolve', data)).not.toHaveProperty('typed.percentComplete');
  });

  test.each([
    ['an unknown verb', 'delete', { boardId: 'send' }],
    ['no data', 'save', undefined],
    ['a kind that takes no answer', 'open', { boardId: 'send', kind: 'decision', ref: 'D1' }],
    [
      'an input that is an object',
      'save',
      { boardId: 'send', kind: 'action', ref: 'A1', nonce: 'nonce-0001', shown: {}, narrative: { a: 1 } },
    ],
    ['a page below one', 'list', { boardId: 'send', page: 0 }],
    ['no nonce', 'save', { boardId: 'send', kind: 'action', ref: 'A1', shown: {} }],
    [
      'a text beyond every limit',
      'save',
      { boardId: 'send', kind: 'action', ref: 'A1', nonce: 'nonce-0001', shown: {}, narrative: 'x'.repeat(6000) },
    ],
  ])('understands nothing of %s', (_name, verb, data) => {
    expect(readCommand(verb, data)).toBeUndefined();
  });

  test('ignores inputs it did not ask for, prototypes included', () => {
    const data: unknown = JSON.parse(
      '{"boardId":"send","kind":"action","ref":"A1","nonce":"nonce-0001","shown":{},"owner":"P01","__proto__":{"x":1}}',
    );
    expect(readCommand('save', data)).toMatchObject({ typed: {} });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.anything(), (verb, data) => {
        const command = readCommand(verb, data);
        if (command?.verb === 'save') answerOf(command);
      }),
      { numRuns: 200 },
    );
  });
});
