// What the secretary changes in the settings: what fits, before and after in words, and which dates move.
import { decideSettings } from '../../bot/board/settingChanges';
import { movedDates, periodWords, settingLines } from '../../bot/board/settingLines';
import type { SettingChange, SettingsBefore } from '../../bot/board/settingModel';
import type { BoardSnapshot } from '../../bot/board/model';
import { aBody, anAction, aPerson } from '../fixtures/builders';
import { board } from '../fixtures/reminders';

// The meeting prepared for is on 25 June 2025.
const at = '2025-06-02T10:00:00.000Z';
const secretary = aPerson({ ref: 'S1', boardRole: 'secretary' });
const snapshot = (over: Partial<BoardSnapshot> = {}): BoardSnapshot => {
  const made = board(over);
  return { ...made, people: [...made.people, secretary] };
};
const before: SettingsBefore = { board: { id: 'b', name: 'The board' } };
const decide = (
  change: SettingChange,
  given: SettingsBefore = before,
  over: Partial<BoardSnapshot> = {},
  byRef = 'S1',
) => decideSettings({ snapshot: snapshot(over), before: given, at, byRef, change });
const issues = (...asked: Parameters<typeof decide>) => {
  const decision = decide(...asked);
  return decision.kind === 'refused' ? decision.issues : [];
};
const accepted = (...asked: Parameters<typeof decide>) => {
  const decision = decide(...asked);
  if (decision.kind === 'refused') throw new Error(decision.issues.map((one) => one.message).join(' '));
  return decision;
};
const policyOf = (...asked: Parameters<typeof decide>) => accepted(...asked).parts[0]?.after;
const period = { fromOn: '2025-07-21', toOn: '2025-07-25', why: 'Staff holiday' };

test('nobody but the secretary changes anything', () => {
  const change: SettingChange = { kind: 'policy', values: [{ key: 'undoMinutes', value: 5 }] };
  expect(issues(change, before, {}, 'P1').map((one) => one.field)).toEqual(['byRef']);
});

describe('figures', () => {
  test('are kept beside the others, and null takes the default again', () => {
    const given = { policy: { undoMinutes: 5, digestWorkingDaysBefore: 2 } };
    const change: SettingChange = {
      kind: 'policy',
      values: [
        { key: 'undoMinutes', value: null },
        { key: 'reminderWorkingDaysBefore', value: 9 },
      ],
    };
    expect(policyOf(change, given)).toEqual({ digestWorkingDaysBefore: 2, reminderWorkingDaysBefore: 9 });
    expect(accepted(change, given).lines).toEqual([
      { what: 'Reminder, before the meeting', before: '10 working days (the default)', after: '9 working days' },
      { what: 'A saved answer may be undone for', before: '5 minutes', after: '10 minutes (the default)' },
    ]);
  });

  test('that are not known, do not fit or leave the order are refused under their names', () => {
    const values = [
      { key: 'quietDays', value: 'default' },
      { key: 'undoMinutes', value: -1 },
    ];
    expect(issues({ kind: 'policy', values }).map((one) => one.field)).toEqual(['quietDays', 'undoMinutes']);
    const late = [{ key: 'reminderWorkingDaysBefore', value: 3 }];
    expect(issues({ kind: 'policy', values: late }).map((one) => one.field)).toEqual(['reminderWorkingDaysBefore']);
  });

  test('that are so already change nothing', () => {
    expect(issues({ kind: 'policy', values: [{ key: 'undoMinutes', value: 10 }] })).toEqual([
      { field: 'change', message: 'That is so already: nothing would change.' },
    ]);
  });
});

