// A workbook from anywhere as plain cells, within bounds: nothing is evaluated, and what is not a cell is never opened.
import ExcelJS from 'exceljs';
import type { CellColour, PlanValue } from '../board/planRecords';
import { unpackZipEntry, zipEntries, zipOf } from './zip';

/** The largest file that is taken, as it lies on the disk. */
export const largestPlanBytes = 10 * 1024 * 1024;
const largestUnpackedBytes = 64 * 1024 * 1024;
const mostCells = 200_000;
/** Merged cells are each made when a workbook is opened, so that one line of XML could ask for seventeen thousand million. */
const mostMergedCells = 100_000;

/** `above` and `left`: the cell lies in a merged block, and its value stands in the block's first cell. */
export interface GridCell {
  readonly at: string;
  readonly column: number;
  readonly value: PlanValue;
  readonly from: 'itself' | 'above' | 'left';
  /** Columns that its merged block covers, itself included. */
  readonly columns: number;
}

export interface Grid {
  readonly name: string;
  readonly hidden: boolean;
  /** By row number; within a row by column number. */
  readonly rows: ReadonlyMap<number, ReadonlyMap<number, GridCell>>;
  readonly hiddenRows: ReadonlySet<number>;
  readonly hiddenColumns: ReadonlySet<number>;
}

export type OpenedWorkbook =
  | { readonly kind: 'opened'; readonly grids: readonly Grid[] }
  /** In words: what is wrong with the file and how to mend it. */
  | { readonly kind: 'refused'; readonly why: string };

/** Opens .xlsx bytes; refuses what is too large, locked, or no workbook. */
export async function openWorkbook(xlsx: Uint8Array): Promise<OpenedWorkbook> {
  const screened = screen(xlsx);
  if (typeof screened === 'string') return { kind: 'refused', why: screened };
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(screened, { ignoreNodes: [...ignored] });
  } catch {
    // The library fails with bare errors of many kinds for what it does not know.
    return {
      kind: 'refused',
      why: 'The workbook cannot be read. Open it in Excel, save it again as .xlsx and try that.',
    };
  }
  return { kind: 'opened', grids: workbook.worksheets.map(gridOf) };
}

/** Parts that make up the cells; drawings, comments, macros, pivots, links to other files are never opened. */
const wanted =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml))$/;
/** Of a sheet: validations are unfolded cell by cell when read, and no value stands in any of them. */
const ignored = [
  'dataValidations',
  'conditionalFormatting',
  'hyperlinks',
  'drawing',
  'legacyDrawing',
  'picture',
  'tableParts',
  'autoFilter',
  'rowBreaks',
  'colBreaks',
  'extLst',
] as const;

/** The archive with the wanted parts alone, or why it is refused. */
function screen(xlsx: Uint8Array): ArrayBuffer | string {
  if (xlsx.byteLength > largestPlanBytes)
    return `The file is larger than ${largestPlanBytes / 1024 / 1024} MB. Take pictures and old sheets out of a copy and try that.`;
  const entries = zipEntries(xlsx);
  if (!entries || entries.length === 0)
    return 'The file is no .xlsx workbook. One with a password, or an older .xls, must first be saved as .xlsx without one.';
  const kept = entries.filter((one) => wanted.test(one.name));
  if (!kept.some((one) => one.name === 'xl/workbook.xml')) return 'The file is no Excel workbook (.xlsx).';
  if (new Set(kept.map((one) => one.name)).size < kept.length) return 'The file is damaged: it holds a part twice.';
  let left = largestUnpackedBytes;
  let cells = 0;
  let merged = 0;
  for (const entry of kept) {
    const part = unpackZipEntry(xlsx, entry, left);
    if (!part) return 'The workbook is damaged, or far larger unpacked than a plan can be.';
    left -= part.byteLength;
    if (!entry.name.startsWith('xl/worksheets/')) continue;
    const xml = new TextDecoder().decode(part);
    cells += xml.match(/<c[\s/>]/g)?.length ?? 0;
    merged += mergedCells(xml);
  }
  if (cells > mostCells)
    return `The workbook has more than ${mostCells / 1000} thousand cells with a value or a format. Delete the empty rows and columns beside the plan and save it again.`;
  if (merged > mostMergedCells)
    return 'The workbook merges whole rows or columns. Undo that beside the plan and save it again.';
  const archive = zipOf(xlsx, kept);
  const buffer = new ArrayBuffer(archive.byteLength);
  new Uint8Array(buffer).set(archive);
  return buffer;
}

function mergedCells(xml: string): number {
  let cells = 0;
  for (const [tag] of xml.matchAll(/<mergeCell\s[^>]*>/g)) {
    const [, fromColumn, fromRow, toColumn, toRow] =
      /ref\s*=\s*["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/.exec(tag) ?? [];
    // One that is written in another way is not measured, so it counts as too many.
    if (fromColumn === undefined || toColumn === undefined) return mostMergedCells + 1;
    const columns = columnNumber(toColumn) - columnNumber(fromColumn) + 1;
    cells += Math.abs(columns * (Number(toRow) - Number(fromRow) + 1));
  }
  return cells;
}

function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}

