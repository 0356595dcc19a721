// The log as a paper: page one, the sections in order, and what each says of the sample board.
import { notRecorded } from '../../bot/board/log';
import { documentTexts } from '../../bot/papers/readPapers';
import { logPaper, renderLogDocument } from '../../bot/papers/logDocument';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { headings, rowsOf, sampleFacts, sampleHash, sampleLog, under, words } from '../fixtures/sampleLog';

const log = sampleLog();
const paper = logPaper(log, sampleFacts);

describe('the paper of a log', () => {
  test('says on its cover which board, meeting, moment and frozen record it is', () => {
    expect(paper.cover).toEqual([
      log.boardName,
      'For the meeting on Wednesday 15 January 2025 (B09)',
      'Judged as of Monday 6 January 2025, 17:30',
      'Frozen log B09-before, 4F2A',
      'There is no earlier frozen log, so nothing is compared.',
    ]);
  });

  test('has the sections in the order in which a board reads them', () => {
    expect(headings(paper)).toEqual([
      ...['Headlines', 'Slow to progress', 'Back on track', 'Done, but the measure is behind'],
      ...['Contributions to strengthen', 'Areas in turn', 'Measures', 'Risk movement', 'Date changes', 'Decisions'],
      ...['Lived experience', 'What the record shows beyond this', 'About this log'],
    ]);
  });

  test('begins with the sentence a chair can read out', () => {
    expect(under(paper, 'Headlines')[0]).toEqual({ kind: 'paragraph', text: log.headline.text, strong: true });
  });

  test('names at most seven slow rows on page one and counts the rest', () => {
    const page = words(paper.sections[0]?.blocks ?? []);
    const named = log.sections.slow.filter((one) => page.includes(`${one.ref} ${one.title}`));
    expect(named.length).toBeLessThanOrEqual(log.sections.slow.length);
    expect(page).toContain('1 more action and 4 more measures on the pages that follow.');
  });

  test('says what is in the way where the board is asked to help, and one ask of several actions once', () => {
    const said = words(under(paper, 'What the board must decide')).split('\n');
    expect(said).toContain('AFI3.04: Help: Building delay at one site; it waits for Schools.');
    expect(said).toContain('APA2.03 and AFI2.03: Agree what brings it forward, and by when.');
  });

  test('after the meeting names what is still to decide', () => {
    const after = logPaper({ ...log, kind: 'after the meeting' }, sampleFacts);
    expect(headings(after, 2)).toContain('What is still to decide');
  });

  test('has every slow row in its section, worst first', () => {
    const rows = rowsOf(under({ ...paper, sections: paper.sections.slice(1) }, 'Slow to progress'));
    expect(rows.map((row) => row[0]?.split(' ')[0])).toEqual(log.sections.slow.map((one) => one.ref));
  });

  test('has every action once, under its area', () => {
    const all = log.sections.areas.flatMap((area) => rowsOf(under(paper, `${area.ref} ${area.title}`)));
    expect(all.map((row) => row[0]?.split(' ')[0])).toEqual(log.actions.map((one) => one.ref));
  });

  test('says of every action what the board is asked to do', () => {
    const all = log.sections.areas.flatMap((area) => rowsOf(under(paper, `${area.ref} ${area.title}`)));
    expect(all.every((row) => row[6]?.includes('Asked: '))).toBe(true);
  });

  test('prints none where an area has no new voice', () => {
    expect(words(under(paper, 'Voices in APA2 Joint governance and quality assurance'))).toBe(
      'None since the last meeting.',
    );
  });

  test('depends on no colour: every rating is a word', () => {
    const cells = log.sections.areas.flatMap((area) =>
      rowsOf(under(paper, `${area.ref} ${area.title}`)).map((row) => row[3] ?? ''),
    );
    expect(cells.every((one) => /(Not started|On track|At risk|Off track|Complete|Embedded)/.test(one))).toBe(true);
  });

  test('keeps findings that stand in a section of their own out of the last table', () => {
    const rules = rowsOf(under(paper, 'What the record shows beyond this')).map((row) => row[1]);
    expect(rules).toContain('No partner body');
    expect(rules).not.toContain('Slow to progress');
  });

  test('carries the whole hash of its record', () => {
    expect(words(under(paper, 'About this log'))).toContain(sampleHash);
  });

  test('says of a draft that it is no record yet', () => {
    const draft = logPaper(log, { ...sampleFacts, state: 'draft' });
    expect(draft.cover).toContain('Draft B09-before, 4F2A, not frozen yet');
    expect(words(under(draft, 'About this log'))).not.toContain(sampleHash);
    expect(draft.footer).toContain('draft');
  });

  test('of an empty board says what is missing instead of printing empty tables', () => {
    const empty = sampleLog({
      ...sampleSnapshot(),
      actions: [],
      risks: [],
      measures: [],
      decisions: [],
      dateChanges: [],
    });
    const said = words(logPaper(empty, sampleFacts).sections.flatMap((one) => one.blocks));
    expect(said).toContain('No measure is recorded.');
    expect(said).toContain('No risk is recorded.');
    expect(said).toContain('Nothing waits for a decision.');
  });

  test('never prints the raw words of the program', () => {
    const said = words(paper.sections.flatMap((one) => one.blocks));
    expect(said).not.toMatch(/undefined|\[object|not-on-this-trend|within-tolerance/);
    expect(said).toContain(notRecorded);
  });

  test('reads back from Word with the same words', async () => {
    const texts = documentTexts(await renderLogDocument(log, sampleFacts)) ?? [];
    expect(texts).toContain(log.headline.text);
    expect(texts.some((one) => one.includes(sampleHash))).toBe(true);
    expect(texts).toEqual(documentTexts(await renderLogDocument(log, sampleFacts)));
  });
});
