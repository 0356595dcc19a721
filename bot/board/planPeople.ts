// Who is meant by a name in a plan: a person of the board by ref, address, name or post; nobody is guessed.
import type { Person } from './model';
import { foldName, mostAlike } from './similarity';
import { listed } from './wording';

export type NamedPerson =
  | { readonly kind: 'known'; readonly person: Person; readonly by: 'name' | 'post' }
  /** In words for a finding. */
  | { readonly kind: 'unknown'; readonly why: string };

/** One person named in a cell. */
export function personNamed(people: readonly Person[], text: string): NamedPerson {
  const whole = text.trim();
  const direct = found(people, whole);
  if (direct) return direct;
  const parts = whole
    .split(/\s*(?:\n|;|\/|&|\band\b|\+)\s*/iu)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length > 1) {
    const known = parts.flatMap((part) => {
      const one = found(people, part);
      return one?.kind === 'known' ? [one.person] : [];
    });
    const names = known.length === 0 ? '' : ` Known of them: ${listed(known.map((one) => one.name))}.`;
    return { kind: 'unknown', why: `names ${parts.length} people; one person must be accountable.${names}` };
  }
  const like = mostAlike(whole, people, (one) => [one.name], 0.6);
  const hint = like === undefined ? '' : ` Is ${like.candidate.name} meant?`;
  return { kind: 'unknown', why: `is nobody of the list People.${hint}` };
}

function found(people: readonly Person[], text: string): NamedPerson | undefined {
  const exact = people.find((one) => one.ref.toLowerCase() === text.toLowerCase());
  if (exact) return { kind: 'known', person: exact, by: 'name' };
  const address = /[^\s<>(),;]+@[^\s<>(),;]+/u.exec(text)?.[0].toLowerCase();
  const addressed = address === undefined ? undefined : people.find((one) => one.email?.toLowerCase() === address);
  if (addressed) return { kind: 'known', person: addressed, by: 'name' };
  for (const form of forms(text)) {
    const named = people.filter((one) => nameOf(one.name) === form);
    const [only] = named;
    if (only && named.length === 1) return { kind: 'known', person: only, by: 'name' };
    if (named.length > 1)
      return {
        kind: 'unknown',
        why: `is the name of ${listed(named.map((one) => one.ref))}; write the ref or the address.`,
      };
  }
  const post = foldName(text);
  const holders = people.filter((one) => foldName(one.role) === post);
  const [holder] = holders;
  return holder && holders.length === 1 ? { kind: 'known', person: holder, by: 'post' } : undefined;
}

/** The name alone, turned round after a comma, and without the post in brackets or after a dash or comma. */
function forms(text: string): readonly string[] {
  const plain = text.replace(/\([^)]*\)|<[^>]*>/gu, ' ').trim();
  const beforeDash = plain.split(/\s+[-–—]\s+/u, 1);
  const beforeComma = plain.split(',', 1);
  const turnedRound = plain.split(',', 2).toReversed().join(' ');
  return [plain, ...beforeDash, turnedRound, ...beforeComma].map(nameOf).filter((one) => one.includes(' '));
}

function nameOf(text: string): string {
  return foldName(text).replace(/^(?:mrs|mr|ms|miss|mx|dr|prof|professor|cllr|councillor|sir|dame|rev)\s+/u, '');
}
