// Kinds of values that environment variables hold, each with words for whoever wrote something else.
import { z } from 'zod';

/** Entra writes its ids in small letters and compares them so: whoever copied one in capitals means the same. */
export function guid(error: string) {
  return z.guid(error).toLowerCase();
}

export function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`;
  return z.coerce.number(error).int(error).min(min, error).max(max, error);
}

export function part() {
  const error = 'must be a number from 0 to 1';
  return z.coerce.number(error).min(0, error).max(1, error);
}

/** An address that cannot be read would be printed, password and all, by the one who tries to. */
export function isDatabaseAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === '') return false;
  try {
    return decodeURIComponent(`${url.username}:${url.password}@${url.pathname}`) !== '';
  } catch {
    return false;
  }
}

export function isEachOnce(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

export function isPercentEncoded(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}
