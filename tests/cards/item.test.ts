import fc from 'fast-check';
import { fieldsOf, shownValues } from '../../bot/cards/fields';
import { itemCard } from '../../bot/cards/item';
import type { ItemCardInput } from '../../bot/cards/item';
import { cardBytes, cardLimitBytes } from '../../bot/cards/kit';
import { deliveryWords } from '../../bot/cards/words';
import { aBody, aMeasure, aMilestone, aMitigation, anAction, aRisk, aSnapshot } from '../fixtures/builders';
import { buttonsOf, cardProblems, inputsOf, partsOf, textOf } from './checkCard';

const board = aSnapshot({
  actions: [
    anAction({
      ref: 'A1',
      deliveryStatus: 'at-risk',
      percentComplete: 67,
      forecastOn: '2025-02-28',
      blocker: { text: 'Two providers owe data', waitingOnBody: 'Hertland ICB', accepted: true },
    }),
  ],
  milestones: [
    aMilestone({ ref: 'A1-1', actionRef: 'A1', title: 'Template tested', completedOn: '2024-09-12' }),
    aMilestone({ ref: 'A1-2', actionRef: 'A1', title: 'All six published' }),
  ],
  bodies: [aBody({ name: 'Hertland Council' }), aBody({ name: 'Hertland ICB' })],
  risks: [aRisk({ ref: 'R1', current: { likelihood: 4, impact: 5 } })],
  mitigations: [aMitigation({ ref: 'R1.1', riskRef: 'R1', text: 'Recruit two more', status: 'in-progress' })],
  measures: [aMeasure({ ref: 'M1', unit: '% of plans' })],
});

const form = (over: Partial<ItemCardInput> = {}): ItemCardInput => ({
  boardId: 'send',
  kind: 'action',
  ref: 'A1',
  title: 'Locality profiles',
  nonce: 'nonce-0001',
  version: '"v1"',
  fields: fieldsOf(board, 'action', 'A1'),
  status: deliveryWords['off-track'],
  reason: 'Its due date passed 25 working days ago.',
  more: 3,
  noChange: true,
  ...over,
});

