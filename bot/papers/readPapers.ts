// Reads filed papers back as plain texts, so that they can be compared with the record they were made from.
import ExcelJS from 'exceljs';
import { readZipPart } from './zip';

/**
 * The paragraphs of a Word document in order, tables included, without the table of contents (Word fills it in);
 * undefined when the bytes are no Word document.
 */
export function documentTexts(docx: Uint8Array): readonly string[] | undefined {
  const part = readZipPart(docx, 'word/document.xml');
  if (!part) return undefined;
  const xml = new TextDecoder().decode(part).replace(/<w:sdt>[\s\S]*?<\/w:sdt>/g, '');
  return [...xml.matchAll(/<w:p[ >][\s\S]*?<\/w:p>/g)]
    .map(([paragraph]) => textOf(paragraph))
    .filter((one) => one !== '');
}

function textOf(paragraph: string): string {
  return [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => plainText(text ?? '')).join('');
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function plainText(xml: string): string {
  return xml.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return String.fromCodePoint(code);
  });
}

/** Every filled cell of a workbook as `Sheet!A1=text`, in order; undefined when the bytes are no workbook. */
export async function workbookTexts(xlsx: Uint8Array): Promise<readonly string[] | undefined> {
  const workbook = new ExcelJS.Workbook();
  try {
    const bytes = new ArrayBuffer(xlsx.byteLength);
    new Uint8Array(bytes).set(xlsx);
    await workbook.xlsx.load(bytes);
  } catch {
    // The library fails with bare errors of many kinds for bytes that are no workbook.
    return undefined;
  }
  const texts: string[] = [];
  workbook.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        const { value } = cell;
        texts.push(
          `${sheet.name}!${cell.address}=${value instanceof Date ? value.toISOString().slice(0, 10) : cell.text}`,
        );
      }),
    ),
  );
  return texts;
}
