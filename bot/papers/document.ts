// Word building blocks: headings, tables that repeat their header, page numbers, language en-GB; nothing depends on colour.
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableOfContents,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';

export interface Column {
  readonly title: string;
  /** Share of the table's width, in percent; the columns of a table add up to 100. */
  readonly widthPercent: number;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string; readonly strong?: boolean; readonly keepNext?: boolean }
  | { readonly kind: 'bullets'; readonly items: readonly string[] }
  /** Says nothing that the words or the table beside it do not say. */
  | { readonly kind: 'image'; readonly picture: Picture }
  | {
      readonly kind: 'table';
      /** What it shows, as of when, from which records. */
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** Printed instead of an empty table. */
      readonly whenEmpty: string;
      /** A small table that is not split over two pages. */
      readonly together?: boolean;
    };

export interface Picture {
  readonly png: Uint8Array;
  /** On the page, at 96 dots an inch. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly title: string;
  /** What a reader who does not see it is told. */
  readonly alt: string;
}

export interface PaperSection {
  readonly orientation: 'portrait' | 'landscape';
  readonly blocks: readonly Block[];
}

export interface Paper {
  readonly title: string;
  /** Lines of the cover, under the title. */
  readonly cover: readonly string[];
  readonly withContents: boolean;
  readonly sections: readonly PaperSection[];
  /** Printed at the foot of each page before the page number: the board and the short code. */
  readonly footer: string;
}

// A4 and margins in twentieths of a point (ISO 216; 20 mm margins).
const page = { width: 11_906, height: 16_838, margin: 1_134 };
const textWidth = { portrait: page.width - 2 * page.margin, landscape: page.height - 2 * page.margin };
const font = 'Arial';
const grey = 'E7E6E6';

/** Renders a paper as .docx. The bytes differ from run to run: what is hashed is the log's JSON, never this file. */
export async function renderDocument(paper: Paper): Promise<Uint8Array> {
  const document = new Document({
    title: paper.title,
    creator: 'Board Assistant',
    features: { updateFields: paper.withContents },
    numbering: {
      config: [
        {
          reference: 'bullets',
          levels: [
            {
              level: 0,
              format: LevelFormat.BULLET,
              text: '•',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 360, hanging: 260 } } },
            },
          ],
        },
      ],
    },
    styles: {
      default: {
        document: { run: { font, size: 22, language: { value: 'en-GB' } }, paragraph: { spacing: { after: 120 } } },
        title: { run: { font, size: 48, bold: true }, paragraph: { spacing: { before: 2400, after: 240 } } },
        heading1: { run: { font, size: 30, bold: true }, paragraph: { spacing: { before: 360, after: 140 } } },
        heading2: { run: { font, size: 25, bold: true }, paragraph: { spacing: { before: 240, after: 100 } } },
      },
      paragraphStyles: [
        {
          id: 'Caption',
          name: 'caption',
          basedOn: 'Normal',
          run: { size: 19, italics: true },
          paragraph: { keepNext: true },
        },
        // What all cells have in common is said once: a log may have ten thousand of them.
        { id: 'Cell', name: 'Cell', basedOn: 'Normal', run: { size: 19 }, paragraph: { spacing: { after: 40 } } },
        { id: 'CellHeading', name: 'Cell heading', basedOn: 'Cell', run: { bold: true } },
      ],
    },
    sections: [cover(paper), ...paper.sections.map((section) => body(section, paper.footer))],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function cover(paper: Paper) {
  const contents = paper.withContents
    ? [
        new Paragraph({ text: 'Contents', style: 'Heading2' }),
        new TableOfContents('Contents', { hyperlink: true, headingStyleRange: '1-1' }),
      ]
    : [];
  return {
    properties: { page: pageSettings('portrait') },
    footers: { default: footer(paper.footer) },
    children: [
      new Paragraph({ text: paper.title, heading: HeadingLevel.TITLE }),
      ...paper.cover.map((line) => new Paragraph({ children: [new TextRun({ text: line, size: 26 })] })),
      ...contents,
    ],
  };
}

function body(section: PaperSection, footerText: string) {
  return {
    properties: { page: pageSettings(section.orientation) },
    footers: { default: footer(footerText) },
    children: section.blocks.flatMap((block) => renderBlock(block, textWidth[section.orientation])),
  };
}

