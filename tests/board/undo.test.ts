// Taking an answer back, rule by rule: what has gone meanwhile, what nobody reads, and whose requests stay closed.
import type { BoardSnapshot, Update } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { decideUndo } from '../../bot/board/undo';
import { partOf, undoWords } from '../../bot/board/undoWords';
import { calendarOf } from '../../bot/board/cycle';
import {
  aMeasure,
  aMilestone,
  aMitigation,
  anAction,
  anUpdate,
  aQuietBoard,
  aReading,
  aRequest,
  aRisk,
} from '../fixtures/builders';

const at = '2025-06-10T09:05:00.000Z';
const said = (over: Partial<Update>): Update => anUpdate({ key: 'U1', at: '2025-06-10T09:00:00.000Z', ...over });
const board = (update: Update, over: Partial<BoardSnapshot> = {}) =>
  aQuietBoard({ updates: [update], requests: [], ...over });
const undo = (snapshot: BoardSnapshot, byRef = 'P1') =>
  decideUndo({ snapshot, updateKey: 'U1', byRef, at, policy: defaultPolicy });
const calendar = calendarOf(defaultPolicy);

describe('taking back', () => {
  const answer = said({ before: { percentComplete: 50 }, after: { percentComplete: 60 } });
  const taken = anUpdate({ key: 'U2', at: '2025-06-10T09:03:00.000Z', takesBack: 'U1' });

  test.each([
    ['an answer that has gone from the history', 'P1', at, [], { kind: 'refused' }],
    ['the answer of somebody else', 'P2', at, [answer], { kind: 'refused' }],
    ['an answer a second time', 'P1', at, [answer, taken], { kind: 'already', at: taken.at }],
    ['an answer too late', 'P1', '2025-06-10T23:00:00.000Z', [answer], { kind: 'late', ref: 'A1.01' }],
    ['one’s own answer in time', 'P1', at, [answer], { kind: 'accepted', restored: ['Percentage: 60 → 50'] }],
  ] as const)('of %s', (_name, byRef, now, updates, expected) => {
    const snapshot = board(answer, { updates });
    const decision = decideUndo({ snapshot, updateKey: 'U1', byRef, at: now, policy: defaultPolicy });
    expect(decision).toMatchObject(expected);
  });

  test('is one write an item under its version, also of what only follows and of milestones', () => {
    const stamp = { itemId: '7', version: 'v3' };
    const update = said({
      before: { percentComplete: 50, completedOn: null },
      after: { percentComplete: 100, completedOn: '2025-06-10', 'A1.01-1.completedOn': '2025-06-10' },
    });
    const actions = [anAction({ percentComplete: 100, completedOn: '2025-06-10', stamp })];
    const milestones = [aMilestone({ completedOn: '2025-06-10' })];
    expect(undo(board(update, { actions, milestones }))).toMatchObject({
      changes: [
        { record: 'action', ref: 'A1.01', stamp, changes: { percentComplete: 50, completedOn: null } },
        { record: 'milestone', ref: 'A1.01-1', changes: { completedOn: null } },
      ],
      restored: ['Percentage: 100 → 50', 'Milestone A1.01-1: Tuesday 10 June 2025 → open'],
    });
  });

  test('of a reading marks its row', () => {
    const update = said({ subjectKind: 'measure', subjectRef: 'K1', after: { '2025-05': 65 } });
    expect(undo(board(update))).toMatchObject({
      changes: [{ record: 'reading', ref: 'K1', changes: { withdrawn: true } }],
      restored: ['Reading for May 2025: 65 → none'],
    });
  });
});

