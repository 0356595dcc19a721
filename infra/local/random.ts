// Chance that repeats itself: the same numbers for the same seed, for scripted faults.
import { createHash } from 'node:crypto';

/** Numbers from 0 up to 1: the hashes of the seed and a count. */
export function createRandom(seed: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed};${count}`).digest().readUInt32BE() / 2 ** 32;
  };
}

export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const keyed = values.map((value) => ({ value, key: random() }));
  return keyed.sort((a, b) => a.key - b.key).map((one) => one.value);
}
