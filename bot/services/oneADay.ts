// At most one message a person a day over all boards: who had one of another board today. Source: docs/rules.md, the cycle.
import type { Calendar } from '../board/calendar';
import { calendarOf, meetingAt, type CyclePlan } from '../board/cycle';
import type { CycleStepName } from '../board/cycleSteps';
import type { BoardSnapshot, CivilDate, Instant, Person } from '../board/model';
import { countsForTheDay } from '../board/nudges';
import { resolvePolicy } from '../board/policy';
import type { BoardRecords, Ledger, LedgerEntry } from './ports';

/** What can wait a day: its successor says it, or it is still right the next day. The others are due on their day, or lost. */
const canWait: readonly CycleStepName[] = ['request', 'reminder', 'final-reminder', 'briefing', 'arising'];

const arrives: readonly LedgerEntry['state'][] = ['planned', 'claimed', 'sending', 'sent', 'uncertain'];

export interface OneADay {
  /** Whether a person of this board waits until another day with this step. A board that cannot be read holds up nobody. */
  waitsFor(
    boardId: string,
    snapshot: BoardSnapshot,
    plan: CyclePlan,
    step: CycleStepName,
    at: Instant,
  ): Promise<(ref: string) => boolean>;
  /** Whom another board reaches on this day. */
  reachedElsewhere(boardId: string, snapshot: BoardSnapshot, at: Instant): Promise<(ref: string) => boolean>;
}

/** A step that is late goes out no more on the day of its successor, which says it some hours later. */
export function saidLaterToday(plan: CyclePlan, step: CycleStepName, on: CivilDate): boolean {
  const own = plan.steps.findIndex((one) => one.step === step);
  const next = plan.steps.slice(own + 1).find((one) => one.dropped === undefined);
  return canWait.includes(step) && next?.on === on && plan.steps[own]?.on !== on;
}

/** No later step says what these say: on the last day on which they are right they wait no more. */
function isLastDay(plan: CyclePlan, step: CycleStepName, on: CivilDate, calendar: Calendar): boolean {
  const { digestOn, minutesDueOn } = plan.deadlines;
  const nextOn = calendar.addWorkingDays(on, 1);
  return (step === 'briefing' && nextOn >= digestOn) || (step === 'arising' && nextOn > minutesDueOn);
}

const nobody = (): boolean => false;

export function createOneADay(ports: {
  readonly records: Pick<BoardRecords, 'boardIds' | 'snapshot'>;
  readonly ledger: Pick<Ledger, 'entries'>;
}): OneADay {
  const { records, ledger } = ports;

  /** Those of another board to whom a step goes or went on this day, by who they are. */
  async function reachedBy(boardId: string, at: Instant): Promise<readonly string[]> {
    const snapshot = await records.snapshot(boardId);
    const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
    const { meeting, previous } = meetingAt(snapshot, at);
    const people = new Map(snapshot.people.map((one) => [one.ref, one]));
    const found: string[] = [];
    for (const one of [meeting, previous]) {
      const entries = one ? await ledger.entries(boardId, one.ref) : [];
      for (const { step, state, plannedAt, sentAt, personRef } of entries) {
        if (!countsForTheDay(step) || !arrives.includes(state)) continue;
        const who = whoIs(people.get(personRef));
        if (who !== undefined && calendar.on(sentAt ?? plannedAt) === calendar.on(at)) found.push(who);
      }
    }
    return found;
  }

  async function reachedElsewhere(
    boardId: string,
    snapshot: BoardSnapshot,
    at: Instant,
  ): Promise<(ref: string) => boolean> {
    const others = records.boardIds().filter((one) => one !== boardId);
    if (others.length === 0) return nobody;
    const read = await Promise.allSettled(others.map((one) => reachedBy(one, at)));
    const reached = new Set(read.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])));
    if (reached.size === 0) return nobody;
    const people = new Map(snapshot.people.map((one) => [one.ref, whoIs(one)]));
    return (ref) => reached.has(people.get(ref) ?? '');
  }

  return {
    reachedElsewhere,
    waitsFor: async (boardId, snapshot, plan, step, at) => {
      const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
      const waits = canWait.includes(step) && !isLastDay(plan, step, calendar.on(at), calendar);
      return waits ? reachedElsewhere(boardId, snapshot, at) : nobody;
    },
  };
}

/** A person has a row on each board: known by their account, or where there is none by their address. */
function whoIs(person: Person | undefined): string | undefined {
  return person?.entraObjectId ?? person?.email?.toLowerCase();
}
