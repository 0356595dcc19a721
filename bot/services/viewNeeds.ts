// What needs the reader: answers that are theirs, and for chair and secretary what must be decided or put right.
import { invitationGaps, type InvitationGap } from '../board/adviserInvitations';
import { planCycle } from '../board/cycle';
import { awaitsConfirmation } from '../board/cycleRow';
import type { Ref } from '../board/model';
import { ownerItems } from '../board/ownerItems';
import { isChannel, recipientName } from '../board/recipients';
import { timeWords } from '../cards/words';
import { messageWords } from './deliveryLines';
import type { LedgerEntry } from './ports';
import { ownPageOf } from './tabPages';
import { counted, deadlinesFor, type ViewContext } from './viewContext';

export interface ShownNeed {
  readonly key: string;
  readonly kind: 'answer' | 'date-change' | 'plan' | 'message' | 'disagreement' | 'adviser' | 'risk';
  readonly title: string;
  readonly text: string;
  readonly to?: string | undefined;
}

/** More of one kind than this are counted in one row that opens them. */
const rowsOfAKind = 3;

/**
 * Own answers first, then decisions, the plan, messages, invitations, risks, disagreements. `uncertain`: messages of the
 * meeting that may not have arrived.
 */
export function viewNeeds(context: ViewContext, uncertain: readonly LedgerEntry[] = []): readonly ShownNeed[] {
  const own = gathered(ownAnswers(context), (n) => ({
    key: 'answers',
    kind: 'answer',
    title: `${counted(n, 'item')} of yours to answer`,
    text: deadlineText(context, context.viewer.person.ref),
    to: '/tab/actions?show=unanswered&mine=yes',
  }));
  if (!context.viewer.seesReadiness) return own;
  return [
    ...own,
    ...dateChanges(context),
    ...(context.viewer.role === 'secretary'
      ? [...planToConfirm(context), ...uncertainMessages(context, uncertain)]
      : []),
    ...advisers(context),
    ...gathered(risks(context), (n) => ({
      key: 'risks',
      kind: 'risk',
      title: `${counted(n, 'risk')} above tolerance`,
      text: `Scores over ${context.assessment.policy.riskToleranceScore} need the board’s attention or its acceptance.`,
      to: '/tab/risks',
    })),
    ...gathered(disagreements(context), (n) => ({
      key: 'disagreements',
      kind: 'disagreement',
      title: `${counted(n, 'action')} rated better than the record shows`,
      text: 'What the owner says and what dates, milestones and evidence show do not agree.',
      to: '/tab/actions?show=disagreements',
    })),
  ];
}

function gathered(rows: readonly ShownNeed[], asOne: (n: number) => ShownNeed): readonly ShownNeed[] {
  return rows.length > rowsOfAKind ? [asOne(rows.length)] : rows;
}

function deadlineText(context: ViewContext, ownerRef: Ref): string {
  const { calendar, assessment } = context;
  const deadlines = deadlinesFor(context, ownerRef);
  if (!deadlines) return 'Answer before the owners’ deadline.';
  const day = `${calendar.longDate(deadlines.ownersDeadlineOn)}, ${timeWords(assessment.policy.ownersDeadlineTime)}`;
  return assessment.at < deadlines.ownersDeadlineAt
    ? `Due by ${day}.`
    : `It was due by ${day}; an answer is still welcome and is recorded as late.`;
}

function ownAnswers(context: ViewContext): readonly ShownNeed[] {
  return ownerItems(context.snapshot, context.assessment, context.viewer.person.ref)
    .filter((one) => one.asked && !one.answered)
    .map((one) => ({
      key: `answer-${one.kind}-${one.ref}`,
      kind: 'answer',
      title: `${one.ref} ${one.title}`,
      text: `No answer yet${one.asDeputy ? `, you are deputy for ${context.nameOf(one.ownerRef)}` : ''}. ${deadlineText(context, one.ownerRef)}`,
      to: ownPageOf(one.kind, one.ref),
    }));
}

