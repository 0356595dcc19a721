// The next meeting and the deadlines before it, as a short card.
import { invitationGaps } from '../board/adviserInvitations';
import { cycleGaps, planFor } from '../board/cycleView';
import { meetingNotice } from '../cards/notice';
import type { OwnerView } from '../cards/ownerView';
import { dayWords, distanceWords, timeWords } from '../cards/words';
import type { OutgoingCard } from '../services/ports';

/**
 * `personal`: with what is left for this person. `sees`: with what went wrong with the cycle, or waits; with who of the
 * advisers is invited.
 */
export function meetingCard(
  view: OwnerView,
  personal = true,
  sees: { readonly gaps: boolean; readonly invitations: boolean } = { gaps: false, invitations: false },
): OutgoingCard {
  const { meeting, deadlines, calendar, assessment, snapshot } = view;
  if (!meeting || !deadlines) {
    return meetingNotice('Next meeting', [`No meeting of ${snapshot.facts.name} is planned yet.`]);
  }
  const day = (on: string): string =>
    `${dayWords(calendar, on, assessment.on)} (${distanceWords(calendar, on, assessment.on)})`;
  return meetingNotice(`Next meeting: ${calendar.longDate(meeting.on)}`, [
    `${snapshot.facts.name}, ${timeWords(meeting.startsAtTime)} to ${timeWords(meeting.endsAtTime)}${meeting.place === undefined ? '' : `, ${meeting.place}`}.`,
    `Answers are due by ${day(deadlines.ownersDeadlineOn)}, ${timeWords(calendar.timeOf(deadlines.ownersDeadlineAt))}.`,
    `Papers go out on ${day(deadlines.papersDeadlineOn)}.`,
    ...(personal ? [leftWords(view.open.length)] : []),
    ...(personal && sees.invitations ? invitationLines(view, deadlines.invitationsOn) : []),
    ...(personal && sees.gaps ? gapLines(view) : []),
  ]);
}

/** Clause 6 in a line, with the word that shows the rest. */
function invitationLines({ snapshot, assessment, meeting, calendar }: OwnerView, latestOn: string): readonly string[] {
  const invited = assessment.readiness?.advisersInvited;
  if (!meeting || !invited) return [];
  const gaps = invitationGaps(snapshot, meeting, latestOn, assessment.on, calendar).map((one) => one.text);
  return [
    `Advisers invited: ${invited.done} of ${invited.total}. Type "invitations" to see who is invited and who answered.`,
    ...gaps,
  ];
}

function gapLines({ snapshot, assessment }: OwnerView): readonly string[] {
  const known = planFor(snapshot, assessment);
  return known ? cycleGaps(snapshot, known.plan, assessment.policy) : [];
}

function leftWords(open: number): string {
  return open === 0 ? 'Nothing is left for you to answer.' : `You have ${open} left to answer: type "my actions".`;
}