describe('what an answer changed', () => {
  test('may have gone meanwhile: then there is nothing to put back', () => {
    for (const update of [
      said({ after: { percentComplete: 70 }, subjectRef: 'A9.09' }),
      said({ subjectKind: 'risk', subjectRef: 'R9', after: { 'current.impact': 4 } }),
      said({ subjectKind: 'mitigation', subjectRef: 'R9.1', after: { status: 'complete' } }),
      said({ subjectKind: 'measure', subjectRef: 'K9', after: { '2025-05': 71 } }),
      said({ subjectKind: 'decision', subjectRef: 'D1', after: { state: 'done' } }),
      said({ after: { reply: 'We see it otherwise.' } }),
    ])
      expect(undo(board(update))).toMatchObject({ kind: 'accepted', changes: [], restored: [], kept: [] });
  });

  test('may have emptied something: it is filled again', () => {
    const emptied = said({ before: { forecastOn: '2025-07-01' }, after: { forecastOn: null } });
    const { forecastOn: _none, ...without } = anAction();
    expect(undo(board(emptied, { actions: [without] }))).toMatchObject({
      changes: [{ record: 'action', ref: 'A1.01', changes: { forecastOn: '2025-07-01' } }],
      update: { before: { forecastOn: null }, after: { forecastOn: '2025-07-01' } },
      restored: ['Forecast: none → Tuesday 1 July 2025'],
    });
  });

  test('may be as before already, or somebody else’s, or a reading revised since', () => {
    const before = said({ before: { percentComplete: 60 }, after: { percentComplete: 70 } });
    expect(undo(board(before))).toMatchObject({ changes: [], kept: [] });
    const follows = said({ before: { completedOn: null }, after: { completedOn: '2025-06-10' } });
    const done = [anAction({ completedOn: '2025-06-09' })];
    expect(undo(board(follows, { actions: done }))).toMatchObject({ changes: [], kept: [] });
    const reading = said({
      subjectKind: 'measure',
      subjectRef: 'K1',
      before: { '2025-05': null },
      after: { '2025-05': 65 },
    });
    const readings = [
      aReading({ period: '2025-05', value: 65 }),
      aReading({ period: '2025-05', value: 66, revises: true }),
    ];
    expect(undo(board(reading, { measures: [aMeasure()], readings }))).toMatchObject({
      changes: [],
      kept: ['Reading for May 2025 stays 66: it was changed in SharePoint since.'],
    });
  });

  test('is named by who changed it since, known to the board or not', () => {
    const first = said({ before: { percentComplete: 50 }, after: { percentComplete: 55 } });
    const second = anUpdate({
      key: 'U2',
      byRef: 'P77',
      at: '2025-06-10T09:02:00.000Z',
      after: { percentComplete: 60 },
    });
    const decision = undo(board(first, { updates: [first, second] }));
    expect(decision).toMatchObject({ kept: ['Percentage stays 60: P77 changed it at 10:02.'] });
  });

  test('of a mitigation alone and without a version is put back too', () => {
    const update = said({
      ...{ subjectKind: 'mitigation', subjectRef: 'R1.1', forOwnerRef: 'P1' },
      ...{ before: { status: 'not-started' }, after: { status: 'in-progress' } },
    });
    expect(undo(board(update, { risks: [aRisk()], mitigations: [aMitigation()] }))).toMatchObject({
      changes: [{ record: 'mitigation', ref: 'R1.1', changes: { status: 'not-started' } }],
      restored: ['Status: in progress → not started'],
      update: { forOwnerRef: 'P1', takesBack: 'U1' },
    });
  });
});

