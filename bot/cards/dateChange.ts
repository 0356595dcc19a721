// Cards of a date change: the owner's request, the list of those to decide, and the decision with what it does.
// Longer than most: three cards about one request, in the same words.
import type { Calendar } from '../board/calendar';
import { datedSubject, decidersOf, decidesDate, isOwnDate, mayDecideDates } from '../board/dateChanges';
import type { BoardSnapshot, CivilDate, DateChange, Ref } from '../board/model';
import type { BoardPolicy } from '../board/policy';
import { count } from '../board/wording';
import type { Field, FormValues } from './fields';
import type { FormIssue } from './formParts';
import { button, buttons, clean, container, heading, paragraph } from './kit';
import type { CardJson } from './kit';
import { manageFormCard } from './manageForm';
import { pagedCard } from './paged';

/** What these cards are made from. */
export interface DateView {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly calendar: Calendar;
  readonly policy: BoardPolicy;
  readonly todayOn: CivilDate;
}

export interface DateFormState {
  readonly nonce?: string;
  readonly typed?: FormValues;
  readonly issues?: readonly FormIssue[];
  readonly warnings?: readonly string[];
}

/** What may be moved: the action's own date and those of its open milestones. */
function movable(snapshot: BoardSnapshot, actionRef: Ref): readonly Ref[] {
  const open = snapshot.milestones.filter((one) => one.actionRef === actionRef && one.completedOn === undefined);
  return [actionRef, ...open.map((one) => one.ref)].filter((ref) => datedSubject(snapshot, ref)?.dueOn !== undefined);
}

export function dateAskFields(view: DateView, actionRef: Ref): readonly Field[] {
  const { snapshot, calendar } = view;
  const subjects = movable(snapshot, actionRef);
  const options = subjects.flatMap((ref) => {
    const subject = datedSubject(snapshot, ref);
    if (subject?.dueOn === undefined) return [];
    const what = subject.record === 'action' ? 'the action' : `milestone ${ref} ${clean(subject.title, 60)}`;
    return [{ value: ref, title: `${calendar.longDate(subject.dueOn)}: ${what}` }];
  });
  return [
    ...(subjects.length > 1
      ? [
          {
            type: 'choice' as const,
            name: 'subjectRef',
            label: 'Which date? (required)',
            options,
            value: subjects[0] ?? actionRef,
            required: true,
            error: 'Choose which date to move.',
          },
        ]
      : []),
    {
      type: 'date',
      name: 'toOn',
      label: 'New date, a working day (required)',
      required: true,
      error: 'Choose the new date.',
    },
    {
      type: 'text',
      name: 'reason',
      label: 'Why does it have to move? (required; 10 to 1,000 characters)',
      lines: 'many',
      maxLength: 1000,
      required: true,
      error: 'Write 10 to 1,000 characters.',
    },
  ];
}

/** The form of a request. */
export function dateAskCard(view: DateView, actionRef: Ref, state: DateFormState): CardJson {
  const { boardId, snapshot } = view;
  const title = datedSubject(snapshot, actionRef)?.title ?? '';
  return manageFormCard({
    title: `Ask to move the date of ${actionRef}`,
    lines: [title, ...movesWords(view, actionRef), ...aimLine(view), 'The chair decides; until then the date stays.'],
    fields: dateAskFields(view, actionRef),
    save: { title: 'Send the request', verb: 'date-ask-send' },
    more: [{ title: 'Back', verb: 'open', data: { kind: 'action' }, leaves: true }],
    data: { boardId, ref: actionRef, nonce: state.nonce ?? '' },
    ...said(state),
  });
}

export const dateDecisionFields: readonly Field[] = [
  {
    type: 'text',
    name: 'reason',
    label: 'Reason, for the owner and the record (required to refuse, and for a date of your own)',
    lines: 'many',
    maxLength: 1000,
    error: 'Write at most 1,000 characters.',
  },
];

/** One request in words: what is known about the date and what the decision does. */
export function dateDecisionWords(
  view: DateView,
  change: DateChange,
): { readonly title: string; readonly lines: readonly string[] } {
  const { snapshot, calendar } = view;
  const subject = datedSubject(snapshot, change.subjectRef);
  const nameOf = (ref: Ref): string => snapshot.people.find((one) => one.ref === ref)?.name ?? ref;
  return {
    title: `Move the date of ${change.subjectRef}?`,
    lines: [
      subject?.title ?? '',
      `From ${calendar.longDate(change.fromOn)} to ${calendar.longDate(change.toOn)}: ${distance(calendar, change)}.`,
      `${nameOf(change.requestedByRef)} asked on ${calendar.longDate(change.requestedOn)}: ${change.reason}`,
      ...movesWords(view, change.actionRef, change.fromOn),
      ...aimWords(view, change.toOn),
      ...ownWords(view, change),
    ],
  };
}

