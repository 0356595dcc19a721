// The secretary's forms: what is to be added, handed over or paused, each with a heading, inputs, what is wrong, and one clear button.
import { fieldOf, privacyWarnings, problems, type FormIssue } from './formParts';
import { shownValues, type Field, type FormValues } from './fields';
import { button, buttons, cardBytes, cardLimitBytes, cardOf, clean, container, heading, paragraph } from './kit';
import type { CardJson } from './kit';

export interface ManageForm {
  readonly title: string;
  /** What it is about and what it does, a paragraph each. */
  readonly lines: readonly string[];
  readonly fields: readonly Field[];
  /** The button that does it. */
  readonly save: { readonly title: string; readonly verb: string; readonly destructive?: boolean };
  /** Further buttons; they keep what is typed, but for those that lead away. */
  readonly more?: readonly {
    readonly title: string;
    readonly verb: string;
    readonly data?: CardJson;
    readonly leaves?: boolean;
  }[];
  /** Comes back with every button: `boardId`, the nonce, what the form is about. */
  readonly data: CardJson;
  readonly typed?: FormValues;
  readonly issues?: readonly FormIssue[];
  /** Texts that may identify somebody: the writer confirms or rewords. */
  readonly warnings?: readonly string[];
}

/** Lines are left out where the card would grow too large; inputs never are. */
export function manageFormCard(form: ManageForm): CardJson {
  const card = build(form);
  if (cardBytes(card) <= cardLimitBytes || form.lines.length <= 1) return card;
  const kept = form.lines.slice(0, -2);
  return manageFormCard({ ...form, lines: [...kept, 'The rest is left out here.'] });
}

function build(form: ManageForm): CardJson {
  const names = new Set(form.fields.map((one) => one.name));
  const issues = form.issues ?? [];
  const { title, verb, destructive } = form.save;
  const warned = form.warnings ?? [];
  const style = destructive === true ? 'destructive' : 'positive';
  return cardOf(
    [
      heading(form.title),
      ...form.lines.map((line) => paragraph([clean(line, 400)], { spacing: 'Small' })),
      ...(issues.length === 0
        ? []
        : [
            problems(
              issues,
              issues.filter((one) => !names.has(one.field)),
            ),
          ]),
      ...(warned.length === 0 ? [] : [privacyWarnings(warned)]),
      ...form.fields.map((field) => fieldOf(field, form.typed, issues)),
      buttons(
        [
          button(title, verb, form.data, { style }),
          ...(warned.length === 0 ? [] : [button('Save as it is', verb, { ...form.data, confirmed: true })]),
          ...(form.more ?? []).map((one) =>
            button(one.title, one.verb, { ...form.data, ...one.data }, one.leaves ? { leaves: true } : {}),
          ),
        ],
        { spacing: 'Medium' },
      ),
    ],
    `${form.title}. ${form.lines[0] ?? ''}`,
  );
}

/** What was typed into the inputs of a form, among what came back. */
export function typedIn(fields: readonly Field[], data: unknown): FormValues {
  const given: Readonly<Record<string, unknown>> = typeof data === 'object' && data !== null ? { ...data } : {};
  const typed: Record<string, string> = {};
  for (const name of Object.keys(shownValues(fields))) {
    const value = given[name];
    if (typeof value === 'string' || typeof value === 'number') typed[name] = String(value).slice(0, 5000);
  }
  return typed;
}

export interface DoneCard {
  readonly title: string;
  readonly words: readonly string[];
  readonly findings: readonly string[];
  /** A button that takes it back. */
  readonly back?: { readonly title: string; readonly verb: string; readonly data: CardJson };
}

const mostLines = 25;

/** What was done, and what the board's findings say of it. */
export function manageDoneCard(done: DoneCard): CardJson {
  const shown = done.words.slice(0, mostLines);
  const rest = done.words.length - shown.length;
  return cardOf(
    [
      heading(done.title),
      ...shown.map((line) => paragraph([clean(line, 300)], { spacing: 'Small' })),
      ...(rest > 0 ? [paragraph([`And ${rest} more.`], { spacing: 'Small' })] : []),
      ...(done.findings.length === 0
        ? []
        : [
            container(
              done.findings.map((line) => paragraph([{ text: 'To mend ▲ ', bold: true }, clean(line, 300)])),
              { style: 'warning' },
            ),
          ]),
      ...(done.back ? [buttons([button(done.back.title, done.back.verb, done.back.data, { leaves: true })])] : []),
    ],
    [done.title, ...shown].join('. '),
  );
}
