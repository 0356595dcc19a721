// Keeps the calendar event of each meeting and the list Invitations as the board has them: looked at, sent by the secretary, kept.
// Longer than most: what is looked at, sent and kept is one state of one event.
// Resumable at any point: the event is found again by its meeting, and rows are made from what the calendar shows was sent.
import { calendarOf, meetingAt } from '../board/cycle';
import { settleInvitations, type SettledRows } from '../board/invitationRows';
import {
  inviteesOf,
  isComing,
  meetingTime,
  planInvitations,
  type InvitationPlan,
  type MeetingEvent,
} from '../board/invitations';
import { pauseAt, pauseWords } from '../board/managePause';
import type { BoardSnapshot, Instant, Meeting, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { InvalidInputError, isKnownError, NotAuthorisedError, NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import { viewerOf } from './access';
import { invitationWrites, versionOf, withSettled } from './invitationWrites';
import type { BoardRecords, Clock } from './ports';
import type { MeetingCalendar } from './portsCalendar';
import { createTellSecretary } from './tellSecretary';
import { planWords, viewInvitations, type InvitationsView } from './viewInvitations';
import { nameOfInputs } from './writeOnce';

export interface InvitationsRequest {
  readonly boardId: string;
  /** The next meeting when absent. */
  readonly meetingRef?: Ref;
  /** Who asks. */
  readonly byRef: Ref;
}

export interface InvitationsSent {
  /** What was done, a sentence each; empty: there was nothing to do. */
  readonly words: readonly string[];
  readonly view: InvitationsView;
}

export interface InviteBoard {
  /** Looks, and says what a press would do; writes nothing. Throws NotAuthorisedError for all but secretary and chair; NotFoundError. */
  view(request: InvitationsRequest): Promise<InvitationsView>;
  /**
   * Sends what is missing, of a move, a new person, or what did not arrive. Throws NotAuthorisedError for all but the
   * secretary; InvalidInputError while sending is paused or nothing can be sent; NotFoundError, UpstreamError, ThrottledError:
   * the same again completes it, and sends nothing twice.
   */
  send(request: InvitationsRequest): Promise<InvitationsSent>;
  /**
   * What follows by itself for the meetings to come, and once a day who answered. Never throws. Returns how many meetings'
   * events it changed.
   */
  keep(boardId: string): Promise<number>;
}

/** Each look, change and row is one; more would mean that somebody works against it. */
const rounds = 12;
/** How old a board may be that is looked at for invitations. */
const keepMaxAgeMs = 15 * 60_000;
/** After a failure of the calendar it is not asked again by itself for so long. */
const restMs = 15 * 60_000;
const forSecretary = 'The secretary sends invitations.';

export function createInviteBoard(ports: {
  readonly records: Pick<BoardRecords, 'snapshot' | 'refresh' | 'write'>;
  readonly calendar: MeetingCalendar;
  readonly clock: Clock;
  readonly logger: Logger;
  /** False without a service mailbox: nothing is kept by itself. */
  readonly hasMailbox: boolean;
}): InviteBoard {
  const { records, clock, logger } = ports;
  const tellSecretary = createTellSecretary(ports);
  const turns = new Map<string, Promise<unknown>>();
  /** What was kept of each meeting, and until when it rests. */
  const kept = new Map<string, { readonly print: string; readonly untilMs?: number }>();

  /** One at a time for each meeting: two at once would settle the same rows. */
  function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, mine);
    return mine.finally(() => {
      if (turns.get(key) === mine) turns.delete(key);
    });
  }

  async function look(boardId: string, snapshot: BoardSnapshot, meeting: Meeting, resend: boolean) {
    const { policy } = resolvePolicy(snapshot.policy);
    const at = clock.now().toISOString();
    const event = await ports.calendar.find(boardId, meeting.ref);
    const plan = planInvitations({ snapshot, policy, meeting, at, resend, ...(event ? { event } : {}) });
    return { at, plan, event, policy };
  }

  async function rowsOf(
    snapshot: BoardSnapshot,
    meeting: Meeting,
    at: Instant,
    event: MeetingEvent | undefined,
  ): Promise<SettledRows> {
    const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
    const silent = event?.attendees.filter((one) => one.response === 'none').map((one) => one.address) ?? [];
    const bounces =
      silent.length === 0
        ? []
        : await ports.calendar.bounces({ boardName: snapshot.facts.name, meetingRef: meeting.ref }, silent);
    return settleInvitations({ snapshot, calendar, meeting, at, bounces: bounces ?? [], ...(event ? { event } : {}) });
  }

  /** `confirmed`: the secretary asked for it; else only what follows by itself is done. */
  async function bring(boardId: string, meetingRef: Ref, confirmed: boolean) {
    const done: InvitationPlan[] = [];
    const bounced: string[] = [];
    let answers = 0;
    let lostAnswers = 0;
    for (let round = 1; round <= rounds; round += 1) {
      const snapshot = await records.refresh(boardId);
      const meeting = meetingOf(snapshot, meetingRef);
      const { at, plan, event, policy } = await look(boardId, snapshot, meeting, confirmed);
      if (!plan.movedByHand) {
        const settled = await rowsOf(snapshot, meeting, at, event);
        const writes = invitationWrites(boardId, snapshot, settled);
        if (writes.length > 0) {
          const name = nameOfInputs([boardId, writes]);
          const outcome = await records.write({ boardId, operationId: `invitations-${name}`, writes });
          if (outcome.kind === 'written') {
            answers += settled.change.length;
            bounced.push(...bouncedWords(snapshot, settled));
          }
          continue;
        }
      }
      const { step } = plan;
      const waits = plan.movedByHand || (step.kind === 'create' && policy.secretarySendsFirstInvitations);
      if (step.kind === 'none' || (waits && !confirmed))
        return { snapshot, meeting, plan, event, done, answers, bounced, at };
      try {
        await carryOut(boardId, snapshot, meeting, plan);
        done.push(plan);
      } catch (error) {
        // It may have been done: the next look tells, and does what is left.
        lostAnswers += 1;
        if (!(error instanceof UpstreamError) || !error.mayHaveHappened || lostAnswers > 2) throw error;
        logger.warn('invitations.answerLost', { boardId, meetingRef, step: step.kind }, error);
        done.push(plan);
      }
    }
    throw new UpstreamError('calendar', `The event of ${meetingRef} did not come to rest in ${rounds} rounds.`);
  }

  async function carryOut(
    boardId: string,
    snapshot: BoardSnapshot,
    meeting: Meeting,
    { step }: InvitationPlan,
  ): Promise<void> {
    if (step.kind === 'create') await ports.calendar.create(boardId, step.wanted, versionOf(snapshot, meeting));
    if (step.kind === 'change') await ports.calendar.change(step.eventId, step.wanted, step);
    if (step.kind === 'cancel') await ports.calendar.cancel(step.eventId, `The meeting ${meeting.ref} is cancelled.`);
    logger.info('invitations.changed', { boardId, meetingRef: meeting.ref, step: step.kind });
  }

  async function keepMeeting(boardId: string, snapshot: BoardSnapshot, meeting: Meeting, at: Instant): Promise<number> {
    const key = `${boardId}/${meeting.ref}`;
    const print = printOf(snapshot, meeting, at);
    const known = kept.get(key);
    const isResting = known?.untilMs !== undefined && clock.now().getTime() < known.untilMs;
    if (known?.print === print && (known.untilMs === undefined || isResting)) return 0;
    try {
      const brought = await inTurn(key, () => bring(boardId, meeting.ref, false));
      const { done, answers, plan } = brought;
      kept.set(key, { print });
      const calendar = calendarOf(resolvePolicy(brought.snapshot.policy).policy);
      const words = done.flatMap((one) => planWords(one, brought.meeting, calendar)?.words ?? []);
      await tellSecretary(boardId, meeting.ref, [...new Set([...words, ...brought.bounced])]);
      const waiting = plan.step.kind !== 'none';
      logger.info('invitations.kept', { boardId, meetingRef: meeting.ref, steps: done.length, answers, waiting });
      return done.length > 0 ? 1 : 0;
    } catch (cause) {
      kept.set(key, { print, untilMs: clock.now().getTime() + restMs });
      logger.error('invitations.notKept', { boardId, meetingRef: meeting.ref }, cause);
      return 0;
    }
  }

  return {
    async view({ boardId, meetingRef, byRef }) {
      const snapshot = await records.refresh(boardId);
      requireRole(snapshot, byRef, ['secretary', 'chair'], 'The secretary and the chair look at invitations.');
      const at = clock.now().toISOString();
      const meeting = meetingOf(snapshot, meetingRef ?? nextRef(snapshot, at));
      try {
        const { plan, event } = await look(boardId, snapshot, meeting, true);
        // As the calendar shows it now; the list itself follows with the next sending, or within the day.
        const shown = plan.movedByHand ? snapshot : withSettled(snapshot, await rowsOf(snapshot, meeting, at, event));
        const joinUrl = event?.joinUrl === undefined ? {} : { joinUrl: event.joinUrl };
        return viewInvitations({ snapshot: shown, meeting, at, plan, ...joinUrl });
      } catch (error) {
        if (!isKnownError(error)) throw error;
        logger.warn('invitations.calendarNotRead', { boardId, meetingRef: meeting.ref }, error);
        return viewInvitations({ snapshot, meeting, at, problem: calendarProblem(error) });
      }
    },

    async send({ boardId, meetingRef, byRef }) {
      const snapshot = await records.refresh(boardId);
      requireRole(snapshot, byRef, ['secretary'], forSecretary);
      const at = clock.now().toISOString();
      const pause = pauseAt(snapshot, at);
      if (pause) {
        const words = pauseWords(pause, snapshot, calendarOf(resolvePolicy(snapshot.policy).policy));
        throw new InvalidInputError(`${words} Resume sending first; nothing was sent.`);
      }
      const { ref } = meetingOf(snapshot, meetingRef ?? nextRef(snapshot, at));
      let brought: Awaited<ReturnType<typeof bring>>;
      try {
        brought = await inTurn(`${boardId}/${ref}`, () => bring(boardId, ref, true));
      } catch (error) {
        if (error instanceof NotFoundError && error.what === 'service mailbox')
          throw new InvalidInputError(calendarProblem(error), [], { cause: error });
        throw error;
      }
      const { plan, meeting, event, done } = brought;
      if (plan.problem !== undefined) throw new InvalidInputError(`${plan.problem} Nothing was sent.`);
      logger.info('invitations.sent', { boardId, meetingRef: ref, steps: done.length });
      const joinUrl = event?.joinUrl === undefined ? {} : { joinUrl: event.joinUrl };
      const view = viewInvitations({ snapshot: brought.snapshot, meeting, at: brought.at, plan, ...joinUrl });
      const calendar = calendarOf(resolvePolicy(brought.snapshot.policy).policy);
      const words = done.flatMap((one) => planWords(one, meeting, calendar)?.words ?? []);
      return { words: [...new Set(words)], view };
    },

    async keep(boardId) {
      if (!ports.hasMailbox) return 0;
      try {
        const snapshot = await records.snapshot(boardId, keepMaxAgeMs);
        const at = clock.now().toISOString();
        const { policy } = resolvePolicy(snapshot.policy);
        const calendar = calendarOf(policy);
        const time = calendar.timeOf(at);
        const isHours = policy.sendingFromTime <= time && time < policy.sendingUntilTime;
        if (!isHours || !calendar.isWorkingDay(calendar.on(at)) || pauseAt(snapshot, at)) return 0;
        let changed = 0;
        for (const meeting of snapshot.meetings)
          if (isComing(meeting, calendar, at)) changed += await keepMeeting(boardId, snapshot, meeting, at);
        return changed;
      } catch (cause) {
        logger.error('invitations.notKept', { boardId }, cause);
        return 0;
      }
    },
  };
}

