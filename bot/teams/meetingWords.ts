// The next meeting and the deadlines before it, as a short card.
import { cycleGaps, planFor } from '../board/cycleView';
import { meetingNotice } from '../cards/notice';
import type { OwnerView } from '../cards/ownerView';
import { dayWords, distanceWords, timeWords } from '../cards/words';
import type { OutgoingCard } from '../services/ports';

/** `personal`: with what is left for this person. `seesGaps`: with what went wrong with the cycle, or waits. */
export function meetingCard(view: OwnerView, personal = true, seesGaps = false): OutgoingCard {
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
    ...(personal && seesGaps ? gapLines(view) : []),
  ]);
}

function gapLines({ snapshot, assessment, calendar }: OwnerView): readonly string[] {
  const known = planFor(snapshot, assessment);
  return known ? cycleGaps(snapshot, known.plan, calendar) : [];
}

function leftWords(open: number): string {
  return open === 0 ? 'Nothing is left for you to answer.' : `You have ${open} left to answer: type "my actions".`;
}