describe('the form of an item', () => {
  test('is a valid card with the last values filled in', () => {
    const card = itemCard(form());
    expect(cardProblems(card)).toEqual([]);
    const inputs = inputsOf(card);
    expect(inputs['deliveryStatus']).toMatchObject({ value: 'at-risk', isRequired: true });
    expect(inputs['percentComplete']).toMatchObject({ value: 67 });
    expect(inputs['percentComplete']).not.toHaveProperty('max');
    expect(inputs['percentComplete']?.['label']).toContain('1 of 2 milestones is done: 50 to 99');
    expect(inputs['forecastOn']).toMatchObject({ value: '2025-02-28' });
    expect(inputs['blocker']).toMatchObject({ value: 'Two providers owe data' });
    expect(inputs['waitingOnBody']).toMatchObject({ value: 'Hertland ICB' });
    expect(inputs['milestonesCompleted']?.['choices']).toEqual([{ title: 'A1-2 All six published', value: 'A1-2' }]);
  });

  test('carries item, nonce, seen version and what was shown with its Save', () => {
    const save = buttonsOf(itemCard(form())).find((one) => one.verb === 'save');
    expect(save?.title).toBe('Save and next');
    expect(save?.data).toEqual({
      boardId: 'send',
      kind: 'action',
      ref: 'A1',
      nonce: 'nonce-0001',
      version: '"v1"',
      shown: shownValues(form().fields),
    });
  });

  test('says Save alone when nothing waits after it', () => {
    expect(buttonsOf(itemCard(form({ more: 0 }))).map((one) => one.title)).toEqual(['Save', 'No change', 'Back']);
  });

  test('leads back without sending or checking the inputs', () => {
    const back = partsOf(itemCard(form())).find((part) => part['title'] === 'Back');
    expect(back).toMatchObject({ verb: 'list', associatedInputs: 'none' });
  });

  test('shows an error beside its field and keeps what was typed', () => {
    const card = itemCard(
      form({
        typed: { percentComplete: '140', narrative: 'Nearly there' },
        issues: [{ field: 'percentComplete', message: 'The percentage must be a whole number from 0 to 100.' }],
      }),
    );
    expect(cardProblems(card)).toEqual([]);
    const beside = partsOf(card).find(
      (part) => part['type'] === 'Container' && JSON.stringify(part['items']).includes('"percentComplete"'),
    );
    expect(JSON.stringify(beside)).toContain('The percentage must be a whole number from 0 to 100.');
    expect(inputsOf(card)['percentComplete']).toMatchObject({ value: 140 });
    expect(inputsOf(card)['narrative']).toMatchObject({ value: 'Nearly there' });
    expect(textOf(card)).toContain('Not saved yet ■ One thing needs changing. What you typed is kept.');
  });

  test('keeps what was first shown when it is shown again', () => {
    const shown = { percentComplete: '60' };
    const save = buttonsOf(itemCard(form({ typed: {}, shown }))).find((one) => one.verb === 'save');
    expect(save?.data['shown']).toEqual(shown);
  });

  test('says at the top what belongs to no field', () => {
    expect(textOf(itemCard(form({ issues: [{ field: '', message: 'The board is paused.' }] })))).toContain(
      'The board is paused.',
    );
  });

  test('asks the writer to confirm a text that may identify a child', () => {
    const card = itemCard(form({ warnings: ['This may be a postcode.'] }));
    expect(cardProblems(card)).toEqual([]);
    expect(textOf(card)).toContain('This may be a postcode.');
    expect(buttonsOf(card).find((one) => one.title === 'Save as it is')?.data['confirmed']).toBe(true);
  });

  test('shows the disagreement and asks for a reply only where there is one', () => {
    const fields = fieldsOf(board, 'action', 'A1', { disagrees: true });
    const card = itemCard(form({ fields, disagreement: 'You said at risk. The dates say otherwise.' }));
    expect(cardProblems(card)).toEqual([]);
    expect(textOf(card)).toContain('The record differs ▲ You said at risk.');
    expect(Object.keys(inputsOf(card))).toContain('reply');
    expect(Object.keys(inputsOf(itemCard(form())))).not.toContain('reply');
  });

  test('starts with the receipt of what was saved just before', () => {
    expect(textOf(itemCard(form({ receipt: 'R1 Waits. No change.' })))).toMatch(/^Saved ✓ R1 Waits\. No change\./);
  });

  test('asks a risk for its score and its open mitigations', () => {
    const card = itemCard(form({ kind: 'risk', ref: 'R1', fields: fieldsOf(board, 'risk', 'R1') }));
    expect(cardProblems(card)).toEqual([]);
    expect(inputsOf(card)['likelihood']).toMatchObject({ value: '4' });
    expect(inputsOf(card)['mitigation:R1.1']).toMatchObject({ value: 'in-progress', label: 'R1.1: Recruit two more' });
  });

  test('asks a measure for a value, with no way to say no change', () => {
    const card = itemCard(
      form({
        kind: 'measure',
        ref: 'M1',
        period: '2024-12',
        noChange: false,
        fields: fieldsOf(board, 'measure', 'M1'),
      }),
    );
    expect(cardProblems(card)).toEqual([]);
    expect(inputsOf(card)['value']?.['label']).toContain('% of plans');
    expect(buttonsOf(card).map((one) => one.verb)).toEqual(['save', 'list']);
    expect(buttonsOf(card)[0]?.data['period']).toBe('2024-12');
  });

  test('asks a mitigation for its status', () => {
    const card = itemCard(form({ kind: 'mitigation', ref: 'R1.1', fields: fieldsOf(board, 'mitigation', 'R1.1') }));
    expect(cardProblems(card)).toEqual([]);
    expect(inputsOf(card)['status']).toMatchObject({ value: 'in-progress' });
  });

  test('has no field for what is not there', () => {
    expect(fieldsOf(board, 'action', 'A9')).toEqual([]);
    expect(fieldsOf(board, 'risk', 'R9')).toEqual([]);
    expect(fieldsOf(board, 'mitigation', 'R9.1')).toEqual([]);
    expect(fieldsOf(board, 'measure', 'M9')).toEqual([]);
    expect(fieldsOf(board, 'decision', 'D1')).toEqual([]);
  });

  test('stays under 28 KB with the longest texts that can be typed', () => {
    const long = (length: number): string => 'é"\n'.repeat(length).slice(0, length);
    const bodies = Array.from({ length: 60 }, (_, index) => aBody({ name: `${index} ${'Body '.repeat(20)}` }));
    const milestones = Array.from({ length: 30 }, (_, index) =>
      aMilestone({ ref: `A1-${index}`, actionRef: 'A1', title: long(200) }),
    );
    const crowded = { ...board, bodies, milestones };
    const typed = { narrative: long(1000), effect: long(1000), blocker: long(500), reply: long(300) };
    const card = itemCard(
      form({
        fields: fieldsOf(crowded, 'action', 'A1', { disagrees: true, narrative: long(1000), effect: long(1000) }),
        typed,
        title: long(255),
        reason: long(1000),
        disagreement: long(1000),
        lastSaid: { text: long(1000), byline: long(200) },
        warnings: [long(300), long(300)],
        receipt: long(500),
      }),
    );
    expect(cardBytes(card)).toBeLessThanOrEqual(cardLimitBytes);
    expect(inputsOf(card)['narrative']?.['value']).toBe(typed.narrative);
  });

  test('stays valid whatever people wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const hostile = {
          ...board,
          actions: [anAction({ ref: 'A1', blocker: { text, waitingOnBody: text, accepted: false } })],
        };
        const card = itemCard(
          form({ title: text, reason: text, fields: fieldsOf(hostile, 'action', 'A1', { narrative: text }) }),
        );
        expect(cardProblems(card)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