function dateChanges(context: ViewContext): readonly ShownNeed[] {
  const { calendar, snapshot } = context;
  const aimOn = snapshot.facts.actionsAimOn;
  return snapshot.dateChanges
    .filter((one) => one.decision === 'pending')
    .map((one) => ({
      key: `date-${one.ref}`,
      kind: 'date-change',
      title: `Date change to decide: ${one.actionRef} ${context.assessedByRef.get(one.actionRef)?.title ?? ''}`.trim(),
      text:
        `${context.nameOf(one.requestedByRef)} asks to move ${calendar.longDate(one.fromOn)} to ${calendar.longDate(one.toOn)}: ${one.reason}` +
        (one.beyondNoticeAim && aimOn !== undefined
          ? ` This is after the notice’s aim date, ${calendar.longDate(aimOn)}.`
          : ''),
      to: `/tab/actions/${one.actionRef}`,
    }));
}

const gapTitles: Readonly<Record<InvitationGap['kind'], string>> = {
  nobody: 'Adviser not named',
  'not-invited': 'Adviser not invited',
  'not-told-of-move': 'Adviser not told of the new date',
  failed: 'Invitation to an adviser did not arrive',
  declined: 'Adviser has declined',
};

/** Of the meeting prepared for, what is open now: what was sent again is not chased. */
function advisers({ snapshot, assessment, calendar, meeting, deadlines }: ViewContext): readonly ShownNeed[] {
  if (!meeting || !deadlines) return [];
  return invitationGaps(snapshot, meeting, deadlines.invitationsOn, assessment.on, calendar).map(
    ({ kind, text }, index) => ({ key: `adviser-${index}`, kind: 'adviser', title: gapTitles[kind], text }),
  );
}

/** Until the secretary agrees to its days, nobody is asked for anything. */
function planToConfirm({
  snapshot,
  assessment,
  calendar,
  meeting,
  previousMeeting,
}: ViewContext): readonly ShownNeed[] {
  if (!meeting) return [];
  const plan = planCycle(meeting, previousMeeting, calendar, assessment.policy);
  if (!awaitsConfirmation(snapshot, plan)) return [];
  return [
    {
      key: 'plan',
      kind: 'plan',
      title: `Plan to confirm for the meeting on ${calendar.longDate(meeting.on)}`,
      text: `${plan.toConfirm.join(' ')} Type “confirm plan” to Board Assistant; nobody is asked before.`,
    },
  ];
}

function uncertainMessages(context: ViewContext, uncertain: readonly LedgerEntry[]): readonly ShownNeed[] {
  if (uncertain.length === 0) return [];
  const shown = uncertain
    .slice(0, rowsOfAKind)
    .map(
      (one) =>
        `the ${messageWords(one.step)} to ${isChannel(one.personRef) ? recipientName(context.snapshot, one.personRef) : context.nameOf(one.personRef)}`,
    );
  const more = uncertain.length - shown.length;
  return [
    {
      key: 'messages',
      kind: 'message',
      title: `${counted(uncertain.length, 'message')} may not have arrived`,
      text: `It is not known of ${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}. Type “delivery” to Board Assistant to look, and to send again.`,
    },
  ];
}

function risks(context: ViewContext): readonly ShownNeed[] {
  return context.assessment.risks
    .filter((one) => one.aboveTolerance)
    .sort((a, b) => b.score - a.score || compareRefs(a.ref, b.ref))
    .map((one) => ({
      key: `risk-${one.ref}`,
      kind: 'risk',
      title: `Risk above tolerance: ${one.ref} ${one.title}`,
      text: `Scores ${one.score}, tolerance is ${context.assessment.policy.riskToleranceScore}.`,
      to: `/tab/risks#${one.ref}`,
    }));
}

function disagreements(context: ViewContext): readonly ShownNeed[] {
  return context.assessment.actions
    .filter((one) => one.deliveryClaim === 'better' || one.effectClaim === 'better')
    .sort((a, b) => a.urgency - b.urgency)
    .map((one) => ({
      key: `disagreement-${one.ref}`,
      kind: 'disagreement',
      title: `Rated better than the record: ${one.ref} ${one.title}`,
      text: [...(one.deliveryClaim === 'better' ? one.deliveryReasons : one.effectReasons)]
        .map((r) => r.text)
        .join(' '),
      to: `/tab/actions/${one.ref}`,
    }));
}

function compareRefs(a: Ref, b: Ref): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
