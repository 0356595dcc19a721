// The table of contents of a Word document: links that work in every reader; Word adds page numbers when asked to update it.
import type { FileChild, IXmlableObject } from 'docx';
import { attributes, textRun, wordTree } from './wordTree';

export interface ContentsEntry {
  readonly text: string;
  /** The bookmark around the heading. */
  readonly bookmark: string;
}

/** The style of an entry, known to Word by its name. */
export const entryStyle = { id: 'TOC1', name: 'toc 1' } as const;

/**
 * A field that holds its entries already. It is not marked as out of date: Word would ask each reader, at each opening,
 * whether it may update fields "that may refer to other files".
 */
export function wordContents(entries: readonly ContentsEntry[]): FileChild {
  const opening = [fieldChar('begin'), instruction, fieldChar('separate')];
  return wordTree({
    'w:sdt': [
      {
        'w:sdtPr': [
          {
            'w:docPartObj': [
              attributes('w:docPartGallery', { 'w:val': 'Table of Contents' }),
              { 'w:docPartUnique': {} },
            ],
          },
        ],
      },
      {
        'w:sdtContent': [
          ...entries.map((entry, index) => ({ 'w:p': [style, ...(index === 0 ? opening : []), link(entry)] })),
          { 'w:p': [style, ...(entries.length === 0 ? opening : []), fieldChar('end')] },
        ],
      },
    ],
  });
}

function link({ text, bookmark }: ContentsEntry): IXmlableObject {
  return { 'w:hyperlink': [{ _attr: { 'w:anchor': bookmark, 'w:history': 1 } }, textRun(text)] };
}

function fieldChar(type: 'begin' | 'separate' | 'end'): IXmlableObject {
  return { 'w:r': [attributes('w:fldChar', { 'w:fldCharType': type })] };
}

// Headings of level 1, each a link (ECMA-376, field TOC).
const instruction = { 'w:r': [{ 'w:instrText': [{ _attr: { 'xml:space': 'preserve' } }, 'TOC \\o "1-1" \\h'] }] };
const style = { 'w:pPr': [attributes('w:pStyle', { 'w:val': entryStyle.id })] };
