// Whose answer an edit in a list is: by record, by field, by person; and what is found when it was not theirs to make.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot, ChangedFields, Update } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { decideSiteEdit, isAnswer, isAnswerField, mayHaveEdited, type SiteEdit } from '../../bot/board/siteEdits';
import {
  aMeasure,
  aMeeting,
  aReading,
  aMilestone,
  aMitigation,
  anAction,
  anUpdate,
  aQuietBoard,
  aRequest,
  aRisk,
} from '../fixtures/builders';
import { judged, now } from '../fixtures/judging';

const at = '2025-06-09T10:00:00.000Z';
const board = (over: Partial<BoardSnapshot> = {}) =>
  aQuietBoard({ updates: [], requests: [aRequest({ stamp: { itemId: '7', version: 'v1' } })], ...over });

function decide(edit: Partial<SiteEdit>, over: Partial<BoardSnapshot> = {}) {
  return decideSiteEdit({
    snapshot: board(over),
    policy: { ...defaultPolicy, quietDays: [] },
    edit: { record: 'action', byRef: 'P1', at, ...edit },
  });
}

const action = (fields: ChangedFields): ChangedFields => ({ ref: 'A1.01', title: 'Publish the standard', ...fields });

describe('an edit of an action', () => {
  test('by its owner is an answer that closes the request', () => {
    const decided = decide({ before: action({ percentComplete: 60 }), after: action({ percentComplete: 70 }) });
    expect(decided?.update).toEqual({
      subjectKind: 'action',
      subjectRef: 'A1.01',
      byRef: 'P1',
      at,
      before: { percentComplete: 60 },
      after: { percentComplete: 70 },
      noChange: false,
    });
    expect(decided?.requests.map((one) => one.changes)).toEqual([
      { state: 'answered', answeredOn: '2025-06-09', answeredByRef: 'P1', noChange: false, route: 'SharePoint' },
    ]);
  });

  test('after the owners’ deadline is late', () => {
    const late = '2025-06-17T10:00:00.000Z';
    const decided = decide({ at: late, before: action({}), after: action({ percentComplete: 70 }) });
    expect(decided?.requests[0]?.changes).toMatchObject({ state: 'late' });
  });

  test('before the last meeting ended answers nothing that was asked since', () => {
    const decided = decide({
      at: '2025-05-06T10:00:00.000Z',
      before: action({}),
      after: action({ percentComplete: 70 }),
    });
    expect(decided?.update.after).toEqual({ percentComplete: 70 });
    expect(decided?.requests).toEqual([]);
  });

  test.each([
    ['the deputy', 'P2', 1],
    ['the secretary', 'P8', 1],
    ['the chair', 'P9', 0],
    ['an adviser', 'X1', 0],
    ['a stranger', 'somebody@elsewhere.example', 0],
  ])('by %s names the owner, and closes the request when they may answer', (_who, byRef, closed) => {
    const decided = decide({ byRef, before: action({}), after: action({ percentComplete: 70 }) });
    expect(decided?.update.forOwnerRef).toBe('P1');
    expect(decided?.requests).toHaveLength(closed);
  });

  test('of the plan alone is history and no answer', () => {
    const decided = decide({
      byRef: 'P8',
      before: action({ dueOn: '2025-09-30', lastOpId: 'a' }),
      after: action({ dueOn: '2025-12-31', lastOpId: 'b' }),
    });
    expect(decided?.update).toMatchObject({ before: { dueOn: '2025-09-30' }, after: { dueOn: '2025-12-31' } });
    expect(decided?.requests).toEqual([]);
  });

  test('that changes nothing of it, or adds a row to the plan, is not in the history', () => {
    expect(decide({ before: action({}), after: action({ lastOpId: 'b' }) })).toBeUndefined();
    expect(decide({ after: action({ percentComplete: 0 }) })).toBeUndefined();
  });

  test('without a reference, or of nothing, cannot be told', () => {
    expect(decide({ before: { title: 'x' }, after: { title: 'y' } })).toBeUndefined();
    expect(decide({ before: { ref: '' }, after: { ref: '', title: 'y' } })).toBeUndefined();
    expect(decide({})).toBeUndefined();
  });

  test('that empties a field says so', () => {
    const decided = decide({ before: action({ forecastOn: '2025-10-01' }), after: action({}) });
    expect(decided?.update.after).toEqual({ forecastOn: null });
  });

  test('keeps an identifier of a child out of the history, and cuts a long text', () => {
    const decided = decide({
      before: action({}),
      after: action({ 'blocker.text': 'Waits for 943 476 5919', description: 'x'.repeat(1001) }),
    });
    expect(decided?.update.after['blocker.text']).toBe('(left out: it seems to hold an NHS number)');
    expect(String(decided?.update.after['description'])).toHaveLength(1001);
    expect(String(decided?.update.after['description'])).toMatch(/x…$/u);
  });
});

