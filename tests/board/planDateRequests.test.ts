// A plan that moves an agreed date asks for it, once and with a reason; what was decided or waits is not asked again.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot, DateChange } from '../../bot/board/model';
import { aDateChange, aMilestone, anAction, anArea, aSnapshot } from '../fixtures/builders';
import { aPlanRow, decided } from '../fixtures/planRows';

const reason = 'The survey closes later.';
const later = '31 December 2025';
const laterOn = '2025-12-31';
const said = 'The workbook says 31 December 2025 and the board agreed 30 September 2025: the date stays.';

/** An action and a milestone due on 30 September 2025. */
function board(over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  return aSnapshot({
    areas: [anArea()],
    actions: [anAction({ dueOn: '2025-09-30', originalDueOn: '2025-09-01' })],
    milestones: [aMilestone({ ref: 'A1.01-1', dueOn: '2025-09-30' })],
    ...over,
  });
}

function moved(cells: Readonly<Record<string, string>>, over: Parameters<typeof decided>[1] = {}) {
  return decided([aPlanRow('action', { ref: 'A1.01', dueOn: later, ...cells })], { snapshot: board(), ...over });
}

const before = (over: Partial<DateChange>) => ({
  snapshot: board({
    dateChanges: [aDateChange({ ref: 'DC7', fromOn: '2025-09-30', toOn: laterOn, ...over })],
  }),
});
const pending = { decision: 'pending' } as const;
const refused = { decision: 'refused', reason } as const;

describe('a due date that a row moves with its reason', () => {
  test('is asked for and stays', () => {
    const { items, outcomes, texts } = moved({ dateReason: reason });
    expect(outcomes).toEqual(['add dateChange A1.01-DC1', 'same action A1.01']);
    expect(items[0]).toEqual({
      ...{ kind: 'dateChange', ref: 'A1.01-DC1', outcome: 'add' },
      ...{ where: 'Sheet "Plan", cell B2', key: 'Plan!2 action date' },
      values: {
        ...{ ref: 'A1.01-DC1', subjectRef: 'A1.01', actionRef: 'A1.01', fromOn: '2025-09-30', toOn: laterOn },
        ...{ reason, requestedOn: '2025-06-10', decision: 'pending', beyondNoticeAim: false },
      },
      changes: [
        { field: 'dueOn', title: 'Due date of A1.01', before: '30 September 2025', after: later },
        { field: 'reason', title: 'Reason', before: '', after: reason },
      ],
    });
    expect(texts('import-date-asked')).toEqual([
      'The workbook says 31 December 2025 and the board agreed 30 September 2025: the import asks for the new date (A1.01-DC1), and the date stays until the chair has decided.',
    ]);
  });

  test('of a milestone is asked for under its action', () => {
    const row = aPlanRow('milestone', { ref: 'A1.01-1', dueOn: later, dateReason: reason });
    expect(decided([row], { snapshot: board() }).items[0]?.values).toMatchObject({
      subjectRef: 'A1.01-1',
      actionRef: 'A1.01',
    });
  });

  test.each([
    ['2025-12-30', true],
    ['2025-12-31', false],
  ])('is beyond the aim date of the notice after it: %s', (actionsAimOn, beyondNoticeAim) => {
    const facts = { ...board().facts, actionsAimOn };
    const { items } = moved({ dateReason: reason }, { snapshot: board({ facts }) });
    expect(items[0]?.values).toMatchObject({ beyondNoticeAim });
  });

  test('gets the next ref that neither the board nor a row above has', () => {
    const taken = aDateChange({ ref: 'A1.01-DC1', subjectRef: 'A1.01-9' });
    const rows = [
      aPlanRow('action', { ref: 'A1.01', dueOn: later, dateReason: reason }),
      aPlanRow('milestone', { ref: 'A1.01-1', dueOn: later, dateReason: reason }, { row: 3 }),
    ];
    expect(decided(rows, { snapshot: board({ dateChanges: [taken] }) }).outcomes).toEqual([
      'add dateChange A1.01-DC2',
      'same action A1.01',
      'add dateChange A1.01-DC3',
      'same milestone A1.01-1',
    ]);
  });

  test('is not asked for when the reason seems to tell of a child or family', () => {
    const { outcomes, rules } = moved({ dateReason: 'Ask kim.lee@one.example.' });
    expect(outcomes).toEqual(['same action A1.01']);
    expect(rules).toEqual(['import-personal-data', 'import-agreed-date']);
  });
});

