// What is checked of a row of a plan whatever becomes of it: private texts, values that need each other, scores.
import type { Ref } from './model';
import { isEmpty, valueAt } from './planCompare';
import { planField } from './planFields';
import { checkText, privacyWords } from './privacy';
import { placeOf, type PlanRow } from './planRecords';
import type { GivenRow } from './planRows';
import { find, type ImportKind, type ImportWork } from './planWork';
import { listed } from './wording';

export interface RowCase {
  readonly kind: ImportKind;
  readonly row: PlanRow;
  readonly given: GivenRow;
  readonly where: string;
  /** Names the row for ever, together with the file. */
  readonly key: string;
  readonly ref: Ref;
  readonly parentRef: Ref | undefined;
}

export type Values = Record<string, unknown>;

/** False for what may tell who a child or a family is: refused, or not confirmed. */
export function textAllowed(work: ImportWork, of: RowCase, name: string, value: unknown): boolean {
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
export function keepPairs(work: ImportWork, of: RowCase, values: Values, record: object | undefined): void {
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
export function checkScores(work: ImportWork, of: RowCase, valueOf: (name: string) => unknown): void {
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

export function whereOf(of: RowCase, name: string): string {
  const at = of.row.cells[name]?.at;
  return at === undefined ? of.where : placeOf(of.row, at);
}

/** The texts of a value that may be one or several. */
export function stringsOf(raw: unknown): readonly string[] {
  return [raw].flat().filter((one) => typeof one === 'string');
}
