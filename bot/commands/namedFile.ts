// Reads a file that a person named on the command line; a file that cannot be read is said in words.
import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '../errors';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no file',
  EISDIR: 'This is a folder, not a file:',
  EACCES: 'This file may not be read:',
};

/** Throws InvalidInputError. */
export async function readNamedFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
    throw new InvalidInputError(`${reasons[code] ?? 'This file cannot be read:'} ${path}`, [], { cause });
  }
}
