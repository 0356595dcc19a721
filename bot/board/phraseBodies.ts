// Which partner body a text speaks of: by its name, by its name without the town's, by its initials or its usual short name.
import type { BoardSnapshot } from './model';
import { foldName } from './similarity';

/** Usual short names, by a word of the body's own name. */
const usual: ReadonlyMap<string, readonly string[]> = new Map([
  ['council', ['la', 'local authority', 'county', 'borough', 'lea']],
  ['icb', ['integrated care board', 'ccg']],
  ['schools', ['school', 'heads', 'headteachers']],
  ['dfe', ['department', 'department for education']],
  ['england', ['nhse', 'nhs e']],
  ['forum', ['pcf', 'parent carers', 'parent carer']],
]);

/** The names of the bodies that a text speaks of, in the board's order. */
export function bodiesIn(text: string, snapshot: BoardSnapshot): readonly string[] {
  const folded = ` ${foldName(text.replace(/'s\b/gu, ''))} `;
  const names = snapshot.bodies.map((one) => one.name);
  const all = names.map(wordsOf);
  const spoken = names.flatMap((name) => {
    const alias = aliases(all, wordsOf(name)).filter((one) => folded.includes(` ${one} `));
    return alias.length === 0
      ? []
      : [{ name, alias: alias.reduce((long, one) => (one.length > long.length ? one : long)) }];
  });
  // "NHS England" is not also "NHS": a name within another's is left out.
  return spoken
    .filter((one) => !spoken.some((other) => other !== one && ` ${other.alias} `.includes(` ${one.alias} `)))
    .map((one) => one.name);
}

function wordsOf(name: string): readonly string[] {
  return foldName(name.replace(/\(.*?\)/gu, '')).split(' ');
}

function aliases(all: readonly (readonly string[])[], own: readonly string[]): readonly string[] {
  const isShared = (word: string): boolean => all.filter((words) => words.includes(word)).length > 1;
  const short = own.filter((word) => !(isShared(word) && all.filter((words) => words[0] === word).length > 1));
  const last = own.filter((word) => word.length > 4 && !isShared(word) && word === own.at(-1));
  const initials = own.length > 2 ? [own.map((word) => word.charAt(0)).join('')] : [];
  return [own.join(' '), short.join(' '), ...last, ...initials, ...own.flatMap((word) => usual.get(word) ?? [])].filter(
    (one) => one !== '',
  );
}
