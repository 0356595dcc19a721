// The secretary reminds owners of what they have not answered, beside the steps of the cycle: once a person a day.
// Exactly once: the day is part of the message's key in the ledger, so that a press repeated adds nothing.
import { assess } from '../board/assess';
import type { BoardAssessment } from '../board/assessment';
import { calendarOf, planCycle } from '../board/cycle';
import { isSecretary } from '../board/mayAnswer';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { planNudges, type NudgePlan } from '../board/nudges';
import { listed } from '../board/wording';
import { NotAuthorisedError, NotFoundError } from '../errors';
import type { Logger } from '../logger';
import { judge } from './judge';
import { createOneADay } from './oneADay';
import type { BoardRecords, Clock, Ledger, LedgerEntry } from './ports';

export interface NudgeRequest {
  readonly boardId: string;
  readonly meetingRef: Ref;
  /** Those whom the secretary saw before pressing; nobody else gets anything. */
  readonly personRefs: readonly Ref[];
  readonly byRef: Ref;
}

export interface Nudged {
  readonly sent: readonly { readonly personRef: Ref; readonly name: string }[];
  readonly notSent: readonly { readonly personRef: Ref; readonly name: string; readonly why: string }[];
  /** Both in a sentence or two. */
  readonly words: string;
}

export interface NudgeOwners {
  /** Who would be reminded now for the next meeting, and who not, and why; undefined without a meeting. Throws UpstreamError. */
  look(boardId: string): Promise<{ readonly meetingRef: Ref; readonly plan: NudgePlan } | undefined>;
  /** Throws NotAuthorisedError for all but the secretary, NotFoundError, UpstreamError. The sending itself goes on afterwards. */
  send(request: NudgeRequest): Promise<Nudged>;
}

interface LookPorts {
  readonly records: Pick<BoardRecords, 'boardIds' | 'snapshot'>;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/** Who would be reminded now for the meeting judged for, with what the ledger holds; undefined without a meeting. */
export async function lookAtNudges(
  ports: LookPorts,
  boardId: string,
  snapshot: BoardSnapshot,
  assessment: BoardAssessment,
): Promise<{ readonly plan: NudgePlan; readonly entries: readonly LedgerEntry[] } | undefined> {
  const { at, meetingRef, previousMeetingRef, policy } = assessment;
  const meeting = snapshot.meetings.find((one) => one.ref === meetingRef);
  if (meeting === undefined) return undefined;
  const previous = snapshot.meetings.find((one) => one.ref === previousMeetingRef);
  const entries = await ports.ledger.entries(boardId, meeting.ref);
  const reachedElsewhere = await createOneADay(ports).reachedElsewhere(boardId, snapshot, at);
  const cycle = planCycle(meeting, previous, calendarOf(policy), policy);
  const plan = planNudges({ snapshot, assessment, meeting, plan: cycle, at, already: entries, reachedElsewhere });
  return { plan, entries };
}

export function createNudgeOwners(ports: {
  readonly records: Pick<BoardRecords, 'boardIds' | 'snapshot' | 'refresh'>;
  readonly ledger: Pick<Ledger, 'entries' | 'plan'>;
  /** Sends what the ledger holds. */
  readonly drain: (boardId: string) => Promise<unknown>;
  readonly clock: Clock;
  readonly logger: Logger;
}): NudgeOwners {
  const { records, ledger, clock, logger } = ports;
  return {
    async look(boardId) {
      const snapshot = await records.snapshot(boardId);
      const assessment = judge(snapshot, clock.now());
      const { meetingRef } = assessment;
      const look = await lookAtNudges(ports, boardId, snapshot, assessment);
      return look && meetingRef !== undefined ? { meetingRef, plan: look.plan } : undefined;
    },
    async send({ boardId, meetingRef, personRefs, byRef }) {
      // Who has just answered is not reminded.
      const snapshot = await records.refresh(boardId);
      if (!isSecretary(snapshot, byRef)) throw new NotAuthorisedError('The secretary reminds owners.', 'notAllowed');
      if (!snapshot.meetings.some((one) => one.ref === meetingRef)) throw new NotFoundError('meeting', meetingRef);
      const at: Instant = clock.now().toISOString();
      const look = await lookAtNudges(ports, boardId, snapshot, assess(snapshot, { at, meetingRef }));
      if (look === undefined) throw new NotFoundError('meeting', meetingRef);
      const { step, nudges, notNow } = look.plan;
      const wanted = new Set(personRefs);
      const drafts = nudges
        .filter((one) => wanted.has(one.personRef))
        .map(({ personRef, subjectRefs }) => ({ boardId, meetingRef, step, personRef, subjectRefs }));
      const planned = new Set((await ledger.plan(drafts, at)).map((one) => one.personRef));
      const whyNot = new Map(notNow.map((one) => [one.personRef, one.why]));
      for (const { personRef } of drafts)
        if (!planned.has(personRef)) whyNot.set(personRef, 'A reminder for today is recorded already.');
      const names = new Map(snapshot.people.map((one) => [one.ref, one.name]));
      const named = (personRef: Ref) => ({ personRef, name: names.get(personRef) ?? personRef });
      const sent = [...wanted].filter((ref) => planned.has(ref)).map(named);
      const notSent = [...wanted]
        .filter((ref) => !planned.has(ref))
        .map((ref) => ({ ...named(ref), why: whyNot.get(ref) ?? 'Nothing is outstanding of theirs any more.' }));
      logger.info('nudges.planned', { boardId, meetingRef, byRef, planned: sent.length, notSent: notSent.length });
      if (sent.length > 0)
        ports.drain(boardId).catch((error: unknown) => logger.warn('nudges.notSentYet', { boardId }, error));
      return { sent, notSent, words: wordsOf(sent, notSent) };
    },
  };
}

function wordsOf(sent: Nudged['sent'], notSent: Nudged['notSent']): string {
  const goes =
    sent.length === 0 ? 'Nobody is reminded now.' : `A reminder goes to ${listed(sent.map((one) => one.name))}.`;
  return [goes, ...notSent.map((one) => `Not to ${one.name}: ${one.why}`)].join(' ');
}
