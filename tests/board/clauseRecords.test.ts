// What people entered about the clauses: it counts from its day and under the name of somebody of the board, else for nothing.
import { assess } from '../../bot/board/assess';
import { clauseRecordFindings } from '../../bot/board/clauseRecords';
import { clauses } from '../../bot/board/clauses';
import { allConfirmed, aSoundBoard, clauseOf } from '../fixtures/clauseJudging';
import { now } from '../fixtures/judging';

const confirmed = { clause: '5d', byRef: 'P8', on: '2025-06-05', text: 'Read with the chair.' };
const noticeState = { text: 'In force.', on: '2025-05-01', byRef: 'P8' };

describe('entries that name nobody of the board', () => {
  const people = aSoundBoard().people;

  test('are findings, each with what it was about', () => {
    const extra = {
      confirmations: [confirmed, { ...confirmed, byRef: 'P99' }],
      noticeState: { ...noticeState, byRef: 'P98' },
    };
    expect(clauseRecordFindings(extra, people)).toEqual([
      {
        rule: 'setting-not-understood',
        level: 'finding',
        ref: 'clauses',
        text: 'The setting "clauses" names P99 for what was confirmed of clause 5d, whom the list People does not have: it does not count.',
        records: ['clauses', 'P99'],
      },
      expect.objectContaining({
        text: 'The setting "clauses" names P98 for the state of the notice, whom the list People does not have: it does not count.',
      }),
    ]);
  });

  test('are none when everybody is known or nothing was entered', () => {
    expect(clauseRecordFindings({}, people)).toEqual([]);
    expect(clauseRecordFindings({ confirmations: [confirmed], noticeState }, people)).toEqual([]);
  });

  test('leave the state of the notice to be confirmed', () => {
    const unknown = clauseOf('13', {}, { ...allConfirmed, noticeState: { ...noticeState, byRef: 'P99' } });
    expect(unknown.toConfirm).toEqual(['The state of the notice, as the Department has given it.']);
    expect(unknown.evidence.filter((one) => one.kind === 'notice')).toEqual([]);
  });
});

test('the entries of the board are used when none are given', () => {
  const board = { ...aSoundBoard(), clauseRecords: allConfirmed };
  const assessment = assess(board, { at: now });
  expect(clauses(board, assessment)).toEqual(clauses(aSoundBoard(), assess(aSoundBoard(), { at: now }), allConfirmed));
  const confirmedBy = clauses(board, assessment).filter((one) => one.confirmedBy);
  expect(confirmedBy.map((one) => one.clause)).toEqual(['1', '3d', '5d', '10', '12']);
});

test('a version of the plan counts from its day alone', () => {
  const later = { ...allConfirmed, planVersions: [{ ref: 'V1', on: '2025-06-11', changed: 'The first plan.' }] };
  expect(clauseOf('3a', {}, later).toConfirm).toEqual(['The versions of the plan, and what each changed.']);
  expect(clauseOf('3a').toConfirm).toEqual([]);
});

test('where each entry can be opened goes with the evidence', () => {
  const link = 'https://northam.example/letter';
  const extra = {
    ...allConfirmed,
    timetableLink: link,
    planVersions: [{ ref: 'V1', on: '2025-01-10', changed: 'The first plan.', link }],
    noticeState: { ...noticeState, link },
    confirmations: [{ ...confirmed, link }],
  };
  expect(clauseOf('5a', {}, extra).evidence).toContainEqual(expect.objectContaining({ ref: 'timetable', link }));
  expect(clauseOf('3a', {}, extra).evidence).toContainEqual(expect.objectContaining({ ref: 'V1', link }));
  expect(clauseOf('13', {}, extra).evidence).toContainEqual(expect.objectContaining({ ref: 'notice', link }));
  expect(clauseOf('5d', {}, extra).confirmedBy).toEqual({
    name: expect.any(String),
    on: '2025-06-05',
    text: 'Read with the chair.',
    link,
  });
});

test('an entry without evidence never makes a clause evidenced', () => {
  const confirmations = ['1', '2', '3a', '4', '5a', '5b', '5c', '5d', '5e', '6', '9', '10', '11', '12', '13'].map(
    (clause) => ({ ...confirmed, clause }),
  );
  const empty = {
    ...aSoundBoard({ areas: [], actions: [], milestones: [], meetings: [], measures: [], readings: [], evidence: [] }),
    ...{ coProduction: [], loggedRows: [], requests: [], attendance: [], dispatches: [], invitations: [], reviews: [] },
    ...{ decisions: [], updates: [], risks: [], mitigations: [] },
  };
  const states = clauses(empty, assess(empty, { at: now }), { confirmations });
  expect(states.filter((one) => one.state === 'evidenced' && one.evidence.length === 0)).toEqual([]);
});
