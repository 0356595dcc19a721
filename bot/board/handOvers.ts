// Hand-overs as the update history records them: which rows they are, and what they say of an item, in words.
import type { Calendar } from './calendar';
import type { BoardSnapshot, CivilDate, Instant, Ref, Update } from './model';
import { isPlanChange } from './siteEdits';
import { standingUpdates } from './takenBack';

/** True of a row that says whose something was and is; one that was added has had no owner before. */
export function isHandOver(update: Pick<Update, 'before' | 'after'>): boolean {
  return isPlanChange(update) && Object.hasOwn(update.after, 'ownerRef') && Object.hasOwn(update.before, 'ownerRef');
}

/** The hand-overs that stand, by item: after the moment (or, where only a day is known, after that day), the first first. */
export function handOversSince(
  snapshot: Pick<BoardSnapshot, 'updates'>,
  since: { readonly at: Instant } | { readonly on: CivilDate },
  untilAt: Instant,
  calendar: Calendar,
): ReadonlyMap<Ref, readonly Update[]> {
  const isNew = (at: Instant): boolean => ('at' in since ? at > since.at : calendar.on(at) > since.on);
  const found = new Map<Ref, Update[]>();
  for (const update of standingUpdates(snapshot)) {
    if (!isHandOver(update) || update.at > untilAt || !isNew(update.at)) continue;
    const known = found.get(update.subjectRef);
    if (known) known.push(update);
    else found.set(update.subjectRef, [update]);
  }
  for (const rows of found.values()) rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return found;
}

/** "Handed over from Freya Langmoor to Sol Abberline on Monday 6 January 2025." */
export function handOverWords(update: Update, nameOf: (ref: Ref) => string, calendar: Calendar): string {
  const named = (fields: Update['after'], none: string): string => {
    const ref = fields['ownerRef'];
    return typeof ref === 'string' ? nameOf(ref) : none;
  };
  const from = named(update.before, 'nobody');
  const to = named(update.after, 'nobody yet');
  const on = calendar.longDate(calendar.on(update.at));
  // Volunteers are named by their body alone.
  return from === to ? `Handed over within ${from} on ${on}.` : `Handed over from ${from} to ${to} on ${on}.`;
}
