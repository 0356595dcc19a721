// What a row of a plan adds to the board or changes in it: defaults told of, agreed dates kept, private texts left out.
import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../bot/board/model';
import {
  aBody,
  aMeasure,
  aMilestone,
  anAction,
  anArea,
  anUpdate,
  aPerson,
  aRisk,
  aSnapshot,
} from '../fixtures/builders';
import { aPlanRow, decided } from '../fixtures/planRows';

const people = [aPerson()];
const areas = [anArea(), anArea({ ref: 'A2', title: 'Health advice' })];

/** An action that nobody has given a date. */
function undated(): Action {
  const { dueOn: _due, originalDueOn: _original, ...rest } = anAction();
  return rest;
}

describe('an empty cell', () => {
  const row = aPlanRow('action', { ref: 'A1.01', title: null, description: null, forecastOn: null });
  const snapshot = aSnapshot({ areas, actions: [anAction()] });

  test('changes nothing', () => {
    expect(decided([row], { snapshot }).outcomes).toEqual(['same action A1.01']);
  });

  test('empties what may be empty and is not, when blanks are wanted', () => {
    expect(decided([row], { snapshot, blank: true }).items[0]?.values).toEqual({ description: null });
  });
});

describe('a row of a record of the board', () => {
  test('moves it to the area that the row names', () => {
    const snapshot = aSnapshot({ areas, actions: [anAction()] });
    const { items } = decided([aPlanRow('action', { ref: 'A1.01', areaRef: 'Health advice' })], { snapshot });
    expect(items[0]).toMatchObject({ outcome: 'change', values: { areaRef: 'A2' } });
  });

  test('makes a first due date the original one', () => {
    const snapshot = aSnapshot({ areas, actions: [undated()] });
    const { items } = decided([aPlanRow('action', { ref: 'A1.01', dueOn: '30 September 2025' })], { snapshot });
    expect(items[0]?.values).toEqual({ dueOn: '2025-09-30', originalDueOn: '2025-09-30' });
  });

  test('takes the original date from its own column', () => {
    const snapshot = aSnapshot({ areas, actions: [undated()] });
    const cells = { ref: 'A1.01', dueOn: '30 September 2025', originalDueOn: '30 June 2025' };
    const { items } = decided([aPlanRow('action', cells)], { snapshot });
    expect(items[0]?.values).toEqual({ dueOn: '2025-09-30', originalDueOn: '2025-06-30' });
  });

  test.each([
    ['dueOn', 'import-agreed-date', /the board agreed 30 September 2025: the date stays/],
    ['originalDueOn', 'import-original-date', /the original due date never changes/],
  ])('never moves %s', (field, rule, says) => {
    const snapshot = aSnapshot({ areas, actions: [anAction()], milestones: [aMilestone()] });
    const cells = { ref: 'A1.01-1', [field]: '31 December 2025' };
    const { outcomes, texts } = decided([aPlanRow('milestone', cells)], { snapshot });
    expect(outcomes).toEqual(['same milestone A1.01-1']);
    expect(texts(rule)).toEqual([expect.stringMatching(says)]);
  });
});

describe('an update of progress', () => {
  const snapshot = aSnapshot({ areas, actions: [anAction()], updates: [anUpdate()] });
  const told = (narrative: string) => decided([aPlanRow('action', { ref: 'A1.01', narrative })], { snapshot });

  test('that the history holds is not told again', () => {
    expect(told('The draft has gone to partners.').outcomes).toEqual(['same action A1.01']);
  });

  test('that is new is a change of its own', () => {
    expect(told('Partners have answered.').items[0]).toMatchObject({
      outcome: 'change',
      changes: [],
      narrative: 'Partners have answered.',
    });
  });

  test('that seems to hold an address is left out until it is confirmed', () => {
    const { outcomes, findings } = told('Ask kim.lee@one.example.');
    expect(outcomes).toEqual(['same action A1.01']);
    expect(findings).toMatchObject([
      { rule: 'import-personal-data', where: 'Sheet "Plan", cell B2', text: expect.stringMatching(/--confirm-texts/) },
    ]);
  });
});