describe('quiet days of the council', () => {
  test('replace the default, which is written out beside them', () => {
    const decision = accepted({ kind: 'add-quiet-days', period });
    expect(decision.parts[0]?.after).toEqual({
      quietDays: [
        { fromOn: '2024-12-24', toOn: '2025-01-01', why: 'Christmas and New Year' },
        period,
        { fromOn: '2025-12-24', toOn: '2026-01-01', why: 'Christmas and New Year' },
        { fromOn: '2026-12-24', toOn: '2027-01-01', why: 'Christmas and New Year' },
      ],
    });
    expect(decision.notes[0]).toContain('for 3 winters');
    expect(decision.lines[0]?.before).toBe('24 December to 1 January each year (the default)');
  });

  test('stand in order in the list there is; the same days again take another reason', () => {
    const given = {
      policy: {
        quietDays: [
          { fromOn: '2025-12-24', toOn: '2026-01-01' },
          { ...period, why: 'Other' },
        ],
      },
    };
    const decision = accepted({ kind: 'add-quiet-days', period }, given);
    expect(decision.parts[0]?.after).toEqual({ quietDays: [period, { fromOn: '2025-12-24', toOn: '2026-01-01' }] });
    expect(decision.notes).toEqual([]);
  });

  test('are removed, to none, or back to the default', () => {
    const given = { policy: { quietDays: [period] } };
    expect(policyOf({ kind: 'remove-quiet-days', period }, given)).toEqual({ quietDays: [] });
    expect(accepted({ kind: 'remove-quiet-days', period }, given).lines[0]?.after).toBe('none');
    expect(policyOf({ kind: 'default-quiet-days' }, given)).toEqual({});
    const gone = [{ field: 'period', message: 'These quiet days are not in the list any more.' }];
    expect(issues({ kind: 'remove-quiet-days', period })).toEqual(gone);
    expect(issues({ kind: 'remove-quiet-days', period }, { policy: { quietDays: [] } })).toEqual(gone);
    expect(issues({ kind: 'default-quiet-days' }, {})).toHaveLength(1);
  });

  test('may be one day alone, and are the same only from the first to the last', () => {
    const oneDay = { ...period, toOn: period.fromOn };
    const given = { policy: { quietDays: [period] } };
    expect(policyOf({ kind: 'add-quiet-days', period: oneDay }, given)).toEqual({ quietDays: [oneDay, period] });
    for (const other of [oneDay, { ...period, fromOn: '2025-07-22' }])
      expect(issues({ kind: 'remove-quiet-days', period: other }, given).map((one) => one.field)).toEqual(['period']);
  });

  test.each([
    [{ ...period, why: '' }, ['why']],
    [{ fromOn: period.fromOn, toOn: period.toOn }, ['why']],
    [{ ...period, fromOn: 'soon', toOn: '' }, ['fromOn', 'toOn']],
    [{ ...period, toOn: '2025-07-20' }, ['toOn']],
    [{ ...period, toOn: '2025-10-25' }, ['toOn']],
    [{ ...period, fromOn: '2025-05-01', toOn: '2025-05-02' }, ['toOn']],
    [{ ...period, why: 'For Sam, born 03/04/2012' }, ['why']],
  ])('%j are refused', (given, fields) => {
    expect(issues({ kind: 'add-quiet-days', period: given }).map((one) => one.field)).toEqual(fields);
  });
});

describe('quiet days of a body', () => {
  const bodies = [aBody({ name: 'ICB', quietDays: [] }), aBody({ name: 'Forum', quietDays: [period] })];

  test('are kept with the body, and no deadline moves', () => {
    const decision = accepted({ kind: 'add-quiet-days', body: 'ICB', period }, before, { bodies });
    expect(decision.parts).toEqual([{ row: 'body', name: 'ICB', after: [period] }]);
    expect(decision.notes[0]).toMatch(
      /People of ICB get no message .* until Monday 28 July 2025\. No deadline moves\./,
    );
    expect(movedDates(snapshot({ bodies }), before, decision.parts, at)).toEqual([]);
  });

  test('are removed when they are there', () => {
    const removed = { kind: 'remove-quiet-days', body: 'Forum', period } as const;
    expect(accepted(removed, before, { bodies }).lines).toEqual([
      { what: 'Quiet days of Forum', before: '21 July 2025 to 25 July 2025: Staff holiday', after: 'none' },
    ]);
    expect(issues({ ...removed, body: 'ICB' }, before, { bodies }).map((one) => one.field)).toEqual(['period']);
    expect(issues({ ...removed, body: 'Nobody' }, before, { bodies }).map((one) => one.field)).toEqual(['body']);
  });
});

describe('the aim date', () => {
  const change: SettingChange = {
    kind: 'aim-date',
    aimOn: '2025-09-30',
    letterOn: '2025-05-30',
    reference: 'Letter 4',
  };

  test('moves with its letter, which clause 13 shows', () => {
    const decision = accepted(
      { ...change, link: 'https://hertland.example/letter' },
      { ...before, clauses: { planVersions: [] } },
    );
    expect(decision.parts).toEqual([
      { row: 'board', after: { id: 'b', name: 'The board', actionsAimOn: '2025-09-30' } },
      {
        row: 'clauses',
        after: {
          planVersions: [],
          noticeState: {
            text: 'The date by which the actions should be done is now Tuesday 30 September 2025, by the letter of the Department “Letter 4”.',
            on: '2025-05-30',
            byRef: 'S1',
            link: 'https://hertland.example/letter',
          },
        },
      },
    ]);
    expect(decision.lines[0]).toEqual({
      what: 'The notice’s aim date',
      before: 'not recorded',
      after: '30 September 2025',
    });
  });

  test.each([
    [{ aimOn: 'later' }, 'aimOn'],
    [{ letterOn: '2025-02-30' }, 'letterOn'],
    [{ letterOn: '2025-06-03' }, 'letterOn'],
    [{ reference: ' ' }, 'reference'],
    [{ reference: 'About Sam, born 03/04/2012' }, 'reference'],
    [{ link: 'http://hertland.example' }, 'link'],
    [{ link: 'https://hertland.example/the letter' }, 'link'],
  ])('is refused with %j', (part, field) => {
    expect(issues({ ...change, ...part }).map((one) => one.field)).toEqual([field]);
  });

  test('waits for the board’s own facts', () => {
    expect(issues(change, {}).map((one) => one.field)).toEqual(['aimOn']);
  });

  test('says how many actions are due after it, before and then', () => {
    const actions = [anAction({ dueOn: '2025-08-31' }), anAction({ ref: 'A1.02', dueOn: '2025-12-31' })];
    const moved = (facts: object) =>
      movedDates(
        { ...snapshot({ actions }), facts: { ...snapshot().facts, ...facts } },
        before,
        accepted(change).parts,
        at,
      );
    const what = 'Due after the aim date';
    expect(moved({ actionsAimOn: '2025-07-31' })).toEqual([{ what, before: '2 actions', after: '1 action' }]);
    expect(moved({ actionsAimOn: '2025-09-01' })).toEqual([]);
    expect(movedDates(snapshot({ actions }), before, accepted(change).parts, at).map((one) => one.what)).toEqual(
      snapshot().facts.actionsAimOn === undefined ? [what] : [],
    );
  });
});

