// The inputs of a form as plain data, with the values last given: one list per kind of item, read by item.ts and verbs.ts.
// Longer than most: one list of inputs a kind of item, read side by side.
import type { Action, BoardSnapshot, DeliveryStatus, Mitigation, Ref, Risk, SubjectKind } from '../board/model';
import { deliveryStatuses, effectStatuses } from '../board/model';
import { mitigationField } from '../board/answers';
import { count, effectWords } from '../board/wording';
import { clean } from './kit';
import { deliveryWords, mitigationWords } from './words';

export interface Option {
  readonly value: string;
  /** People's words allowed: escaped where it is shown. */
  readonly title: string;
}

interface FieldBase {
  readonly name: string;
  /** Says what it asks for and when it is required. */
  readonly label: string;
  /** The value last given, as the input holds it; absent: none. */
  readonly value?: string;
  readonly required?: boolean;
  /** What to do when it does not fit. */
  readonly error: string;
}

export type Field = FieldBase &
  (
    | { readonly type: 'choice'; readonly options: readonly Option[] }
    | { readonly type: 'choices'; readonly options: readonly Option[] }
    /** No bounds for the client: some move a number to the nearest bound without a word. */
    | { readonly type: 'number' }
    | { readonly type: 'date' }
    | {
        readonly type: 'text';
        readonly lines: 'one' | 'many';
        readonly maxLength: number;
        readonly placeholder?: string;
      }
  );

/** What was typed, or shown, by input name; every value as text. */
export type FormValues = Readonly<Record<string, string>>;

export const narrativeLength = 1000;
const mostMitigations = 6;
const mostMilestones = 10;
const mostBodies = 30;

/** What was already said for this meeting, to be changed rather than written again. */
export interface EarlierTexts {
  readonly narrative?: string;
  readonly effect?: string;
  /** The claim is better than the record: the owner may reply in a line. */
  readonly disagrees?: boolean;
}

/** The inputs for one item. */
export function fieldsOf(
  snapshot: BoardSnapshot,
  kind: SubjectKind,
  ref: Ref,
  earlier: EarlierTexts = {},
): readonly Field[] {
  if (kind === 'action') {
    const action = snapshot.actions.find((one) => one.ref === ref);
    return action ? actionFields(snapshot, action, earlier) : [];
  }
  if (kind === 'risk') {
    const risk = snapshot.risks.find((one) => one.ref === ref);
    return risk ? riskFields(snapshot, risk) : [];
  }
  if (kind === 'mitigation') {
    const mitigation = snapshot.mitigations.find((one) => one.ref === ref);
    return mitigation ? mitigationFields(mitigation, earlier) : [];
  }
  if (kind === 'measure') {
    const measure = snapshot.measures.find((one) => one.ref === ref);
    return measure ? measureFields(measure.unit) : [];
  }
  return [];
}

function actionFields(snapshot: BoardSnapshot, action: Action, earlier: EarlierTexts): readonly Field[] {
  const milestones = snapshot.milestones.filter((one) => one.actionRef === action.ref);
  const open = milestones.filter((one) => one.completedOn === undefined).slice(0, mostMilestones);
  const blocker = action.blocker;
  return [
    {
      type: 'choice',
      name: 'deliveryStatus',
      label: 'Status: was it done? (required)',
      options: deliveryStatuses.map((value: DeliveryStatus) => ({ value, title: deliveryWords[value].word })),
      value: action.deliveryStatus,
      required: true,
      error: 'Choose a status.',
    },
    {
      type: 'number',
      name: 'percentComplete',
      label: `Percentage done, 0 to 100${percentHint(milestones.length - open.length, milestones.length)}`,
      error: 'Type a whole number from 0 to 100.',
      ...valued(action.percentComplete),
    },
    ...(open.length === 0
      ? []
      : [
          {
            type: 'choices' as const,
            name: 'milestonesCompleted',
            label: 'Milestones now done (tick those finished since)',
            options: open.map((one) => ({ value: one.ref, title: `${one.ref} ${clean(one.title, 90)}` })),
            error: 'Tick a milestone of the list, or none.',
          },
        ]),
    {
      type: 'date',
      name: 'forecastOn',
      label: 'When do you expect it to be done? (your forecast; the due date stays)',
      error: 'Choose a date.',
      ...valued(action.forecastOn),
    },
    {
      type: 'text',
      name: 'narrative',
      label:
        'What happened since the last meeting? (required if off track or worse than before; 10 to 1,000 characters)',
      lines: 'many',
      maxLength: narrativeLength,
      error: 'Write 10 to 1,000 characters.',
      ...valued(earlier.narrative),
    },
    ...(earlier.disagrees
      ? [
          {
            type: 'text' as const,
            name: 'reply',
            label: 'Your reply to what the record says, in a line (optional)',
            lines: 'one' as const,
            maxLength: 300,
            error: 'Write at most 300 characters.',
          },
        ]
      : []),
    {
      type: 'choice',
      name: 'effectStatus',
      label: 'Effect so far: did it change anything?',
      options: effectStatuses.map((value) => ({ value, title: effectWords[value] })),
      value: action.effectStatus,
      error: 'Choose one of the list.',
    },
    {
      type: 'text',
      name: 'effect',
      label: 'What is different for children and families? (optional)',
      lines: 'many',
      maxLength: narrativeLength,
      error: 'Write at most 1,000 characters.',
      ...valued(earlier.effect),
    },
    {
      type: 'text',
      name: 'blocker',
      label: 'What is in the way? (leave empty if nothing)',
      lines: 'many',
      maxLength: 500,
      error: 'Write at most 500 characters.',
      ...valued(blocker?.text),
    },
    {
      type: 'choice',
      name: 'waitingOnBody',
      label: 'Who could help? (optional)',
      options: bodyOptions(snapshot, blocker?.waitingOnBody),
      error: 'Choose a body of the list, or nobody.',
      value: blocker?.waitingOnBody ?? nobody,
    },
  ];
}

