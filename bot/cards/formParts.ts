// The parts of every form in a card: inputs with errors beside them, what stops the saving, what the writer confirms.
import { inputValue } from './fields';
import type { Field, FormValues } from './fields';
import { clean, container, escapeMarkdown, label, paragraph } from './kit';
import type { CardJson } from './kit';

/** `field` is an input's name; anything else is shown at the top. */
export interface FormIssue {
  readonly field: string;
  readonly message: string;
}

/** How many things stop the saving, and those that belong to no input. */
export function problems(issues: readonly FormIssue[], general: readonly FormIssue[]): CardJson {
  const count = issues.length === 1 ? 'One thing needs' : `${issues.length} things need`;
  return container(
    [
      paragraph([{ text: `Not saved yet ■ ${count} changing. What you typed is kept.`, bold: true }]),
      ...general.map((issue) => paragraph([clean(issue.message, 300)], { spacing: 'Small' })),
    ],
    { style: 'attention' },
  );
}

/** Texts that may tell who a child is: the writer changes them or saves them as they are. */
export function privacyWarnings(warnings: readonly string[]): CardJson {
  return container(
    [
      paragraph([{ text: 'Not saved yet ▲ Please check before it goes to the board.', bold: true }]),
      ...warnings.map((warning) => paragraph([clean(warning, 300)], { spacing: 'Small' })),
      paragraph(['Boards hold no data on a child. Change the wording and save, or save it as it is.'], {
        spacing: 'Small',
      }),
    ],
    { style: 'warning' },
  );
}

/** An input with its label, what was typed or last given, and what is wrong beside it. */
export function fieldOf(field: Field, typed: FormValues | undefined, issues: readonly FormIssue[]): CardJson {
  const mine = issues.filter((issue) => issue.field === field.name);
  const input = inputOf(field, typed?.[field.name] ?? inputValue(field));
  if (mine.length === 0) return input;
  return container(
    [
      paragraph(
        mine.flatMap((issue) => [{ text: `■ ${clean(issue.message, 300)}`, bold: true, colour: 'attention' as const }]),
      ),
      { ...input, spacing: 'Small' },
    ],
    { spacing: 'Medium' },
  );
}

function inputOf(field: Field, value: string): CardJson {
  const common = {
    id: field.name,
    label: label(field.label, 260),
    errorMessage: label(field.error),
    ...(field.required ? { isRequired: true } : {}),
  };
  switch (field.type) {
    case 'choice':
      return {
        type: 'Input.ChoiceSet',
        ...common,
        style: 'compact',
        ...withValue(value),
        choices: choices(field, label),
      };
    case 'choices':
      return {
        type: 'Input.ChoiceSet',
        ...common,
        style: 'expanded',
        isMultiSelect: true,
        wrap: true,
        ...withValue(value),
        choices: choices(field, escapeMarkdown),
      };
    case 'number': {
      const number = value.trim() === '' ? Number.NaN : Number(value);
      return {
        type: 'Input.Number',
        ...common,
        ...(Number.isFinite(number) ? { value: number } : {}),
      };
    }
    case 'date':
      return { type: 'Input.Date', ...common, ...withValue(value) };
    case 'text':
      return {
        type: 'Input.Text',
        ...common,
        maxLength: field.maxLength,
        ...(field.lines === 'many' ? { isMultiline: true } : {}),
        ...(field.placeholder === undefined ? {} : { placeholder: label(field.placeholder) }),
        ...withValue(value),
      };
  }
}

function choices(field: Extract<Field, { type: 'choice' | 'choices' }>, words: (text: string) => string): CardJson[] {
  return field.options
    .map((option) => ({ title: words(option.title), value: option.value }))
    .filter((option) => option.title.trim() !== '' && option.value !== '');
}

function withValue(value: string): CardJson {
  return value === '' ? {} : { value };
}