/** One request with the form of its decision. */
export function dateDecisionCard(view: DateView, change: DateChange, state: DateFormState = {}): CardJson {
  const { boardId } = view;
  return manageFormCard({
    ...dateDecisionWords(view, change),
    fields: dateDecisionFields,
    save: { title: 'Approve', verb: 'date-approve' },
    more: [
      { title: 'Refuse', verb: 'date-refuse' },
      { title: 'Back', verb: 'dates', leaves: true },
    ],
    data: { boardId, ref: change.ref },
    ...said(state),
  });
}

/** Said before anything else is pressed: nobody but its owner can decide it, and the record will say who did. */
function ownWords({ snapshot, policy, todayOn }: DateView, change: DateChange): readonly string[] {
  const deciders = decidersOf(snapshot, change, policy, todayOn);
  const own = deciders.length > 0 && deciders.every((ref) => isOwnDate(snapshot, change, ref));
  return own && change.decision === 'pending'
    ? [
        'This is the chair’s own date and nobody else on this board decides dates. To approve it, say why; the record says that the chair decided about their own date.',
      ]
    : [];
}

function said({ typed, issues, warnings }: DateFormState): Pick<DateFormState, 'typed' | 'issues' | 'warnings'> {
  return { ...(typed && { typed }), ...(issues && { issues }), ...(warnings && { warnings }) };
}

function distance(calendar: Calendar, { fromOn, toOn }: DateChange): string {
  const days = calendar.workingDaysBetween(fromOn, toOn);
  return days >= 0 ? `${count(days, 'working day')} later` : `${count(-days, 'working day')} earlier`;
}

/** How often a date of this action was moved before, and the first one; `said` is a date that is shown already. */
function movesWords(view: DateView, actionRef: Ref, said?: CivilDate): readonly string[] {
  const { snapshot, calendar } = view;
  const action = snapshot.actions.find((one) => one.ref === actionRef);
  const moved = snapshot.dateChanges
    .filter((one) => one.actionRef === actionRef && one.decision === 'approved')
    .toSorted((a, b) => ((a.decidedOn ?? a.requestedOn) < (b.decidedOn ?? b.requestedOn) ? -1 : 1));
  const first = action?.originalDueOn;
  const agreed =
    action?.dueOn === undefined
      ? []
      : [
          ...(action.dueOn === said ? [] : [`Agreed date: ${calendar.longDate(action.dueOn)}.`]),
          ...(first === undefined || first === action.dueOn ? [] : [`At first: ${calendar.longDate(first)}.`]),
        ];
  if (moved.length === 0) return [...agreed, 'No date of this action was moved before.'];
  const each = moved.map(
    (one) =>
      `${one.subjectRef === actionRef ? '' : `milestone ${one.subjectRef} `}from ${calendar.longDate(one.fromOn)} to ${calendar.longDate(one.toOn)}`,
  );
  return [...agreed, `Moved ${moved.length === 1 ? 'once' : `${moved.length} times`} before: ${each.join('; ')}.`];
}

function aimLine({ snapshot, calendar }: DateView): readonly string[] {
  const aimOn = snapshot.facts.actionsAimOn;
  return aimOn === undefined ? [] : [`The notice aims for all actions by ${calendar.longDate(aimOn)}.`];
}

function aimWords(view: DateView, toOn: CivilDate): readonly string[] {
  const aimOn = view.snapshot.facts.actionsAimOn;
  if (aimOn === undefined) return [];
  const aim = `the notice's aim date, ${view.calendar.longDate(aimOn)}`;
  if (toOn <= aimOn) return [`The new date is not after ${aim}.`];
  const days = count(view.calendar.workingDaysBetween(aimOn, toOn), 'working day');
  return [`The new date is ${days} after ${aim}, so it is listed for the Department.`];
}

export interface DateListState {
  readonly page?: number;
  /** What was just done. */
  readonly done?: string;
}

