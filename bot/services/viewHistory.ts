// What was said and changed about one item, the newest first.
import { handOverWords, isHandOver } from '../board/handOvers';
import type { Ref, SubjectKind, Update } from '../board/model';
import { standingUpdates } from '../board/takenBack';
import { newestFirst, type ViewContext } from './viewContext';

export function viewHistory(context: ViewContext, kind: SubjectKind, ref: Ref) {
  return standingUpdates(context.snapshot)
    .filter((one) => isAbout(one, kind, ref))
    .sort((a, b) => newestFirst(a.at, b.at))
    .map((one) => updateRow(context, one));
}

/** An answer about a risk also tells of the mitigations it changed. */
function isAbout(update: Update, kind: SubjectKind, ref: Ref): boolean {
  if (update.subjectKind === kind && update.subjectRef === ref) return true;
  return kind === 'mitigation' && update.subjectKind === 'risk' && `${ref}.status` in update.after;
}

function updateRow(context: ViewContext, one: Update) {
  return {
    at: one.at,
    words: context.calendar.longDate(context.calendar.on(one.at)),
    by: context.nameOf(one.byRef),
    forOwner: one.forOwnerRef === undefined ? undefined : context.nameOf(one.forOwnerRef),
    route: one.route,
    changes: Object.keys(one.after).map((field) => changeWords(context, one, field)),
    narrative: one.narrative,
    effect: one.effect,
    blocker: one.blocker,
    noChange: one.noChange,
  };
}

const fieldWords: Readonly<Record<string, string>> = {
  deliveryStatus: 'Status',
  effectStatus: 'Effect',
  percentComplete: 'Percentage complete',
  forecastOn: 'Forecast',
  completedOn: 'Completed',
  dueOn: 'Due date',
  ownerRef: 'Owner',
  deputyRefs: 'Deputies',
};

type FieldValue = string | number | boolean | null | undefined;

/** People by name; a hand-over and a colleague for one cycle in the words used for them everywhere. */
function changeWords(context: ViewContext, update: Update, field: string): string {
  const [before, after] = [update.before[field], update.after[field]];
  if (field === 'ownerRef' && isHandOver(update)) return handOverWords(update, context.nameOf, context.calendar);
  const meetingRef = /^deputy\.(.+)$/u.exec(field)?.[1];
  if (meetingRef !== undefined)
    return typeof after === 'string'
      ? `Left to ${context.nameOf(after)} to answer for ${meetingRef}`
      : `No longer left to ${typeof before === 'string' ? context.nameOf(before) : 'a colleague'} to answer for ${meetingRef}`;
  const named = (value: FieldValue): FieldValue =>
    /^(?:ownerRef|deputyRefs)$/u.test(field) && typeof value === 'string'
      ? value.split('; ').map(context.nameOf).join(', ')
      : value;
  const dated = (value: FieldValue): FieldValue =>
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) ? context.calendar.longDate(value) : value;
  const evidenceRef = /^evidence\.(.+)$/u.exec(field)?.[1];
  if (evidenceRef !== undefined) return `Evidence ${evidenceRef} added: ${String(after).replace(/-(?=[a-z])/gu, ' ')}`;
  return fieldChange(field, dated(named(before)), dated(named(after)));
}

function fieldChange(field: string, before: FieldValue, after: FieldValue): string {
  const label = fieldWords[field] ?? field.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const shown = (value: FieldValue) =>
    value === null || value === undefined ? 'empty' : String(value).replace(/-(?=[a-z])/g, ' ');
  return `${label}: ${shown(before)} to ${shown(after)}`;
}
