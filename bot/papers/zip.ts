// Reads files out of a zip archive (.docx and .xlsx are such): central directory, stored and deflated entries, nothing else.
import { inflateRawSync } from 'node:zlib';

// Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; all numbers little-endian.
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;
/** No part of a paper is larger; a smaller archive that claims to be is not unpacked. */
const largestPart = 64 * 1024 * 1024;

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly encrypted: boolean;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
  /** Its record in the central directory. */
  readonly record: { readonly from: number; readonly to: number };
}

/** The bytes of a file of the archive; undefined when there is no such file or the archive cannot be read. */
export function readZipPart(archive: Uint8Array, name: string): Uint8Array | undefined {
  const entry = zipEntries(archive)?.find((one) => one.name === name);
  return entry && unpackZipEntry(archive, entry, largestPart);
}

/** Every file of the archive; undefined when the archive cannot be read. */
export function zipEntries(archive: Uint8Array): readonly ZipEntry[] | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    return entriesOf(view, archive);
  } catch {
    // A number that points outside the file: no archive of ours.
    return undefined;
  }
}

/** The unpacked bytes; undefined when they would be more than `most`, or cannot be unpacked. */
export function unpackZipEntry(archive: Uint8Array, entry: ZipEntry, most: number): Uint8Array | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    if (view.getUint32(entry.at, true) !== localSignature || entry.size > most || entry.encrypted) return undefined;
    const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    const bytes = archive.subarray(from, from + entry.packed);
    if (entry.method === 0) return bytes.byteLength > most ? undefined : bytes;
    return entry.method === 8 ? new Uint8Array(inflateRawSync(bytes, { maxOutputLength: most })) : undefined;
  } catch {
    // A number that points outside the file, or bytes that do not inflate or inflate to more than was allowed.
    return undefined;
  }
}

/** The same archive with a directory of these entries alone: what is left out cannot be read by anybody. */
export function zipOf(archive: Uint8Array, entries: readonly ZipEntry[]): Uint8Array {
  const records = entries.map(({ record }) => archive.subarray(record.from, record.to));
  const size = records.reduce((sum, one) => sum + one.byteLength, 0);
  const result = new Uint8Array(archive.byteLength + size + endLength);
  result.set(archive);
  let at = archive.byteLength;
  for (const record of records) {
    result.set(record, at);
    at += record.byteLength;
  }
  const end = new DataView(result.buffer, at);
  end.setUint32(0, endSignature, true);
  end.setUint16(8, records.length, true);
  end.setUint16(10, records.length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, archive.byteLength, true);
  return result;
}

function entriesOf(view: DataView, archive: Uint8Array): readonly ZipEntry[] | undefined {
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count && view.getUint32(at, true) === entrySignature; index += 1) {
    const nameLength = view.getUint16(at + 28, true);
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    entries.push({
      name: new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      encrypted: view.getUint16(at + 8, true) % 2 === 1,
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
      record: { from: at, to: next },
    });
    at = next;
  }
  return entries;
}

/** The end record stands last, before a comment of any length. */
function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - endLength - longestComment);
  for (let at = view.byteLength - endLength; at >= first; at -= 1)
    if (view.getUint32(at, true) === endSignature) return at;
  return undefined;
}
