// The log as sheets: one a section, every row of the log in it, dates and numbers as such.
import { logSheets, renderLogWorkbook } from '../../bot/papers/logWorkbook';
import { workbookTexts } from '../../bot/papers/readPapers';
import { sampleFacts, sampleHash, sampleLog } from '../fixtures/sampleLog';

const log = sampleLog();
const sheets = logSheets(log, sampleFacts);
const sheet = (name: string) => {
  const found = sheets.find((one) => one.name === name);
  if (!found) throw new Error(`no sheet ${name}`);
  return found;
};

describe('the sheets of a log', () => {
  test('are one a section', () => {
    expect(sheets.map((one) => one.name)).toEqual([
      ...['Headlines', 'Slow to progress', 'Actions', 'Contributions', 'Measures', 'Risks'],
      ...['Date changes', 'Decisions', 'Lived experience', 'Findings'],
    ]);
  });

  test('hold every action, measure, risk and finding', () => {
    const counts = ['Actions', 'Measures', 'Risks', 'Findings'].map((name) => sheet(name).rows.length);
    expect(counts).toEqual([
      log.actions.length,
      log.sections.measures.length,
      log.risks.length,
      log.sections.findings.length,
    ]);
  });

  test('have a cell for every column in every row', () => {
    for (const one of sheets)
      for (const row of one.rows.slice(0, 3)) expect(row.length).toBeLessThanOrEqual(one.columns.length);
    expect(sheet('Actions').rows.every((row) => row.length === sheet('Actions').columns.length)).toBe(true);
  });

  test('hold due dates as dates and percentages as numbers', () => {
    const at = sheet('Actions').columns.findIndex((one) => one.title === 'Due date');
    const percent = sheet('Actions').columns.findIndex((one) => one.title === 'Per cent');
    const row = sheet('Actions').rows[0] ?? [];
    expect([row[at]?.kind, row[percent]?.kind]).toEqual(['date', 'number']);
  });

  test('carry the moment, the code and the whole hash', async () => {
    expect(sheet('Headlines').caption).toContain('Judged as of Monday 6 January 2025, 17:30');
    const texts = await workbookTexts(await renderLogWorkbook(log, sampleFacts));
    expect(texts?.some((one) => one.endsWith(`=${sampleHash}`))).toBe(true);
  });
});
