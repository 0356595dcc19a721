// Reads one file out of a zip archive (.docx is one): central directory, stored and deflated entries, nothing else.
import { inflateRawSync } from 'node:zlib';

// Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; all numbers little-endian.
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 0xffff;
/** No part of a paper is larger; a smaller archive that claims to be is not unpacked. */
const largestPart = 64 * 1024 * 1024;

/** The bytes of a file of the archive; undefined when there is no such file or the archive cannot be read. */
export function readZipPart(archive: Uint8Array, name: string): Uint8Array | undefined {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  try {
    const entry = findEntry(view, archive, name);
    return entry && unpack(view, archive, entry);
  } catch {
    // A number that points outside the file, or bytes that do not inflate: no archive of ours.
    return undefined;
  }
}

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
}

function findEntry(view: DataView, archive: Uint8Array, name: string): Entry | undefined {
  const end = findEnd(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count && view.getUint32(at, true) === entrySignature; index += 1) {
    const nameLength = view.getUint16(at + 28, true);
    const found = new TextDecoder().decode(archive.subarray(at + 46, at + 46 + nameLength));
    if (found === name)
      return {
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
      };
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return undefined;
}

/** The end record stands last, before a comment of any length. */
function findEnd(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - endLength - longestComment);
  for (let at = view.byteLength - endLength; at >= first; at -= 1)
    if (view.getUint32(at, true) === endSignature) return at;
  return undefined;
}

function unpack(view: DataView, archive: Uint8Array, entry: Entry): Uint8Array | undefined {
  if (view.getUint32(entry.at, true) !== localSignature || entry.size > largestPart) return undefined;
  const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const bytes = archive.subarray(from, from + entry.packed);
  if (entry.method === 0) return bytes;
  return entry.method === 8 ? new Uint8Array(inflateRawSync(bytes, { maxOutputLength: largestPart })) : undefined;
}
