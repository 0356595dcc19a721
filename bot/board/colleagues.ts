// Who is meant by a name typed in chat: a person of the board by full name, first name, post or a small slip; never a guess.
import type { Person } from './model';
import { foldName, similarity } from './similarity';

export type Colleague =
  | { readonly kind: 'found'; readonly person: Person }
  /** Several are called so, or the nearest to what was typed: the person chooses. */
  | { readonly kind: 'choose'; readonly people: readonly Person[] }
  | { readonly kind: 'nobody' };

const mostOffered = 5;
/** Below this a name is another name, not a slip. */
const leastAlike = 0.55;

/** The person of the board whom these words name. */
export function findColleague(people: readonly Person[], words: string): Colleague {
  const wanted = foldName(words);
  if (wanted === '') return { kind: 'nobody' };
  const named = people.filter((one) => foldName(one.name) === wanted || one.ref.toLowerCase() === wanted);
  const called = named.length > 0 ? named : people.filter((one) => namesOf(one).includes(wanted));
  const meant = called.length > 0 ? called : people.filter((one) => foldName(one.role) === wanted);
  const [only] = meant;
  if (only && meant.length === 1) return { kind: 'found', person: only };
  if (meant.length > 1) return { kind: 'choose', people: meant.slice(0, mostOffered) };
  const alike = people
    .map((person) => ({
      person,
      score: Math.max(...[person.name, ...namesOf(person)].map((one) => similarity(words, one))),
    }))
    .filter((one) => one.score >= leastAlike)
    .sort((a, b) => b.score - a.score)
    .slice(0, mostOffered);
  return alike.length === 0 ? { kind: 'nobody' } : { kind: 'choose', people: alike.map((one) => one.person) };
}

/** The parts of a name that somebody is called by; an initial is none. */
function namesOf(person: Person): readonly string[] {
  return foldName(person.name)
    .split(' ')
    .filter((one) => one.length > 1);
}