describe('a new action', () => {
  const snapshot = aSnapshot({ areas, people, bodies: [aBody(), aBody({ name: 'Northam ICB' })] });
  const cells = { ref: 'A1.09', areaRef: 'A1', title: 'Train the panels' };
  const made = (more: Readonly<Record<string, string>> = {}) =>
    decided([aPlanRow('action', { ...cells, ...more })], { snapshot });

  test('with no more than a name comes in as harmless as can be, and all of it is told', () => {
    const { items, rules } = made();
    expect(items[0]?.values).toEqual({
      ref: 'A1.09',
      areaRef: 'A1',
      title: 'Train the panels',
      deliveryStatus: 'not-started',
      effectStatus: 'too-early',
    });
    expect(rules).toEqual(['no-owner', 'no-due-date', 'no-linked-measure', 'import-no-status', 'import-no-effect']);
  });

  test('of which all is said leaves nothing to find', () => {
    const full = decided(
      [
        aPlanRow('action', {
          ...cells,
          ownerRef: 'Robin Ashdown',
          dueOn: '30 September 2025',
          originalDueOn: '30 June 2025',
          deliveryStatus: 'On track',
          effectStatus: 'Too early',
          measureRefs: 'plans issued on time',
        }),
      ],
      { snapshot: { ...snapshot, measures: [aMeasure()] } },
    );
    expect(full.findings).toEqual([]);
    expect(full.items[0]).toMatchObject({
      ownerRef: 'P1',
      values: { dueOn: '2025-09-30', originalDueOn: '2025-06-30', measureRefs: ['K1'] },
    });
  });

  test('has its due date as the original one when there is no other', () => {
    expect(made({ dueOn: '30 September 2025' }).items[0]?.values).toMatchObject({ originalDueOn: '2025-09-30' });
  });

  test('keeps its update beside its values', () => {
    expect(made({ narrative: 'Two panels are trained.' }).items[0]?.narrative).toBe('Two panels are trained.');
  });

  test.each([
    ['Northam Council, northam icb', ['Northam Council', 'Northam ICB'], 0],
    ['Northam Council, Schools', ['Northam Council, Schools'], 1],
    ['Schools', ['Schools'], 1],
  ])('has of the partners %j the bodies of the board', (partnerBodies, bodies, unknown) => {
    const { items, texts } = made({ partnerBodies });
    expect(items[0]?.values).toMatchObject({ partnerBodies: bodies });
    expect(texts('import-unknown-body')).toHaveLength(unknown);
  });

  test('keeps a ref that the board does not know as written, and says so', () => {
    const { items, texts } = made({ riskRefs: 'R7' });
    expect(items[0]?.values).toMatchObject({ riskRefs: ['R7'] });
    expect(texts('import-unknown-ref')).toEqual(['It names R7, which is no risk of the board.']);
  });

  test('is refused when its name holds a number of a child', () => {
    const { items, texts } = made({ title: 'Advice for 943 476 5919' });
    expect(items[0]?.outcome).toBe('refused');
    expect(texts('import-personal-data')).toEqual([expect.stringMatching(/must not hold data on a child/)]);
    expect(texts('import-incomplete')).toEqual(['Its name cannot be taken, so the row is not.']);
  });

  test('is taken without a description that holds a number of a child', () => {
    const { items } = made({ description: 'Advice for 943 476 5919' });
    expect(items[0]?.outcome).toBe('add');
    expect(items[0]?.values).not.toHaveProperty('description');
  });

  test('does not wait for a body when nothing blocks it', () => {
    const { items, texts } = made({ 'blocker.waitingOnBody': 'Northam ICB' });
    expect(items[0]?.values).not.toHaveProperty(['blocker.waitingOnBody']);
    expect(texts('import-half')).toEqual(['Whom it waits for is said, and not what blocks it; it is not taken.']);
  });

  test('may be blocked without waiting for a body', () => {
    expect(made({ 'blocker.text': 'No venue' }).items[0]?.values).toMatchObject({ 'blocker.text': 'No venue' });
  });
});

test('a blocker on which a body is waited for is not emptied alone', () => {
  const blocker = { text: 'No venue', waitingOnBody: 'Northam ICB', accepted: false };
  const snapshot = aSnapshot({ areas, actions: [anAction({ blocker })] });
  const row = aPlanRow('action', { ref: 'A1.01', 'blocker.text': null });
  const { outcomes, findings } = decided([row], { snapshot, blank: true });
  expect(outcomes).toEqual(['same action A1.01']);
  expect(findings).toMatchObject([{ rule: 'import-half', where: 'Sheet "Plan", row 2' }]);
});

test('what the board holds by half is left when the row does not touch it', () => {
  const blocker = { text: '', waitingOnBody: 'Northam ICB', accepted: false };
  const snapshot = aSnapshot({ areas, actions: [anAction({ blocker })] });
  const { items, rules } = decided([aPlanRow('action', { ref: 'A1.01', percentComplete: 70 })], { snapshot });
  expect(items[0]?.values).toEqual({ percentComplete: 70 });
  expect(rules).toEqual([]);
});