/** Of those whose invitation was found not to have arrived. */
function bouncedWords(snapshot: BoardSnapshot, { change }: SettledRows): readonly string[] {
  return change
    .filter((one) => one.changes.delivery === 'failed')
    .map(({ row }) => {
      const name = snapshot.people.find((one) => one.ref === row.personRef)?.name ?? row.personRef;
      return `The invitation of ${name} did not arrive at ${row.sentTo ?? 'the address on the list'}. Correct the address in the list People, or type "invitations" to send it again.`;
    });
}

/** What keeping depends on; a day gives a new one, so that answers are read once a day. */
function printOf(snapshot: BoardSnapshot, meeting: Meeting, at: Instant): string {
  const { policy } = resolvePolicy(snapshot.policy);
  const { invitees } = inviteesOf(snapshot, meeting);
  const place = meeting.place ?? '';
  return JSON.stringify([
    meetingTime(meeting),
    place,
    meeting.state === 'cancelled',
    invitees,
    policy.secretarySendsFirstInvitations,
    calendarOf(policy).on(at),
  ]);
}

function requireRole(snapshot: BoardSnapshot, byRef: Ref, roles: readonly string[], refusal: string): void {
  const by = snapshot.people.find((one) => one.ref === byRef);
  if (!by) throw new NotFoundError('person', byRef);
  if (!roles.includes(viewerOf(by, resolvePolicy(snapshot.policy).policy).role))
    throw new NotAuthorisedError(refusal, 'notAllowed');
}

function meetingOf(snapshot: BoardSnapshot, ref: Ref): Meeting {
  const found = snapshot.meetings.find((one) => one.ref === ref);
  if (!found) throw new NotFoundError('meeting', ref);
  return found;
}

function nextRef(snapshot: BoardSnapshot, at: Instant): Ref {
  const { meeting } = meetingAt(snapshot, at);
  if (!meeting) throw new NotFoundError('meeting', 'to come');
  return meeting.ref;
}

/** Why the calendar cannot be used, with what to do. */
function calendarProblem(error: unknown): string {
  if (error instanceof NotFoundError)
    return 'There is no service mailbox to invite from. The administrator can set SERVICE_MAILBOX; until then nothing is sent.';
  if (error instanceof NotAuthorisedError)
    return 'The service mailbox does not let Board Assistant keep its calendar. The administrator can give it the role Application Calendars.ReadWrite on this mailbox; until then nothing is sent.';
  return 'The calendar of the service mailbox did not answer, so this is what the list Invitations says. Please try again in a few minutes.';
}
