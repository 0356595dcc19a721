// Excel building blocks: one sheet a section, filters, frozen header, real dates and numbers; people's text is never a formula.
import ExcelJS from 'exceljs';

export type CellValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  /** A civil date, `YYYY-MM-DD`. */
  | { readonly kind: 'date'; readonly on: string }
  | { readonly kind: 'empty' };

export interface SheetColumn {
  readonly title: string;
  /** In characters. */
  readonly width: number;
}

export interface Sheet {
  readonly name: string;
  /** What it shows, as of when: the first row, above the header. */
  readonly caption: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly CellValue[])[];
}

export const text = (value: string | undefined): CellValue =>
  value === undefined || value === '' ? { kind: 'empty' } : { kind: 'text', text: value };
export const number = (value: number | undefined): CellValue =>
  value === undefined ? { kind: 'empty' } : { kind: 'number', value };
export const date = (on: string | undefined): CellValue =>
  on === undefined ? { kind: 'empty' } : { kind: 'date', on };

const headerRow = 2;

/** Renders sheets as .xlsx; `at` is stamped as the time of creation so that the same log gives the same workbook. */
export async function renderWorkbook(title: string, at: string, sheets: readonly Sheet[]): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  workbook.title = title;
  workbook.creator = 'Board Assistant';
  workbook.created = new Date(at);
  workbook.modified = new Date(at);
  for (const sheet of sheets) addSheet(workbook, sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addSheet(workbook: ExcelJS.Workbook, sheet: Sheet): void {
  const target = workbook.addWorksheet(sheet.name.slice(0, 31), {
    views: [{ state: 'frozen', xSplit: 1, ySplit: headerRow }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: pagesWide(sheet.columns),
      fitToHeight: 0,
      printTitlesRow: '2:2',
      printTitlesColumn: 'A:A',
      pageOrder: 'overThenDown',
    },
    headerFooter: { oddFooter: '&L&A&RPage &P of &N' },
  });
  target.columns = sheet.columns.map((column) => ({ width: column.width }));
  target.getCell(1, 1).value = sheet.caption;
  target.getCell(1, 1).font = { italic: true };
  const header = target.getRow(headerRow);
  sheet.columns.forEach((column, index) => {
    const cell = header.getCell(index + 1);
    cell.value = column.title;
    cell.font = { bold: true };
    cell.alignment = { wrapText: true, vertical: 'top' };
    cell.border = { bottom: { style: 'thin' } };
  });
  header.height =
    linesOf(
      sheet.columns.map((column) => text(column.title)),
      // Bold takes more, and the button of the filter its share.
      sheet.columns.map((column) => ({ ...column, width: column.width - 3 })),
    ) * linePoints;
  sheet.rows.forEach((row, rowIndex) => {
    row.forEach((value, index) => writeCell(target.getCell(headerRow + 1 + rowIndex, index + 1), value));
    const height = linesOf(row, sheet.columns) * linePoints;
    if (height > linePoints) target.getRow(headerRow + 1 + rowIndex).height = Math.min(tallestPoints, height);
  });
  if (sheet.rows.length > 0) {
    target.autoFilter = {
      from: { row: headerRow, column: 1 },
      to: { row: headerRow + sheet.rows.length, column: sheet.columns.length },
    };
  }
}

/** What a landscape page of A4 takes across in print that people still read, in characters. */
const charactersAcross = 210;

function pagesWide(columns: readonly SheetColumn[]): number {
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  return Math.max(1, Math.ceil(width / charactersAcross));
}

const linePoints = 15;
/** Excel shows no row taller than this. */
const tallestPoints = 409;

/** How many lines the longest text of a row takes when it is wrapped; not every program works this out by itself. */
function linesOf(row: readonly CellValue[], columns: readonly SheetColumn[]): number {
  let most = 1;
  for (const [index, value] of row.entries()) {
    if (value.kind !== 'text') continue;
    const width = columns[index]?.width ?? 10;
    const lines = value.text
      .split('\n')
      .reduce((sum, line) => sum + Math.max(1, Math.ceil((line.length * 1.1) / width)), 0);
    most = Math.max(most, lines);
  }
  return most;
}

function writeCell(cell: ExcelJS.Cell, value: CellValue): void {
  cell.alignment = { wrapText: true, vertical: 'top' };
  cell.border = { bottom: { style: 'hair' } };
  switch (value.kind) {
    case 'text':
      cell.value = safeText(value.text);
      // Apart from the number of the column before it.
      cell.alignment = { ...cell.alignment, horizontal: 'left', indent: 1 };
      return;
    case 'number':
      cell.value = value.value;
      return;
    case 'date':
      cell.value = new Date(`${value.on}T00:00:00Z`);
      cell.numFmt = 'dd mmmm yyyy';
      return;
    case 'empty':
  }
}

/** A text cell is typed as a string; one that a spreadsheet would still offer to run is prefixed (OWASP CSV injection). */
function safeText(value: string): string {
  return /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value;
}
