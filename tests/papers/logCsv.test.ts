// The machine rows of a log: RFC 4180, every action once, no text that a spreadsheet would run.
import type { CompiledLog } from '../../bot/board/log';
import { logCsv, renderLogCsv } from '../../bot/papers/logCsv';
import { sampleFacts, sampleHash, sampleLog } from '../fixtures/sampleLog';

const log = sampleLog();

/** A reader of RFC 4180 of its own: quoted fields may hold commas, quotes and line breaks. */
function parse(csv: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const pattern = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n|$)/gy;
  for (const [, field = '', end] of csv.matchAll(pattern)) {
    if (field === '' && end === '') break;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((one) => one.length > 0);
}

const table = (of: CompiledLog) => {
  const [head = [], ...rows] = parse(logCsv(of, sampleFacts));
  return rows.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index] ?? ''])));
};
const saying = (title: string): CompiledLog => {
  const [first, ...rest] = log.actions;
  return first ? { ...log, actions: [{ ...first, detail: { ...first.detail, title } }, ...rest] } : log;
};

describe('the machine rows', () => {
  test('hold every action once, in the order of the log, with as many fields as the header', () => {
    const rows = parse(logCsv(log, sampleFacts));
    expect(rows.slice(1).map((row) => row[4])).toEqual(log.actions.map((one) => one.ref));
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  test('say in each row of which log they are', () => {
    expect(table(log)[0]).toMatchObject({ meeting: 'B09', kind: 'for the meeting', logHash: sampleHash });
  });

  test('hold dates, ratings and truths as machines read them', () => {
    const action = log.actions.find((one) => one.ref === 'APA1.04');
    const row = table(log).find((one) => one['ref'] === 'APA1.04');
    expect(row).toMatchObject({
      dueOn: action?.dueOn ?? '',
      computedDelivery: 'off-track',
      slow: 'true',
      percent: String(action?.percent),
    });
  });

  test('end each row with carriage return and line feed, and begin without a mark', () => {
    const bytes = renderLogCsv(log, sampleFacts);
    expect(bytes[0]).toBe('m'.charCodeAt(0));
    expect(logCsv(log, sampleFacts).endsWith('\r\n')).toBe(true);
  });

  test.each(['a,b', 'say "so"', 'two\nlines', 'two\r\nlines'])('carry %j through unchanged', (title) => {
    expect(table(saying(title))[0]?.['title']).toBe(title);
  });

  test.each(['=1+1', '+1', '-1', '@sum', '\tx'])('keep %j from being run', (title) => {
    expect(table(saying(title))[0]?.['title']).toBe(`'${title}`);
  });

  test('leave empty what an old log did not record', () => {
    expect(table(log).every((row) => row['percentThen'] !== 'not recorded then')).toBe(true);
  });
});
