// What a card sends back, parsed once: which button, for which item, and the answer made of what was touched.
import { z } from 'zod';
import { mitigationField } from '../board/answers';
import type { ActionAnswer, Answer } from '../board/update';
import { deliveryStatuses, effectStatuses } from '../board/model';
import type { Ref } from '../board/model';
import { fingerprint, nobody, normalised } from './fields';
import type { FormValues } from './fields';
import type { FormIssue } from './formParts';

const kinds = ['action', 'risk', 'mitigation', 'measure'] as const;
export type AnswerableKind = (typeof kinds)[number];

const boardId = z.string().min(1).max(100);
const values = z.record(z.string().max(120), z.string().max(5000)).refine((one) => Object.keys(one).length <= 40);
const item = z.object({ boardId, kind: z.enum(kinds), ref: z.string().min(1).max(60) });
const form = item.extend({
  nonce: z.string().min(8).max(100),
  version: z.string().min(1).max(200).optional(),
  period: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  shown: values,
  confirmed: z.boolean().optional(),
  place: z.string().max(60).optional(),
});
const list = z.object({ boardId, page: z.number().int().min(1).max(1000).optional() });
const resolve = form.extend({ typed: values, both: values.optional() });
const open = item.extend({ typed: values.optional(), place: z.string().max(60).optional() });

export interface FormCommand {
  readonly verb: 'save' | 'no-change';
  readonly boardId: string;
  readonly kind: AnswerableKind;
  readonly ref: Ref;
  readonly nonce: string;
  readonly version?: string | undefined;
  readonly period?: string | undefined;
  readonly confirmed: boolean;
  /** "2 of 3": of which cards of one message this is one. */
  readonly place?: string | undefined;
  /** Fingerprints of what the form showed. */
  readonly shown: FormValues;
  readonly typed: FormValues;
}

export interface OpenCommand {
  readonly verb: 'open';
  readonly boardId: string;
  readonly kind: AnswerableKind;
  readonly ref: Ref;
  /** What was typed already and is to stand in the form. */
  readonly typed?: FormValues | undefined;
  readonly place?: string | undefined;
}

/** A button press, understood. */
export type CardCommand =
  { readonly verb: 'list'; readonly boardId: string; readonly page: number } | OpenCommand | FormCommand;

const inputNames = new Set(
  'deliveryStatus percentComplete milestonesCompleted forecastOn narrative effectStatus effect blocker waitingOnBody reply likelihood impact reason status value source note'.split(
    ' ',
  ),
);
export const keepPrefix = 'keep:';

/** Understands a button press; undefined when it is none of ours. */
export function readCommand(verb: unknown, data: unknown): CardCommand | undefined {
  if (verb === 'list') {
    const read = list.safeParse(data);
    return read.success ? { verb, boardId: read.data.boardId, page: read.data.page ?? 1 } : undefined;
  }
  if (verb === 'open') {
    const read = open.safeParse(data);
    return read.success ? { verb, ...read.data } : undefined;
  }
  if (verb === 'save' || verb === 'no-change') {
    const read = form.safeParse(data);
    if (!read.success) return undefined;
    const typed = inputsOf(data);
    return typed ? { verb, ...read.data, confirmed: read.data.confirmed ?? false, typed } : undefined;
  }
  if (verb === 'resolve') {
    const read = resolve.safeParse(data);
    if (!read.success) return undefined;
    const { both, ...rest } = read.data;
    const [theirs, merged] = [keptAs(data, 'theirs'), keptAs(data, 'both')];
    const kept = Object.entries(rest.typed).filter(([name]) => !theirs.has(name));
    const typed = Object.fromEntries(
      kept.map(([name, mine]) => [name, merged.has(name) ? (both?.[name] ?? mine) : mine]),
    );
    return { ...rest, verb: 'save', confirmed: rest.confirmed ?? false, typed };
  }
  return undefined;
}

