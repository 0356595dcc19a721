// A person's seat on a board: who they are there and what is theirs, read and judged afresh for each turn.
import type { BoardAssessment } from '../board/assessment';
import { calendarOf } from '../board/cycle';
import type { BoardSnapshot, Person, Ref } from '../board/model';
import { ownerView } from '../cards/ownerView';
import type { OwnerView } from '../cards/ownerView';
import type { Logger } from '../logger';
import { recognise, viewerOf } from '../services/access';
import type { Viewer } from '../services/access';
import { judge } from '../services/judge';
import type { BoardRecords, Clock } from '../services/ports';
import type { UpdateItem } from '../services/updateItem';
import { staleWords } from '../services/viewBoard';
import type { CallerChannel } from './callerChannel';

/** Who speaks, as Teams says: the Entra object id of the token's sender, never what a card carries. */
export interface Caller {
  readonly entraObjectId: string | undefined;
  /** False in groups and channels, where nobody's drafts are shown. */
  readonly personal: boolean;
  /** The channel of a team in which they speak. */
  readonly channel?: CallerChannel;
}

export interface ChatDeps {
  readonly records: BoardRecords;
  readonly updateItem: UpdateItem;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newNonce: () => string;
}

/** A person on one board, with what the cards need. */
export interface Seat {
  readonly boardId: string;
  readonly person: Person;
  /** What their part allows. */
  readonly viewer: Viewer;
  readonly view: OwnerView;
}

/** The caller's seat on a board; `noBoard`: none that this service looks after. */
export async function seatOn(deps: ChatDeps, boardId: string, caller: Caller): Promise<Seat | 'noBoard' | 'stranger'> {
  if (!deps.records.boardIds().includes(boardId)) return 'noBoard';
  const snapshot = await deps.records.snapshot(boardId);
  const person = caller.entraObjectId === undefined ? undefined : recognise(snapshot, caller.entraObjectId);
  if (!person) return 'stranger';
  return seated(deps, boardId, snapshot, person);
}

/** The boards this person is on. A board that cannot be read hides no other, unless it is the only hope. */
export async function seatsOf(deps: ChatDeps, caller: Caller): Promise<readonly Seat[]> {
  const read = await Promise.allSettled(deps.records.boardIds().map((boardId) => seatOn(deps, boardId, caller)));
  const seats = read.flatMap((one) => (one.status === 'fulfilled' && typeof one.value === 'object' ? [one.value] : []));
  const broken = read.find((one) => one.status === 'rejected');
  if (broken && seats.length === 0) throw broken.reason;
  if (broken) deps.logger.warn('a board could not be read', {}, broken.reason);
  return seats;
}

/** The references that this person may ask for; advisers read what was released alone. */
export function refsOf(seat: Seat): readonly Ref[] {
  if (!seat.viewer.views.includes('actions')) return [];
  const { actions, risks, mitigations, measures } = seat.view.snapshot;
  return [...actions, ...risks, ...mitigations, ...measures].map((one) => one.ref);
}

/** The same seat over what is on the board now. */
export async function freshSeat(deps: ChatDeps, seat: Seat): Promise<Seat> {
  const snapshot = await deps.records.snapshot(seat.boardId);
  const person = snapshot.people.find((one) => one.ref === seat.person.ref) ?? seat.person;
  return seated(deps, seat.boardId, snapshot, person);
}

function seated(deps: ChatDeps, boardId: string, snapshot: BoardSnapshot, person: Person): Seat {
  const assessment = judge(snapshot, deps.clock.now());
  const stale = staleSentence(deps, boardId, snapshot, assessment);
  const view = ownerView({ boardId, snapshot, assessment, personRef: person.ref, ...stale });
  return { boardId, person, viewer: viewerOf(person, assessment.policy), view };
}

/** As the tab says it: from when the board is and why, where SharePoint could not be read again in time. */
function staleSentence(deps: ChatDeps, boardId: string, snapshot: BoardSnapshot, { policy }: BoardAssessment) {
  const { readAt = snapshot.readAt, stale } = deps.records.freshness(boardId);
  return stale && { stale: `As of ${calendarOf(policy).longDateTime(readAt)}. ${staleWords[stale]}` };
}
