// Reading a part of an archive: stored and deflated parts, and bytes that are no archive.
import { deflateRawSync } from 'node:zlib';
import { readZipPart } from '../../bot/papers/zip';

interface Part {
  readonly name: string;
  readonly text: string;
  readonly method: 0 | 8 | 12;
}

/** An archive built by hand from the published format. */
function archive(parts: readonly Part[], comment = ''): Buffer {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, text, method } of parts) {
    const raw = Buffer.from(text);
    const packed = method === 8 ? deflateRawSync(raw) : raw;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(raw.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    const body = Buffer.concat([local, Buffer.from(name), packed]);
    bodies.push(body);
    entries.push(Buffer.concat([entry, Buffer.from(name)]));
    at += body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...bodies, ...entries, end, Buffer.from(comment)]);
}

const read = (bytes: Uint8Array, name: string): string | undefined => {
  const part = readZipPart(bytes, name);
  return part && new TextDecoder().decode(part);
};
const two = archive([
  { name: 'a.txt', text: 'stored', method: 0 },
  { name: 'b/c.txt', text: 'deflated '.repeat(40), method: 8 },
]);

describe('an archive', () => {
  test('gives a stored part', () => expect(read(two, 'a.txt')).toBe('stored'));
  test('gives a deflated part', () => expect(read(two, 'b/c.txt')).toBe('deflated '.repeat(40)));
  test('gives a part behind a comment', () => {
    expect(read(archive([{ name: 'a', text: 'x', method: 0 }], 'a comment'), 'a')).toBe('x');
  });
  test('gives nothing for a part it does not hold', () => expect(read(two, 'c.txt')).toBeUndefined());
  test('gives nothing for a method it does not know', () => {
    expect(read(archive([{ name: 'a', text: 'x', method: 12 }]), 'a')).toBeUndefined();
  });
  test('gives nothing when its parts are damaged', () => {
    const damaged = Buffer.from(two);
    damaged.fill(0xff, 36 + 6 + 30, 36 + 6 + 30 + 30);
    expect(read(damaged, 'b/c.txt')).toBeUndefined();
  });
  test('gives nothing when it is cut short or empty', () => {
    expect(read(two.subarray(0, 60), 'a.txt')).toBeUndefined();
    expect(read(new Uint8Array(), 'a.txt')).toBeUndefined();
  });
  test('is read from the middle of a larger buffer', () => {
    const larger = Buffer.concat([Buffer.from('before'), two]);
    expect(read(larger.subarray(6), 'a.txt')).toBe('stored');
  });
});
