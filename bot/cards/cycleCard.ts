// The card of one step of the cycle for one person: the owner's list when they are asked, a short notice otherwise.
import type { BoardAssessment } from '../board/assessment';
import type { BoardSnapshot, Ref } from '../board/model';
import type { CycleStepName } from '../board/cycle';
import { noticeCard, type NoticeCard } from './notice';
import { ownerListCard, ownerView, type OwnerView } from './ownerView';

export interface CycleCardInput {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly personRef: Ref;
  readonly step: CycleStepName;
  /** What the message is about, worst first. */
  readonly subjectRefs: readonly Ref[];
}

/** How the message of a step announces itself in a notification. */
const openings: Readonly<Record<CycleStepName, string>> = {
  request: 'Please give your update',
  reminder: 'Reminder',
  'final-reminder': 'Last reminder',
  'deadline-day': 'Today is the last day',
  escalation: 'For your attention',
  papers: 'Papers to check',
  briefing: "Chair's briefing",
  digest: 'Before the meeting',
  arising: 'From the meeting',
};

export function cycleCard(input: CycleCardInput): NoticeCard {
  const view = ownerView(input);
  switch (input.step) {
    case 'request':
    case 'reminder':
    case 'final-reminder':
    case 'deadline-day':
      return { card: ownerListCard(view), summary: `${openings[input.step]}: ${view.heading}. ${view.deadline}.` };
    case 'escalation':
    case 'arising':
      return notice(input, view, subjectLines(input));
    case 'papers':
      return notice(input, view, [
        'The action and impact log can be checked and frozen now. Nothing is frozen or shared before you have seen it.',
        input.assessment.headline.text,
      ]);
    case 'briefing':
    case 'digest':
      return notice(input, view, [input.assessment.headline.text]);
  }
}

function notice(input: CycleCardInput, view: OwnerView, lines: readonly string[]): NoticeCard {
  const meeting = view.meeting ? `: the meeting on ${view.calendar.longDate(view.meeting.on)}` : '';
  return noticeCard({ title: `${openings[input.step]}${meeting}`, lines });
}

/** One line a subject: what it is, and why it is named here. */
function subjectLines(input: CycleCardInput): readonly string[] {
  const { snapshot, assessment } = input;
  return input.subjectRefs.map((ref) => {
    const action = assessment.actions.find((one) => one.ref === ref);
    if (action)
      return `${ref} ${action.title}. ${(action.slowReasons[0] ?? action.deliveryReasons[0])?.text ?? ''}`.trim();
    const decision = snapshot.decisions.find((one) => one.ref === ref);
    return decision ? `${ref} ${decision.text}` : ref;
  });
}
