// Did they get it? Each message of a meeting with what became of it: all of it for secretary and chair, their own for owners.
import { calendarOf, meetingAt } from '../board/cycle';
import { pauseAt, pauseWords } from '../board/managePause';
import type { BoardSnapshot, Person, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { NotAuthorisedError, NotFoundError } from '../errors';
import { viewerOf } from './access';
import { deliverySteps, type DeliveryStep } from './deliveryLines';
import type { BoardRecords, Clock, Ledger } from './ports';

export interface Delivery {
  readonly meetingRef: Ref;
  readonly meetingWords: string;
  readonly steps: readonly DeliveryStep[];
  /** Whom the last message for the meeting that concerns them did not reach, and why. */
  readonly notReached: readonly { readonly personRef: Ref; readonly name: string; readonly why: string }[];
  /** Nothing goes out: since when, by whom, why. */
  readonly paused?: string;
  /** False: only the reader's own lines. */
  readonly isWhole: boolean;
  /** The reader may have messages sent again. */
  readonly mayResend: boolean;
}

export interface ViewDelivery {
  /** As one person may see it. Throws NotAuthorisedError for advisers, NotFoundError, UpstreamError. */
  forPerson(boardId: string, personRef: Ref, meetingRef?: Ref): Promise<Delivery>;
  /** All of it, for the operator. Throws NotFoundError, UpstreamError. */
  whole(boardId: string, meetingRef?: Ref): Promise<Delivery>;
}

export function createViewDelivery(ports: {
  readonly records: BoardRecords;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly clock: Clock;
}): ViewDelivery {
  const { records, ledger, clock } = ports;

  async function show(boardId: string, snapshot: BoardSnapshot, meetingRef?: Ref, only?: Person): Promise<Delivery> {
    const at = clock.now().toISOString();
    const { meeting } = meetingAt(snapshot, at, meetingRef);
    if (meeting === undefined) throw new NotFoundError('meeting', meetingRef ?? 'to prepare for');
    const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
    const entries = await ledger.entries(boardId, meeting.ref);
    const steps = deliverySteps(only ? entries.filter((one) => one.personRef === only.ref) : entries, snapshot, at);
    const pause = pauseAt(snapshot, at);
    return {
      meetingRef: meeting.ref,
      meetingWords: calendar.longDate(meeting.on),
      steps,
      notReached: notReached(steps),
      ...(pause ? { paused: pauseWords(pause, snapshot, calendar) } : {}),
      isWhole: only === undefined,
      mayResend: false,
    };
  }

  return {
    async forPerson(boardId, personRef, meetingRef) {
      const snapshot = await records.snapshot(boardId);
      const person = snapshot.people.find((one) => one.ref === personRef);
      if (!person) throw new NotFoundError('person', personRef);
      const { role } = viewerOf(person, resolvePolicy(snapshot.policy).policy);
      if (role === 'adviser')
        throw new NotAuthorisedError('Who got which message is for the board’s own people.', 'notAllowed');
      const seesAll = role === 'secretary' || role === 'chair';
      const delivery = await show(boardId, snapshot, meetingRef, seesAll ? undefined : person);
      return { ...delivery, mayResend: role === 'secretary' };
    },
    async whole(boardId, meetingRef) {
      return { ...(await show(boardId, await records.refresh(boardId), meetingRef)), mayResend: true };
    },
  };
}

/** By the newest message of each person: a later one that arrived makes good an earlier one. */
function notReached(steps: readonly DeliveryStep[]): Delivery['notReached'] {
  const newest = new Map(
    steps
      .flatMap((one) => one.lines)
      .filter((one) => one.state !== 'cancelled')
      .sort((a, b) => (a.plannedAt < b.plannedAt ? -1 : 1))
      .map((one) => [one.personRef, one]),
  );
  return [...newest.values()]
    .filter((one) => one.state === 'failed' || one.state === 'uncertain')
    .map(({ personRef, name, words }) => ({ personRef, name, why: words }))
    .sort((a, b) => (a.personRef < b.personRef ? -1 : 1));
}
