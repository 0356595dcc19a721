// What several messages say of the meeting and of the board before it: where and when, what is slow, what to decide.
import { calendarOf } from '../board/cycle';
import { compareLogs, type ComparedRow } from '../board/diffWords';
import { compileLog, rebuildLog, type ActionImpactLog, type CompiledLog } from '../board/log';
import { latestLog } from '../board/loggedRows';
import type { BoardAssessment } from '../board/assessment';
import type { BoardSnapshot, Meeting } from '../board/model';
import { count, listed, sentence } from '../board/wording';
import { mostSlow, type MessageFact, type MessageInput, type MessageItem, type MessagePart } from './messageShape';
import { dayWords, timeWords } from './words';

type About = Pick<MessageInput, 'snapshot' | 'assessment'>;

export function meetingOf({ snapshot, assessment }: About): Meeting | undefined {
  return snapshot.meetings.find((one) => one.ref === assessment.meetingRef);
}

/** "the board on Wednesday 15 January", or "the next board" while none is planned. */
export function boardWords(input: About): string {
  const meeting = meetingOf(input);
  const { assessment } = input;
  return meeting
    ? `the board on ${dayWords(calendarOf(assessment.policy), meeting.on, assessment.on)}`
    : 'the next board';
}

/** When and where. */
export function meetingFacts(input: About): readonly MessageFact[] {
  const meeting = meetingOf(input);
  if (!meeting) return [];
  const on = calendarOf(input.assessment.policy).longDate(meeting.on);
  const when = `${on}, ${timeWords(meeting.startsAtTime)} to ${timeWords(meeting.endsAtTime)}`;
  return [
    { name: 'When', value: when },
    ...(meeting.place === undefined ? [] : [{ name: 'Where', value: meeting.place }]),
  ];
}

/** The log as it would be compiled now, and the frozen one before it; worked out once a judgement. */
export function logOf({ snapshot, assessment }: About): {
  readonly now: CompiledLog;
  readonly before?: ActionImpactLog;
} {
  const known = logs.get(assessment);
  if (known?.snapshot === snapshot) return known.logs;
  const last = latestLog(snapshot.loggedRows)?.last;
  const before = last && rebuildLog(snapshot, last.meetingRef, last.kind);
  const meetingRef = assessment.meetingRef ?? '';
  const kind = 'for the meeting' as const;
  const now = compileLog({ snapshot, assessment, kind, meetingRef, ...(before ? { previous: before } : {}) });
  const made = { now, ...(before ? { before } : {}) };
  logs.set(assessment, { snapshot, logs: made });
  return made;
}

const logs = new WeakMap<
  BoardAssessment,
  { readonly snapshot: BoardSnapshot; readonly logs: { readonly now: CompiledLog; readonly before?: ActionImpactLog } }
>();

/** At most `mostSlow`, worst first, with why; the rest is counted. `reasons`: how many of them each. */
export function slowPart(log: CompiledLog, reasons = 1): MessagePart {
  const { slow } = log.sections;
  const items = slow.slice(0, mostSlow).map((one): MessageItem => ({
    ref: one.ref,
    title: one.title,
    lines: [...one.reasons.slice(0, reasons), ...(one.running === undefined ? [] : [sentence(one.running)])],
  }));
  const rest = slow.slice(mostSlow);
  const measures = rest.filter((one) => one.kind === 'measure').length;
  const left = [
    ...(rest.length > measures ? [count(rest.length - measures, 'more action')] : []),
    ...(measures > 0 ? [`${count(measures, 'measure')} behind`] : []),
  ];
  const part = listPart('Slow to progress', items, items.length, 'Nothing is slow to progress.');
  return left.length === 0 ? part : { ...part, more: `And ${listed(left)}.` };
}

/** What is better or worse than in the last frozen log. */
export function changedPart(input: About): MessagePart {
  const { now, before } = logOf(input);
  const heading = 'What changed';
  if (!before)
    return { kind: 'list', heading, note: 'No log was frozen before, so there is nothing to compare.', items: [] };
  const longDate = calendarOf(input.assessment.policy).longDate;
  const compared = compareLogs(before, now, longDate);
  const rows = compared.rows.filter((one) => one.kind === 'action' || one.kind === 'risk');
  const titles = new Map([...now.actions, ...now.risks].map((one) => [one.ref, one.detail.title]));
  const items = worstFirst(rows)
    .slice(0, mostSlow)
    .map((one): MessageItem => ({
      ref: one.ref,
      title: titles.get(one.ref) ?? one.title ?? '',
      lines: one.texts.slice(0, 2),
    }));
  const part = listPart(heading, items, rows.length, undefined);
  return { ...part, note: `Since the log ${before.kind} ${before.meetingRef}: ${compared.text}` };
}

/** A list that says how many it leaves out. */
export function listPart(
  heading: string,
  items: readonly MessageItem[],
  total: number,
  empty: string | undefined,
): Extract<MessagePart, { kind: 'list' }> {
  const rest = total - items.length;
  return {
    kind: 'list',
    heading,
    items,
    ...(items.length === 0 && empty !== undefined ? { note: empty } : {}),
    ...(rest > 0 ? { more: `And ${count(rest, 'more', 'more')}.` } : {}),
  };
}

/** What became worse or better before what only moved. */
function worstFirst(rows: readonly ComparedRow[]): readonly ComparedRow[] {
  const place = (one: ComparedRow): number => {
    const at = ['worse', 'mixed', 'better'].indexOf(one.direction);
    return at < 0 ? 3 : at;
  };
  return rows.toSorted((a, b) => place(a) - place(b));
}
