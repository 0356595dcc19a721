// Sends what the ledger holds: claim, look again, note that it is being sent, send, record what became of it.
import { randomUUID } from 'node:crypto';
import { assess } from '../board/assess';
import type { BoardAssessment } from '../board/assessment';
import { calendarOf, planCycle } from '../board/cycle';
import { hasLeft } from '../board/manageOwned';
import { noticeStands } from '../board/manageNotice';
import { pauseAt, pauseWords } from '../board/managePause';
import type { BoardSnapshot, Instant, Person, Ref } from '../board/model';
import { itemsByPerson, type OwnerItem } from '../board/ownerItems';
import { resolvePolicy } from '../board/policy';
import { askingSteps, outOfDate } from '../board/timely';
import type { Logger } from '../logger';
import { keepClaims, leaseSeconds } from './heartbeat';
import { createPace, realTime, type Pace, type RealTime } from './pace';
import type {
  BoardRecords,
  Clock,
  Conversations,
  Ledger,
  LedgerEntry,
  LedgerOutcome,
  Messenger,
  NoticeStep,
  OutgoingCard,
  SendOutcome,
} from './ports';
import type { Claims } from './portsClaims';

/** Builds what one person gets in one step. Pure. */
export type CardBuilder = (input: {
  readonly boardId: string;
  readonly subjectRefs: readonly Ref[];
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly personRef: Ref;
  readonly step: LedgerEntry['step'];
}) => OutgoingCard;

export interface DeliverPorts {
  readonly records: BoardRecords;
  readonly ledger: Ledger;
  readonly messenger: Messenger;
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly cards: CardBuilder;
  /** Shared by all boards of a tenant. */
  readonly pace?: Pace;
  /** Ours are renewed, those of a dead worker waited for; absent where nobody else can send. */
  readonly claims?: Claims;
  readonly time?: RealTime;
}

/** Counts of one drain. */
export interface Drained {
  readonly sent: number;
  /** Definitely not sent, but for the unreachable. */
  readonly failed: number;
  /** May have arrived; never repeated by itself. */
  readonly uncertain: number;
  /** No way to reach the person yet. */
  readonly unreachable: number;
  /** Nothing left to say to them. */
  readonly cancelled: number;
  /** To be tried again later. */
  readonly waiting: number;
  /** Nothing was sent, in words why: somebody paused sending. */
  readonly paused?: string;
}

export interface Deliver {
  /** Sends all that is due for a board. Throws UpstreamError when the ledger or the lists do not answer. */
  drain(boardId: string): Promise<Drained>;
}

/** How old the board may be when it is asked whether sending is paused. */
const pauseMaxAgeMs = 15 * 60_000;
/** Longer than the messenger's own deadline. */
const sendDeadlineMs = 25_000;
/** Where nobody else can send, a lease ends only with the process. */
const soleLeaseSeconds = 30;
const sendsAtOnce = 16;
const claimsAtOnce = 32;
const mostAttempts = 5;
/** A message that Teams asked us to wait with was surely not delivered: a minute's storm must not use it up. */
const mostThrottled = 60;
/** Retries due within this time, from the last message that was settled, are waited for; later ones wait for the next drain. */
const patienceMs = 15_000;
/** Covers a small difference between our clock and the database's. */
const shortestWaitMs = 50;

const outsideTeams =
  'Outside the council, so Teams does not reach them; sending by e-mail is not set up. Please ask them yourself.';
const noAccount =
  'Their Microsoft 365 account is not known here, so Teams does not reach them. Please ask them yourself.';
const left = 'They have left the board, so it was not sent.';
const neverSpoke = 'Has not opened a chat with Board Assistant, so there is nowhere to send it. Please ask them to.';
const gone = 'No longer among the people of the board.';
const nothingLeft = 'Nothing was left to ask when their turn came.';

type Result = Exclude<keyof Drained, 'paused'>;

