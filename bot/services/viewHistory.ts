// What was said and changed about one item, the newest first.
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
    changes: Object.keys(one.after).map((field) => changeWords(field, one.before[field], one.after[field])),
    narrative: one.narrative,
    effect: one.effect,
    blocker: one.blocker,
    noChange: one.noChange,
  };
}

const fieldWords: Readonly<Record<string, string>> = {
  deliveryStatus: 'Status',
  effectStatus: 'Effect',
  percentComplete: 'Percent complete',
  forecastOn: 'Forecast',
  completedOn: 'Completed',
  dueOn: 'Due date',
  ownerRef: 'Owner',
};

type FieldValue = string | number | boolean | null | undefined;

function changeWords(field: string, before: FieldValue, after: FieldValue): string {
  const label = fieldWords[field] ?? field.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  const shown = (value: FieldValue) =>
    value === null || value === undefined ? 'empty' : String(value).replace(/-(?=[a-z])/g, ' ');
  return `${label}: ${shown(before)} to ${shown(after)}`;
}