test('a body that the list lacks is not told again when the board has it so', () => {
  const snapshot = aSnapshot({ areas, actions: [anAction({ leadBody: 'Schools' })] });
  const { outcomes, rules } = decided([aPlanRow('action', { ref: 'A1.01', leadBody: 'Schools' })], { snapshot });
  expect(outcomes).toEqual(['same action A1.01']);
  expect(rules).toEqual([]);
});

test('a new milestone and a new mitigation come in under what they belong to', () => {
  const snapshot = aSnapshot({ areas, people, actions: [anAction()], risks: [aRisk()] });
  const { items } = decided(
    [
      aPlanRow('milestone', { actionRef: 'A1.01', title: 'Draft agreed', dueOn: '30 June 2025' }),
      aPlanRow('mitigation', { riskRef: 'R1', text: 'Advertise again', ownerRef: 'P1' }),
    ],
    { snapshot },
  );
  expect(items.map((one) => one.values)).toEqual([
    {
      ref: 'A1.01-1',
      actionRef: 'A1.01',
      title: 'Draft agreed',
      dueOn: '2025-06-30',
      originalDueOn: '2025-06-30',
    },
    { ref: 'R1.1', riskRef: 'R1', text: 'Advertise again', ownerRef: 'P1', status: 'not-started' },
  ]);
});

test('a milestone without a due date is refused', () => {
  const snapshot = aSnapshot({ areas, actions: [anAction()] });
  const { texts } = decided([aPlanRow('milestone', { ref: 'A1.01-2', title: 'Train' })], { snapshot });
  expect(texts('import-incomplete')).toEqual(['A milestone needs a due date.']);
});

describe('a new measure', () => {
  const cells = { ref: 'K9', areaRef: 'A1', name: 'Advice on time' };
  const made = (more: Readonly<Record<string, string | number>>) =>
    decided([aPlanRow('measure', { ...cells, ...more })], { snapshot: aSnapshot({ areas, people }) });

  test.each([
    ['baseline.value', 40, 'A baseline needs a value and a date; it is not taken.'],
    ['target.on', '31 December 2025', 'A target needs a value and a date; it is not taken.'],
  ])('is taken without %s alone', (field, value, says) => {
    const { items, findings } = made({ [field]: value });
    expect(items[0]?.values).not.toHaveProperty([field]);
    expect(findings.filter((one) => one.rule === 'import-half')).toMatchObject([
      { text: says, where: 'Sheet "Plan", cell D2' },
    ]);
  });

  test('comes in as quarterly when the row does not say', () => {
    expect(made({}).items[0]?.values).toMatchObject({ frequency: 'quarterly' });
    expect(made({ frequency: 'Monthly' }).rules).not.toContain('import-no-frequency');
  });
});

test('a target whose value alone is new keeps the date of the board', () => {
  const snapshot = aSnapshot({ areas, measures: [aMeasure()] });
  const { items } = decided([aPlanRow('measure', { ref: 'K1', 'target.value': 95 })], { snapshot });
  expect(items[0]?.values).toEqual({ 'target.value': 95 });
});

describe('a risk', () => {
  test.each([{}, { 'current.likelihood': 3 }])('with the scores %j is refused', (scores) => {
    const { texts } = decided([aPlanRow('risk', { ref: 'R9', title: 'Posts stay empty', ...scores })]);
    expect(texts('import-incomplete')).toEqual(['A risk needs its current likelihood and impact, each from 1 to 5.']);
  });

  test('has the current scores for those that the row leaves out', () => {
    const cells = { ref: 'R9', title: 'Posts stay empty', 'current.likelihood': 3, 'current.impact': 4 };
    const { items, rules } = decided([aPlanRow('risk', { ...cells, 'target.likelihood': 2 })]);
    expect(items[0]?.values).toMatchObject({ 'inherent.likelihood': 3, 'target.likelihood': 2, 'target.impact': 4 });
    expect(rules.filter((one) => one === 'import-no-target-score')).toHaveLength(1);
  });

  test('of the board takes the update of its row', () => {
    const row = aPlanRow('risk', { ref: 'R1', narrative: 'Two posts are filled.' });
    const { items } = decided([row], { snapshot: aSnapshot({ risks: [aRisk()] }) });
    expect(items[0]).toMatchObject({ outcome: 'change', narrative: 'Two posts are filled.' });
  });

  test('is told when its score is not the product of the two', () => {
    const snapshot = aSnapshot({ risks: [aRisk()] });
    const row = aPlanRow('risk', { ref: 'R1', 'inherent.score': 15, 'current.score': 6, 'current.impact': 3 });
    expect(decided([row], { snapshot }).texts('import-score-differs')).toEqual([
      'The workbook gives 15 as the inherent score; likelihood times impact is 16.',
    ]);
  });
});
