// Every paper read back from its file: levels of headings, headers that repeat, alternative texts, language, captions.
import ExcelJS from 'exceljs';
import type { CompiledLog } from '../../bot/board/log';
import { boardPack } from '../../bot/papers/boardPack';
import { deepDive } from '../../bot/papers/deepDive';
import { renderDocument, type Paper } from '../../bot/papers/document';
import { logPaper } from '../../bot/papers/logDocument';
import { renderLogWorkbook } from '../../bot/papers/logWorkbook';
import { selfAssessment } from '../../bot/papers/selfAssessment';
import { readZipPart } from '../../bot/papers/zip';
import { sampleAfterFacts, sampleFacts, sampleLog, sampleLogAfter, samplePack } from '../fixtures/sampleLog';
import { sampleSnapshot } from '../fixtures/samplePlan';

const input = samplePack();
const area = input.log.sections.areas[0];
const papers: readonly (readonly [string, Paper])[] = [
  ['the log', logPaper(input.log, sampleFacts)],
  ['the log after the meeting', logPaper(sampleLogAfter(), sampleAfterFacts)],
  ['the board pack', boardPack(input)],
  ['the self-assessment', selfAssessment(input)],
  ...(area ? [['the deep dive', deepDive(input, area)] as const] : []),
];

describe.each(papers)('%s', (_name, paper) => {
  const parts = renderDocument(paper).then((docx) => {
    const read = (name: string): string => new TextDecoder().decode(readZipPart(docx, name));
    return { document: read('word/document.xml'), styles: read('word/styles.xml'), footer: read('word/footer1.xml') };
  });

  test('goes down its levels of headings one at a time, the first being level 1', async () => {
    const { document } = await parts;
    const levels = [...document.matchAll(/<w:pStyle w:val="Heading(\d)"\/>/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  test('has one header row in every table, first, repeated on each page', async () => {
    const { document } = await parts;
    const tables = [...document.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/g)].map(([table]) => table);
    const headers = tables.map((table) =>
      [...table.matchAll(/<w:tr>[\s\S]*?<\/w:tr>/g)].map(([row]) => row.includes('<w:tblHeader/>')),
    );
    expect(tables.length).toBeGreaterThan(3);
    expect(headers.every(([first, ...rest]) => first === true && !rest.includes(true))).toBe(true);
  });

  test('has an alternative text for every image', async () => {
    const { document } = await parts;
    const images = [...document.matchAll(/<wp:docPr ([^>]*)\/?>/g)].map(([, attributes]) => attributes ?? '');
    const drawn = paper.sections.flatMap((one) => one.blocks).filter((one) => one.kind === 'image');
    expect(images).toHaveLength(drawn.length);
    expect(images.filter((one) => !/descr="[^"]{10,}"/.test(one))).toEqual([]);
  });

  test('lists each chapter in its contents and leads to it', async () => {
    const { document } = await parts;
    const anchors = [...document.matchAll(/w:anchor="(\w+)"/g)].map(([, anchor]) => anchor);
    const marks = [...document.matchAll(/<w:bookmarkStart [^>]*w:name="(\w+)"/g)].map(([, name]) => name);
    expect(anchors).toEqual(marks);
    expect(anchors).toHaveLength([...document.matchAll(/<w:pStyle w:val="Heading1"\/>/g)].length);
  });

  test('numbers its pages, speaks British English, and turns pages for wide tables', async () => {
    const { document, styles, footer } = await parts;
    expect(footer).toContain('NUMPAGES');
    expect(styles).toContain('<w:lang w:val="en-GB"/>');
    const sizes = [...document.matchAll(/<w:pgSz ([^>]*)\/>/g)].map(([, size]) => size ?? '');
    expect(sizes.some((size) => size.includes('landscape'))).toBe(true);
    expect(sizes[0]).not.toContain('landscape');
  });

  test('says under which moment and from which records each table stands', () => {
    const captions = paper.sections
      .flatMap((one) => one.blocks)
      .flatMap((one) => (one.kind === 'table' ? [one.caption] : []));
    const said =
      /(?:Judged as of Monday (?:6 January 2025, 17:30|20 January 2025, 09:00)|as of 6 January 2025), from \S+/;
    expect(captions.filter((one) => !said.test(one))).toEqual([]);
  });

  test('gives the columns of each table its whole width', () => {
    const sums = paper.sections
      .flatMap((one) => one.blocks)
      .flatMap((one) =>
        one.kind === 'table' ? [one.columns.reduce((sum, column) => sum + column.widthPercent, 0)] : [],
      );
    expect(sums.filter((sum) => sum !== 100)).toEqual([]);
  });
});

test('page one of the log, for or after the meeting, is read aloud in two minutes', () => {
  for (const log of [input.log, sampleLogAfter()]) expect(wordsOfPageOne(log)).toBeLessThanOrEqual(300);
});

function wordsOfPageOne(log: CompiledLog): number {
  const [first] = logPaper(log, sampleFacts).sections;
  const words = (first?.blocks ?? []).flatMap((one) =>
    one.kind === 'bullets' ? one.items : one.kind === 'heading' || one.kind === 'paragraph' ? [one.text] : [],
  );
  // 150 words a minute is the pace of somebody reading aloud.
  return words.join(' ').split(/\s+/).length;
}

describe('the workbook of the log', () => {
  const hostile = '=HYPERLINK("https://evil.example")';
  const snapshot = sampleSnapshot();
  const actions = snapshot.actions.map((one) => ({ ...one, title: hostile }));
  const opened = renderLogWorkbook(sampleLog({ ...snapshot, actions }), sampleFacts).then(async (bytes) => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
    return workbook;
  });

  test('has a filter and a frozen header in every sheet that has rows', async () => {
    const sheets = (await opened).worksheets.filter((one) => one.rowCount > 2);
    expect(sheets.length).toBeGreaterThan(5);
    for (const sheet of sheets) {
      expect(sheet.autoFilter).toMatch(/^A2:/);
      expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 2 });
    }
  });

  test('holds no formula, whatever people wrote', async () => {
    const types: ExcelJS.ValueType[] = [];
    const texts: string[] = [];
    for (const sheet of (await opened).worksheets)
      sheet.eachRow((row) => {
        row.eachCell((cell) => {
          types.push(cell.type);
          texts.push(cell.text);
        });
      });
    expect(types).not.toContain(ExcelJS.ValueType.Formula);
    expect(types).not.toContain(ExcelJS.ValueType.Hyperlink);
    expect(texts.filter((one) => one.startsWith('='))).toEqual([]);
    expect(texts).toContain(`'${hostile}`);
  });

  test('holds real dates and numbers', async () => {
    const sheet = (await opened).getWorksheet('Actions');
    const titles = sheet?.getRow(2).values;
    const at = (title: string): number => (Array.isArray(titles) ? titles.indexOf(title) : 0);
    const row = sheet?.getRow(3);
    expect(row?.getCell(at('Due date')).type).toBe(ExcelJS.ValueType.Date);
    expect(row?.getCell(at('Per cent')).type).toBe(ExcelJS.ValueType.Number);
  });
});
