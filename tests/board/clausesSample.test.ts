// The sample plan clause by clause on 6 January 2025 at 17:30, each state reasoned by hand from the plan's own records.
import { describe, expect, test } from '@jest/globals';
import { assess } from '../../bot/board/assess';
import { clauses } from '../../bot/board/clauses';
import { openGaps, pastGaps } from '../fixtures/clauseJudging';
import { first } from '../fixtures/judging';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

const snapshot = sampleSnapshot();
const states = clauses(snapshot, assess(snapshot, { at: sampleAt }));
const clause = (name: string) => first(states.filter((one) => one.clause === name));

describe('the sample plan', () => {
  test.each<readonly [string, string | undefined, string]>([
    ['1', 'partly-evidenced', 'all seven areas have actions, none names its responsible bodies'],
    ['2', 'partly-evidenced', '41 of 45 actions name a partner'],
    ['3a', 'partly-evidenced', 'eight actions, but no view of children'],
    ['3b', 'partly-evidenced', 'seven actions, but nobody was heard'],
    ['3c', 'partly-evidenced', 'eleven actions, but no view of schools'],
    ['3d', 'partly-evidenced', 'six actions, but schools alone were heard'],
    ['3e', 'partly-evidenced', 'twelve actions, but parents alone were heard'],
    ['3f', 'partly-evidenced', 'seven actions, but parents alone were heard'],
    ['4', 'partly-evidenced', 'four records, no area worked with all three parties'],
    ['5a', 'partly-evidenced', 'P03 and P06 were not at B08'],
    ['5b', 'partly-evidenced', 'three actions have no measure, and no decision is linked'],
    ['5c', 'partly-evidenced', 'six answers are missing after the deadline'],
    ['5d', 'partly-evidenced', 'four areas have no voice since B08'],
    ['5e', 'partly-evidenced', 'no log after a meeting was frozen'],
    ['6', 'partly-evidenced', 'the case lead has no invitation to B09'],
    ['7', 'the-departments-to-do', 'the advisers report, not the council'],
    ['8', 'the-departments-to-do', 'the Department reviews'],
    ['9', 'evidenced', 'every theme has a record since 6 July 2024'],
    ['10', 'partly-evidenced', 'both were sent in time, nobody is recorded as signing off'],
    ['11', 'not-yet-due', 'no diagnostic review was asked for'],
    ['12', 'for-a-person-to-confirm', 'minutes and sources are there, rooms and access are not in the lists'],
    ['13', 'partly-evidenced', 'fourteen actions are expected after the aim date'],
    ['14', undefined, 'it only warns'],
  ])('leaves clause %s as %s: %s', (name, state) => {
    expect(clause(name).state).toBe(state);
  });

  test('names the five actions of priority areas without the ICB', () => {
    expect(openGaps(clause('2'))[1]).toContain('APA1.02, APA1.05, APA1.06, APA2.03 and APA2.08');
  });

  test('counts the partners of every action', () => {
    expect(clause('2').counts).toEqual({ actions: 45, withPartner: 41, priority: 14, priorityWithIcb: 9 });
  });

  test('keeps the failed invitation to B06 in sight beside the one to B09 that is missing', () => {
    expect(openGaps(clause('6'))).toEqual([
      'No invitation to B09 was sent to Remy Hadlowe, the DfE case lead; it should have gone by Friday 13 December 2024.',
    ]);
    expect(pastGaps(clause('6'))).toEqual([
      'The invitation to B06 did not reach Toni Averley at first; it was sent again.',
    ]);
  });

  test("keeps B04's late papers in sight", () => {
    expect(pastGaps(clause('5c'))).toContain('B04: the papers went out 1 working day late.');
  });

  test('shows 45 of 45 actions with a person and a date, and 42 with a measure', () => {
    expect(clause('5b').counts).toEqual({ actions: 45, person: 45, date: 45, measure: 42, decision: 0 });
  });

  test('says who of the named posts missed the last meetings, and keeps what was made good', () => {
    expect(openGaps(clause('5a')).map((text) => text.slice(0, 60))).toEqual([
      'Samira Holtashby, Chief Executive, Hertland ICB, was not at ',
      'Noor Fennimore, Executive Member for Education and SEND (ele',
    ]);
    expect(pastGaps(clause('5a'))).toHaveLength(1);
  });

  test('puts 31 of 45 actions by the aim date, 11 forecast after it and 3 planned after it', () => {
    expect(clause('13').counts).toMatchObject({
      actions: 45,
      done: 27,
      expectedByAim: 4,
      byAim: 31,
      forecastAfterAim: 11,
      plannedAfterAim: 3,
      doneAfterAim: 0,
      withoutDate: 0,
      measures: 12,
      measuresReached: 0,
      measuresOnTime: 7,
      measuresLate: 2,
      measuresNotOnTrend: 2,
      measuresWithoutForecast: 1,
      daysToAim: 25,
    });
  });

  test('says that the first review came a day late and when the next is due', () => {
    expect(pastGaps(clause('8'))).toEqual(['S01 came later than 6 months after Monday 15 January 2024.']);
    expect(clause('8').sentence).toBe(
      '2 reviews held; the next review is due by Tuesday 22 April 2025; S02 is booked for Wednesday 29 January 2025.',
    );
  });

  test('shows the question of an adviser that waits', () => {
    expect(openGaps(clause('7'))).toEqual(['The question Q03 of Casey Underbourne has waited 24 working days.']);
  });

  test('warns of three stalls, two targets, two risks and what was done about them', () => {
    const warnings = clause('14').warnings ?? [];
    const refs = (kind: string) => warnings.filter((one) => one.kind === kind).map((one) => one.ref);
    expect(refs('stalled')).toEqual(['AFI1.02', 'AFI2.04', 'AFI4.01']);
    expect(refs('target')).toEqual(['M03', 'M04']);
    expect(refs('risk')).toEqual(['R03', 'R04']);
    expect(first(warnings.filter((one) => one.ref === 'R03')).done).toEqual([
      { text: 'Done: Trainee and retention scheme', by: 'Callum Wraysbury', on: '2024-09-30' },
    ]);
  });

  test('names no volunteer in a gap', () => {
    const said = states.flatMap((one) => one.gaps.map((gap) => gap.text)).join(' ');
    const volunteers = snapshot.people.filter((one) => one.volunteer).map((one) => one.name);
    expect(volunteers.filter((name) => said.includes(name))).toEqual([]);
  });
});