export function createDeliver(ports: DeliverPorts): Deliver {
  const { ledger, messenger, conversations, claims, clock, logger } = ports;
  const time = ports.time ?? realTime;
  const pace = ports.pace ?? createPace();
  const worker = randomUUID();

  async function drain(boardId: string): Promise<Drained> {
    const counts: Record<Result, number> = {
      sent: 0,
      failed: 0,
      uncertain: 0,
      unreachable: 0,
      cancelled: 0,
      waiting: 0,
    };
    const views = viewsOf(ports.records, clock, boardId);
    let giveUpAtMs = time.nowMs() + patienceMs;
    const retries = new Map<string, number>();
    let paused = await pausedNow(boardId);
    const held = claims && keepClaims(claims, boardId, worker, logger);
    try {
      await sendAll();
    } finally {
      held?.stop();
    }
    counts.waiting = retries.size;
    logger.info('delivery.drained', { boardId, ...counts, paused: paused !== undefined });
    return paused === undefined ? counts : { ...counts, paused };

    async function sendAll(): Promise<void> {
      for (;;) {
        counts.uncertain += await ledger.settleAbandoned(boardId);
        if (paused !== undefined) return;
        await sendClaimed(
          boardId,
          () => paused === undefined,
          async (entry) => {
            const key = [entry.meetingRef, entry.step, entry.personRef].join('/');
            retries.delete(key);
            // Somebody may pause while the queue is worked off: what is not sent yet goes back.
            paused ??= pausedIn(await ports.records.snapshot(boardId));
            if (paused !== undefined) return putBack(entry, paused);
            const { result, retryAtMs } = await deliverOne(entry, await views(entry.meetingRef));
            if (retryAtMs !== undefined) retries.set(key, retryAtMs);
            else if (result !== undefined) counts[result] += 1;
            if (result !== undefined) giveUpAtMs = time.nowMs() + patienceMs;
          },
        );
        const lapseMs = await claims?.nextLapseMs(boardId, worker);
        const soonestAtMs = Math.min(...retries.values(), lapseMs === undefined ? Infinity : time.nowMs() + lapseMs);
        if (soonestAtMs > giveUpAtMs || time.nowMs() > giveUpAtMs) return;
        await time.wait(Math.max(soonestAtMs - time.nowMs(), shortestWaitMs));
      }
    }
  }

  /** A board at rest is not read for this; one that seems paused is, so that it goes on soon after somebody resumed. */
  async function pausedNow(boardId: string): Promise<string | undefined> {
    const known = pausedIn(await ports.records.snapshot(boardId, pauseMaxAgeMs));
    return known === undefined ? undefined : pausedIn(await ports.records.snapshot(boardId));
  }

  function pausedIn(snapshot: BoardSnapshot): string | undefined {
    const pause = pauseAt(snapshot, clock.now().toISOString());
    return pause && pauseWords(pause, snapshot, calendarOf(resolvePolicy(snapshot.policy).policy));
  }

  async function putBack(entry: LedgerEntry, detail: string): Promise<void> {
    const at = clock.now().toISOString();
    await ledger.record(entry, entry.fence, { state: 'planned', detail, notBefore: at }, at);
  }

  /** Claims while there is something to claim, `sendsAtOnce` under way; the first error stops the claiming. */
  async function sendClaimed(
    boardId: string,
    goOn: () => boolean,
    send: (entry: LedgerEntry) => Promise<void>,
  ): Promise<void> {
    const queue: LedgerEntry[] = [];
    let claiming: Promise<void> | undefined;
    let isDone = false;
    const claim = async (): Promise<void> => {
      const claimed = await ledger.claim(boardId, worker, claimsAtOnce, claims ? leaseSeconds : soleLeaseSeconds);
      isDone ||= claimed.length === 0;
      queue.push(...claimed);
    };
    const run = async (): Promise<void> => {
      for (;;) {
        const entry = queue.shift();
        if (entry !== undefined) await send(entry);
        else if (isDone || !goOn()) return;
        else await (claiming ??= claim().finally(() => (claiming = undefined)));
      }
    };
    const runs = Array.from({ length: sendsAtOnce }, async () =>
      run().catch((error: unknown) => {
        isDone = true;
        queue.length = 0;
        throw error;
      }),
    );
    const refused = (await Promise.allSettled(runs)).find((one) => one.status === 'rejected');
    if (refused !== undefined) throw refused.reason;
  }

  async function deliverOne(
    entry: LedgerEntry,
    view: View,
  ): Promise<{ readonly result?: Result; readonly retryAtMs?: number }> {
    const close = async (result: Result, outcome: LedgerOutcome): Promise<{ readonly result?: Result }> =>
      (await ledger.record(entry, entry.fence, outcome, clock.now().toISOString())) ? { result } : {};
    const unreachable = async (detail: string): Promise<{ readonly result?: Result }> =>
      close('unreachable', { state: 'failed', detail });

    const person = view.person(entry.personRef);
    if (person === undefined) return close('failed', { state: 'failed', detail: gone });
    if (hasLeft(person, view.on)) return close('cancelled', { state: 'cancelled', detail: left });
    const late = view.outOfDate(entry.step);
    if (late !== undefined) return close('cancelled', { state: 'cancelled', detail: late });
    if (!hasSomethingLeft(entry, view)) return close('cancelled', { state: 'cancelled', detail: nothingLeft });
    if (person.external) return unreachable(outsideTeams);
    if (person.entraObjectId === undefined) return unreachable(noAccount);
    const conversation = await conversations.find(person.entraObjectId);
    if (conversation === undefined) return unreachable(neverSpoke);
    const card = buildCard(entry, view);
    if (card === undefined) return close('failed', { state: 'failed', detail: 'The message could not be made.' });

    const departure = await pace.turn(person.entraObjectId);
    // The claim was lost while waiting: whoever holds it now sends.
    if (!(await ledger.sending(entry, entry.fence))) return {};
    const outcome = await withDeadline(messenger.send(conversation, card, departure));
    if (outcome.kind === 'notInstalled') return unreachable(outcome.detail);
    const next = afterSending(outcome, entry.attempts + 1, time.nowMs());
    const closed = await close(next.result, next.outcome);
    if (outcome.kind === 'throttled') await pace.slowDown();
    return next.retryAtMs === undefined ? closed : { ...closed, retryAtMs: next.retryAtMs };
  }

  function buildCard(entry: LedgerEntry, view: View): OutgoingCard | undefined {
    try {
      return ports.cards({
        boardId: entry.boardId,
        subjectRefs: entry.subjectRefs,
        snapshot: view.snapshot,
        assessment: view.assessment,
        personRef: entry.personRef,
        step: entry.step,
      });
    } catch (cause) {
      // A fault of ours with one person's card must not hold up everybody else's.
      logger.error('delivery.cardFailed', { boardId: entry.boardId, personRef: entry.personRef }, cause);
      return undefined;
    }
  }

  async function withDeadline(sending: Promise<SendOutcome>): Promise<SendOutcome> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<SendOutcome>((resolve) => {
      timer = setTimeout(() => resolve({ kind: 'uncertain', detail: 'Teams did not answer in time.' }), sendDeadlineMs);
    });
    return Promise.race([sending, late]).finally(() => clearTimeout(timer));
  }

  return { drain };
}

