// Clauses 1 to 4 rule by rule: areas, partners, coverage, views, work together.
import { describe, expect, test } from '@jest/globals';
import type { BoardSnapshot } from '../../bot/board/model';
import { anAction, anArea, aMeasure, anUpdate, someEvidence, someFacts } from '../fixtures/builders';
import { allConfirmed, aTogether, clauseOf, letters, openGaps } from '../fixtures/clauseJudging';

type Case = readonly [string, Partial<BoardSnapshot>, string, string];

const area = (over = {}) => anArea({ clauses: letters, ...over });
const family = someEvidence({ kind: 'family-voice' });

describe('clause 1', () => {
  test.each<Case>([
    [
      'no responsible body',
      { areas: [area({ responsibleBodies: [] })] },
      'partly-evidenced',
      '1 area has no responsible body: A1.',
    ],
    ['no area', { areas: [] }, 'gap', 'No area of the notice is recorded.'],
    ['no action', { actions: [] }, 'gap', '1 area has no action: A1.'],
    ['no measure', { measures: [] }, 'partly-evidenced', '1 area has no measure: A1.'],
    ['no evidence', { evidence: [] }, 'partly-evidenced', '1 area has no evidence of an effect, for or against: A1.'],
    [
      'no voice',
      { evidence: [someEvidence()] },
      'partly-evidenced',
      "1 area has no family's or child's voice on record: A1.",
    ],
    [
      'evidence of tomorrow',
      { evidence: [{ ...family, on: '2025-06-11' }] },
      'partly-evidenced',
      '1 area has no evidence of an effect, for or against: A1.',
    ],
  ])('with %s names the gap', (_what, over, state, gap) => {
    expect(clauseOf('1', over).state).toBe(state);
    expect(openGaps(clauseOf('1', over))).toContain(gap);
  });

  test('names several areas in one gap', () => {
    const areas = [area({ responsibleBodies: [] }), area({ ref: 'A2', responsibleBodies: [] })];
    expect(openGaps(clauseOf('1', { areas }))).toContain('2 areas have no responsible body: A1 and A2.');
    expect(clauseOf('1', { areas }).sentence).toBe('Actions are recorded for 1 of 2 areas; 4 gaps are open.');
  });

  test('counts a measure that an action links and evidence on the area itself', () => {
    const over = {
      measures: [aMeasure({ areaRef: 'A9' })],
      evidence: [someEvidence({ kind: 'child-voice', actionRef: 'gone', areaRef: 'A1' })],
      actions: [
        anAction({ measureRefs: ['K1'] }),
        anAction({ ref: 'A1.02' }),
        anAction({ ref: 'A2.01', areaRef: 'A2' }),
      ],
      areas: [area(), area({ ref: 'A2' })],
    };
    expect(clauseOf('1', over).evidence.map((one) => one.text)).toEqual([
      'Plans on time: 2 actions, 1 owner, 1 measure, 1 piece of evidence, last voice Tuesday 20 May 2025.',
      'Plans on time: 1 action, 1 owner, 1 measure, 0 pieces of evidence, no voice of families yet.',
    ]);
  });

  test('counts no owner where none is recorded', () => {
    const { ownerRef: _, ...orphan } = anAction();
    expect(clauseOf('1', { actions: [orphan] }).evidence[0]?.text).toContain('0 owners');
  });
});

describe('clause 2', () => {
  const { leadBody: _, ...leaderless } = anAction();
  test.each<Case>([
    ['no lead body', { actions: [leaderless] }, 'gap', '1 action has no lead body: A1.01.'],
    [
      'no partner',
      { actions: [anAction({ partnerBodies: [] })] },
      'gap',
      '1 action has no partner body other than the lead: A1.01.',
    ],
    [
      'the lead as partner',
      { actions: [anAction({ partnerBodies: ['Northam Council'] })] },
      'gap',
      '1 action has no partner body other than the lead: A1.01.',
    ],
    [
      'no ICB in a priority area',
      { actions: [anAction({ partnerBodies: ['Schools'] })] },
      'partly-evidenced',
      '1 action has no part for Northam ICB, though the area is a priority: A1.01.',
    ],
  ])('with %s names the gap', (_what, over, state, gap) => {
    expect(clauseOf('2', over).state).toBe(state);
    expect(openGaps(clauseOf('2', over))).toContain(gap);
  });

  test.each<readonly [string, Partial<BoardSnapshot>]>([
    ['leads in a priority area', { actions: [anAction({ leadBody: 'Northam ICB', partnerBodies: ['Schools'] })] }],
    [
      'is not needed in an area for improvement',
      { actions: [anAction({ partnerBodies: ['Schools'] })], areas: [area({ kind: 'improvement' })] },
    ],
  ])('is evidenced where the ICB %s', (_what, over) => {
    expect(clauseOf('2', over).state).toBe('evidenced');
  });

  test('is not yet due without actions', () => {
    expect(clauseOf('2', { actions: [] })).toMatchObject({ state: 'not-yet-due', sentence: 'No action is recorded.' });
  });

  test('dates the gap by the first action that has it', () => {
    const actions = [
      anAction({ partnerBodies: [] }),
      anAction({ ref: 'A1.02', partnerBodies: [], startOn: '2025-02-03' }),
      anAction({ ref: 'A1.00', partnerBodies: [], startOn: '2025-04-01' }),
    ];
    expect(clauseOf('2', { actions }).gaps[0]).toMatchObject({
      since: '2025-02-03',
      refs: ['A1.00', 'A1.01', 'A1.02'],
    });
  });
});

