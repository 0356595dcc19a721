// The sample plan judged at 2025-01-06 17:30 for B09: every defect seeded in it is found by a named rule, and little else.
import { describe, expect, test } from '@jest/globals';
import { assess } from '../../bot/board/assess';
import { readSamplePlan, sampleAt, sampleMeeting, sampleSnapshot } from '../fixtures/samplePlan';

const assessment = assess(sampleSnapshot(), { at: sampleAt });
const found = assessment.findings.map((one) => `${one.rule} ${one.ref}`);
const action = (ref: string) => assessment.actions.find((one) => one.ref === ref);
const slowRules = (ref: string) => action(ref)?.slowReasons.map((one) => one.rule) ?? [];

/** Beginning of a seeded defect -> the findings that answer it. */
const answers: readonly (readonly [string, readonly string[]])[] = [
  [
    'APA2.03 and AFI2.03 are past due',
    ['delivery-claim-not-supported APA2.03', 'delivery-claim-not-supported AFI2.03'],
  ],
  ['AFI3.03 is rated embedded', ['delivery-claim-not-supported AFI3.03']],
  ['B09 invitation to the DfE case lead', ['adviser-not-invited B09']],
  ['B06 invitation to the NHS England adviser', ['adviser-invitation-failed B06']],
  ['M02 has no July reading', ['reading-missing M02', 'reading-missing M10']],
  ['M04 rose above trajectory', ['measure-behind-twice M04', 'target-not-on-this-trend M04']],
  ['AFI4.01 carries counter-evidence', ['contrary-evidence-open AFI4.01']],
  [
    'R03, R04, R07, R08, R10 and R13 have not come down',
    ['R03', 'R04', 'R07', 'R08', 'R10', 'R13'].map((ref) => `risk-not-reduced ${ref}`),
  ],
  [
    'APA1.04, AFI1.02 and APA2.03 have a due date that was moved',
    ['date-moved APA1.04', 'date-moved AFI1.02', 'date-moved APA2.03'],
  ],
  ['AFI3.04 is rated at-risk', ['delivery-claim-not-supported AFI3.04', 'slow-to-progress AFI3.04']],
  ['AFI1.04 claims clear-evidence', ['effect-claim-not-supported AFI1.04', 'done-but-measure-behind AFI1.04']],
  ['AFI4.06 claims clear-evidence', ['effect-claim-not-supported AFI4.06']],
  ['AFI5.05 has two of three milestones', ['progress-disagreement AFI5.05']],
  [
    'AFI1.02 and AFI4.01 have the same progress',
    ['slow-to-progress AFI1.02', 'slow-to-progress AFI4.01', 'slow-to-progress AFI2.04'],
  ],
  [
    'P11 and P12 answered late',
    [
      'contribution-owner-answers P11',
      'contribution-owner-answers P12',
      'owner-without-deputy P11',
      'owner-without-deputy P12',
    ],
  ],
  ['P03 sent apologies', ['required-member-missed P03']],
  ['B04 papers went out', ['papers-late B04']],
  ['Decision D-B08-1', ['decision-overdue D-B08-1']],
  ['R12 was not reviewed', ['risk-review-overdue R12', 'mitigation-overdue R02.2']],
  ['R05 and R10 have every mitigation', ['risk-nothing-left-to-do R05', 'risk-nothing-left-to-do R10']],
  ['R03 and R04 came down', ['risk-rising R03', 'risk-rising R04']],
  ["M09's November reading", ['reading-late M09', 'reading-late M02']],
  ["M04's June reading", ['reading-revised M04']],
  ['The first review (S01)', ['review-gap-over-six-months S01']],
  ['Adviser question Q03', ['adviser-question-unanswered Q03']],
  [
    'AFI2.03, AFI2.04 and AFI2.08 name',
    ['no-partner-body AFI2.03', 'no-partner-body AFI2.04', 'no-partner-body AFI2.08', 'no-partner-body APA2.03'],
  ],
  [
    'APA2.07, AFI4.05 and AFI4.06',
    ['no-linked-measure APA2.07', 'no-linked-measure AFI4.05', 'no-linked-measure AFI4.06'],
  ],
  [
    'APA2, AFI1 and AFI3 have no evidence',
    ['area-without-recent-voice APA2', 'area-without-recent-voice AFI1', 'area-without-recent-voice AFI3'],
  ],
  ['APA2.05 has a date change', ['date-change-to-decide APA2.05']],
];

/** What the same rules say of the same facts, beyond the sentences of the file. */
const follows: readonly (readonly [string, readonly string[]])[] = [
  [
    'the actions past due, besides those above',
    ['APA1.04', 'APA2.03', 'AFI2.03', 'AFI4.05'].map((ref) => `slow-to-progress ${ref}`),
  ],
  [
    'scores over the tolerance of 12',
    ['R02', 'R03', 'R04', 'R07', 'R08', 'R13'].map((ref) => `risk-above-tolerance ${ref}`),
  ],
  ['not come down in three logs either', ['R07', 'R08', 'R10', 'R13'].map((ref) => `risk-stuck ${ref}`)],
  [
    'the bodies of P11 and P12',
    ['contribution-body-answers Hertland ICB', 'contribution-body-answers Hertland Community NHS'],
  ],
  ['M09, like M04, is behind and late', ['measure-behind-twice M09', 'target-later-than-date M09']],
  ['M02 itself is behind for two readings', ['measure-behind-twice M02']],
  [
    'M02 and M03 are behind, and these actions are done',
    ['APA2.01', 'APA2.02', 'APA2.06', 'AFI1.01'].map((ref) => `done-but-measure-behind ${ref}`),
  ],
  ['M03 is behind for four readings and level', ['measure-behind-twice M03', 'target-not-on-this-trend M03']],
  ['M08 reaches its target in May for March', ['target-later-than-date M08']],
];

