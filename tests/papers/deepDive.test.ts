// The deep dive of one area: its records alone, and each theme of a review with its records or "not held".
import { deepDive } from '../../bot/papers/deepDive';
import { headings, rowsOf, samplePack, under, words } from '../fixtures/sampleLog';

const input = samplePack();
const dive = (ref: string, of = input) => {
  const area = of.log.sections.areas.find((one) => one.ref === ref);
  if (!area) throw new Error(`no area ${ref}`);
  return deepDive(of, area);
};
const paper = dive('AFI2');

describe('a deep dive', () => {
  test('has the actions, milestones and measures of its area and of no other', () => {
    const actions = rowsOf(under(paper, 'Actions')).map((row) => row[0] ?? '');
    const milestones = rowsOf(under(paper, 'Milestones')).map((row) => row[0] ?? '');
    expect(actions.length).toBeGreaterThan(0);
    expect([...actions, ...milestones].every((one) => one.startsWith('AFI2.'))).toBe(true);
    expect(headings(paper, 2).filter((one) => /^M\d/.test(one))).toEqual(
      input.log.sections.measures.filter((one) => one.areaRef === 'AFI2').map((one) => `${one.ref} ${one.name}`),
    );
  });

  test('has the risks linked with its area or its actions', () => {
    const linked = input.snapshot.risks.filter((one) => one.areaRefs.includes('AFI2')).map((one) => one.ref);
    const shown = rowsOf(under(paper, 'Risks')).map((row) => row[0]?.split(' ')[0]);
    expect(shown).toEqual(expect.arrayContaining(linked));
  });

  test('names the reviews planned for its area with who signed off', () => {
    expect(words(under(paper, 'Reviews planned for this area'))).toMatch(
      /S02, stocktake .* signed off by nobody yet\nD02, deep-dive/,
    );
  });

  test('has each theme, with its records or not held', () => {
    const themes = [
      'Leadership',
      'Governance',
      'Quality of workforce training and support',
      'Multi-agency arrangements',
    ];
    expect(headings(paper, 2)).toEqual(
      expect.arrayContaining([...themes, 'Timeliness and quality of plans', 'Co-production']),
    );
    expect(words(under(dive('APA1'), 'Quality of workforce training and support'))).toBe(
      'Not held: no record of this area speaks of it.',
    );
  });

  test('says that themes are found by words', () => {
    expect(words(under(paper, 'By theme'))).toContain('a person should add what the words do not find');
  });

  test('shows a milestone done after the day of the log as open', () => {
    const milestones = input.snapshot.milestones.map((one) => ({ ...one, completedOn: '2025-01-10' }));
    const later = dive('AFI2', { ...input, snapshot: { ...input.snapshot, milestones } });
    expect(rowsOf(under(later, 'Milestones')).every((row) => row[3]?.startsWith('Open'))).toBe(true);
  });

  test('says not held where an area has no evidence and no aim', () => {
    const areas = input.snapshot.areas.map((one) => ({ ...one, aim: '' }));
    const bare = dive('APA1', { ...input, snapshot: { ...input.snapshot, areas, evidence: [], coProduction: [] } });
    const said = words(bare.sections.flatMap((one) => one.blocks));
    expect(said).toContain('Its aim is not held.');
    expect(said).toContain('Not held: no evidence is recorded for this area.');
    expect(said).toContain('Not held: no work with parents, children or schools is recorded.');
  });
});