describe('dates of the cycle', () => {
  const moved = (policy: object, over: Partial<BoardSnapshot> = {}, moment = at) =>
    movedDates(snapshot(over), {}, [{ row: 'policy', after: { ...policy } }], moment);

  test('that move are said before and after; what has passed says so', () => {
    expect(moved({ reminderWorkingDaysBefore: 9 })).toEqual([
      {
        what: 'Reminder for the meeting on 25 June 2025',
        before: 'Wednesday 11 June 2025',
        after: 'Thursday 12 June 2025',
      },
    ]);
    const [late] = moved({ reminderWorkingDaysBefore: 9 }, {}, '2025-06-12T10:00:00.000Z');
    expect(late?.before).toBe('Wednesday 11 June 2025 (passed)');
  });

  test('are none without a meeting', () => {
    expect(moved({ reminderWorkingDaysBefore: 9 }, { meetings: [] })).toEqual([]);
  });
});

test('what is put back is written as it was', () => {
  const parts = [{ row: 'policy', after: { undoMinutes: 5 } }] as const;
  expect(accepted({ kind: 'put-back', parts }).parts).toEqual(parts);
  const ofNoBody = [{ row: 'body', name: 'Gone', after: [period] }] as const;
  expect(accepted({ kind: 'put-back', parts: ofNoBody }).lines[0]?.before).toBe('none');
});

test('words of other settings name their place, and a value that is no date stands as it is', () => {
  const lines = settingLines(() => [], { policy: { agenda: [] } }, [
    { row: 'policy', after: { strange: true } },
    { row: 'clauses', after: { timetableAgreedOn: '2025-05-01' } },
  ]);
  expect(lines).toEqual([
    { what: 'agenda', before: '[]', after: 'not recorded' },
    { what: 'strange', before: 'not recorded', after: 'true' },
    { what: 'timetableAgreedOn', before: 'not recorded', after: '1 May 2025' },
  ]);
});

test('a period is said with its reason, one day as one', () => {
  expect(periodWords({ fromOn: '2025-05-01', toOn: '2025-05-01', why: 'Election' })).toBe('1 May 2025: Election');
  expect(periodWords({ fromOn: '2025-05-01', toOn: '2025-05-02', why: '' })).toBe('1 May 2025 to 2 May 2025');
});

test('another binding is one row, told list by list; put back as it was', () => {
  const after = { lists: { Actions: { title: 'Our plan' } } };
  const decision = accepted({ kind: 'binding', after });
  expect(decision.parts).toEqual([{ row: 'binding', after }]);
  expect(decision.lines).toEqual([
    { what: 'The list for Actions', before: 'the list “Actions”', after: 'the list “Our plan”' },
  ]);
  const back = accepted({ kind: 'put-back', parts: [{ row: 'binding', after: {} }] }, { ...before, binding: after });
  expect(back.lines[0]?.after).toBe('the list “Actions”');
});

describe('the agenda', () => {
  const item = { topic: 'slow', title: 'What is slow', minutes: 40, lead: 'owners' } as const;

  test('is kept in the policy beside its figures, and given up for the published one', () => {
    const given = { policy: { undoMinutes: 5 } };
    const decision = accepted({ kind: 'agenda', items: [item] }, given);
    expect(decision.parts).toEqual([{ row: 'policy', after: { undoMinutes: 5, agenda: [item] } }]);
    expect(decision.notes).toEqual([expect.stringMatching(/^It holds for every meeting that is still to come/)]);
    expect(policyOf({ kind: 'agenda', items: null }, { policy: { undoMinutes: 5, agenda: [item] } })).toEqual({
      undoMinutes: 5,
    });
  });

  test('that does not fit is refused under its field, and one that holds already as that', () => {
    expect(issues({ kind: 'agenda', items: [{ ...item, minutes: 0 }] }).map((one) => one.field)).toEqual([
      'items.0.minutes',
    ]);
    expect(issues({ kind: 'agenda', items: null }).map((one) => one.field)).toEqual(['change']);
  });
});
