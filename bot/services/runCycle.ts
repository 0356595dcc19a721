// Runs a step of a board's cycle: read the board, decide who gets what, write what was asked and what is to be sent.
import { createHash } from 'node:crypto';
import { assess } from '../board/assess';
import type { BoardAssessment } from '../board/assessment';
import { planOf } from '../board/bodyCycle';
import { calendarOf, meetingAt, planCycle, type CyclePlan } from '../board/cycle';
import type { CycleStepName } from '../board/cycleSteps';
import { requestKey } from '../board/manageRequests';
import type { BoardSnapshot, Instant, Meeting, Ref } from '../board/model';
import { itemsByPerson } from '../board/ownerItems';
import { resolvePolicy } from '../board/policy';
import { planReminders, type ReminderMessage, type ReminderPlan } from '../board/reminders';
import { askingSteps } from '../board/timely';
import { NotFoundError, UpstreamError } from '../errors';
import type { Logger } from '../logger';
import { createCycleUpkeep, isNothing, type Upkeep } from './cycleUpkeep';
import { createOneADay, saidLaterToday } from './oneADay';
import type { BoardRecords, Clock, Ledger, RecordWrite } from './ports';

export interface RunCyclePorts {
  readonly records: BoardRecords;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Reminded {
  /** Of the meeting ahead; absent when none is planned. */
  readonly plan?: ReminderPlan;
  /** Messages new in the ledger. */
  readonly planned: number;
  /** Messages that failed before and are tried again. */
  readonly reopened: number;
  /** Requests added to the board's record. */
  readonly requested: number;
  /** Messages new in the ledger about what changed, is to be confirmed, or a review asks for. */
  readonly told: number;
}

export interface RunCycle {
  /** A dry run: who would get what, and why. Throws NotFoundError for an unknown meeting, UpstreamError. */
  plan(boardId: string, meetingRef?: Ref, at?: Instant): Promise<ReminderPlan>;
  /**
   * Puts the latest step that is due into the ledger, one message a person, however often it is called.
   * With no meeting ahead what the last one left is still told. Throws NotFoundError for a meeting named and not there.
   * `retryFailed`: what definitely was not sent is planned again, for a person who asks for it.
   * `maxAgeMs`: a board that is at most so old is looked at first, and read only when something is due on it.
   */
  remind(
    boardId: string,
    meetingRef?: Ref,
    options?: { readonly retryFailed?: boolean; readonly maxAgeMs?: number },
  ): Promise<Reminded>;
}

export function createRunCycle(ports: RunCyclePorts): RunCycle {
  const { records, ledger, clock, logger } = ports;
  const upkeep = createCycleUpkeep(ports);
  const oneADay = createOneADay(ports);

  async function decide(
    snapshot: BoardSnapshot,
    boardId: string,
    at: Instant,
    { meeting, previous }: { readonly meeting: Meeting; readonly previous: Meeting | undefined },
    step?: CycleStepName,
  ): Promise<Decided> {
    const assessment = assess(snapshot, { at, meetingRef: meeting.ref });
    const cycle = planCycle(meeting, previous, calendarOf(assessment.policy), assessment.policy);
    const already = await ledger.entries(boardId, meeting.ref);
    const asked = { snapshot, assessment, plan: cycle, at, already, ...(step === undefined ? {} : { step }) };
    const plan = planReminders(asked);
    const people = new Map(snapshot.people.map((one) => [one.ref, one]));
    const own = (ref: Ref): CyclePlan => planOf(people.get(ref), cycle, snapshot, assessment.policy);
    const due = plan.messages.filter(
      (one) => !one.alreadySent && !saidLaterToday(own(one.personRef), one.step, assessment.on),
    );
    const goes: ReminderMessage[] = [];
    for (const name of new Set(due.map((one) => one.step))) {
      const waits = await oneADay.waitsFor(boardId, snapshot, cycle, name, at);
      goes.push(...due.filter((one) => one.step === name && !waits(one.personRef)));
    }
    return { snapshot, assessment, cycle, plan, due: goes };
  }

  /** All that a board needs now: of the meeting ahead, of the one just held, and beside the steps. */
  async function look(snapshot: BoardSnapshot, boardId: string, at: Instant, named?: Ref): Promise<Needed> {
    const { meeting, previous } = meetingAt(snapshot, at, named);
    const ahead = meeting && (await decide(snapshot, boardId, at, { meeting, previous }));
    const held = justHeld(snapshot, at);
    const arising = held && (await decide(snapshot, boardId, at, held, 'arising'));
    const beside = await upkeep.due(snapshot, boardId, at, ahead);
    return { snapshot, ahead, arising, beside };
  }

  /** Puts the messages that are due into the ledger, and what they ask on the record. */
  async function planStep(
    boardId: string,
    decided: Decided | undefined,
    at: Instant,
    retryFailed: boolean,
  ): Promise<Omit<Reminded, 'plan' | 'told'>> {
    if (decided === undefined || decided.due.length === 0) return { planned: 0, reopened: 0, requested: 0 };
    const { due, plan } = decided;
    const { meetingRef } = plan;
    const asking = due.filter((one) => askingSteps.includes(one.step));
    const requests = missingRequests(decided, asking, at);
    if (requests.length > 0) await writeRequests(boardId, requests);
    const drafts = due.map(({ step, personRef, subjectRefs }) => ({
      boardId,
      meetingRef,
      step,
      personRef,
      subjectRefs,
    }));
    const planned = await ledger.plan(drafts, at);
    const reopened = retryFailed ? await ledger.reopen(drafts, at) : [];
    const counts = { planned: planned.length, reopened: reopened.length, requested: requests.length };
    const steps = [...new Set(due.map((one) => one.step))].join(' ');
    logger.info('cycle.planned', { boardId, meetingRef, step: steps, ...counts });
    return counts;
  }

  return {
    async plan(boardId, meetingRef, at = clock.now().toISOString()) {
      const snapshot = await records.refresh(boardId);
      const { meeting, previous } = meetingAt(snapshot, at, meetingRef);
      if (meeting === undefined) throw new NotFoundError('meeting', meetingRef ?? 'to prepare for');
      return (await decide(snapshot, boardId, at, { meeting, previous })).plan;
    },

    async remind(boardId, meetingRef, options = {}) {
      const at = clock.now().toISOString();
      if (options.maxAgeMs !== undefined) {
        const known = await look(await records.snapshot(boardId, options.maxAgeMs), boardId, at, meetingRef);
        if (isIdle(known)) return { ...planIn(known, meetingRef), planned: 0, reopened: 0, requested: 0, told: 0 };
      }
      let needed = await look(await records.refresh(boardId), boardId, at, meetingRef);
      const told = await upkeep.carryOut(needed.snapshot, boardId, needed.beside, at);
      // Who is asked depends on whose the requests are now.
      if (!isNothing(needed.beside)) needed = await look(await records.snapshot(boardId), boardId, at, meetingRef);
      const retryFailed = options.retryFailed === true;
      const after = await planStep(boardId, needed.arising, at, retryFailed);
      const plan = planIn(needed, meetingRef);
      const counts = await planStep(boardId, needed.ahead, at, retryFailed);
      return {
        ...plan,
        planned: counts.planned + after.planned,
        reopened: counts.reopened + after.reopened,
        requested: counts.requested,
        told,
      };
    },
  };

  async function writeRequests(boardId: string, writes: readonly AddRequest[]): Promise<void> {
    const keys = writes.map((one) => one.operationKey).sort();
    const digest = createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 32);
    const outcome = await records.write({ boardId, operationId: `requests:${digest}`, writes });
    if (outcome.kind === 'conflict')
      throw new UpstreamError('SharePoint', `The requests could not be added: ${outcome.ref} stands in the way.`);
  }
}

