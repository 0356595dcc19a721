// What one row of a plan adds or changes: values as the lists keep them, dates that only a decision may move, texts checked.
import { changeOf, isEmpty, sameValue, valueAt, type FieldChange } from './planCompare';
import { nameField, planField, planFields } from './planFields';
import type { Ref } from './model';
import { checkText, privacyWords } from './privacy';
import { placeOf, type PlanKind, type PlanRow } from './planRecords';
import { meant, type KnownRecord } from './planRefs';
import type { GivenRow } from './planRows';
import { find, knownOf, type ImportItem, type ImportKind, type ImportWork } from './planWork';
import { listed } from './wording';

interface RowCase {
  readonly kind: ImportKind;
  readonly row: PlanRow;
  readonly given: GivenRow;
  readonly where: string;
  readonly ref: Ref;
  readonly parentRef: Ref | undefined;
}

type Values = Record<string, unknown>;

/** Columns that are read to find or check a record, and never written as they stand. */
const neverWritten = new Set([
  'ref',
  'narrative',
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
    if (movesAgreedDate(work, of, name, before, after) || !textAllowed(work, of, name, after)) continue;
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

/** A value in the board's own spelling: bodies by their names, records by their refs. */
function canonical(work: ImportWork, of: RowCase, name: string, raw: unknown, before: unknown): unknown {
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

function stringsOf(raw: unknown): readonly string[] {
  return [raw].flat().filter((one) => typeof one === 'string');
}

/** A due date moves by request and decision alone, and the original one never. */
function movesAgreedDate(work: ImportWork, of: RowCase, name: string, before: unknown, after: unknown): boolean {
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
  find(
    work,
    'import-agreed-date',
    of.ref,
    whereOf(of, name),
    `The workbook says ${said.after} and the board agreed ${said.before}: the date stays. A due date is moved by a request with a reason, which the chair decides.`,
  );
  return true;
}

/** False for what may tell who a child or a family is: refused, or not confirmed. */
function textAllowed(work: ImportWork, of: RowCase, name: string, value: unknown): boolean {
  const type = planField(of.kind, name)?.type;
  const text = type === 'text' ? String(value) : type === 'words' ? stringsOf(value).join('\n') : '';
  const hits = checkText(text).filter((one) => one.level === 'refused' || !work.input.textsConfirmed);
  const [worst] = hits;
  if (!worst) return true;
  const what = `This seems to hold ${listed(hits.map((one) => privacyWords[one.kind]))}`;
  const how =
    worst.level === 'refused'
      ? 'The board must not hold data on a child: the text is not taken.'
      : 'It is not taken until it is confirmed (--confirm-texts) that it tells of no child or family.';
  find(work, 'import-personal-data', of.ref, whereOf(of, name), `${what}. ${how}`);
  return false;
}

/** A baseline or target is a value and a date; whom one waits for needs what is waited for. */
function keepPairs(work: ImportWork, of: RowCase, values: Values, record: object | undefined): void {
  for (const [one, other, text] of [
    ['baseline.value', 'baseline.on', 'A baseline needs a value and a date; it is not taken.'],
    ['target.value', 'target.on', 'A target needs a value and a date; it is not taken.'],
    ['blocker.text', 'blocker.waitingOnBody', ''],
  ] as const) {
    if (!planField(of.kind, one)) continue;
    const has = (name: string): boolean => !isEmpty(name in values ? values[name] : valueAt(record, name));
    const needsBoth = text !== '';
    if (has(one) === has(other) || (!needsBoth && has(one))) continue;
    if (!(one in values) && !(other in values)) continue;
    find(
      work,
      'import-half',
      of.ref,
      whereOf(of, has(one) ? one : other),
      needsBoth ? text : 'Whom it waits for is said, and not what blocks it; it is not taken.',
    );
    delete values[one];
    delete values[other];
  }
}

/** Likelihood times impact is checked where the workbook gives it. */
function checkScores(work: ImportWork, of: RowCase, valueOf: (name: string) => unknown): void {
  if (of.kind !== 'risk') return;
  for (const stage of ['inherent', 'current', 'target']) {
    const score = of.given.values.get(`${stage}.score`);
    const product = Number(valueOf(`${stage}.likelihood`)) * Number(valueOf(`${stage}.impact`));
    if (typeof score === 'number' && Number.isFinite(product) && score !== product)
      find(
        work,
        'import-score-differs',
        of.ref,
        whereOf(of, `${stage}.score`),
        `The workbook gives ${score} as the ${stage} score; likelihood times impact is ${product}.`,
      );
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

function whereOf(of: RowCase, name: string): string {
  const at = of.row.cells[name]?.at;
  return at === undefined ? of.where : placeOf(of.row, at);
}
