// The inputs of the secretary's forms: people, bodies, areas and measures of the board to choose from.
import { possibleOwners } from '../board/manageOwned';
import type { BoardSnapshot, CivilDate, Ref } from '../board/model';
import { nobody, type Field, type Option } from './fields';
import { clean } from './kit';

const mostPeople = 70;
const mostOthers = 40;

/** Somebody of the board, or nobody yet. */
export function personField(
  snapshot: BoardSnapshot,
  on: CivilDate,
  field: {
    readonly name: string;
    readonly label: string;
    readonly value?: Ref;
    readonly none?: string;
    /** One must be chosen, be it `none`; so it is without `none`. */
    readonly required?: true;
    readonly not?: Ref;
  },
): Field {
  const people = possibleOwners(snapshot, on)
    .filter((one) => one.ref !== field.not)
    .slice(0, mostPeople)
    .map((one) => ({ value: one.ref, title: clean(`${one.name}, ${one.body}`, 70) }));
  const { name, label, value, none } = field;
  return {
    type: 'choice',
    name,
    label,
    options: [...(none === undefined ? [] : [{ value: nobody, title: none }]), ...people],
    ...(value === undefined ? {} : { value }),
    ...(none === undefined || field.required === true ? { required: true } : {}),
    error: none === undefined ? 'Choose somebody of the list.' : `Choose somebody of the list, or "${none}".`,
  };
}

export function newActionFields(
  snapshot: BoardSnapshot,
  on: CivilDate,
  known: { readonly areaRef?: Ref; readonly title?: string },
): readonly Field[] {
  const bodies = snapshot.bodies.slice(0, mostOthers).map((one) => ({ value: one.name, title: clean(one.name, 60) }));
  return [
    areaField(snapshot, known.areaRef),
    titleField('What is to be done? (required, 3 to 200 characters)', known.title),
    personField(snapshot, on, {
      name: 'ownerRef',
      label: 'Owner, the one accountable person',
      value: nobody,
      none: 'Nobody yet',
    }),
    { type: 'date', name: 'dueOn', label: 'Due date', error: 'Choose a date.' },
    choiceOrNone('leadBody', 'Lead body', bodies, 'Not decided yet'),
    choiceOrNone('partnerBody', 'Partner body, another than the lead', bodies, 'None yet'),
    choiceOrNone('measureRef', 'Measure that it is meant to move', measuresOf(snapshot, known.areaRef), 'None yet'),
    {
      type: 'text',
      name: 'description',
      label: 'Description (optional)',
      lines: 'many',
      maxLength: 1000,
      error: 'Write at most 1,000 characters.',
    },
  ];
}

function areaField(snapshot: BoardSnapshot, value: Ref | undefined): Field {
  return {
    type: 'choice',
    name: 'areaRef',
    label: 'Area of the notice (required)',
    options: snapshot.areas.map((one) => ({ value: one.ref, title: clean(`${one.ref} ${one.title}`, 80) })),
    ...(value === undefined ? {} : { value }),
    required: true,
    error: 'Choose an area.',
  };
}

function titleField(label: string, value: string | undefined): Field {
  return {
    type: 'text',
    name: 'title',
    label,
    lines: 'one',
    maxLength: 200,
    required: true,
    error: 'Write 3 to 200 characters.',
    ...(value === undefined ? {} : { value }),
  };
}

/** Those of the area first: one of them is usually meant. */
function measuresOf(snapshot: BoardSnapshot, areaRef: Ref | undefined): readonly Option[] {
  return [...snapshot.measures]
    .sort((a, b) => Number(b.areaRef === areaRef) - Number(a.areaRef === areaRef))
    .slice(0, mostOthers)
    .map((one) => ({ value: one.ref, title: clean(`${one.ref} ${one.name}`, 70) }));
}

function choiceOrNone(name: string, label: string, options: readonly Option[], none: string): Field {
  return {
    type: 'choice',
    name,
    label,
    options: [{ value: nobody, title: none }, ...options],
    value: nobody,
    error: 'Choose one of the list.',
  };
}

const levels: readonly Option[] = ['1, lowest', '2', '3', '4', '5, highest'].map((title, index) => ({
  value: String(index + 1),
  title,
}));