function isIdle({ ahead, arising, beside }: Needed): boolean {
  const waiting = [ahead, arising].flatMap((one) => one?.due ?? []);
  return waiting.length === 0 && isNothing(beside);
}

function planIn({ ahead }: Needed, named: Ref | undefined): Pick<Reminded, 'plan'> {
  if (ahead !== undefined) return { plan: ahead.plan };
  if (named !== undefined) throw new NotFoundError('meeting', named);
  return {};
}

/** The meeting whose decisions go to their owners: the last that ended, until its minutes are due. */
function justHeld(
  snapshot: BoardSnapshot,
  at: Instant,
): { readonly meeting: Meeting; readonly previous: Meeting | undefined } | undefined {
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const on = calendar.on(at);
  const ended = snapshot.meetings
    .filter((one) => one.state !== 'cancelled' && calendar.at(one.on, one.endsAtTime) <= at)
    .sort((a, b) => (a.on < b.on ? 1 : -1));
  const [meeting, previous] = ended;
  if (meeting === undefined) return undefined;
  const untilOn = meeting.minutesDueOn ?? calendar.addWorkingDays(meeting.on, policy.minutesWorkingDaysAfter);
  return on <= untilOn ? { meeting, previous } : undefined;
}

interface Needed {
  readonly snapshot: BoardSnapshot;
  readonly ahead: Decided | undefined;
  readonly arising: Decided | undefined;
  readonly beside: Upkeep;
}

interface Decided {
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly cycle: CyclePlan;
  readonly plan: ReminderPlan;
  /** Of its messages those that go out now: neither sent before, nor waiting for another day. */
  readonly due: readonly ReminderMessage[];
}

type AddRequest = RecordWrite & { readonly kind: 'add' };

/** A row for each thing asked now and not on the record for this meeting: once a subject, of its owner. */
function missingRequests(decided: Decided, due: readonly ReminderMessage[], at: Instant): readonly AddRequest[] {
  const { snapshot, assessment, cycle } = decided;
  const { meetingRef } = cycle;
  const known = new Set(
    snapshot.requests.filter((one) => one.meetingRef === meetingRef).map((one) => `${one.subjectRef}/${one.ownerRef}`),
  );
  const itemsOf = itemsByPerson(snapshot, assessment);
  const people = new Map(snapshot.people.map((one) => [one.ref, one]));
  const writes = new Map<string, AddRequest>();
  for (const message of due)
    for (const item of itemsOf(message.personRef)) {
      const key = `${item.ref}/${item.ownerRef}`;
      if (!message.subjectRefs.includes(item.ref) || known.has(key) || writes.has(key)) continue;
      writes.set(key, {
        kind: 'add',
        record: 'request',
        operationKey: requestKey(meetingRef, item.ref, item.ownerRef),
        values: {
          meetingRef,
          subjectKind: item.kind,
          subjectRef: item.ref,
          ownerRef: item.ownerRef,
          requestedOn: calendarOf(assessment.policy).on(at),
          dueOn: planOf(people.get(item.ownerRef), cycle, snapshot, assessment.policy).deadlines.ownersDeadlineOn,
          state: 'open',
          noChange: false,
          ...(message.route === 'none' ? {} : { route: message.route === 'chat' ? 'chat card' : 'e-mail' }),
        },
      });
    }
  return [...writes.values()];
}
