// What was changed in the lists by somebody who may not, and rows that are gone, with how to put them back.
// Rules: docs/rules.md, "Edits in SharePoint".
import { distinct, type Grounds } from './grounds';
import type { BoardSnapshot, ChangedFields, Finding, Ref, SubjectKind, Update } from './model';
import { isSecretary } from './mayAnswer';
import { deletedWord, isAnswer, isAnswerField, mayHaveEdited } from './siteEdits';
import { standingUpdates } from './takenBack';
import { deliveryWords, effectWords, listed, small } from './wording';

/** Findings about edits since the last meeting but one that still stand. */
export function siteEditFindings(grounds: Grounds): readonly Finding[] {
  const { snapshot } = grounds;
  const before = grounds.meetingsBefore[1];
  const sinceAt = before && grounds.endOf(before);
  const edits = snapshot.updates.filter(
    (one) => one.route === 'SharePoint' && one.at <= grounds.at && (sinceAt === undefined || one.at > sinceAt),
  );
  return [
    ...edits.flatMap((one) => deletionFinding(grounds, one)),
    ...edits.flatMap((one) => (mayHaveEdited(snapshot, one) ? [] : editFinding(grounds, one))),
  ];
}

function deletionFinding(grounds: Grounds, update: Update): readonly Finding[] {
  return Object.keys(update.after).flatMap((field) => {
    if (update.after[field] !== deletedWord || !/(?:^|\.)row$/u.test(field)) return [];
    const ref = field === 'row' ? update.subjectRef : field.slice(0, -'.row'.length);
    if (isThere(grounds.snapshot, ref)) return [];
    return [
      {
        rule: 'row-deleted',
        level: 'finding',
        ref,
        text: `The row of ${ref} (${String(update.before[field] ?? 'no title')}) was deleted in SharePoint; it was missed on ${grounds.calendar.longDate(grounds.calendar.on(update.at))}. Restore it from the site's recycle bin.`,
        records: distinct([ref, update.subjectRef]),
      },
    ];
  });
}

function isThere(snapshot: BoardSnapshot, ref: Ref): boolean {
  const lists = [snapshot.actions, snapshot.milestones, snapshot.risks, snapshot.mitigations, snapshot.measures];
  return lists.some((list: readonly { readonly ref: Ref }[]) => list.some((one) => one.ref === ref));
}

/** An edit stands while its values are still there and nobody who may has spoken about them since. */
function editFinding(grounds: Grounds, update: Update): readonly Finding[] {
  const { snapshot } = grounds;
  const since = standingUpdates(snapshot).filter(
    (one) =>
      one.subjectKind === update.subjectKind &&
      one.subjectRef === update.subjectRef &&
      one.at > update.at &&
      one.at <= grounds.at,
  );
  const isSettled = (field: string): boolean =>
    isAnswerField(update.subjectKind, field)
      ? since.some((one) => isAnswer(snapshot, one))
      : since.some((one) => field in one.after && isSecretary(snapshot, one.byRef));
  const standing = Object.keys(update.after).filter((field) => !isSettled(field) && stands(snapshot, update, field));
  if (standing.length === 0) return [];
  const { subjectRef: ref, byRef } = update;
  const changes = standing.map(
    (field) =>
      `${fieldWords(field)} from ${valueWords(grounds, update.before, field)} to ${valueWords(grounds, update.after, field)}`,
  );
  const ofPlan = standing.every((field) => !isAnswerField(update.subjectKind, field));
  const may = ofPlan
    ? 'only the secretary changes the plan itself. If it is right, the secretary makes the change'
    : 'only its owner, their deputy or the secretary answers for it. If it is right, one of them confirms it with an answer';
  return [
    {
      rule: 'edit-by-other',
      level: 'finding',
      ref,
      text: `${grounds.nameOf(byRef)} changed ${ref} in SharePoint on ${grounds.calendar.longDate(grounds.calendar.on(update.at))}: ${listed(changes)}; ${may}; if not, restore the version before from the item's version history.`,
      records: distinct([ref, ...(grounds.people.has(byRef) ? [byRef] : [])]),
    },
  ];
}

/** True while the record still says what the edit made of it; what cannot be looked up stands. */
function stands(snapshot: BoardSnapshot, update: Update, field: string): boolean {
  if (update.after[field] === deletedWord) return false;
  const now = valueNow(snapshot, update.subjectKind, update.subjectRef, field);
  return now === unknown || now === update.after[field];
}

const unknown = Symbol('not looked up');

function valueNow(
  snapshot: BoardSnapshot,
  kind: SubjectKind,
  ref: Ref,
  field: string,
): ChangedFields[string] | typeof unknown {
  const at = field.lastIndexOf('.');
  const part = at > 0 ? field.slice(0, at) : '';
  const milestone = kind === 'action' ? snapshot.milestones.find((one) => one.ref === part) : undefined;
  if (milestone) return valueAt(milestone, [field.slice(at + 1)]);
  if (kind === 'measure' && isAnswerField(kind, field)) {
    const readings = snapshot.readings.filter(
      (one) => one.measureRef === ref && field === [one.period, ...(one.locality ? [one.locality] : [])].join(' '),
    );
    return readings.at(-1)?.value ?? null;
  }
  const lists: Readonly<Record<SubjectKind, readonly { readonly ref: Ref }[]>> = {
    action: snapshot.actions,
    risk: snapshot.risks,
    mitigation: snapshot.mitigations,
    measure: snapshot.measures,
    decision: snapshot.decisions,
  };
  const record = lists[kind].find((one) => one.ref === ref);
  return record ? valueAt(record, field.split('.')) : unknown;
}

function valueAt(record: object, path: readonly string[]): ChangedFields[string] | typeof unknown {
  let value: unknown = record;
  for (const name of path)
    value = typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
  if (value === undefined) return null;
  if (Array.isArray(value)) return value.join('; ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : unknown;
}

/** `current.likelihood` -> `Current likelihood`, `APA1.04-2.completedOn` -> `APA1.04-2 completed on`. */
function fieldWords(field: string): string {
  if (/^\d{4}-\d\d(?: |$)/u.test(field)) return `the reading for ${field}`;
  const at = field.search(/[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)?$/u);
  const words = field
    .slice(at)
    .replaceAll('.', ' ')
    .replaceAll(/[A-Z]/gu, (letter) => ` ${letter.toLowerCase()}`);
  const of = field.slice(0, at).replace(/\.$/u, '');
  return of === '' ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : `${of} ${words}`;
}

const words = new Map<string, string>([...Object.entries(deliveryWords), ...Object.entries(effectWords)]);

function valueWords(grounds: Grounds, fields: ChangedFields, field: string): string {
  const value = fields[field] ?? null;
  if (value === null) return 'nothing';
  const text = String(value);
  const known = words.get(text);
  if (known !== undefined) return small(known);
  if (/^\d{4}-\d{2}-\d{2}$/u.test(text)) return grounds.calendar.longDate(text);
  return field.endsWith('Ref') ? grounds.nameOf(text) : text;
}