/** The inputs among what came back, as text; undefined when one of them is something else. */
function inputsOf(data: unknown): FormValues | undefined {
  const typed: [string, string][] = [];
  for (const [name, value] of entriesOf(data)) {
    if (!inputNames.has(name) && !name.startsWith(mitigationField)) continue;
    if (value === null || value === undefined) continue;
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    typed.push([name, String(value)]);
  }
  const read = values.safeParse(Object.fromEntries(typed));
  return read.success ? read.data : undefined;
}

/** The fields of a conflict for which this was chosen. */
function keptAs(data: unknown, choice: 'theirs' | 'both'): ReadonlySet<string> {
  const chosen = entriesOf(data).filter(([name, value]) => name.startsWith(keepPrefix) && value === choice);
  return new Set(chosen.map(([name]) => name.slice(keepPrefix.length)));
}

function entriesOf(data: unknown): [string, unknown][] {
  return typeof data === 'object' && data !== null ? Object.entries(data) : [];
}

/** The answer that a form makes: what was not touched is left out, so that it overwrites nobody. */
export function answerOf(
  command: FormCommand,
): { readonly answer: Answer } | { readonly issues: readonly FormIssue[] } {
  const touched = (name: string): string | undefined => {
    const typed = command.typed[name];
    if (typed === undefined) return undefined;
    const value = normalised(typed);
    return fingerprint(value) === (command.shown[name] ?? '') ? undefined : value;
  };
  const text = (name: string): string | undefined => {
    const value = normalised(command.typed[name] ?? '');
    return value === '' ? undefined : value;
  };
  const read: Reading = { command, touched, text, issues: [] };
  const answer = answers[command.kind](read);
  return read.issues.length > 0 ? { issues: read.issues } : { answer };
}

interface Reading {
  readonly command: FormCommand;
  /** The new value of an input that was changed; undefined: not touched. */
  readonly touched: (name: string) => string | undefined;
  /** What stands in an input, touched or not; undefined: nothing. */
  readonly text: (name: string) => string | undefined;
  readonly issues: FormIssue[];
}

const answers: Readonly<Record<AnswerableKind, (read: Reading) => Answer>> = {
  action: actionAnswer,
  risk: riskAnswer,
  mitigation: mitigationAnswer,
  measure: measureAnswer,
};

function actionAnswer(read: Reading): Answer {
  const { command } = read;
  const base = { kind: 'action' as const, ref: command.ref };
  const narrative = present('narrative', read.text('narrative'));
  const changes: Partial<Omit<ActionAnswer, 'kind' | 'ref'>> = {
    ...present('deliveryStatus', choice(read, 'deliveryStatus', deliveryStatuses)),
    ...present('percentComplete', number(read, 'percentComplete', 'Type a whole number from 0 to 100.')),
    ...present('milestonesCompleted', refs(read.touched('milestonesCompleted'))),
    ...present('forecastOn', date(read, 'forecastOn')),
    ...present('effectStatus', choice(read, 'effectStatus', effectStatuses)),
    ...present('blocker', blocker(read)),
  };
  const words = {
    ...present('effect', read.text('effect')),
    ...present('reply', read.text('reply')),
  };
  const newWords = ['narrative', 'effect', 'reply'].some((name) => (read.touched(name) ?? '') !== '');
  const unchanged = Object.keys(changes).length === 0;
  if (command.verb === 'no-change') {
    if (!unchanged) read.issues.push(changedAfterAll);
    return { ...base, noChange: true, ...narrative };
  }
  return unchanged && !newWords
    ? { ...base, noChange: true, ...narrative }
    : { ...base, ...changes, ...narrative, ...words };
}

function riskAnswer(read: Reading): Answer {
  const base = { kind: 'risk' as const, ref: read.command.ref };
  const message = 'Choose 1 to 5.';
  const mitigations = Object.keys(read.command.typed)
    .filter((name) => name.startsWith(mitigationField) && read.touched(name) !== undefined)
    .map((name) => ({ ref: name.slice(mitigationField.length), status: choice(read, name, mitigationStatuses) }))
    .flatMap((one) => (one.status === undefined ? [] : [{ ref: one.ref, status: one.status }]));
  const changes = {
    ...present('likelihood', number(read, 'likelihood', message)),
    ...present('impact', number(read, 'impact', message)),
    ...(mitigations.length > 0 ? { mitigations } : {}),
  };
  const reason = present('reason', read.text('reason'));
  const unchanged = Object.keys(changes).length === 0;
  if (read.command.verb === 'no-change' && !unchanged) read.issues.push(changedAfterAll);
  return unchanged ? { ...base, noChange: true, ...reason } : { ...base, ...changes, ...reason };
}

