// What one row of a plan adds or changes: values as the lists keep them, dates that only a decision may move, texts checked.
import { checkScores, keepPairs, textAllowed, type RowCase, type Values } from './planChecks';
import { changeOf, isEmpty, sameValue, valueAt, type FieldChange } from './planCompare';
import { isAgreedDate } from './planDateRequests';
import { nameField, planFields } from './planFields';
import type { PlanKind } from './planRecords';
import { canonical } from './planSpelling';
import { find, type ImportItem, type ImportWork } from './planWork';

/** Columns that are read to find or check a record, and never written as they stand. */
const neverWritten = new Set([
  'ref',
  'narrative',
  'dateReason',
  'areaRef',
  'actionRef',
  'riskRef',
  'measureRef',
  'inherent.score',
  'current.score',
  'target.score',
]);
const parentFields: Readonly<Partial<Record<PlanKind, string>>> = {
  action: 'areaRef',
  measure: 'areaRef',
  milestone: 'actionRef',
  mitigation: 'riskRef',
};
/** What an empty cell may empty, with --blank. */
const mayBeBlank = new Set([
  'description',
  'ownerRef',
  'deputyRefs',
  'leadBody',
  'partnerBodies',
  'startOn',
  'forecastOn',
  'percentComplete',
  'successMeasure',
  'measureRefs',
  'riskRefs',
  'clauses',
  'completedOn',
  'blocker.text',
  'blocker.waitingOnBody',
  'aim',
  'shortLabel',
  'responsibleBodies',
  'cause',
  'event',
  'effect',
  'areaRefs',
  'actionRefs',
  'response',
  'proximity',
  'lastReviewedOn',
  'reviewOn',
  'unit',
  'definition',
  'escalationPersonRef',
]);

/** The differences between a row and the record it is; the agreed dates stay. */
export function changesOfRow(
  work: ImportWork,
  of: RowCase & { readonly record: object },
): Pick<ImportItem, 'outcome' | 'values' | 'changes' | 'narrative'> {
  const { kind, given, record } = of;
  const values: Values = {};
  const changes: FieldChange[] = [];
  const change = (name: string, after: unknown): void => {
    values[name] = after;
    changes.push(changeOf(kind, name, valueAt(record, name), after));
  };
  for (const { field: name } of planFields[kind]) {
    const before = valueAt(record, name);
    if (given.blanks.has(name)) {
      if (work.input.blank && mayBeBlank.has(name) && !isEmpty(before)) change(name, null);
      continue;
    }
    const raw = given.values.get(name);
    if (raw === undefined || neverWritten.has(name)) continue;
    // Others name a body by its name: another spelling of it is the same.
    if (kind === 'body' && name === nameField.body) continue;
    const after = canonical(work, of, name, raw, before);
    if (sameValue(before, after)) continue;
    if (isAgreedDate(work, of, name, before, after) || !textAllowed(work, of, name, after)) continue;
    change(name, after);
  }
  const parentField = parentFields[kind];
  if (parentField !== undefined && of.parentRef !== undefined && !sameValue(valueAt(record, parentField), of.parentRef))
    change(parentField, of.parentRef);
  // A first date becomes the original one.
  if (
    (kind === 'action' || kind === 'milestone') &&
    values['dueOn'] !== undefined &&
    isEmpty(valueAt(record, 'originalDueOn')) &&
    values['originalDueOn'] === undefined
  )
    values['originalDueOn'] = values['dueOn'];
  keepPairs(work, of, values, record);
  checkScores(work, of, (name) => values[name] ?? valueAt(record, name));
  const kept = changes.filter((one) => one.field in values);
  const narrative = newNarrative(work, of);
  const outcome = kept.length > 0 || narrative !== undefined ? 'change' : 'same';
  return { outcome, values, changes: kept, ...(narrative === undefined ? {} : { narrative }) };
}