describe('requests', () => {
  const closed = { state: 'answered' as const, answeredOn: '2025-06-10', answeredByRef: 'P1' };
  const update = said({ after: {}, noChange: true });

  test('without a meeting ahead stay as they are', () => {
    expect(undo(board(update, { meetings: [], requests: [aRequest(closed)] }))).toMatchObject({ reopened: false });
  });

  test('before the first meeting count every answer, and one that differs in nothing is not written', () => {
    const [meeting] = aQuietBoard().meetings.filter((one) => one.ref === 'M4');
    const earlier = anUpdate({ key: 'U0', at: '2025-06-10T08:00:00.000Z', noChange: false });
    const later = anUpdate({ key: 'U2', at: '2025-06-10T08:30:00.000Z' });
    const requests = [aRequest({ ...closed, noChange: false })];
    const snapshot = board(update, { meetings: meeting ? [meeting] : [], requests, updates: [later, earlier, update] });
    expect(undo(snapshot)).toMatchObject({ changes: [], reopened: false });
    expect(undo({ ...snapshot, updates: [earlier, later, update] })).toMatchObject({ changes: [], reopened: false });
  });

  test.each(['answered', 'late'] as const)('that this answer alone made %s are open again', (state) => {
    expect(undo(board(update, { requests: [aRequest({ ...closed, state })] }))).toMatchObject({
      changes: [{ record: 'request', changes: { state: 'open', answeredOn: null, answeredByRef: null } }],
      reopened: true,
    });
  });

  test('that another answer of the cycle answers belong to it, in time or late', () => {
    const other = anUpdate({ key: 'U2', byRef: 'P2', at: '2025-06-18T08:00:00.000Z', noChange: true });
    const late = said({ after: {}, noChange: true, at: '2025-06-18T09:00:00.000Z' });
    const requests = [aRequest({ ...closed, answeredOn: '2025-06-18', state: 'late' })];
    const of = (updates: readonly Update[]) =>
      decideUndo({
        snapshot: board(late, { updates, requests }),
        ...{ updateKey: 'U1', byRef: 'P1', at: '2025-06-18T09:05:00.000Z', policy: defaultPolicy },
      });
    const answered = { state: 'late', answeredOn: '2025-06-18', answeredByRef: 'P2', noChange: true };
    expect(of([late, other])).toMatchObject({ changes: [{ record: 'request', changes: answered }], reopened: false });
    const early = { ...other, at: '2025-06-12T08:00:00.000Z' };
    expect(of([late, early])).toMatchObject({
      changes: [{ changes: { state: 'answered', answeredOn: '2025-06-12' } }],
    });
    const ofLastCycle = { ...other, at: '2025-05-01T08:00:00.000Z' };
    expect(of([late, ofLastCycle])).toMatchObject({ reopened: true });
  });

  test('that somebody else answered, or on another day, are not touched', () => {
    const others = [aRequest({ ...closed, answeredByRef: 'P8' }), aRequest({ ...closed, answeredOn: '2025-06-09' })];
    expect(undo(board(update, { requests: others }))).toMatchObject({ changes: [] });
  });
});

describe('words', () => {
  const words = (field: string, now: unknown, before: string | number | null, kind: Update['subjectKind'] = 'action') =>
    undoWords({ subjectKind: kind }, field, now, before, calendar)?.back;

  test('name what is put back, and nothing of what only follows', () => {
    expect(words('forecastOn', '2025-07-01', null)).toBe('Forecast: Tuesday 1 July 2025 → none');
    expect(words('blocker.waitingOnBody', 'Northam ICB', 'Forum')).toBe('Who could help: Northam ICB → Forum');
    expect(words('blocker.text', 'now', 'then')).toBe('What is in the way: as before');
    expect(words('blocker.accepted', 'now', 'then')).toBeUndefined();
    expect(words('lastReviewedOn', '2025-06-10', null, 'risk')).toBeUndefined();
    expect(words('R1.1.status', 'complete', 'not-started', 'risk')).toBe('Mitigation R1.1: complete → not started');
    expect(words('A1.01-1.completedOn', '2025-06-10', '2025-06-09')).toContain('Milestone A1.01-1');
  });

  test('a field belongs to its own record', () => {
    const snapshot = board(said({}), { risks: [aRisk()], mitigations: [aMitigation()] });
    expect(partOf(snapshot, { subjectKind: 'risk', subjectRef: 'R1' }, 'current.impact')?.record).toBe('risk');
    expect(partOf(snapshot, { subjectKind: 'risk', subjectRef: 'R1' }, 'R1.1.status')?.record).toBe('mitigation');
    // A reading is a row of its own and no field of its measure.
    expect(partOf(snapshot, { subjectKind: 'measure', subjectRef: 'K1' }, '2025-05')).toBeUndefined();
  });
});