describe('the sample plan', () => {
  test('is judged for B09, after B08, with its owners’ deadline passed', () => {
    expect(assessment).toMatchObject({ meetingRef: sampleMeeting, previousMeetingRef: 'B08', on: '2025-01-06' });
  });

  test('has 29 seeded defects, each answered here', () => {
    const seeded = readSamplePlan().seededDefects;
    expect(seeded).toHaveLength(29);
    expect(seeded.filter((defect) => !answers.some(([start]) => defect.startsWith(start)))).toEqual([]);
    expect(answers).toHaveLength(29);
  });

  test.each(answers)('%s ...', (_, expected) => {
    expect(found).toEqual(expect.arrayContaining([...expected]));
  });

  test('raises nothing else that asks somebody to act', () => {
    const expected = [...answers, ...follows].flatMap(([, refs]) => refs);
    const extra = assessment.findings
      .filter((one) => one.level === 'finding')
      .map((one) => `${one.rule} ${one.ref}`)
      .filter((one) => !expected.includes(one));
    expect(extra).toEqual([]);
    expect(found).toEqual(expect.arrayContaining(expected));
  });

  test('finds each thing once', () => {
    expect(new Set(found).size).toBe(found.length);
  });

  test('names the advisers among the records', () => {
    const records = (rule: string) => assessment.findings.find((one) => one.rule === rule)?.records;
    expect(records('adviser-not-invited')).toEqual(['B09', 'X03']);
    expect(records('adviser-invitation-failed')).toEqual(['B06', 'X02']);
  });

  test('has 8 of 18 open actions slow', () => {
    const slow = assessment.actions.filter((one) => one.slow).map((one) => one.ref);
    expect(slow).toEqual(['AFI1.02', 'AFI2.03', 'AFI2.04', 'AFI3.04', 'AFI4.01', 'AFI4.05', 'APA1.04', 'APA2.03']);
    expect(assessment.headline).toMatchObject({ slow: 8, open: 18, total: 45, direction: 'no-comparison' });
  });

  test('says why, with the figures of the file', () => {
    expect(slowRules('AFI1.02')).toEqual([
      'slow-overdue',
      'slow-milestone-late',
      'slow-forecast-late',
      'slow-nothing-moved',
      'slow-date-moved',
      'slow-not-answered',
      'slow-measure-behind',
      'slow-measure-behind',
    ]);
    expect(slowRules('AFI3.04')).toEqual(['slow-forecast-late']);
    expect(slowRules('AFI5.05')).toEqual([]);
    expect(slowRules('APA1.04')).not.toContain('slow-nothing-moved');
    expect(action('APA2.03')?.deliveryReasons[0]?.text).toBe('Off track: due date passed 132 working days ago.');
    expect(action('AFI2.04')?.slowReasons.map((one) => one.text)).toContain(
      'Nothing has moved forward since the meeting on Wednesday 16 October 2024, and the percentage went back from 60% to 55%.',
    );
  });

  test('counts what the notice asks: 31 done or forecast by the aim date, 11 forecast after it, 3 due after it', () => {
    const after = (rule: string) => found.filter((one) => one.startsWith(rule)).length;
    expect([after('forecast-after-aim-date'), after('due-after-aim-date')]).toEqual([11, 3]);
    expect(assessment.actions).toHaveLength(31 + 11 + 3);
  });

  test('has 7 of 12 measures behind at their last reading', () => {
    const behind = assessment.measures.filter((one) => one.state === 'behind').map((one) => one.ref);
    expect(behind).toEqual(['M02', 'M03', 'M04', 'M06', 'M08', 'M09', 'M12']);
    expect(assessment.measures.find((one) => one.ref === 'M03')?.localityGap).toEqual({
      period: '2024-11',
      value: 24,
      best: 'Aldermere',
      worst: 'Coldharrow',
    });
    expect(assessment.measures.find((one) => one.ref === 'M12')?.missingPeriods).toEqual([]);
  });

  test('is as ready as its requests, reviews, readings and invitations say', () => {
    expect(assessment.readiness).toMatchObject({
      answers: { done: 26, total: 32, outstandingRefs: ['R12', 'AFI2.04', 'APA1.04', 'AFI1.02', 'AFI4.01', 'AFI4.05'] },
      risksReviewed: { done: 13, total: 14, outstandingRefs: ['R12'] },
      readingsIn: { done: 11, total: 12, outstandingRefs: ['M02'] },
      advisersInvited: { done: 2, total: 3, outstandingRefs: ['X03'] },
      quorum: { expected: 11, minimum: 8, met: true },
      dateChangesToDecide: ['DC04'],
    });
  });

  test('lists nobody of the forum or the schools by name', () => {
    const volunteers = ['P13', 'P14', 'P18'];
    expect(assessment.contributions.filter((one) => volunteers.includes(one.ref))).toEqual([]);
    expect(assessment.findings.filter((one) => volunteers.includes(one.ref))).toEqual([]);
  });

  test('is judged before the owners’ deadline without what only the deadline shows', () => {
    const morning = assess(sampleSnapshot(), { at: '2025-01-06T09:00:00.000Z' });
    const rules = morning.actions.flatMap((one) => one.slowReasons).map((one) => one.rule);
    expect(rules).not.toContain('slow-not-answered');
    expect(morning.actions.filter((one) => one.slow)).toHaveLength(8);
  });
});
