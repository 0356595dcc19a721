// Words typed in chat to a command; unknown words get the nearest three.
import type { Ref } from '../board/model';

export type Command =
  | { readonly kind: 'my-actions' }
  | { readonly kind: 'help' }
  | { readonly kind: 'next-meeting' }
  /** A reference as typed, put into the form of the record: `apa 1.4` -> `APA1.04`. */
  | { readonly kind: 'item'; readonly ref: Ref }
  | { readonly kind: 'unknown'; readonly text: string; readonly nearest: readonly string[] };

const words: Readonly<Record<string, Command['kind'] & ('my-actions' | 'help' | 'next-meeting')>> = {
  'my actions': 'my-actions',
  'my items': 'my-actions',
  actions: 'my-actions',
  update: 'my-actions',
  updates: 'my-actions',
  overdue: 'my-actions',
  help: 'help',
  hello: 'help',
  hi: 'help',
  '?': 'help',
  'next meeting': 'next-meeting',
  meeting: 'next-meeting',
};
const offered = ['my actions', 'next meeting', 'help', 'APA1.04'] as const;

/** What a message asks for; `knownRefs` are the references of the boards this person is on. */
export function readMessage(text: string, knownRefs: readonly Ref[]): Command {
  const plain = text.replace(/\s+/g, ' ').trim().slice(0, 500);
  const lower = plain
    .toLowerCase()
    .replace(/[.!]+$/, '')
    .trim();
  const kind = Object.hasOwn(words, lower) ? words[lower] : undefined;
  if (kind !== undefined) return { kind };
  const wanted = refKey(plain);
  const ref = knownRefs.find((one) => refKey(one) === wanted);
  if (ref !== undefined && wanted !== '') return { kind: 'item', ref };
  return { kind: 'unknown', text: plain, nearest: nearest(lower) };
}

/** `APA1-4`, `apa 1.04` and `APA1.04` are one: letters and numbers without leading zeros. */
function refKey(text: string): string {
  const parts = text.toLowerCase().match(/[a-z]+|\d+/g) ?? [];
  const rest = text.toLowerCase().replace(/[a-z0-9\s.\-_/]/g, '');
  return rest === '' ? parts.map((part) => part.replace(/^0+(?=\d)/, '')).join('.') : '';
}

function nearest(text: string): readonly string[] {
  return offered
    .map((one, index) => ({ one, index, distance: distanceTo(text, one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, 3)
    .map(({ one }) => one);
}

/** Levenshtein distance, on the first 40 characters. */
function distanceTo(from: string, to: string): number {
  const text = from.slice(0, 40);
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= text.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = text[row - 1] === to[column - 1] ? 0 : 1;
      current.push(
        Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + change),
      );
    }
    previous = current;
  }
  return previous[to.length] ?? to.length;
}
