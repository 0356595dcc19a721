// The form with which evidence is added to an action, as easily against its effect as for it.
import { capital, evidenceWords } from '../board/wording';
import { evidenceKinds } from '../board/model';
import type { BoardSnapshot, CivilDate, Person, Ref } from '../board/model';
import type { DateFormState } from './dateChange';
import type { Field } from './fields';
import { clean } from './kit';
import type { CardJson } from './kit';
import { manageFormCard } from './manageForm';

export interface EvidenceView {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly person: Person;
  readonly actionRef: Ref;
  readonly todayOn: CivilDate;
}

const mostBodies = 30;

export function evidenceFields(view: EvidenceView): readonly Field[] {
  const bodies = [...new Set([view.person.body, ...view.snapshot.bodies.map((one) => one.name)])].slice(0, mostBodies);
  const text = (name: string, label: string, required: boolean): Field => ({
    type: 'text',
    name,
    label,
    lines: 'many',
    maxLength: 1000,
    ...(required ? { required: true } : {}),
    error: required ? 'Write 10 to 1,000 characters.' : 'Write at most 1,000 characters.',
  });
  return [
    {
      type: 'choice',
      name: 'direction',
      label: 'What does it show? (required)',
      options: [
        { value: 'for', title: 'Better for children and families' },
        { value: 'against', title: 'Worse for them, or no change' },
      ],
      required: true,
      error: 'Choose what it shows.',
    },
    {
      type: 'choice',
      name: 'kind',
      label: 'Kind of evidence (required)',
      options: evidenceKinds.map((value) => ({ value, title: capital(evidenceWords[value]) })),
      required: true,
      error: 'Choose the kind of evidence.',
    },
    {
      type: 'date',
      name: 'on',
      label: 'When was it heard or seen? (required)',
      value: view.todayOn,
      required: true,
      error: 'Choose the day, not later than today.',
    },
    {
      type: 'choice',
      name: 'sourceBody',
      label: 'Whose evidence is it? (required)',
      options: bodies.map((name) => ({ value: name, title: clean(name, 80) })),
      value: view.person.body,
      required: true,
      error: 'Choose a body of the list.',
    },
    text('heard', 'What was heard or seen? (required; 10 to 1,000 characters, nothing that names a child)', true),
    text('did', 'What was done about it? (optional)', false),
    text('difference', 'What is different now? (optional)', false),
    {
      type: 'text',
      name: 'link',
      label: 'Where it can be read: an address starting with https:// (optional)',
      lines: 'one',
      maxLength: 500,
      error: 'Write the full address, starting with https://.',
    },
  ];
}

/** The form. */
export function evidenceCard(view: EvidenceView, state: DateFormState): CardJson {
  const { boardId, actionRef, snapshot } = view;
  const title = snapshot.actions.find((one) => one.ref === actionRef)?.title ?? '';
  const { nonce, ...rest } = state;
  return manageFormCard({
    title: `Add evidence to ${actionRef}`,
    lines: [title, 'What speaks against the action is as welcome as what speaks for it.'],
    fields: evidenceFields(view),
    save: { title: 'Add evidence', verb: 'evidence-send' },
    more: [{ title: 'Back', verb: 'open', data: { kind: 'action' }, leaves: true }],
    data: { boardId, ref: actionRef, nonce: nonce ?? '' },
    ...rest,
  });
}
