// The log after a meeting prints what came of it, who released it and what it corrects, in document, workbook and rows.
import { logCsv } from '../../bot/papers/logCsv';
import { logPaper, renderLogDocument } from '../../bot/papers/logDocument';
import { logSheets, renderLogWorkbook } from '../../bot/papers/logWorkbook';
import { documentTexts, workbookTexts } from '../../bot/papers/readPapers';
import type { CompiledLog } from '../../bot/board/log';
import {
  headings,
  rowsOf,
  sampleAfterFacts as facts,
  sampleFacts,
  sampleLog,
  sampleLogAfter,
  under,
  words,
} from '../fixtures/sampleLog';

const log = sampleLogAfter();
const paper = logPaper(log, facts);
const title = 'What came of the meeting';
const { outcomes } = log.sections;
const withOutcomes = (over: Partial<NonNullable<typeof outcomes>>): CompiledLog =>
  outcomes === undefined ? log : { ...log, sections: { ...log.sections, outcomes: { ...outcomes, ...over } } };
const bare = withOutcomes({ slow: [], decisionRefs: [], dateChangeRefs: [] });
const cells = (of: CompiledLog) =>
  logSheets(of, facts)
    .find((one) => one.name === title)
    ?.rows.map((row) => row.map((cell) => ('text' in cell ? cell.text : 'on' in cell ? cell.on : '')));

describe('the document after the meeting', () => {
  test('says what came of it right after the headlines', () => {
    expect(headings(paper).slice(0, 3)).toEqual(['Headlines', title, 'Slow to progress']);
    expect(words(under(paper, title))).toContain('Of 3 people on the list: 2 present and 1 with apologies.');
  });

  test('has a row for each slow item, with what was agreed or that nothing is recorded', () => {
    const rows = rowsOf(under(paper, 'What was agreed about each slow item'));
    expect(rows.map((row) => row[0]?.split(' ')[0])).toEqual(outcomes?.slow.map((one) => one.ref));
    expect(rows.find((row) => row[0]?.startsWith('APA1.04'))?.[1]).toBe(
      [
        'Agree a plan by February.',
        'Date change approved: The contract is late.',
        'Date change refused: The contract is late.',
      ].join('\n'),
    );
    expect(rows.map((row) => row[1])).toContain('No response of the board is recorded.');
  });

  test('has each decision of this meeting with who carries it out, and no other', () => {
    expect(rowsOf(under(paper, 'What was decided'))).toEqual([
      ['D-B09-1 Agree a plan by February.', 'APA1.04', 'Nobody', ''],
      ['D-B09-2 =1+1', '', expect.stringMatching(/\w+ \w+/), '3 February 2025'],
    ]);
  });

  test('tells a date that was moved from one that stays', () => {
    expect(words(under(paper, 'Dates that were decided')).split('\n')).toEqual([
      'APA1.04: moved from 31 December 2024 to 31 March 2025. The contract is late.',
      'APA1.04: not moved to 31 March 2025; the date stays 31 December 2024. Asked for because: The contract is late.',
    ]);
  });

  test('says what is not recorded instead of leaving it out', () => {
    const said = words(under(logPaper(bare, facts), title));
    expect(said).toContain('Nothing was slow to progress by the rules.');
    expect(said).toContain('No decision of this meeting is recorded.');
    expect(said).toContain('No date change was decided at this meeting.');
  });

  test('of a log for the meeting has no such section', () => {
    expect(headings(logPaper(sampleLog(), sampleFacts))).not.toContain(title);
  });

  test('carries every outcome when it is read back from Word', async () => {
    const texts = documentTexts(await renderLogDocument(log, facts)) ?? [];
    expect(texts.slice(texts.indexOf(title) + 1)[0]).toBe(outcomes?.attendance);
    for (const one of outcomes?.slow ?? []) for (const agreed of one.agreed) expect(texts.join('\n')).toContain(agreed);
    expect(texts).toContain('Released by Sam Orchard on Monday 20 January 2025');
  });
});

describe('the cover', () => {
  test('says who released it and when, and which log it corrects and why', () => {
    expect(paper.cover.slice(3, 6)).toEqual([
      'Frozen log B09-after, 4F2A',
      'Released by Sam Orchard on Monday 20 January 2025',
      'This log corrects B09-after, CCCC, because: A reading came late.',
    ]);
  });

  test.each([
    ['A reading came late', 'because: A reading came late.'],
    [undefined, 'CCCC; no reason is recorded.'],
  ])('ends the reason %j with one full stop', (reason, end) => {
    const corrects = { hash: 'c', shortCode: 'B09-after, CCCC', ...(reason === undefined ? {} : { reason }) };
    expect(logPaper({ ...log, corrects }, facts).cover[5]).toMatch(new RegExp(`${end}$`));
  });

  test('says neither of a first log that was frozen by command', () => {
    const cover = logPaper(sampleLog(), sampleFacts).cover.join('\n');
    expect(cover).not.toMatch(/Released|corrects/);
  });
});

describe('the workbook', () => {
  test('has a sheet of its own with every outcome, each kind to be filtered', () => {
    const rows = cells(log) ?? [];
    expect(rows[0]?.slice(0, 4)).toEqual(['Attendance', 'B09', '', outcomes?.attendance]);
    expect(rows.filter((row) => row[0] === 'Slow item')).toHaveLength(outcomes?.slow.length ?? 0);
    expect(rows.filter((row) => row[0] === 'Decision').map((row) => [row[1], row[2], row[5]])).toEqual([
      ['D-B09-1', 'APA1.04', ''],
      ['D-B09-2', '', '2025-02-03'],
    ]);
    expect(rows.filter((row) => row[0] === 'Date change').map((row) => [row[3], row[5]])).toEqual([
      [expect.stringContaining('moved from'), '2025-03-31'],
      [expect.stringContaining('the date stays'), '2024-12-31'],
    ]);
    expect(cells(bare)).toHaveLength(1);
    expect(cells(sampleLog())).toBeUndefined();
  });

  test('says on Headlines who released it and what it corrects, and runs no text as a formula', async () => {
    const texts = (await workbookTexts(await renderLogWorkbook(log, facts))) ?? [];
    const values = texts.map((one) => one.slice(one.indexOf('=') + 1));
    expect(values).toEqual(expect.arrayContaining(['Sam Orchard', '2025-01-20', "'=1+1"]));
    expect(values).toContain('This log corrects B09-after, CCCC, because: A reading came late.');
  });
});

describe('the machine rows', () => {
  const [head = '', ...rows] = logCsv(withOutcomes({}), facts).split('\r\n');

  test('end with what was agreed, who released the log and what it corrects', () => {
    expect(head.split(',').slice(-5)).toEqual(['slowAtMeeting', 'agreed', 'releasedBy', 'corrects', 'correctsReason']);
    const tail = `Sam Orchard,${'c'.repeat(64)},A reading came late.`;
    const own = rows.find((one) => one.includes(',APA1.04,'));
    expect(own).toContain(',true,"Agree a plan by February.\nDate change approved: The contract is late.');
    expect(rows.filter((one) => one !== '').every((one) => one.endsWith(tail))).toBe(true);
    expect(rows.filter((one) => one.endsWith(`,false,,${tail}`)).length).toBeGreaterThan(0);
  });

  test('of a log for the meeting leave them empty', () => {
    const [, ...before] = logCsv(sampleLog(), sampleFacts).split('\r\n');
    expect(before.filter((one) => one !== '').every((one) => one.endsWith(',,,,,'))).toBe(true);
  });
});