/** `F` of 6. */
export function columnLetters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? columnLetters(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}

function gridOf(sheet: ExcelJS.Worksheet): Grid {
  const rows = new Map<number, ReadonlyMap<number, GridCell>>();
  const hiddenRows = new Set<number>();
  const spans = mergedSpans(sheet);
  sheet.eachRow((row, number) => {
    const cells = new Map<number, GridCell>();
    row.eachCell((cell, column) => {
      const master = cell.isMerged ? cell.master : cell;
      const value = valueOf(master);
      if (!value) return;
      const from = master.address === cell.address ? 'itself' : Number(master.row) === number ? 'left' : 'above';
      // The right-hand cells of lower rows say nothing that the left one does not.
      if (from === 'above' && Number(master.col) !== column) return;
      cells.set(column, { at: cell.address, column, value, from, columns: spans.get(master.address) ?? 1 });
    });
    if (cells.size > 0) rows.set(number, cells);
    if (row.hidden) hiddenRows.add(number);
  });
  let used = 0;
  for (const cells of rows.values()) for (const column of cells.keys()) used = Math.max(used, column);
  const hiddenColumns = new Set(
    Array.from({ length: used }, (_, at) => at + 1).filter((column) => sheet.getColumn(column).hidden),
  );
  return { name: sheet.name, hidden: sheet.state !== 'visible', rows, hiddenRows, hiddenColumns };
}

/** By the first cell of each merged block, how many columns it covers. */
function mergedSpans(sheet: ExcelJS.Worksheet): ReadonlyMap<string, number> {
  const spans = new Map<string, number>();
  sheet.eachRow((row) =>
    row.eachCell((cell) => {
      if (!cell.isMerged || cell.row !== cell.master.row) return;
      const master = cell.master;
      spans.set(master.address, Math.max(spans.get(master.address) ?? 1, Number(cell.col) - Number(master.col) + 1));
    }),
  );
  return spans;
}

function valueOf(cell: ExcelJS.Cell): PlanValue | undefined {
  const { value } = cell;
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    if ('error' in value) return { kind: 'error', code: value.error };
    if ('formula' in value || 'sharedFormula' in value) {
      const { result } = value;
      if (typeof result === 'object' && 'error' in result) return { kind: 'error', code: result.error };
      return result === undefined
        ? { kind: 'error', code: 'formula without a saved result' }
        : plainValue(cell, result);
    }
    // Rich text and links, as they are read.
    return textValue(cell.text);
  }
  return plainValue(cell, value);
}

function plainValue(cell: ExcelJS.Cell, value: unknown): PlanValue | undefined {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return { kind: 'error', code: 'a date that there is not' };
    return { kind: 'date', on: value.toISOString().slice(0, 10) };
  }
  if (typeof value === 'boolean') return { kind: 'flag', value };
  if (typeof value === 'number') {
    const format = cell.numFmt ?? '';
    const noughts = shown(value, format);
    return {
      kind: 'number',
      value,
      percent: format.includes('%'),
      ...(noughts === undefined ? {} : { shown: noughts }),
    };
  }
  if (typeof value === 'string' && value.trim() !== '') return textValue(value);
  const colour = colourOf(cell);
  return colour && { kind: 'colour', colour };
}

/** What a workbook of ours wrote before a text that a spreadsheet could take for a formula is taken away again. */
function textValue(text: string): PlanValue | undefined {
  const plain = text.replace(/_x000D_/gu, '').replace(/^'('*[=+\-@\t\r\n])/u, '$1');
  return plain.trim() === '' ? undefined : { kind: 'text', text: plain };
}

function shown(value: number, format: string): string | undefined {
  const decimals = /^0\.(0{1,6})$/.exec(format)?.[1];
  if (decimals !== undefined) return value.toFixed(decimals.length);
  return /^0{2,10}$/.test(format) && Number.isInteger(value) ? String(value).padStart(format.length, '0') : undefined;
}

/** The colour of a filled cell where it is plainly one of the five; theme colours carry no meaning of their own. */
function colourOf(cell: ExcelJS.Cell): CellColour | undefined {
  const { fill } = cell;
  if (fill?.type !== 'pattern' || fill.pattern !== 'solid') return undefined;
  const [, red, green, blue] =
    /^[0-9A-F]{2}([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})$/i.exec(fill.fgColor?.argb ?? '') ?? [];
  if (red === undefined || green === undefined || blue === undefined) return undefined;
  return colourNamed(Number.parseInt(red, 16), Number.parseInt(green, 16), Number.parseInt(blue, 16));
}

function colourNamed(red: number, green: number, blue: number): CellColour | undefined {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  // Nearly white and black are paper and ink.
  if (spread < 40) return most > 100 && most < 225 ? 'grey' : undefined;
  const sector =
    most === red ? (green - blue) / spread : most === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
  const hue = (sector * 60 + 360) % 360;
  if (hue < 20 || hue >= 330) return 'red';
  if (hue < 65) return 'amber';
  if (hue < 170) return 'green';
  return hue >= 180 && hue < 260 ? 'blue' : undefined;
}
