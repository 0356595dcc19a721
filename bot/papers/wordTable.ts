// A table of a Word document, written as its finished tree: a log has ten thousand cells, and an object of the library for
// each part of each cell takes most of the time of a paper.
import type { FileChild, IXmlableObject } from 'docx';
import { attributes, textRun, wordTree } from './wordTree';

export interface Column {
  readonly title: string;
  /** Share of the table's width, in percent; the columns of a table add up to 100. */
  readonly widthPercent: number;
}

export interface TableContent {
  /** Told to a screen reader as the table's title. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** A line break in a cell begins a paragraph. */
  readonly rows: readonly (readonly string[])[];
  /** No row is parted from the next one by the end of a page. */
  readonly together: boolean;
}

/** What all cells have in common is said once, in these styles. */
export const cellStyles = { body: 'Cell', header: 'CellHeading' } as const;

/** The header row repeats on each page and stays with the first row; no row is split over two pages. */
export function wordTable(content: TableContent, width: number): FileChild {
  return wordTree(tableTree(content, width));
}

function tableTree({ caption, columns, rows, together }: TableContent, width: number): IXmlableObject {
  const widths = columns.map((column) => Math.round((width * column.widthPercent) / 100));
  const bodyCells = widths.map((one) => ({ 'w:tcPr': [cellWidth(one)] }));
  const headerCells = widths.map((one) => ({ 'w:tcPr': [cellWidth(one), shading] }));
  const headerText = paragraphStyle(cellStyles.header, true);
  const bodyText = paragraphStyle(cellStyles.body, false);
  const keptText = paragraphStyle(cellStyles.body, true);
  return {
    'w:tbl': [
      { 'w:tblPr': [tableWidth(width), ...tableProperties, attributes('w:tblCaption', { 'w:val': caption })] },
      { 'w:tblGrid': widths.map((one) => attributes('w:gridCol', { 'w:w': one })) },
      { 'w:tr': [headerRow, ...columns.map((column, index) => cell(headerCells[index], headerText, column.title))] },
      ...rows.map((row, place) => {
        const style = together && place < rows.length - 1 ? keptText : bodyText;
        return { 'w:tr': [bodyRow, ...columns.map((_, index) => cell(bodyCells[index], style, row[index] ?? ''))] };
      }),
    ],
  };
}

function cell(properties: IXmlableObject | undefined, style: IXmlableObject, text: string): IXmlableObject {
  const paragraphs = text.includes('\n') ? text.split('\n').map((line) => words(style, line)) : [words(style, text)];
  return { 'w:tc': [properties, ...paragraphs] };
}

function words(style: IXmlableObject, text: string): IXmlableObject {
  return { 'w:p': text === '' ? [style] : [style, textRun(text)] };
}

function paragraphStyle(style: string, keepNext: boolean): IXmlableObject {
  return { 'w:pPr': [attributes('w:pStyle', { 'w:val': style }), ...(keepNext ? [{ 'w:keepNext': {} }] : [])] };
}

// Widths and margins are in twentieths of a point.
const twips = 'dxa';
const cellWidth = (width: number): IXmlableObject => attributes('w:tcW', { 'w:type': twips, 'w:w': width });
const tableWidth = (width: number): IXmlableObject => attributes('w:tblW', { 'w:type': twips, 'w:w': width });
const shading = attributes('w:shd', { 'w:fill': 'E7E6E6', 'w:color': 'auto', 'w:val': 'clear' });
const headerRow = { 'w:trPr': [{ 'w:cantSplit': {} }, { 'w:tblHeader': {} }] };
const bodyRow = { 'w:trPr': [{ 'w:cantSplit': {} }] };
/** In the order that the schema of Word asks for (ECMA-376, CT_TblPr). */
const tableProperties = [
  {
    'w:tblBorders': ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) =>
      attributes(`w:${side}`, { 'w:val': 'single', 'w:color': '7F7F7F', 'w:sz': 4 }),
    ),
  },
  attributes('w:tblLayout', { 'w:type': 'fixed' }),
  {
    'w:tblCellMar': Object.entries({ top: 50, left: 80, bottom: 50, right: 80 }).map(([side, margin]) =>
      attributes(`w:${side}`, { 'w:type': twips, 'w:w': margin }),
    ),
  },
  // The first row is a header, said to screen readers too.
  attributes('w:tblLook', {
    'w:firstRow': 1,
    'w:lastRow': 0,
    'w:firstColumn': 0,
    'w:lastColumn': 0,
    'w:noHBand': 1,
    'w:noVBand': 1,
  }),
];
