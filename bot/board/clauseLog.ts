// Clause 5e: both frozen logs of each meeting, and what the board said of what is slow. Rules: docs/rules.md, "Clauses".
import {
  cycleFromOn,
  dated,
  newest,
  oldest,
  openGap,
  pastGap,
  type ClauseDraft,
  type ClauseEvidence,
  type ClauseFacts,
  type ClauseGap,
} from './clauseState';
import { compareText, grouped } from './grounds';
import type { LogKind, Meeting } from './model';
import { responsesOf } from './responses';
import { count, listed } from './wording';

const kinds: readonly LogKind[] = ['for the meeting', 'after the meeting'];

/** Both frozen logs of each meeting, and what the board said about what was slow in them. */
export function logClause(facts: ClauseFacts): ClauseDraft {
  const { snapshot, on, deadlinesOf } = facts.grounds;
  const rowsOf = grouped(
    snapshot.loggedRows.filter((one) => one.frozenOn <= on),
    (one) => one.meetingRef,
  );
  const evidence: ClauseEvidence[] = [];
  const lacking: Record<LogKind, Meeting[]> = { 'for the meeting': [], 'after the meeting': [] };
  for (const meeting of snapshot.meetings) {
    for (const kind of kinds) {
      const log = rowsOf(meeting.ref).filter((one) => one.kind === kind);
      const actions = log.filter((one) => one.subjectKind === 'action').length;
      const frozenOn = newest(log.map((one) => one.frozenOn));
      if (frozenOn !== undefined)
        evidence.push({
          ref: meeting.ref,
          kind: 'log',
          on: frozenOn,
          text: `Frozen log ${kind}: ${count(actions, 'action')}, ${count(log.filter((one) => one.subjectKind === 'risk').length, 'risk')}.`,
        });
      const dueOn = kind === 'for the meeting' ? meeting.on : deadlinesOf(meeting).minutesDueOn;
      if (actions === 0 && facts.held.includes(meeting) && dueOn < on) lacking[kind].push(meeting);
    }
  }
  const slow = facts.assessment.actions.filter((one) => one.slow);
  return {
    clause: '5e',
    title: 'The action and impact log',
    shows: `${count(evidence.length, 'frozen log')} ${evidence.length === 1 ? 'is' : 'are'} on file; ${slow.length} of ${count(facts.assessment.headline.open, 'open action')} ${slow.length === 1 ? 'is' : 'are'} slow now`,
    nothing: 'No meeting has been held yet.',
    evidence: [...evidence, ...responses(facts)],
    gaps: [...kinds.flatMap((kind) => logGaps(facts, kind, lacking[kind])), ...unanswered(facts)],
    freshFromOn: cycleFromOn(facts),
    counts: {
      logs: evidence.length,
      slow: slow.length,
      contributionsToStrengthen: facts.assessment.contributions.filter((one) => one.needsStrengthening).length,
    },
  };
}

/** Open while the last meeting is among them; else it stays on the record. */
function logGaps(facts: ClauseFacts, kind: LogKind, meetings: readonly Meeting[]): readonly ClauseGap[] {
  const since = oldest(meetings.map((one) => one.on));
  if (since === undefined) return [];
  const refs = meetings.map((one) => one.ref).sort(compareText);
  const text = `No log of actions ${kind} was frozen for ${listed(refs)}.`;
  const last = facts.held.at(-1);
  return refs.includes(String(last?.ref))
    ? [openGap(text, 'Freeze the log of the next meeting, for it and after it.', since, refs)]
    : [pastGap(text, 'Later meetings have theirs; it stays on the record.', since, refs)];
}

function responses(facts: ClauseFacts): readonly ClauseEvidence[] {
  const slow = new Set(facts.assessment.actions.filter((one) => one.slow).map((one) => one.ref));
  return responsesOf(facts.grounds.snapshot, facts.grounds.on).flatMap((one) =>
    slow.has(one.subjectRef)
      ? dated(facts, facts.grounds.meetings.get(one.meetingRef)?.on, () => ({
          ref: one.ref,
          kind: 'decision',
          text: `${one.subjectRef}: ${one.text}`,
        }))
      : [],
  );
}

/** Slow in the logs of the last two meetings and now, and neither meeting recorded a response. */
function unanswered(facts: ClauseFacts): readonly ClauseGap[] {
  const [last, before] = facts.grounds.logsBefore;
  if (!last || !before) return [];
  const answered = new Set(
    responsesOf(facts.grounds.snapshot, facts.grounds.on).flatMap((one) =>
      one.meetingRef === last.ref || one.meetingRef === before.ref ? one.subjectRef : [],
    ),
  );
  return facts.assessment.actions
    .filter((one) => one.slowMeetings > 2 && !answered.has(one.ref))
    .map((one) =>
      openGap(
        `${one.ref} was slow at ${before.ref} and ${last.ref}, and no response of the board is recorded.`,
        'A decision of the board about it.',
        before.on,
        [one.ref, before.ref, last.ref],
      ),
    );
}