export function newRiskFields(snapshot: BoardSnapshot, on: CivilDate, title: string | undefined): readonly Field[] {
  const level = (name: string, label: string): Field => ({
    type: 'choice',
    name,
    label,
    options: levels,
    required: true,
    error: 'Choose 1 to 5.',
  });
  const sentence = (name: string, label: string): Field => ({
    type: 'text',
    name,
    label,
    lines: 'one',
    maxLength: 500,
    error: 'Write at most 500 characters.',
  });
  return [
    titleField('The risk in a line (required, 3 to 200 characters)', title),
    sentence('cause', 'If ... (the cause)'),
    sentence('event', 'then ... (what may happen)'),
    sentence('effect', 'so that ... (what it would do to children and families)'),
    level('likelihood', 'Likelihood now (required)'),
    level('impact', 'Impact now (required)'),
    level('targetLikelihood', 'Likelihood aimed at (required)'),
    level('targetImpact', 'Impact aimed at (required)'),
    personField(snapshot, on, {
      name: 'ownerRef',
      label: 'Owner, the one accountable person',
      value: nobody,
      none: 'Nobody yet',
    }),
    choiceOrNone(
      'areaRef',
      'Area of the notice',
      snapshot.areas.map((one) => ({ value: one.ref, title: clean(`${one.ref} ${one.title}`, 80) })),
      'None, or several',
    ),
    { type: 'date', name: 'reviewOn', label: 'To be reviewed by', error: 'Choose a date.' },
  ];
}

export function handOverFields(
  snapshot: BoardSnapshot,
  on: CivilDate,
  known: { readonly toRef?: Ref; readonly fromOn?: CivilDate; readonly not?: Ref },
): readonly Field[] {
  return [
    personField(snapshot, on, {
      name: 'toRef',
      label: 'New owner (required)',
      ...(known.toRef === undefined ? {} : { value: known.toRef }),
      ...(known.not === undefined ? {} : { not: known.not }),
    }),
    {
      type: 'date',
      name: 'fromOn',
      label: 'From which day? (empty: today)',
      error: 'Choose a date.',
      ...(known.fromOn === undefined ? {} : { value: known.fromOn }),
    },
  ];
}

export function leaverFields(
  snapshot: BoardSnapshot,
  on: CivilDate,
  leaver: {
    readonly ref: Ref;
    readonly lastDayOn?: CivilDate;
    readonly items: readonly { readonly ref: Ref; readonly title: string }[];
  },
): readonly Field[] {
  return [
    {
      type: 'date',
      name: 'lastDayOn',
      label: 'Last day on the board (required)',
      required: true,
      error: 'Choose a date.',
      ...(leaver.lastDayOn === undefined ? {} : { value: leaver.lastDayOn }),
    },
    personField(snapshot, on, {
      name: 'toRef',
      label: 'Who takes over everything not given to somebody else? (required)',
      none: 'Nobody yet: the findings will say so',
      required: true,
      not: leaver.ref,
    }),
    {
      type: 'choice',
      name: 'takeOver',
      label: 'When do they take over?',
      options: [
        { value: 'after', title: 'On the day after the last day' },
        { value: 'now', title: 'Today' },
      ],
      value: 'after',
      error: 'Choose one of the list.',
    },
    ...(leaver.items.length < 2 ? [] : apartFields(snapshot, on, leaver)),
  ];
}

function apartFields(
  snapshot: BoardSnapshot,
  on: CivilDate,
  leaver: Parameters<typeof leaverFields>[2],
): readonly Field[] {
  return [
    {
      type: 'choice',
      name: 'apartRef',
      label: 'Give one to somebody else: which?',
      options: [
        { value: nobody, title: 'None' },
        ...leaver.items
          .slice(0, mostPeople)
          .map((one) => ({ value: one.ref, title: clean(`${one.ref} ${one.title}`, 60) })),
      ],
      value: nobody,
      error: 'Choose one of the list.',
    },
    personField(snapshot, on, {
      name: 'apartTo',
      label: 'and to whom?',
      value: nobody,
      none: 'Nobody yet',
      not: leaver.ref,
    }),
  ];
}