describe('an edit of', () => {
  test('a milestone is told under its action', () => {
    const milestone = { ref: 'A1.01-1', actionRef: 'A1.01', title: 'Draft' };
    const edit = {
      record: 'milestone',
      before: milestone,
      after: { ...milestone, completedOn: '2025-06-09' },
    } as const;
    const decided = decide(edit);
    expect(decided?.update).toMatchObject({ subjectRef: 'A1.01', after: { 'A1.01-1.completedOn': '2025-06-09' } });
    expect(decided?.requests).toHaveLength(1);
    expect(
      decide({ record: 'milestone', before: { ref: 'A1.01-1' }, after: { ref: 'A1.01-1', title: 'x' } }),
    ).toBeUndefined();
  });

  test('a risk and a mitigation is told under itself', () => {
    const risks = [aRisk({ ref: 'R1', ownerRef: 'P1' })];
    const mitigations = [aMitigation({ ref: 'R1.1', riskRef: 'R1', ownerRef: 'P1' })];
    const risk = decide(
      { record: 'risk', before: { ref: 'R1', 'current.impact': 3 }, after: { ref: 'R1', 'current.impact': 2 } },
      { risks, requests: [aRequest({ subjectKind: 'risk', subjectRef: 'R1' })] },
    );
    expect(risk).toMatchObject({
      update: { subjectKind: 'risk', after: { 'current.impact': 2 } },
      requests: [{ ref: 'R1' }],
    });
    const mitigation = decide(
      {
        record: 'mitigation',
        before: { ref: 'R1.1', status: 'in-progress' },
        after: { ref: 'R1.1', status: 'complete' },
      },
      { risks, mitigations, requests: [aRequest({ subjectKind: 'mitigation', subjectRef: 'R1.1' })] },
    );
    expect(mitigation?.requests).toHaveLength(1);
  });

  test('a measure’s readings answers for the measure, one added by hand too', () => {
    const requests = [aRequest({ subjectKind: 'measure', subjectRef: 'K1' })];
    const reading = { measureRef: 'K1', period: '2025-05', value: 66 };
    const added = decide({ record: 'reading', after: reading }, { measures: [aMeasure({ ownerRef: 'P1' })], requests });
    expect(added).toMatchObject({
      update: { subjectKind: 'measure', subjectRef: 'K1', before: { '2025-05': null }, after: { '2025-05': 66 } },
      requests: [{ ref: 'K1' }],
    });
    const east = { ...reading, locality: 'East' };
    expect(decide({ record: 'reading', before: east })?.update.after).toEqual({ '2025-05 East': null });
    expect(decide({ record: 'reading', before: reading, after: { ...reading, note: 'n' } })).toBeUndefined();
    expect(decide({ record: 'reading', after: { measureRef: 'K1', value: 1 } })).toBeUndefined();
  });

  test('a measure itself is the plan', () => {
    const before = { ref: 'K1', name: 'Plans', 'target.value': 90 };
    const decided = decide({ record: 'measure', byRef: 'P8', before, after: { ...before, 'target.value': 80 } });
    expect(decided).toMatchObject({ update: { after: { 'target.value': 80 } }, requests: [] });
  });

  test('a row that is gone says what it was', () => {
    expect(decide({ before: action({}) })?.update).toMatchObject({
      before: { row: 'Publish the standard' },
      after: { row: 'deleted' },
    });
    expect(decide({ record: 'mitigation', before: { ref: 'R1.1', text: 'Train' } })?.update.before).toEqual({
      row: 'Train',
    });
    expect(decide({ record: 'measure', before: { ref: 'K1', name: 'Plans' } })?.update.before).toEqual({
      row: 'Plans',
    });
    expect(decide({ record: 'risk', before: { ref: 'R1' } })?.update.before).toEqual({ row: null });
  });
});

const edited = (over: Partial<Update>): Update =>
  anUpdate({
    key: 'site-edit:action:1:2',
    route: 'SharePoint',
    at,
    before: { percentComplete: 40 },
    after: { percentComplete: 60 },
    ...over,
  });