/** What waits for this person's decision, and what became of the requests about their own actions. */
export function dateListCard(view: DateView, personRef: Ref, state: DateListState = {}): CardJson {
  const decides = mayDecideDates(view.snapshot, personRef, view.policy, view.todayOn);
  const shown = view.snapshot.dateChanges
    .filter((one) => decides || isOwnDate(view.snapshot, one, personRef))
    .filter((one) => one.decision === 'pending' || view.calendar.daysBetween(lastOn(one), view.todayOn) <= recentDays)
    .toSorted((a, b) => rank(a) - rank(b) || (lastOn(a) < lastOn(b) ? 1 : -1));
  const waiting = shown.filter((one) => one.decision === 'pending').length;
  const line =
    shown.length === 0
      ? 'No request to move a date waits, and none was decided in the last 60 days.'
      : `${waiting === 0 ? 'None waits' : waiting === 1 ? 'One waits' : `${waiting} wait`} for a decision.`;
  return pagedCard({
    top: [
      ...(state.done === undefined ? [] : [container([doneLine(state.done)], { style: 'good' })]),
      heading('Date changes'),
      paragraph([line], { spacing: 'None' }),
    ],
    rows: shown.map((one) => rowOf(view, one, personRef)),
    inAll: count(shown.length, 'request'),
    pager: { verb: 'dates', data: { boardId: view.boardId } },
    spoken: `Date changes. ${line}`,
    ...(state.page === undefined ? {} : { page: state.page }),
  });
}

/** What was done stands out; what follows from it does not. */
function doneLine(done: string): CardJson {
  const [first = '', ...rest] = clean(done, 400).split(/(?<=\.) /u);
  return paragraph([{ text: first, bold: true }, ...(rest.length === 0 ? [] : [` ${rest.join(' ')}`])]);
}

const recentDays = 60;

function rank(change: DateChange): number {
  return change.decision === 'pending' ? 0 : 1;
}

function lastOn(change: DateChange): CivilDate {
  return change.decidedOn ?? change.requestedOn;
}

function rowOf(view: DateView, change: DateChange, personRef: Ref): CardJson {
  const { boardId, snapshot, calendar, policy, todayOn } = view;
  const decides = change.decision === 'pending' && decidesDate(snapshot, change, personRef, policy, todayOn);
  return container(
    [
      paragraph([
        { text: change.subjectRef, bold: true },
        `  ${clean(datedSubject(snapshot, change.subjectRef)?.title ?? '', 120)}`,
      ]),
      paragraph(
        [`${calendar.longDate(change.fromOn)} → ${calendar.longDate(change.toOn)}. ${stateWords(view, change)}`],
        {
          spacing: 'Small',
        },
      ),
      ...(decides
        ? [
            buttons(
              [button(`Decide ${change.subjectRef}`, 'date-open', { boardId, ref: change.ref }, { leaves: true })],
              {
                spacing: 'Small',
              },
            ),
          ]
        : []),
    ],
    { separator: true, spacing: 'Medium' },
  );
}

/** "Approved by Kit Marsden on Wednesday 5 March 2025." */
export function stateWords(
  { snapshot, calendar }: Pick<DateView, 'snapshot' | 'calendar'>,
  change: Omit<DateChange, 'stamp'>,
): string {
  const nameOf = (ref: Ref): string => snapshot.people.find((one) => one.ref === ref)?.name ?? ref;
  if (change.decision === 'pending') return `${nameOf(change.requestedByRef)} asked; not decided yet.`;
  const by = change.decidedByRef === undefined ? '' : ` by ${nameOf(change.decidedByRef)}`;
  const on = change.decidedOn === undefined ? '' : ` on ${calendar.longDate(change.decidedOn)}`;
  const why = change.decisionReason === undefined ? '' : ` ${clean(change.decisionReason, 300)}`;
  const own = change.decidedByRef !== undefined && isOwnDate(snapshot, change, change.decidedByRef);
  return `${change.decision === 'approved' ? 'Approved' : 'Refused'}${by}${own ? ', about their own date,' : ''}${on}.${why}`;
}

/** What the owner, or who decides, is told in chat when there is news. */
export function dateNews(view: Pick<DateView, 'snapshot' | 'calendar'>, ref: Ref): readonly string[] {
  const change = view.snapshot.dateChanges.find((one) => one.ref === ref);
  if (!change) return [];
  const { calendar } = view;
  const title = datedSubject(view.snapshot, change.subjectRef)?.title ?? '';
  return [
    `${change.subjectRef} ${clean(title, 160)}: ${calendar.longDate(change.fromOn)} → ${calendar.longDate(change.toOn)}.`,
    ...(change.decision === 'pending' ? [`Reason: ${clean(change.reason, 300)}`] : []),
    `${stateWords(view, change)}${change.decision === 'refused' ? ` The date stays ${calendar.longDate(change.fromOn)}.` : ''}`,
  ];
}