describe('clause 3', () => {
  test.each(['3c', '3(c)', '3 C', '3.c'])('takes an action marked %s as covering 3c', (mark) => {
    const over = { areas: [area({ clauses: [] })], actions: [anAction({ clauses: [mark] })] };
    expect(clauseOf('3c', over).evidence.map((one) => one.ref)).toContain('A1.01');
    expect(clauseOf('3a', over).evidence).toEqual([]);
  });

  test('is a gap where no action covers the letter, plan versions or not', () => {
    const one = clauseOf('3b', { areas: [area({ clauses: [] })] });
    expect(one).toMatchObject({ state: 'gap', counts: { actions: 0, views: 0 } });
    expect(openGaps(one)).toContain('No action of the plan covers it.');
  });

  test.each([
    ['the words of families', [family], [], 'children and schools'],
    ['an observation of schools', [someEvidence({ sourceBody: 'Schools' })], [], 'parents and children'],
    ['an audit of the council', [someEvidence()], [], 'parents, children and schools'],
    [
      'evidence of another action',
      [someEvidence({ kind: 'family-voice', actionRef: 'A2.01' })],
      [],
      'parents, children and schools',
    ],
    ['work with a youth panel', [], [aTogether({ with: 'Youth panel' })], 'parents and schools'],
    ['work with families and young people', [], [aTogether({ with: 'Families and young people' })], 'schools'],
    [
      'work with parents of children',
      [],
      [aTogether({ with: 'Parents of children with plans' })],
      'children and schools',
    ],
    ['work planned for tomorrow', [], [aTogether({ on: '2025-06-11' })], 'parents, children and schools'],
    ['work on another action', [], [aTogether({ actionRefs: ['A2.01'] })], 'parents, children and schools'],
  ])('after %s alone misses the views of others', (_what, evidence, coProduction, missing) => {
    expect(openGaps(clauseOf('3a', { evidence, coProduction }))).toEqual([
      `Nothing is recorded of the views of ${missing}.`,
    ]);
  });

  test('says plainly when nobody was heard', () => {
    expect(clauseOf('3a', { evidence: [], coProduction: [] }).sentence).toContain(
      'without anybody’s views on record yet',
    );
  });

  test.each([
    ['3a', 1],
    ['3d', 2],
  ])('leaves %s to a person while the lists lack a fact', (clause, points) => {
    const one = clauseOf(clause, {}, {});
    expect(one.state).toBe('for-a-person-to-confirm');
    expect(one.toConfirm).toHaveLength(points);
  });

  test('shows the versions of the plan, not those to come', () => {
    const planVersions = [
      { ref: 'V1', on: '2025-01-10', changed: 'First.' },
      { ref: 'V2', on: '2025-07-01', changed: 'Second.' },
    ];
    const shown = clauseOf('3a', {}, { ...allConfirmed, planVersions }).evidence.filter(
      (one) => one.kind === 'plan version',
    );
    expect(shown).toEqual([{ ref: 'V1', kind: 'plan version', on: '2025-01-10', text: 'First.' }]);
  });

  test('dates an action by its completion or its last answer, or not at all', () => {
    const open = { actions: [anAction()], milestones: [], requests: [] };
    expect(clauseOf('3a', { ...open, updates: [anUpdate()] }, {}).evidence[0]?.on).toBe('2025-05-28');
    expect(clauseOf('3a', { ...open, updates: [] }, {}).evidence[0]).not.toHaveProperty('on');
  });
});

describe('clause 4', () => {
  test.each<Case>([
    ['no record', { coProduction: [] }, 'gap', 'No work together with families or schools is recorded.'],
    [
      'one party only',
      { coProduction: [aTogether({ with: 'Schools' })] },
      'partly-evidenced',
      'A1: no work together with parents and children is recorded.',
    ],
    [
      'an action nobody knows',
      { coProduction: [aTogether({ actionRefs: ['A9.01'] })] },
      'partly-evidenced',
      'A1: no work together with parents, children and schools is recorded.',
    ],
  ])('with %s names the gap', (_what, over, state, gap) => {
    expect(clauseOf('4', over).state).toBe(state);
    expect(openGaps(clauseOf('4', over))).toContain(gap);
  });

  test('asks what changed where it is not recorded', () => {
    const { changed: _, ...silent } = aTogether();
    const one = clauseOf('4', { coProduction: [silent, aTogether({ ref: 'C2' })] });
    expect(openGaps(one)).toEqual([
      'What changed because of the work with Parent Forum, youth panel and schools is not recorded.',
    ]);
    expect(one.evidence.map((row) => row.text.includes('What changed:'))).toEqual([false, true]);
    expect(one.sentence).toBe('2 pieces of work together are recorded, for 1 of 1 area; 1 gap is open.');
  });

  test('has no day for a gap that the notice does not date', () => {
    const { noticeIssuedOn: _, ...facts } = someFacts();
    expect(clauseOf('4', { facts, coProduction: [] }).gaps[0]).not.toHaveProperty('since');
  });
});
