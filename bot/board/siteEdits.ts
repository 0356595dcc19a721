// What somebody changed in a list itself, as a row of the update history: whose answer it is, and which requests it closes.
import type { NewUpdate, RecordChange } from './answers';
import { closingRequests } from './closing';
import { cycleDeputyOf } from './cycleDeputies';
import { isSecretary, mayAnswerFor } from './mayAnswer';
import type { BoardSnapshot, ChangedFields, Instant, Ref, SubjectKind, Update } from './model';
import type { BoardPolicy } from './policy';
import { checkText, privacyWords } from './privacy';

/** The records whose edits in SharePoint belong to the update history. */
export const editedRecords = ['action', 'milestone', 'risk', 'mitigation', 'measure', 'reading'] as const;
export type EditedRecord = (typeof editedRecords)[number];

/** One version of an item that somebody wrote in the list, beside the one before it; whole values by field name. */
export interface SiteEdit {
  readonly record: EditedRecord;
  /** A person of the board, or in words somebody whom the board does not know. */
  readonly byRef: Ref;
  readonly at: Instant;
  /** Absent: the row is new. */
  readonly before?: ChangedFields;
  /** Absent: the row was deleted. */
  readonly after?: ChangedFields;
}

interface DecidedSiteEdit {
  readonly update: NewUpdate;
  readonly requests: readonly RecordChange[];
}

/** What an owner answers, by record; every other field is the plan itself. */
const answerFields: Readonly<Record<EditedRecord, readonly string[]>> = {
  action: [
    'deliveryStatus',
    'percentComplete',
    'effectStatus',
    'forecastOn',
    'completedOn',
    'blocker.text',
    'blocker.waitingOnBody',
  ],
  milestone: ['completedOn'],
  risk: ['current.likelihood', 'current.impact', 'lastReviewedOn'],
  mitigation: ['status', 'completedOn'],
  measure: [],
  reading: ['value'],
};

/** Bookkeeping of ours, not what a record says. */
const silentFields: ReadonlySet<string> = new Set(['operationKey', 'lastOpId']);

/** In the history of a row that is gone: `row`, or `APA1.04-2.row` for a part of its subject. */
const rowField = 'row';
export const deletedWord = 'deleted';
export const addedWord = 'added';
const longestText = 1000;

/** The row of the history that an edit comes to; undefined when nothing of it belongs there. */
export function decideSiteEdit(input: {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly edit: SiteEdit;
}): DecidedSiteEdit | undefined {
  const { snapshot, policy, edit } = input;
  const known = edit.after ?? edit.before;
  const subject = known && subjectOf(edit.record, known);
  if (!known || !subject) return undefined;
  const changed = changesOf(edit, subject.prefix, known);
  if (changed === undefined) return undefined;
  const owner = ownerOf(snapshot, subject);
  const update: NewUpdate = {
    subjectKind: subject.kind,
    subjectRef: subject.ref,
    byRef: edit.byRef,
    ...(owner.ownerRef === undefined || owner.ownerRef === edit.byRef ? {} : { forOwnerRef: owner.ownerRef }),
    at: edit.at,
    ...changed,
    noChange: false,
  };
  const closing = isSiteAnswer(snapshot, update)
    ? closingRequests({
        snapshot,
        policy,
        at: edit.at,
        byRef: edit.byRef,
        subjectRefs: new Set([subject.ref]),
        noChange: false,
      })
    : { requests: [] };
  return {
    update,
    requests: closing.requests.map((one) => ({ ...one, changes: { ...one.changes, route: 'SharePoint' } })),
  };
}

/**
 * True when a row of the history answers for its subject. The secretary's changes of the plan do not, and of the rows
 * made from edits in SharePoint and from a workbook those do not that changed the plan alone, or that somebody wrote who
 * may not answer.
 */
export function isAnswer(snapshot: BoardSnapshot, update: Update): boolean {
  const reported = update.route !== 'SharePoint' && update.route !== 'import';
  if (reported && (isPlanChange(update) || isAboutItem(update))) return false;
  return reported || Object.keys(update.after).length === 0 || isSiteAnswer(snapshot, update);
}

/** What people do about an item without answering for it: a date decided, a deputy named, evidence added. */
const aboutItem = /(?:^|\.)dueOn$|^(?:deputy|evidence)\./u;

function isAboutItem(update: Pick<Update, 'after'>): boolean {
  const fields = Object.keys(update.after);
  return fields.length > 0 && fields.every((field) => aboutItem.test(field));
}

/** True of a row that says who owns something, who deputises for it, or that it was added or deleted. */
export function isPlanChange(update: Pick<Update, 'after'>): boolean {
  return ['ownerRef', 'deputyRefs', rowField].some((field) => Object.hasOwn(update.after, field));
}

function isSiteAnswer(snapshot: BoardSnapshot, update: Omit<NewUpdate, 'noChange'>): boolean {
  return (
    Object.keys(update.after).some((field) => isAnswerField(update.subjectKind, field)) && mayHave(snapshot, update)
  );
}