describe('a due date that is moved without a reason in its row', () => {
  test('stays, and the finding says how to ask', () => {
    const { outcomes, texts } = moved({});
    expect(outcomes).toEqual(['same action A1.01']);
    expect(texts('import-agreed-date')).toEqual([
      `${said} A due date is moved by a request with a reason, which the chair decides: give the reason in a column "Reason for the new date", or for all rows with --reason.`,
    ]);
  });

  test('is asked for with the reason given for all', () => {
    const { items } = moved({}, { snapshot: board(), dateReason: 'The plan was agreed anew.' });
    expect(items[0]?.values).toMatchObject({ reason: 'The plan was agreed anew.' });
  });
});

describe('a request that is there already', () => {
  test('for the same date is the same', () => {
    const { outcomes, findings } = moved({ dateReason: reason }, before(pending));
    expect(outcomes).toEqual(['same dateChange DC7', 'same action A1.01']);
    expect(findings).toEqual([]);
  });

  test('for another date is decided first', () => {
    const { outcomes, texts } = moved({ dateReason: reason }, before({ ...pending, toOn: '2026-01-31' }));
    expect(outcomes).toEqual(['same action A1.01']);
    expect(texts('import-date-waiting')).toEqual([
      `${said} A request to move it to 31 January 2026 (DC7) waits for a decision already: the chair decides that one first.`,
    ]);
  });

  test.each([
    ['with the same reason', { dateReason: reason }],
    ['with no reason', {}],
  ])('and was refused is not made again %s', (_how, cells) => {
    const { outcomes, texts } = moved(cells, before({ ...refused, decidedOn: '2025-05-07' }));
    expect(outcomes).toEqual(['same action A1.01']);
    expect(texts('import-date-refused')).toEqual([
      `${said} The same request (DC7) was refused on 7 May 2025: ask again with another reason.`,
    ]);
  });

  test('and was refused on a day that is not recorded is told all the same', () => {
    const { decidedOn: _on, ...undecided } = aDateChange({ ...refused, fromOn: '2025-09-30', toOn: laterOn });
    const { texts } = moved({}, { snapshot: board({ dateChanges: [undecided] }) });
    expect(texts('import-date-refused')).toEqual([expect.stringContaining('(DC1) was refused: ask again')]);
  });

  test.each([
    ['another reason', { dateReason: 'The supplier stopped.' }, {}],
    ['another date before', { dateReason: reason }, { fromOn: '2025-09-01' }],
    ['another date asked for', { dateReason: reason }, { toOn: '2025-11-30' }],
  ])('and was refused hinders no request with %s', (_what, cells, over) => {
    expect(moved(cells, before({ ...refused, ...over })).outcomes[0]).toBe('add dateChange A1.01-DC1');
  });

  test('about another record does not count', () => {
    const others = before({ ...pending, subjectRef: 'A1.01-1' });
    expect(moved({ dateReason: reason }, others).outcomes[0]).toBe('add dateChange A1.01-DC1');
  });
});

describe('a date that the board had agreed before', () => {
  const approved = aDateChange({ fromOn: '2025-08-15', toOn: '2025-09-30', decision: 'approved' });
  const snapshot = board({ dateChanges: [approved] });

  test.each([
    ['the original one', '1 September 2025'],
    ['one that was moved', '15 August 2025'],
  ])('is a sign of an older workbook: %s', (_which, dueOn) => {
    const { outcomes, texts } = moved({ dueOn }, { snapshot, dateReason: 'For all.' });
    expect(outcomes).toEqual(['same action A1.01']);
    expect(texts('import-agreed-date')).toEqual([expect.stringContaining('seems to be older than that decision')]);
  });

  test('is asked for when the row says why', () => {
    const { outcomes } = moved({ dueOn: '1 September 2025', dateReason: 'We can be early.' }, { snapshot });
    expect(outcomes[0]).toBe('add dateChange A1.01-DC1');
  });
});

test('the date of what is complete is not asked for', () => {
  const actions = [anAction({ dueOn: '2025-09-30', completedOn: '2025-06-01' })];
  const { outcomes, texts } = moved({ dateReason: reason }, { snapshot: board({ actions }) });
  expect(outcomes).toEqual(['same action A1.01']);
  expect(texts('import-agreed-date')).toEqual([`${said} It is complete, so nothing is asked.`]);
});