/** The value of "nobody": an input cannot hold nothing once something was chosen. */
export const nobody = 'nobody';

function bodyOptions(snapshot: BoardSnapshot, chosen: string | undefined): readonly Option[] {
  const names = snapshot.bodies.map((one) => one.name).slice(0, mostBodies);
  const all = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return [{ value: nobody, title: 'Nobody' }, ...all.map((name) => ({ value: name, title: clean(name, 80) }))];
}

/** With milestones the percentage lies between the share done and the share if the next were done. */
function percentHint(done: number, total: number): string {
  if (total === 0) return '';
  const from = Math.round((done * 100) / total);
  if (done === total) return ` (all ${total} milestones are done: 100)`;
  const to = Math.round(((done + 1) * 100) / total) - 1;
  return ` (${done} of ${count(total, 'milestone')} ${done === 1 ? 'is' : 'are'} done: ${from} to ${to})`;
}

const levels: readonly Option[] = ['1, lowest', '2', '3', '4', '5, highest'].map((title, index) => ({
  value: String(index + 1),
  title,
}));

function riskFields(snapshot: BoardSnapshot, risk: Risk): readonly Field[] {
  const open = snapshot.mitigations.filter((one) => one.riskRef === risk.ref && one.status !== 'complete');
  return [
    {
      type: 'choice',
      name: 'likelihood',
      label: 'Likelihood now, 1 to 5 (required)',
      options: levels,
      value: String(risk.current.likelihood),
      required: true,
      error: 'Choose 1 to 5.',
    },
    {
      type: 'choice',
      name: 'impact',
      label: 'Impact now, 1 to 5 (required)',
      options: levels,
      value: String(risk.current.impact),
      required: true,
      error: 'Choose 1 to 5.',
    },
    {
      type: 'text',
      name: 'reason',
      label: 'Why? (required if likelihood or impact moves)',
      lines: 'many',
      maxLength: narrativeLength,
      error: 'Write why it moved, 10 to 1,000 characters.',
    },
    ...open.slice(0, mostMitigations).map((one) => ({
      type: 'choice' as const,
      name: `${mitigationField}${one.ref}`,
      label: `${one.ref}: ${clean(one.text, 120)}`,
      options: mitigationOptions(),
      value: one.status,
      error: 'Choose one of the list.',
    })),
  ];
}

function mitigationFields(mitigation: Mitigation, earlier: EarlierTexts): readonly Field[] {
  return [
    {
      type: 'choice',
      name: 'status',
      label: 'Status (required)',
      options: mitigationOptions(),
      value: mitigation.status,
      required: true,
      error: 'Choose a status.',
    },
    {
      type: 'text',
      name: 'narrative',
      label: 'What happened since the last meeting? (optional)',
      lines: 'many',
      maxLength: narrativeLength,
      error: 'Write at most 1,000 characters.',
      ...valued(earlier.narrative),
    },
  ];
}

function measureFields(unit: string): readonly Field[] {
  return [
    {
      type: 'number',
      name: 'value',
      label: `Value, in ${clean(unit, 60)} (required)`,
      required: true,
      error: 'Type a number.',
    },
    {
      type: 'text',
      name: 'source',
      label: 'Source: where does the figure come from? (optional)',
      lines: 'one',
      maxLength: 200,
      error: 'Write at most 200 characters.',
    },
    {
      type: 'text',
      name: 'note',
      label: 'Note for the board (optional)',
      lines: 'many',
      maxLength: 500,
      error: 'Write at most 500 characters.',
    },
  ];
}

function mitigationOptions(): readonly Option[] {
  return (['not-started', 'in-progress', 'complete'] as const).map((value) => ({
    value,
    title: mitigationWords[value],
  }));
}

function valued(value: string | number | undefined): { readonly value?: string } {
  return value === undefined ? {} : { value: String(value) };
}

/** A short stand-in for a value, so that a card can tell what was touched without carrying long texts twice. */
export function fingerprint(value: string): string {
  if (value.length <= 40) return value;
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let index = 0; index < value.length; index += 1) {
    const unit = value.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193) >>> 0; // FNV-1a
    second = Math.imul(second + unit, 0x85ebca6b) >>> 0;
  }
  return `#${value.length}.${first.toString(36)}.${second.toString(36)}`;
}

/** Line ends and margins as every client sends them back. */
export function normalised(value: string): string {
  return value.replace(/\r\n?/g, '\n').trim();
}

/** The value an input starts with: what the record holds, as far as the input can show it. */
export function inputValue(field: Field): string {
  if (field.value === undefined) return '';
  return field.type === 'text' ? normalised(clean(field.value, field.maxLength)) : field.value;
}

/** What the form showed when it was opened. */
export function shownValues(fields: readonly Field[]): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, fingerprint(inputValue(field))]));
}
