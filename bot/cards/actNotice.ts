// What people are told when something waits for them or was decided: a date to decide, a date decided, an item to answer.
import type { BoardAssessment } from '../board/assessment';
import { calendarOf } from '../board/cycle';
import { cycleDeputies, delegatedItem } from '../board/cycleDeputies';
import { mayDecideDates } from '../board/dateChanges';
import type { BoardSnapshot, Ref } from '../board/model';
import { dateDecisionCard, dateNews } from './dateChange';
import { clean } from './kit';
import { noticeCard, type NoticeCard } from './notice';

interface ActNoticeInput {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly personRef: Ref;
  readonly step: string;
  readonly subjectRefs: readonly Ref[];
}

/** The card of such a message, as the board is when it is sent; undefined: the step is another one. */
export function actNotice(input: ActNoticeInput): NoticeCard | undefined {
  const { boardId, snapshot, assessment, personRef, step } = input;
  const [ref = ''] = input.subjectRefs;
  const calendar = calendarOf(assessment.policy);
  if (step.startsWith('notice:date-')) {
    const change = snapshot.dateChanges.find((one) => one.ref === ref);
    const view = { boardId, snapshot, calendar, policy: assessment.policy, todayOn: assessment.on };
    if (change?.decision === 'pending' && mayDecideDates(snapshot, personRef, assessment.policy))
      return { card: dateDecisionCard(view, change), summary: `A date to decide: ${change.subjectRef}` };
    const title = change?.decision === 'refused' ? 'The date stays' : 'A date was decided';
    return noticeCard({ title, lines: dateNews(view, ref), boardId });
  }
  if (!step.startsWith('notice:deputy:')) return undefined;
  const item = delegatedItem(snapshot, ref);
  const stands = cycleDeputies(snapshot, assessment.at).get(ref)?.deputyRef === personRef;
  const owner = snapshot.people.find((one) => one.ref === item?.ownerRef)?.name ?? 'The owner';
  const title = stands ? `Please answer ${ref} for ${owner}` : `${ref} is no longer yours to answer`;
  const lines = [clean(item?.title ?? '', 200), ...(stands ? ['It is in your list until the next meeting.'] : [])];
  return noticeCard({ title, lines, boardId });
}
