// Compares what was sent with a secret, in the same time whatever was sent.
import { createHash, timingSafeEqual } from 'node:crypto';

export function secretCheck(secret: string): (given: string) => boolean {
  const expected = digest(secret);
  return (given) => timingSafeEqual(digest(given), expected);
}

/** Equal lengths, as the comparison needs them. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
