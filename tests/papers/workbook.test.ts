// Workbooks read back: frozen header, filter, real dates and numbers, and people's text that is never a formula.
import ExcelJS from 'exceljs';
import { workbookTexts } from '../../bot/papers/readPapers';
import { date, number, renderWorkbook, text, type Sheet } from '../../bot/papers/workbook';

const sheet: Sheet = {
  name: 'Actions',
  caption: 'What it shows',
  columns: [
    { title: 'Ref', width: 10 },
    { title: 'Due', width: 18 },
    { title: 'Per cent', width: 8 },
    { title: 'Said', width: 40 },
  ],
  rows: [
    [text('A1.01'), date('2025-03-31'), number(60), text('=HYPERLINK("https://evil.example")')],
    [text('A1.02'), date(undefined), number(undefined), text('')],
    [text('A1.03'), date('2025-10-26'), number(0), text('+44 said so')],
  ],
};

async function open(sheets: readonly Sheet[] = [sheet]): Promise<ExcelJS.Workbook> {
  const bytes = await renderWorkbook('A log', '2025-01-06T17:30:00.000Z', sheets);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  return workbook;
}

const cell = async (address: string) => (await open()).getWorksheet('Actions')?.getCell(address);

describe('a sheet', () => {
  test('keeps caption, header and first column in sight', async () => {
    const view = (await open()).getWorksheet('Actions')?.views[0];
    expect(view).toMatchObject({ state: 'frozen', xSplit: 1, ySplit: 2 });
  });

  test('can be filtered by each column', async () => {
    expect((await open()).getWorksheet('Actions')?.autoFilter).toBe('A2:D5');
  });

  test('prints landscape on A4 and repeats its header', async () => {
    const setup = (await open()).getWorksheet('Actions')?.pageSetup;
    expect(setup).toMatchObject({ orientation: 'landscape', paperSize: 9, fitToWidth: 1 });
    expect(setup?.printTitlesRow).toBe('2:2');
  });

  test('of many columns prints over several pages, each with the first column', async () => {
    const columns = Array.from({ length: 12 }, (_, index) => ({ title: `Column ${index}`, width: 40 }));
    const bytes = await renderWorkbook('Wide', '2025-01-06T17:30:00Z', [
      { name: 'Wide', caption: 'Twelve columns', columns, rows: [columns.map((one) => text(one.title))] },
    ]);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
    expect(workbook.getWorksheet('Wide')?.pageSetup).toMatchObject({ fitToWidth: 3, printTitlesColumn: 'A:A' });
  });

  test('holds dates as dates, also on the day the clocks change', async () => {
    expect((await cell('B3'))?.value).toEqual(new Date('2025-03-31T00:00:00Z'));
    expect((await cell('B5'))?.value).toEqual(new Date('2025-10-26T00:00:00Z'));
    expect((await cell('B3'))?.numFmt).toBe('dd mmmm yyyy');
  });

  test('holds numbers as numbers, nought included', async () => {
    expect([(await cell('C3'))?.value, (await cell('C5'))?.value]).toEqual([60, 0]);
  });

  test('leaves what is not known empty', async () => {
    expect([(await cell('B4'))?.value, (await cell('C4'))?.value, (await cell('D4'))?.value]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test.each(['=1+1', '+44', '-1 day', '@here', '\ttab', '\nnew'])(
    'keeps %j a text that no program runs',
    async (said) => {
      const rows = [[text('A1.01'), date(undefined), number(1), text(said)]];
      const value = (await open([{ ...sheet, rows }])).getWorksheet('Actions')?.getCell('D3').value;
      expect(value).toBe(`'${said}`);
    },
  );

  test('has a row as tall as its longest text is when wrapped', async () => {
    const rows = [
      [text('A1.01'), date(undefined), number(1), text('word '.repeat(30))],
      [text('A1.02'), date(undefined), number(1), text('one\ntwo\nthree')],
      [text('A1.03'), date(undefined), number(1), text('short')],
    ];
    const actions = (await open([{ ...sheet, rows }])).getWorksheet('Actions');
    expect([3, 4, 5].map((row) => actions?.getRow(row).height)).toEqual([75, 45, undefined]);
  });

  test('without rows has a header and no filter', async () => {
    const empty = (await open([{ ...sheet, rows: [] }])).getWorksheet('Actions');
    expect(empty?.getCell('A2').value).toBe('Ref');
    expect(empty?.autoFilter ?? undefined).toBeUndefined();
  });

  test('is named in at most 31 characters', async () => {
    const { worksheets } = await open([{ ...sheet, name: 'A name that is longer than a sheet may have' }]);
    expect(worksheets[0]?.name).toBe('A name that is longer than a sh');
  });
});

test('a workbook reads back as the texts of its cells', async () => {
  const texts = await workbookTexts(await renderWorkbook('A log', '2025-01-06T17:30:00.000Z', [sheet]));
  expect(texts).toEqual(expect.arrayContaining(['Actions!A1=What it shows', 'Actions!B3=2025-03-31', 'Actions!C5=0']));
});

test('bytes that are no workbook are not read', async () => {
  expect(await workbookTexts(new TextEncoder().encode('hello'))).toBeUndefined();
});