describe('a row of the history', () => {
  test.each([
    ['from a card', { route: 'chat card', byRef: 'P9' }, true],
    ['from SharePoint that tells no fields', { after: {}, byRef: 'P9' }, true],
    ['from SharePoint by the owner', {}, true],
    ['from SharePoint by one who handed the item over since', { byRef: 'P2', subjectRef: 'A1.02' }, true],
    ['from SharePoint by somebody else', { byRef: 'P9', forOwnerRef: 'P1' }, false],
    ['from SharePoint about the plan', { after: { title: 'x' } }, false],
    ['from a workbook about the plan', { route: 'import', after: { title: 'x' } }, false],
    ['from a workbook by the secretary', { route: 'import', byRef: 'P2' }, true],
  ] as const)('%s answers: %#', (_what, over, answers) => {
    expect(isAnswer(board(), edited(over))).toBe(answers);
  });

  test('knows fields that are answered from those of the plan', () => {
    expect(isAnswerField('action', 'A1.01-1.completedOn')).toBe(true);
    expect(isAnswerField('action', 'A1.01-1.dueOn')).toBe(false);
    expect(isAnswerField('action', 'blocker.accepted')).toBe(false);
    expect(isAnswerField('measure', '2025-05 East')).toBe(true);
    expect(isAnswerField('measure', 'target.value')).toBe(false);
    expect(isAnswerField('decision', 'state')).toBe(false);
  });

  test('about the plan is the secretary’s to make', () => {
    expect(mayHaveEdited(board(), edited({ byRef: 'P8', after: { title: 'x' } }))).toBe(true);
    expect(mayHaveEdited(board(), edited({ byRef: 'P1', after: { title: 'x' } }))).toBe(false);
    expect(mayHaveEdited(board(), edited({ byRef: 'P1' }))).toBe(true);
  });
});

