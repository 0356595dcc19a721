// What becomes of an agreed date that a plan moves: a request with its reason, which the chair decides, or why there is none.
import { nextDateChangeRef } from './dateChanges';
import type { DateChange, Ref } from './model';
import { textAllowed, whereOf, type RowCase } from './planChecks';
import { changeOf, isEmpty, sameValue, valueAt, type FieldChange } from './planCompare';
import { find, type ImportItem, type ImportWork } from './planWork';
import { dayWords } from './wording';

/** A row of a record that the board has. */
type KnownCase = RowCase & { readonly record: object };

/** True for a date that stays as it is: an agreed due date, which is asked for instead, and the original one. */
export function isAgreedDate(work: ImportWork, of: KnownCase, name: string, before: unknown, after: unknown): boolean {
  if ((of.kind !== 'action' && of.kind !== 'milestone') || isEmpty(before)) return false;
  const said = changeOf(of.kind, name, before, after);
  if (name === 'originalDueOn') {
    find(
      work,
      'import-original-date',
      of.ref,
      whereOf(of, name),
      `The workbook says ${said.after} and the board ${said.before}: the original due date never changes.`,
    );
    return true;
  }
  if (name !== 'dueOn') return false;
  const whyNot = askFor(work, of, { fromOn: String(before), toOn: String(after), said });
  if (whyNot)
    find(
      work,
      whyNot.rule,
      of.ref,
      whereOf(of, name),
      `The workbook says ${said.after} and the board agreed ${said.before}: the date stays. ${whyNot.text}`,
    );
  return true;
}

interface Move {
  readonly fromOn: string;
  readonly toOn: string;
  readonly said: FieldChange;
}

/** Adds the request to the items of the import; or says why the date stays and nothing is asked. */
function askFor(
  work: ImportWork,
  of: KnownCase,
  move: Move,
): { readonly rule: string; readonly text: string } | undefined {
  const { fromOn, toOn } = move;
  const before = work.input.snapshot.dateChanges.filter((one) => one.subjectRef === of.ref);
  const given = of.given.values.get('dateReason');
  const ownReason = typeof given === 'string' ? given : undefined;
  const reason = ownReason ?? work.input.dateReason;

  const waiting = before.find((one) => one.decision === 'pending');
  if (waiting?.toOn === toOn) {
    addItem(work, of, { ref: waiting.ref, outcome: 'same', values: {}, changes: [] });
    return undefined;
  }
  if (waiting)
    return {
      rule: 'import-date-waiting',
      text: `A request to move it to ${dayWords(waiting.toOn)} (${waiting.ref}) waits for a decision already: the chair decides that one first.`,
    };
  if (!isEmpty(valueAt(of.record, 'completedOn')))
    return { rule: 'import-agreed-date', text: 'It is complete, so nothing is asked.' };
  // A workbook written before the board moved the date asks for nothing, unless its row says why.
  if (ownReason === undefined && wasAgreedBefore(of.record, before, toOn))
    return {
      rule: 'import-agreed-date',
      text: 'It was due then before the board moved it, so the workbook seems to be older than that decision.',
    };
  const refused = before.find((one) => one.decision === 'refused' && one.toOn === toOn && one.fromOn === fromOn);
  if (refused && (reason === undefined || sameValue(reason, refused.reason)))
    return {
      rule: 'import-date-refused',
      text: `The same request (${refused.ref}) was refused${refused.decidedOn === undefined ? '' : ` on ${dayWords(refused.decidedOn)}`}: ask again with another reason.`,
    };
  if (reason === undefined)
    return {
      rule: 'import-agreed-date',
      text: 'A due date is moved by a request with a reason, which the chair decides: give the reason in a column "Reason for the new date", or for all rows with --reason.',
    };
  if (!textAllowed(work, of, 'dateReason', reason))
    return { rule: 'import-agreed-date', text: 'Its reason is not taken, so nothing is asked.' };
  addRequest(work, of, move, reason);
  return undefined;
}

function wasAgreedBefore(record: object, before: readonly DateChange[], toOn: string): boolean {
  return (
    valueAt(record, 'originalDueOn') === toOn ||
    before.some((one) => one.decision === 'approved' && one.fromOn === toOn)
  );
}

function addRequest(work: ImportWork, of: KnownCase, { fromOn, toOn, said }: Move, reason: string): void {
  const { facts } = work.input.snapshot;
  const actionRef = of.kind === 'milestone' ? String(valueAt(of.record, 'actionRef')) : of.ref;
  const ref = nextRequestRef(work, actionRef);
  const values = {
    ...{ ref, subjectRef: of.ref, actionRef, fromOn, toOn, reason, requestedOn: work.input.on, decision: 'pending' },
    beyondNoticeAim: facts.actionsAimOn !== undefined && toOn > facts.actionsAimOn,
  };
  addItem(work, of, {
    ...{ ref, outcome: 'add', values },
    changes: [
      { ...said, title: `${said.title} of ${of.ref}` },
      { field: 'reason', title: 'Reason', before: '', after: reason },
    ],
  });
  find(
    work,
    'import-date-asked',
    of.ref,
    whereOf(of, 'dueOn'),
    `The workbook says ${said.after} and the board agreed ${said.before}: the import asks for the new date (${ref}), and the date stays until the chair has decided.`,
    'information',
  );
}

function addItem(
  work: ImportWork,
  of: RowCase,
  item: Pick<ImportItem, 'ref' | 'outcome' | 'values' | 'changes'>,
): void {
  work.items.push({ ...item, kind: 'dateChange', where: whereOf(of, 'dueOn'), key: `${of.key} date` });
}

/** The next of the action that neither the board nor an earlier row has. */
function nextRequestRef(work: ImportWork, actionRef: Ref): Ref {
  const taken = new Set([
    ...work.input.snapshot.dateChanges.map((one) => one.ref),
    ...work.items.filter((one) => one.kind === 'dateChange').map((one) => one.ref),
  ]);
  return nextDateChangeRef(taken, actionRef);
}