function pageSettings(orientation: PaperSection['orientation']) {
  const { margin } = page;
  return {
    // docx turns width and height itself when the orientation is landscape.
    size: {
      width: page.width,
      height: page.height,
      orientation: orientation === 'landscape' ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
    },
    margin: { top: margin, right: margin, bottom: margin, left: margin },
  };
}

function footer(text: string): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({ text: `${text}  ·  page `, size: 18 }),
          new TextRun({ children: [PageNumber.CURRENT], size: 18 }),
          new TextRun({ text: ' of ', size: 18 }),
          new TextRun({ children: [PageNumber.TOTAL_PAGES], size: 18 }),
        ],
      }),
    ],
  });
}

function renderBlock(block: Block, width: number): readonly (Paragraph | Table)[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          text: block.text,
          heading: block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
          keepNext: true,
        }),
      ];
    case 'paragraph':
      return [
        new Paragraph({
          keepNext: block.keepNext ?? false,
          children: [new TextRun({ text: block.text, bold: block.strong ?? false })],
        }),
      ];
    case 'bullets':
      return block.items.map((text) => new Paragraph({ text, numbering: { reference: 'bullets', level: 0 } }));
    case 'image':
      return [image(block.picture, width)];
    case 'table':
      if (block.rows.length === 0) return [new Paragraph({ text: block.whenEmpty })];
      return [
        new Paragraph({ text: block.caption, style: 'Caption' }),
        table(block.columns, block.rows, width, block.together ?? false),
        new Paragraph(''),
      ];
  }
}

/** Never wider than the text. */
function image(picture: Picture, width: number): Paragraph {
  // 1,440 twentieths of a point an inch, 96 dots an inch.
  const scale = Math.min(1, width / 15 / picture.widthPx);
  return new Paragraph({
    keepNext: true,
    children: [
      new ImageRun({
        type: 'png',
        data: picture.png,
        transformation: {
          width: Math.round(picture.widthPx * scale),
          height: Math.round(picture.heightPx * scale),
        },
        altText: { name: picture.title, title: picture.title, description: picture.alt },
      }),
    ],
  });
}

function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  together: boolean,
): Table {
  const widths = columns.map((column) => Math.round((width * column.widthPercent) / 100));
  const line = { style: BorderStyle.SINGLE, size: 4, color: '7F7F7F' };
  const cell = (text: string, index: number, isHeader: boolean, keepNext: boolean): TableCell => {
    const style = isHeader ? 'CellHeading' : 'Cell';
    return new TableCell({
      width: { size: widths[index] ?? 0, type: WidthType.DXA },
      ...(isHeader ? { shading: { type: ShadingType.CLEAR, fill: grey, color: 'auto' } } : {}),
      children: text.split('\n').map((part) => new Paragraph({ text: part, style, ...(keepNext ? { keepNext } : {}) })),
    });
  };
  return new Table({
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    width: { size: width, type: WidthType.DXA },
    margins: { marginUnitType: WidthType.DXA, top: 50, bottom: 50, left: 80, right: 80 },
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map((one, index) => cell(one.title, index, true, true)),
      }),
      ...rows.map(
        (row, place) =>
          new TableRow({
            cantSplit: true,
            children: columns.map((_, index) =>
              cell(row[index] ?? '', index, false, together && place < rows.length - 1),
            ),
          }),
      ),
    ],
  });
}

/** Every text of a paper with the heading it stands under and, where it begins with one, the record it speaks of. */
export function paperTexts(paper: Paper): readonly { readonly where: string; readonly text: string }[] {
  let under = paper.title;
  const at = (text: string, row = text): { readonly where: string; readonly text: string } => {
    const ref = /^[A-Z]{1,4}\d[\w.-]*/.exec(row)?.[0];
    return { where: ref === undefined ? under : `${ref}, under "${under}"`, text };
  };
  return [
    ...paper.cover.map((text) => at(text)),
    ...paper.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => {
        switch (block.kind) {
          case 'heading':
            under = block.text;
            return [at(block.text)];
          case 'paragraph':
            return [at(block.text)];
          case 'bullets':
            return block.items.map((text) => at(text));
          case 'image':
            return [at(block.picture.alt)];
          case 'table':
            return [at(block.caption), ...block.rows.flatMap((row) => row.map((text) => at(text, row[0])))];
        }
      }),
    ),
  ];
}
