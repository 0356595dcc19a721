// A value of a row in the board's own spelling: bodies by their names, records by their refs.
import { sameValue } from './planCompare';
import { stringsOf, whereOf, type RowCase } from './planChecks';
import { meant, type KnownRecord } from './planRefs';
import { find, knownOf, type ImportWork } from './planWork';

/** A value in the board's own spelling: bodies by their names, records by their refs. */
export function canonical(work: ImportWork, of: RowCase, name: string, raw: unknown, before: unknown): unknown {
  const say = (rule: string, text: string, level: 'finding' | 'information'): void => {
    if (!sameValue(raw, before)) find(work, rule, of.ref, whereOf(of, name), text, level);
  };
  if (name === 'leadBody' || name === 'blocker.waitingOnBody') return bodyNamed(work, String(raw), say);
  if (name === 'partnerBodies' || name === 'responsibleBodies') return bodiesNamed(work, stringsOf(raw), say);
  const named = ({ measureRefs: 'measure', riskRefs: 'risk', areaRefs: 'area' } as const)[name];
  if (named === undefined) return raw;
  const known = knownOf(work, named);
  return stringsOf(raw).map((text) => {
    const found = meant(known, text);
    if (!found)
      say('import-unknown-ref', `It names ${text.slice(0, 40)}, which is no ${named} of the board.`, 'finding');
    return found?.ref ?? text;
  });
}

type Say = (rule: string, text: string, level: 'finding' | 'information') => void;

function bodyNamed(work: ImportWork, text: string, say: Say): string {
  const found = meantBody(work, text);
  if (!found)
    say(
      'import-unknown-body',
      `The body "${text.slice(0, 60)}" is not in the list Bodies; it is taken as written.`,
      'information',
    );
  return found?.ref ?? text;
}

/** "Council, ICB" are two bodies when each of them is one; "Health, care and schools" may be the name of one. */
function bodiesNamed(work: ImportWork, texts: readonly string[], say: Say): readonly string[] {
  return texts.flatMap((text) => {
    const parts = text.split(/\s*[,/]\s*/u).filter((part) => part !== '');
    const several = !meantBody(work, text) && parts.length > 1 && parts.every((part) => meantBody(work, part));
    return (several ? parts : [text]).map((part) => bodyNamed(work, part, say));
  });
}

function meantBody(work: ImportWork, text: string): KnownRecord | undefined {
  const key = text.trim().toLowerCase();
  return knownOf(work, 'body').find((one) => one.ref.trim().toLowerCase() === key);
}
