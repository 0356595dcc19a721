// Which record a field of the history belongs to, and what it is called when it is put back.
import type { Calendar } from './calendar';
import type { BoardSnapshot, Ref, Stamped, Update } from './model';
import { deliveryWords, effectWords, monthName, plain, small } from './wording';

type Part = { readonly ref: Ref } & Stamped;
type Value = string | number | boolean | null;

/** The record and its field behind a name such as `percentComplete`, `APA1.04-2.completedOn` or `R05.1.status`. */
export function partOf(
  snapshot: BoardSnapshot,
  said: Pick<Update, 'subjectKind' | 'subjectRef'>,
  field: string,
):
  | { readonly record: 'action' | 'milestone' | 'risk' | 'mitigation'; readonly item: Part; readonly field: string }
  | undefined {
  const of = field.lastIndexOf('.');
  const [ref, name] = [field.slice(0, Math.max(of, 0)), field.slice(of + 1)];
  const own = (items: readonly Part[]): Part | undefined => items.find((one) => one.ref === said.subjectRef);
  switch (said.subjectKind) {
    case 'action': {
      const milestone = snapshot.milestones.find((one) => one.ref === ref);
      if (milestone) return { record: 'milestone', item: milestone, field: name };
      const item = own(snapshot.actions);
      return item && field !== 'reply' ? { record: 'action', item, field } : undefined;
    }
    case 'risk': {
      const mitigation = snapshot.mitigations.find((one) => one.ref === ref);
      if (mitigation) return { record: 'mitigation', item: mitigation, field: name };
      const item = own(snapshot.risks);
      return item && { record: 'risk', item, field };
    }
    case 'mitigation': {
      const item = own(snapshot.mitigations);
      return item && { record: 'mitigation', item, field };
    }
    case 'measure':
    case 'decision':
      return undefined;
  }
}

/** What an answer answers for: its subject, and for a risk the mitigations it changed. */
export function answeredSubjects(said: Pick<Update, 'subjectKind' | 'subjectRef' | 'after'>): readonly Ref[] {
  const parts = Object.keys(said.after).filter((field) => field.endsWith('.status'));
  return [said.subjectRef, ...(said.subjectKind === 'risk' ? parts.map((one) => one.slice(0, -'.status'.length)) : [])];
}

const names: Readonly<Record<string, string>> = {
  deliveryStatus: 'Status',
  percentComplete: 'Percentage',
  effectStatus: 'Effect',
  forecastOn: 'Forecast',
  'blocker.text': 'What is in the way',
  'blocker.waitingOnBody': 'Who could help',
  'current.likelihood': 'Likelihood',
  'current.impact': 'Impact',
};

/** `back`: what is put back; `stays`: what somebody else has changed. Undefined for what follows from another field. */
export function undoWords(
  said: Pick<Update, 'subjectKind'>,
  field: string,
  now: unknown,
  before: Value,
  calendar: Calendar,
): { readonly back: string; readonly stays: string } | undefined {
  const name = nameOf(said, field);
  if (name === undefined) return undefined;
  // People's own words are not repeated in a line about them.
  if (field === 'blocker.text') return { back: `${name}: as before`, stays: `${name} stays as it is now` };
  const shown = (value: unknown): string => inWords(value, calendar);
  const to = field.endsWith('completedOn') && before === null ? 'open' : shown(before);
  return { back: `${name}: ${shown(now)} → ${to}`, stays: `${name} stays ${shown(now)}` };
}

function nameOf(said: Pick<Update, 'subjectKind'>, field: string): string | undefined {
  const known = names[field];
  if (known !== undefined) return known;
  if (said.subjectKind === 'measure') return `Reading for ${monthName(field)}`;
  const of = field.lastIndexOf('.');
  const name = field.slice(of + 1);
  if (name === 'status') return of < 0 ? 'Status' : `Mitigation ${field.slice(0, of)}`;
  return said.subjectKind === 'action' && of > 0 && name === 'completedOn'
    ? `Milestone ${field.slice(0, of)}`
    : undefined;
}

const words = new Map<unknown, string>([
  ...Object.entries(deliveryWords),
  ...Object.entries(effectWords),
  ['in-progress', 'In progress'],
]);

function inWords(value: unknown, calendar: Calendar): string {
  if (typeof value === 'number') return plain(value);
  if (typeof value !== 'string') return 'none';
  if (/^\d{4}-\d{2}-\d{2}$/u.test(value)) return calendar.longDate(value);
  const known = words.get(value);
  return known === undefined ? value : small(known);
}
