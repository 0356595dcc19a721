// The self-assessment: every part of clause 10 present or "not held", figures as reported and as revised.
import { clauseStateWords } from '../../bot/board/clauseShape';
import { capital } from '../../bot/board/wording';
import { selfAssessment } from '../../bot/papers/selfAssessment';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { headings, rowsOf, samplePack, under, words } from '../fixtures/sampleLog';

const input = samplePack();
const paper = selfAssessment(input);
const overview = (of = paper) =>
  new Map(rowsOf(under(of, 'What is held')).map((row) => [row[0]?.split(' ').slice(0, 3).join(' '), row]));
const state = (part: string, of = paper): string | undefined =>
  rowsOf(under(of, 'What is held')).find((row) => row[0]?.startsWith(`10 ${part} `))?.[1];

describe('the self-assessment', () => {
  test('has the parts of clause 10 in order', () => {
    expect(
      headings(paper)
        .filter((one) => one.startsWith('10 '))
        .map((one) => /^10 (\w( i+)?) /.exec(one)?.[1]),
    ).toEqual([...['a', 'b', 'c', 'd', 'd i', 'd ii', 'd iii']]);
    expect(overview().size).toBeGreaterThan(0);
  });

  test('says on its cover for which review it is, by when, and that nobody signed it off', () => {
    expect(paper.cover.slice(4)).toEqual([
      'For the stocktake on Wednesday 29 January 2025 (S02), by DfE officials, DfE SEND adviser, NHS England adviser',
      'Due at the Department by Wednesday 22 January 2025',
      'Not signed off yet; not sent yet',
    ]);
  });

  test('does not hold a governance chart until one is filed under its name', () => {
    expect(state('c')).toBe('Not held');
    const filed = [...input.filed, 'Governance chart January 2025.pdf'];
    expect(state('c', selfAssessment({ ...input, filed }))).toBe('Present');
  });

  test('does not hold feedback when nothing was heard since the last review', () => {
    const evidence = input.snapshot.evidence.filter((one) => one.on <= '2024-10-22');
    expect(state('b')).toBe('Present');
    expect(state('b', selfAssessment({ ...input, snapshot: { ...input.snapshot, evidence } }))).toBe('Not held');
  });

  test('shows feedback that speaks against effect as well', () => {
    const contrary = input.snapshot.evidence.map((one) => ({ ...one, contrary: true }));
    const said = selfAssessment({ ...input, snapshot: { ...input.snapshot, evidence: contrary } });
    expect(words(under(said, '10 b Feedback from parents and carers, children and young people'))).toContain(
      'Speaks against effect, open.',
    );
  });

  test('counts the actions against the aim date as the clause does', () => {
    expect(words(under(paper, '10 a Progress against the objectives of the plan'))).toContain(
      'Against the aim date of Friday 31 January 2025, of 45 actions: 31 done or expected by it (27 done); 11 due by it and forecast after it; 3 due after it.',
    );
  });

  test('tallies every action once by delivery', () => {
    const rows = rowsOf(under(paper, '10 a Progress against the objectives of the plan'));
    const all = rows.at(-1)?.slice(1, 7).map(Number) ?? [];
    expect(all.reduce((sum, n) => sum + n, 0)).toBe(input.log.actions.length);
  });

  test('keeps a revised figure beside the one first reported', () => {
    expect(rowsOf(under(paper, 'Figures as reported and as revised'))).toEqual([
      ['M04 New EHC plans issued in 20 weeks', 'June 2024', '54%', '56.3%'],
    ]);
  });

  test('names the milestones to come and whether their action is on course', () => {
    const rows = rowsOf(under(paper, 'The next set of milestones'));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row[2] !== 'not known')).toBe(true);
  });

  test('shows what each partner answered and attended', () => {
    const rows = rowsOf(under(paper, 'Partners'));
    expect(rows.map((row) => row[0])).toContain('Hertland ICB');
  });

  test('has the evidence index of every clause, and nothing when clauses were not worked out', () => {
    expect(rowsOf(under(paper, 'Evidence index by clause')).length).toBe(input.clauses?.length);
    const states = rowsOf(under(paper, 'Evidence index by clause')).map((row) => row[1]?.split('\n')[0]);
    expect(states).toEqual(
      input.clauses?.map((one) => (one.state === undefined ? 'No state' : capital(clauseStateWords[one.state]))),
    );
    const { clauses: _left, ...without } = input;
    expect(headings(selfAssessment(without))).not.toContain('Evidence index by clause');
  });

  test('never says that a clause is met', () => {
    expect(words(paper.sections.flatMap((one) => one.blocks))).not.toMatch(
      /\b(compliant|in compliance|is met|are met)\b/i,
    );
  });

  test('of an empty board says not held for every part', () => {
    const empty = samplePack({
      snapshot: {
        ...sampleSnapshot(),
        ...{
          areas: [],
          actions: [],
          milestones: [],
          measures: [],
          readings: [],
          risks: [],
          mitigations: [],
          evidence: [],
        },
        ...{
          coProduction: [],
          people: [],
          bodies: [],
          updates: [],
          loggedRows: [],
          requests: [],
          reviews: [],
          attendance: [],
        },
      },
    });
    const rows = rowsOf(under(selfAssessment(empty), 'What is held'));
    expect(rows.map((row) => row[1])).toEqual(Array.from({ length: 7 }, () => 'Not held'));
  });
});