describe('what is found of edits', () => {
  const found = (over: Partial<BoardSnapshot>) =>
    judged({ requests: [], ...over }).findings.filter((one) => ['edit-by-other', 'row-deleted'].includes(one.rule));
  const other = edited({ byRef: 'P9', forOwnerRef: 'P1' });

  test('is an edit that stands, with who, when, what, and how to put it back', () => {
    const [finding] = found({ updates: [other] });
    expect(finding).toMatchObject({ rule: 'edit-by-other', ref: 'A1.01', records: ['A1.01', 'P9'] });
    expect(finding?.text).toBe(
      "Kit Marsden changed A1.01 in SharePoint on Monday 9 June 2025: Percent complete from 40 to 60; only its owner, their deputy or the secretary answers for it. If it is right, one of them confirms it with an answer; if not, restore the version before from the item's version history.",
    );
  });

  test('is not what was put back, confirmed since, made by one who may, or before the last meeting but one', () => {
    expect(found({ updates: [edited({ byRef: 'P9', forOwnerRef: 'P1', after: { percentComplete: 5 } })] })).toEqual([]);
    expect(found({ updates: [other, anUpdate({ key: 'U2', at: '2025-06-09T11:00:00.000Z' })] })).toEqual([]);
    expect(found({ updates: [edited({})] })).toEqual([]);
    expect(found({ updates: [{ ...other, at: '2025-03-10T10:00:00.000Z' }] })).toEqual([]);
    expect(found({ updates: [{ ...other, at: '2025-06-11T10:00:00.000Z' }] })).toEqual([]);
  });

  test('is a score that stands, and no plan that the secretary changed since', () => {
    const risks = [aRisk({ ref: 'R1', ownerRef: 'P1', current: { likelihood: 3, impact: 2 } })];
    const score = { subjectKind: 'risk', subjectRef: 'R1', byRef: 'P9', forOwnerRef: 'P1' } as const;
    const moved = edited({ ...score, before: {}, after: { 'current.impact': 2 } });
    const renamed = edited({ key: 'k', byRef: 'P9', before: { title: 'x' }, after: { title: 'Publish the standard' } });
    const again = edited({
      key: 'l',
      byRef: 'P8',
      at: '2025-06-09T12:00:00.000Z',
      after: { title: 'Publish the standard' },
    });
    expect(found({ risks, updates: [moved, renamed, again] }).map((one) => one.text)).toEqual([
      expect.stringContaining('Current impact from nothing to 2'),
    ]);
    expect(found({ updates: [renamed] })).toHaveLength(1);
  });

  test('is the plan changed by anybody but the secretary, confirmed or not', () => {
    const after = { dueOn: '2025-09-30', ownerRef: 'P1', deliveryStatus: 'on-track', measureRefs: 'K1' };
    const before = { dueOn: '2025-08-29', ownerRef: 'P2', deliveryStatus: 'at-risk', measureRefs: null };
    const updates = [edited({ before, after }), anUpdate({ key: 'U2', at: '2025-06-09T11:00:00.000Z' })];
    const [finding] = found({ updates });
    expect(finding?.text).toContain('Due on from Friday 29 August 2025 to Tuesday 30 September 2025');
    expect(finding?.text).toContain('Owner ref from Jess Holloway to Robin Ashdown');
    expect(finding?.text).toContain('Measure refs from nothing to K1');
    expect(finding?.text).toContain('only the secretary changes the plan itself');
    expect(finding?.text).not.toContain('at risk');
  });

  test('names a milestone, a reading, and a stranger in their own words', () => {
    const milestones = [aMilestone({ ref: 'A1.01-1', completedOn: '2025-06-02' })];
    const byRef = 'somebody@elsewhere.example';
    const updates = [
      edited({
        byRef,
        forOwnerRef: 'P1',
        before: { 'A1.01-1.completedOn': null },
        after: { 'A1.01-1.completedOn': '2025-06-02' },
      }),
      edited({
        key: 'k',
        byRef,
        forOwnerRef: 'P1',
        subjectKind: 'measure',
        subjectRef: 'K1',
        before: { '2025-05': 60 },
        after: { '2025-05': 65 },
      }),
    ];
    const texts = found({ milestones, updates }).map((one) => one.text);
    expect(texts).toEqual([
      expect.stringContaining('A1.01-1 completed on from nothing to Monday 2 June 2025'),
      expect.stringContaining('the reading for 2025-05 from 60 to 65'),
    ]);
    expect(texts[0]).toContain(byRef);
  });

  test('is a locality’s reading changed or deleted by somebody else', () => {
    const readings = [
      aReading({ measureRef: 'K1', period: '2025-05', value: 70 }),
      aReading({ measureRef: 'K1', period: '2025-05', locality: 'East', value: 65 }),
    ];
    const over = {
      byRef: 'P9',
      forOwnerRef: 'P1',
      subjectKind: 'measure',
      subjectRef: 'K1',
      before: { '2025-05 East': 60 },
    } as const;
    const changed = edited({ ...over, after: { '2025-05 East': 65 } });
    const gone = edited({ ...over, key: 'k', after: { '2025-05 East': null } });
    expect(found({ readings, updates: [changed, gone] })).toHaveLength(1);
    expect(found({ readings: [], updates: [changed, gone] })[0]?.text).toContain(
      'the reading for 2025-05 East from 60 to nothing',
    );
  });

  test('takes what cannot be looked up as standing', () => {
    const over = { byRef: 'P9', forOwnerRef: 'P1' } as const;
    const unheard = edited({ ...over, subjectRef: 'A9.99', after: { percentComplete: 1 } });
    const whole = edited({ ...over, key: 'k', before: {}, after: { blocker: 'x' } });
    const actions = [anAction({ blocker: { text: 'x', accepted: false } })];
    expect(found({ actions, updates: [unheard, whole] }).map((one) => one.ref)).toEqual(['A1.01', 'A9.99']);
  });

  test('is no field of a part that the record has not, and a field that it was to lose', () => {
    const over = { byRef: 'P9', forOwnerRef: 'P1' } as const;
    const given = edited({ ...over, before: { 'blocker.text': null }, after: { 'blocker.text': 'Waits' } });
    expect(found({ updates: [given] })).toEqual([]);
    const emptied = edited({ ...over, before: { 'blocker.text': 'Waits' }, after: { 'blocker.text': null } });
    expect(found({ updates: [emptied] })[0]?.text).toContain('Blocker text from Waits to nothing');
  });

  test('says a status in its words', () => {
    const update = edited({
      byRef: 'P9',
      forOwnerRef: 'P1',
      before: { deliveryStatus: 'at-risk' },
      after: { deliveryStatus: 'on-track' },
    });
    expect(found({ updates: [update] })[0]?.text).toContain('Delivery status from at risk to on track;');
  });

  test('is told on a board before its first meeting too', () => {
    const [finding] = found({
      meetings: [aMeeting({ ref: 'M4', on: '2025-06-25', state: 'in-preparation' })],
      updates: [other],
    });
    expect(finding?.rule).toBe('edit-by-other');
  });

  test('is a row that is gone, until it is there again', () => {
    const gone = edited({ byRef: 'somebody unknown', before: { row: 'Old' }, after: { row: 'deleted' } });
    expect(found({ updates: [gone] })).toEqual([]);
    const [finding, ...more] = found({ updates: [{ ...gone, subjectRef: 'A1.09' }] });
    expect(more).toEqual([]);
    expect(finding?.text).toContain(
      'The row of A1.09 (Old) was deleted in SharePoint; it was missed on Monday 9 June 2025.',
    );
    const step = edited({ byRef: 'x', before: { 'A1.01-7.row': null }, after: { 'A1.01-7.row': 'deleted' } });
    expect(found({ updates: [step] }).map((one) => one.ref)).toEqual(['A1.01-7']);
  });

  test('stays with the action of the quiet board when nothing was edited', () => {
    expect(found({ actions: [anAction()], updates: [anUpdate({ at: now })] })).toEqual([]);
  });
});