/** The owner of then, who is named where somebody else wrote, decides; a later hand-over takes no answer away. */
function mayHave(snapshot: BoardSnapshot, update: Omit<NewUpdate, 'noChange'>): boolean {
  const ownerRef = update.forOwnerRef ?? update.byRef;
  const action = snapshot.actions.find((one) => one.ref === update.subjectRef);
  const deputyRefs = [...(action?.deputyRefs ?? []), ...cycleDeputyOf(snapshot, update.subjectRef, update.at)];
  return mayAnswerFor(snapshot, update.byRef, { ownerRef, deputyRefs });
}

/** True when the person may have made this change: an answer as one who may answer, the plan as the secretary. */
export function mayHaveEdited(snapshot: BoardSnapshot, update: Update): boolean {
  const ofPlan = Object.keys(update.after).some((field) => !isAnswerField(update.subjectKind, field));
  return ofPlan ? isSecretary(snapshot, update.byRef) : mayHave(snapshot, update);
}

const period = /^\d{4}-\d\d(?: |$)/u;

/** By the name in the history: `APA1.04-2.completedOn` is a milestone's, `2024-12` a reading's. */
export function isAnswerField(kind: SubjectKind, field: string): boolean {
  switch (kind) {
    case 'action': {
      if (answerFields.action.includes(field)) return true;
      const of = field.lastIndexOf('.');
      return of > 0 && /[\d]/u.test(field.slice(0, of)) && answerFields.milestone.includes(field.slice(of + 1));
    }
    case 'measure':
      return period.test(field);
    case 'risk':
    case 'mitigation':
      return answerFields[kind].includes(field);
    case 'decision':
      return false;
  }
}

interface EditSubject {
  readonly kind: SubjectKind;
  readonly ref: Ref;
  /** Before the field's name in the history: the part of the subject that the row is. */
  readonly prefix: string;
}

function subjectOf(record: EditedRecord, fields: ChangedFields): EditSubject | undefined {
  const text = (field: string): string | undefined => {
    const value = fields[field];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const ref = text('ref');
  switch (record) {
    case 'action':
    case 'risk':
    case 'mitigation':
    case 'measure':
      return ref === undefined ? undefined : { kind: record, ref, prefix: '' };
    case 'milestone': {
      const actionRef = text('actionRef');
      return ref === undefined || actionRef === undefined
        ? undefined
        : { kind: 'action', ref: actionRef, prefix: `${ref}.` };
    }
    case 'reading': {
      const measureRef = text('measureRef');
      const month = text('period');
      const locality = text('locality');
      return measureRef === undefined || month === undefined
        ? undefined
        : { kind: 'measure', ref: measureRef, prefix: locality === undefined ? month : `${month} ${locality}` };
    }
  }
}

function changesOf(
  edit: SiteEdit,
  prefix: string,
  known: ChangedFields,
): { readonly before: ChangedFields; readonly after: ChangedFields } | undefined {
  const { record } = edit;
  // A reading is its value: it stands in the history under its month, as an answer about the measure does.
  if (record === 'reading') {
    const [was, is] = [edit.before?.['value'] ?? null, edit.after?.['value'] ?? null];
    return was === is ? undefined : { before: { [prefix]: was }, after: { [prefix]: is } };
  }
  if (!edit.after) {
    const title = known['title'] ?? known['text'] ?? known['name'] ?? null;
    return {
      before: { [`${prefix}${rowField}`]: safe(title) },
      after: { [`${prefix}${rowField}`]: deletedWord },
    };
  }
  // Who adds a row to the plan answers nothing; the row itself says when it was made and by whom.
  if (!edit.before) return undefined;
  const before: Record<string, ChangedFields[string]> = {};
  const after: Record<string, ChangedFields[string]> = {};
  for (const field of [...new Set([...Object.keys(edit.before), ...Object.keys(edit.after)])].sort()) {
    const [was, is] = [edit.before[field] ?? null, edit.after[field] ?? null];
    if (was === is || silentFields.has(field)) continue;
    before[`${prefix}${field}`] = safe(was);
    after[`${prefix}${field}`] = safe(is);
  }
  return Object.keys(after).length === 0 ? undefined : { before, after };
}

/** The history cannot be edited: an identifier of a child must not get into it, nor a text of any length. */
function safe(value: ChangedFields[string]): ChangedFields[string] {
  if (typeof value !== 'string') return value;
  const refused = checkText(value).find((one) => one.level === 'refused');
  if (refused) return `(left out: it seems to hold ${privacyWords[refused.kind]})`;
  return value.length <= longestText ? value : `${value.slice(0, longestText)}…`;
}

function ownerOf(snapshot: BoardSnapshot, subject: EditSubject): { readonly ownerRef?: Ref } {
  const records: Readonly<Record<SubjectKind, readonly { readonly ref: Ref; readonly ownerRef?: Ref }[]>> = {
    action: snapshot.actions,
    risk: snapshot.risks,
    mitigation: snapshot.mitigations,
    measure: snapshot.measures,
    decision: snapshot.decisions,
  };
  return records[subject.kind].find((one) => one.ref === subject.ref) ?? {};
}