/** All values of a new record, or why it cannot be made. */
export function newValues(work: ImportWork, of: RowCase): Pick<ImportItem, 'values' | 'narrative'> | string {
  const { kind, given, ref, where } = of;
  const values: Values = kind === 'body' ? {} : { ref };
  for (const { field: name } of planFields[kind]) {
    const raw = given.values.get(name);
    if (raw === undefined || neverWritten.has(name)) continue;
    const value = canonical(work, of, name, raw, undefined);
    if (textAllowed(work, of, name, value)) values[name] = value;
    else if (name === nameField[kind]) return 'Its name cannot be taken, so the row is not.';
  }
  const parentField = parentFields[kind];
  if (parentField !== undefined && of.parentRef !== undefined) values[parentField] = of.parentRef;
  const missing = (rule: string, text: string): void => find(work, rule, ref, where, text);
  if (kind === 'action' || kind === 'mitigation' || kind === 'risk' || kind === 'measure')
    if (values['ownerRef'] === undefined) missing('no-owner', 'No person of the board is named as its owner.');
  const incomplete = fill(work, of, values, missing);
  if (incomplete !== undefined) return incomplete;
  keepPairs(work, of, values, undefined);
  checkScores(work, of, (name) => values[name]);
  const narrative = newNarrative(work, of);
  return { values, ...(narrative === undefined ? {} : { narrative }) };
}

/** What a list needs and the workbook does not say, as harmless as can be, each with a finding. */
function fill(
  work: ImportWork,
  of: RowCase,
  values: Values,
  missing: (rule: string, text: string) => void,
): string | undefined {
  const orElse = (
    name: string,
    value: unknown,
    rule: string,
    text: string,
    level: 'finding' | 'information' = 'finding',
  ): void => {
    if (values[name] !== undefined) return;
    values[name] = value;
    find(work, rule, of.ref, of.where, text, level);
  };
  switch (of.kind) {
    case 'action':
      if (values['dueOn'] === undefined) missing('no-due-date', 'No due date is in the row.');
      if (isEmpty(values['measureRefs']))
        missing('no-linked-measure', 'No measure is linked to it, so nothing would show that it worked.');
      orElse(
        'deliveryStatus',
        'not-started',
        'import-no-status',
        'No status is in the row: it comes in as not started.',
      );
      orElse(
        'effectStatus',
        'too-early',
        'import-no-effect',
        'No effect is in the row: it comes in as too early to say.',
        'information',
      );
      values['originalDueOn'] ??= values['dueOn'];
      if (values['originalDueOn'] === undefined) delete values['originalDueOn'];
      return undefined;
    case 'milestone':
      values['originalDueOn'] ??= values['dueOn'];
      return values['dueOn'] === undefined ? 'A milestone needs a due date.' : undefined;
    case 'risk':
      if (values['current.likelihood'] === undefined || values['current.impact'] === undefined)
        return 'A risk needs its current likelihood and impact, each from 1 to 5.';
      for (const stage of ['inherent', 'target'])
        for (const part of ['likelihood', 'impact'])
          orElse(
            `${stage}.${part}`,
            values[`current.${part}`],
            `import-no-${stage}-score`,
            `No ${stage} ${part} is in the row: the current one is taken until the owner says.`,
          );
      orElse(
        'status',
        'open',
        'import-no-status',
        'The row does not say whether the risk is open: it comes in as open.',
        'information',
      );
      return undefined;
    case 'mitigation':
      orElse('status', 'not-started', 'import-no-status', 'No status is in the row: it comes in as not started.');
      return undefined;
    case 'measure':
      orElse(
        'frequency',
        'quarterly',
        'import-no-frequency',
        'The row does not say how often it is read: it comes in as quarterly.',
      );
      return undefined;
    default:
      return undefined;
  }
}

/** What is told of progress, when the history does not hold it yet. */
function newNarrative(work: ImportWork, of: RowCase): string | undefined {
  const text = of.given.values.get('narrative');
  if (typeof text !== 'string' || (of.kind !== 'action' && of.kind !== 'risk')) return undefined;
  const known = work.input.snapshot.updates.some(
    (one) => one.subjectKind === of.kind && one.subjectRef === of.ref && sameValue(one.narrative, text),
  );
  return known || !textAllowed(work, of, 'narrative', text) ? undefined : text;
}
