// Word building blocks: headings, tables that repeat their header, page numbers, language en-GB; nothing depends on colour.
import {
  AlignmentType,
  Bookmark,
  Document,
  type FileChild,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import { entryStyle, wordContents } from './wordContents';
import { cellStyles, wordTable, type Column } from './wordTable';

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

/** Renders a paper as .docx. The bytes differ from run to run: what is hashed is the log's JSON, never this file. */
export async function renderDocument(paper: Paper): Promise<Uint8Array> {
  const bookmarks = bookmarksOf(paper);
  const document = new Document({
    title: paper.title,
    creator: 'Board Assistant',
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
        // Not a heading: it stands before the first one and would leave a gap in the levels.
        {
          id: 'ContentsHeading',
          name: 'Contents heading',
          basedOn: 'Normal',
          run: { size: 25, bold: true },
          paragraph: { spacing: { before: 240, after: 100 }, keepNext: true },
        },
        { ...entryStyle, basedOn: 'Normal', paragraph: { spacing: { after: 60 } } },
        {
          id: cellStyles.body,
          name: 'Cell',
          basedOn: 'Normal',
          run: { size: 19 },
          paragraph: { spacing: { after: 40 } },
        },
        { id: cellStyles.header, name: 'Cell heading', basedOn: cellStyles.body, run: { bold: true } },
        {
          id: 'AfterTable',
          name: 'After table',
          basedOn: 'Normal',
          run: { size: 10 },
          paragraph: { spacing: { after: 60 } },
        },
      ],
    },
    sections: [cover(paper, bookmarks), ...paper.sections.map((section) => body(section, paper.footer, bookmarks))],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

type Heading = Extract<Block, { kind: 'heading' }>;
/** The headings that the table of contents lists, each with the bookmark that its entry leads to. */
type Bookmarks = ReadonlyMap<Heading, string>;

function bookmarksOf(paper: Paper): Bookmarks {
  const listed = paper.sections
    .flatMap((section) => section.blocks)
    .filter((block): block is Heading => block.kind === 'heading' && block.level === 1);
  return new Map(listed.map((heading, index) => [heading, `_Toc${index + 1}`]));
}

function headingText(heading: Heading, bookmarks: Bookmarks): Bookmark | TextRun {
  const run = new TextRun(heading.text);
  const id = bookmarks.get(heading);
  return id === undefined ? run : new Bookmark({ id, children: [run] });
}

function cover(paper: Paper, bookmarks: Bookmarks) {
  const contents = paper.withContents
    ? [
        new Paragraph({ text: 'Contents', style: 'ContentsHeading' }),
        wordContents([...bookmarks].map(([heading, bookmark]) => ({ text: heading.text, bookmark }))),
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

function body(section: PaperSection, footerText: string, bookmarks: Bookmarks) {
  return {
    properties: { page: pageSettings(section.orientation) },
    footers: { default: footer(footerText) },
    children: section.blocks.flatMap((block) => renderBlock(block, textWidth[section.orientation], bookmarks)),
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

function renderBlock(block: Block, width: number, bookmarks: Bookmarks): readonly FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [
        new Paragraph({
          children: [headingText(block, bookmarks)],
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
        wordTable({ ...block, together: block.together ?? false }, width),
        new Paragraph({ style: 'AfterTable' }),
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