function mitigationAnswer(read: Reading): Answer {
  const base = { kind: 'mitigation' as const, ref: read.command.ref };
  const status = choice(read, 'status', mitigationStatuses);
  const narrative = present('narrative', read.text('narrative'));
  if (read.command.verb === 'no-change' && status !== undefined) read.issues.push(changedAfterAll);
  const said = (read.touched('narrative') ?? '') !== '' && read.command.verb === 'save';
  return status === undefined && !said
    ? { ...base, noChange: true, ...narrative }
    : { ...base, ...present('status', status), ...narrative };
}

function measureAnswer(read: Reading): Answer {
  const { command } = read;
  const value = command.typed['value'] === undefined ? undefined : parsedNumber(command.typed['value']);
  if (value === undefined)
    read.issues.push({ field: 'value', message: 'Type the value as a number, for example 89 or 12.5.' });
  if (command.period === undefined) read.issues.push({ field: '', message: 'No reading is due for this measure now.' });
  return {
    kind: 'measure',
    ref: command.ref,
    period: command.period ?? '',
    value: value ?? Number.NaN,
    ...present('source', read.text('source')),
    ...present('note', read.text('note')),
  };
}

const mitigationStatuses = ['not-started', 'in-progress', 'complete'] as const;
const changedAfterAll: FormIssue = {
  field: '',
  message: 'You pressed No change, but something in the form was changed. Press Save to keep it, or Back to leave it.',
};

function present<K extends string, V>(name: K, value: V | undefined): { readonly [key in K]?: V } {
  const none: { readonly [key in K]?: V } = {};
  return value === undefined ? none : { ...none, [name]: value };
}

function choice<T extends string>(read: Reading, name: string, allowed: readonly T[]): T | undefined {
  const value = read.touched(name);
  if (value === undefined) return undefined;
  const found = allowed.find((one) => one === value);
  if (found === undefined) read.issues.push({ field: name, message: 'Choose one of the list.' });
  return found;
}

function number(read: Reading, name: string, message: string): number | undefined {
  const value = read.touched(name);
  if (value === undefined) return undefined;
  const parsed = parsedNumber(value);
  if (parsed === undefined) read.issues.push({ field: name, message });
  return parsed;
}

function parsedNumber(text: string): number | undefined {
  const value = text.trim();
  return /^[-+]?\d{1,12}(\.\d{1,6})?$/.test(value) ? Number(value) : undefined;
}

function refs(value: string | undefined): readonly Ref[] | undefined {
  const chosen = value?.split(',').map((one) => one.trim());
  const some = chosen?.filter((one) => one !== '');
  return some && some.length > 0 ? some : undefined;
}

/** null: the date was taken out. */
function date(read: Reading, name: string): string | null | undefined {
  const value = read.touched(name);
  if (value === undefined) return undefined;
  if (value === '') return null;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(value)) return value;
  read.issues.push({ field: name, message: 'Choose a date of the calendar.' });
  return undefined;
}

function blocker(read: Reading): ActionAnswer['blocker'] {
  if (read.touched('blocker') === undefined && read.touched('waitingOnBody') === undefined) return undefined;
  const words = read.text('blocker');
  const body = read.text('waitingOnBody') ?? nobody;
  if (words !== undefined) return { text: words, ...(body === nobody ? {} : { waitingOnBody: body }) };
  if (read.touched('waitingOnBody') === undefined || body === nobody) return null;
  read.issues.push({ field: 'blocker', message: 'Say in a line what you are waiting for.' });
  return undefined;
}