interface View {
  readonly on: string;
  outOfDate(step: LedgerEntry['step']): string | undefined;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  person(ref: Ref): Person | undefined;
  items(ref: Ref): readonly OwnerItem[];
}

/** One judgement per meeting and drain, shared by all its messages. */
function viewsOf(records: BoardRecords, clock: Clock, boardId: string): (meetingRef: Ref) => Promise<View> {
  const views = new Map<Ref, Promise<View>>();
  const make = async (meetingRef: Ref): Promise<View> => {
    const snapshot = await records.snapshot(boardId);
    const at = clock.now().toISOString();
    const assessment = assess(snapshot, { at, meetingRef });
    const people = new Map(snapshot.people.map((one) => [one.ref, one]));
    return {
      on: assessment.on,
      outOfDate: outOfDateOn(snapshot, assessment, at),
      snapshot,
      assessment,
      person: (ref) => people.get(ref),
      items: itemsByPerson(snapshot, assessment),
    };
  };
  return async (meetingRef) => {
    const view = views.get(meetingRef) ?? make(meetingRef);
    views.set(meetingRef, view);
    return view;
  };
}

/** Of the meeting that the message is for. */
function outOfDateOn(snapshot: BoardSnapshot, assessment: BoardAssessment, at: Instant): View['outOfDate'] {
  const meeting = snapshot.meetings.find((one) => one.ref === assessment.meetingRef);
  if (!meeting) return () => undefined;
  const calendar = calendarOf(assessment.policy);
  const previous = snapshot.meetings.find((one) => one.ref === assessment.previousMeetingRef);
  const plan = planCycle(meeting, previous, calendar, assessment.policy);
  const startsAt = calendar.at(meeting.on, meeting.startsAtTime);
  return (step) => (isNotice(step) ? undefined : outOfDate(step, plan, startsAt, at));
}

function isNotice(step: LedgerEntry['step']): step is NoticeStep {
  return step.startsWith('notice:');
}

/** An item answered, completed or handed over since the planning is not asked for. */
function hasSomethingLeft(entry: LedgerEntry, view: View): boolean {
  if (isNotice(entry.step)) return noticeStands(view.snapshot, entry.step, entry.subjectRefs);
  if (!askingSteps.includes(entry.step)) return true;
  return view
    .items(entry.personRef)
    .some((item) => entry.subjectRefs.includes(item.ref) && (entry.step === 'request' || !item.answered));
}

/** What is recorded for each outcome. Source: docs/reliability.md, delivery. */
function afterSending(
  outcome: Exclude<SendOutcome, { kind: 'notInstalled' }>,
  attempts: number,
  nowMs: number,
): { readonly result: Result; readonly outcome: LedgerOutcome; readonly retryAtMs?: number } {
  const again = (detail: string, afterMs: number, most = mostAttempts): ReturnType<typeof afterSending> => {
    if (attempts >= most)
      return { result: 'failed', outcome: { state: 'failed', detail: `${detail} Tried ${attempts} times.` } };
    const retryAtMs = nowMs + afterMs;
    const notBefore = new Date(retryAtMs).toISOString();
    return { result: 'waiting', retryAtMs, outcome: { state: 'planned', detail, notBefore } };
  };
  switch (outcome.kind) {
    case 'delivered':
      return { result: 'sent', outcome: { state: 'sent', route: 'chat', activityId: outcome.activityId } };
    case 'throttled':
      return again('Teams asked us to wait.', outcome.retryAfterSeconds * 1000, mostThrottled);
    case 'failed':
      return outcome.mayRetry
        ? again(outcome.detail, 1000 * 2 ** (attempts - 1))
        : { result: 'failed', outcome: { state: 'failed', detail: outcome.detail } };
    case 'blocked':
      return { result: 'failed', outcome: { state: 'failed', detail: outcome.detail } };
    case 'uncertain':
      return { result: 'uncertain', outcome: { state: 'uncertain', detail: outcome.detail } };
  }
}
