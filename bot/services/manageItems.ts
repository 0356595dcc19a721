// The secretary's words: adds an action or a risk, hands things over now or on a coming day, lets a person leave.
import { calendarOf } from '../board/cycle';
import { lastHandOver, lastHandOverAt } from '../board/manageBack';
import { decideHandOver, secretaryOnly } from '../board/manageHandOver';
import { decideLeaver } from '../board/manageLeaver';
import { decideNewItem, type NewItem } from '../board/manageNewItem';
import { decideReturn, lastLeaver } from '../board/manageReturn';
import { isSecretary } from '../board/mayAnswer';
import type { ManagedAccepted, ManagedDecision } from '../board/manageDecision';
import type { BoardSnapshot, CivilDate, HandOverMove, Leaving, PlannedHandOver } from '../board/model';
import { resolvePolicy } from '../board/policy';
import type { CarryOut, Decided, ManagedResult } from './carryOut';
import { settingWrites, stampOf, writesOf, type Managing } from './managedWrites';
import type { Actor, BoardRecords, Clock, RecordWrite } from './ports';

interface Asked {
  readonly boardId: string;
  readonly actor: Actor;
  /** One a form shown; with what is asked it names the operation. */
  readonly nonce: string;
}
export interface AddItemRequest extends Asked {
  readonly item: NewItem;
  /** The person confirmed that warned texts identify nobody. */
  readonly confirmedWarnings?: boolean;
}
export interface HandOverRequest extends Asked {
  readonly moves: readonly HandOverMove[];
  /** Today when absent or past. */
  readonly fromOn?: CivilDate;
}
export interface LeaveRequest extends Asked {
  readonly leaving: Leaving;
  /** Things given to others than the one who takes over the rest, or to nobody. */
  readonly named: readonly HandOverMove[];
  /** Successors take over today and not on the day after the last. */
  readonly takeOverNow?: boolean;
}

/** Each throws UpstreamError, ThrottledError: it is finished by resume(), or by the same request again. */
export interface ManageItems {
  addItem(request: AddItemRequest): Promise<ManagedResult>;
  handOver(request: HandOverRequest): Promise<ManagedResult>;
  leave(request: LeaveRequest): Promise<ManagedResult>;
  /** Takes the actor's last hand-over back, or all of the last leaving. */
  takeBack(request: Omit<Asked, 'nonce'>): Promise<ManagedResult>;
  /** Takes back one that is still to come. */
  dropPlanned(request: Omit<Asked, 'nonce'> & { readonly key: string }): Promise<ManagedResult>;
  /** Carries out the hand-overs whose day has come; returns how many. */
  carryOutDue(boardId: string): Promise<number>;
  resume(boardId: string): Promise<number>;
}

/** How old a board may be that is looked at for hand-overs whose day has come. */
const dueMaxAgeMs = 15 * 60_000;

export function createManageItems(ports: {
  readonly records: BoardRecords;
  readonly carryOut: CarryOut;
  readonly clock: Clock;
}): ManageItems {
  const { records, carryOut, clock } = ports;

  function run(
    asked: Asked,
    name: readonly unknown[],
    decide: (managing: Managing, policy: ReturnType<typeof policyOf>) => ManagedDecision | Decided,
    confirmedWarnings = true,
  ): Promise<ManagedResult> {
    const { boardId, actor, nonce } = asked;
    return carryOut.run({
      boardId,
      parts: [boardId, actor.personRef, nonce, ...name],
      decide: (snapshot, at, operationId) => {
        const managing = { boardId, operationId, actor, at, snapshot };
        const decision = decide(managing, policyOf(snapshot));
        if (decision.kind !== 'accepted') return decision;
        return decision.warnings.length > 0 && !confirmedWarnings
          ? { kind: 'confirm', warnings: decision.warnings.map((one) => one.message) }
          : writesOf(managing, decision);
      },
    });
  }

  return {
    addItem: ({ item, confirmedWarnings, ...asked }) =>
      run(
        asked,
        ['add', item],
        ({ snapshot, at, actor }, policy) => decideNewItem({ snapshot, policy, at, byRef: actor.personRef, item }),
        confirmedWarnings === true,
      ),

    handOver: ({ moves, fromOn, ...asked }) =>
      run(asked, ['hand-over', moves, fromOn ?? null], (managing, policy) => {
        const { snapshot, at, actor } = managing;
        const decision = decideHandOver({ snapshot, policy, at, byRef: actor.personRef, moves });
        const calendar = calendarOf(policy);
        if (decision.kind === 'refused' || fromOn === undefined || fromOn <= calendar.on(at)) return decision;
        return plan(managing, decision, { fromOn, moves }, calendar.longDate(fromOn), []);
      }),

    leave: ({ leaving, named, takeOverNow, ...asked }) =>
      run(asked, ['leave', leaving, named, takeOverNow === true], (managing, policy) => {
        const { snapshot, at, actor } = managing;
        const decision = decideLeaver({ snapshot, policy, at, byRef: actor.personRef, leaving, named });
        const calendar = calendarOf(policy);
        if (decision.kind === 'refused' || takeOverNow === true || leaving.lastDayOn < calendar.on(at)) return decision;
        const fromOn = calendar.addDays(leaving.lastDayOn, 1);
        const person = snapshot.people.find((one) => one.ref === leaving.personRef);
        const { personRef: ref, lastDayOn } = leaving;
        const leaves: RecordWrite = {
          kind: 'change',
          record: 'person',
          ref,
          ...stampOf(ref, person?.stamp),
          changes: { leavesOn: lastDayOn },
        };
        return plan(managing, decision, { fromOn, moves: named, leaving }, calendar.longDate(fromOn), [leaves]);
      }),

    takeBack: async ({ boardId, actor }) => {
      const snapshot = await records.refresh(boardId);
      const at = clock.now().toISOString();
      const leaver = lastLeaver(snapshot, actor.personRef, at);
      const handedAt = lastHandOverAt(snapshot, actor.personRef, at);
      // Only the last of all is taken back with a word: said again, it takes back nothing before it.
      if (leaver && (handedAt === undefined || handedAt <= leaver.at)) {
        if (leaver.takenBack) return refusal(nothingToTakeBack, 'key');
        return run({ boardId, actor, nonce: leaver.at }, ['stays', leaver.key], (managing, policy) =>
          takeLeavingBack(managing, leaver.key, policy),
        );
      }
      const last = lastHandOver(snapshot, actor.personRef, at, calendarOf(policyOf(snapshot)).on(at));
      if (!last || last.moves.length === 0) {
        const why = last ? 'It was handed over again since, so there is nothing to take back.' : nothingToTakeBack;
        return isSecretary(snapshot, actor.personRef) ? refusal(why, 'key') : refusal(secretaryOnly);
      }
      // The hand-over itself names it: said twice, it goes back once.
      return run({ boardId, actor, nonce: last.at }, ['take back'], (managing, policy) =>
        decideHandOver({
          snapshot: managing.snapshot,
          policy,
          at: managing.at,
          byRef: actor.personRef,
          moves: last.moves,
        }),
      );
    },

    dropPlanned: ({ boardId, actor, key }) =>
      run({ boardId, actor, nonce: key }, ['drop'], (managing, policy) => drop(managing, key, policy)),

    carryOutDue: async (boardId) => {
      const due = (known: BoardSnapshot) => {
        const on = calendarOf(policyOf(known)).on(clock.now().toISOString());
        return known.running?.planned.filter((one) => one.fromOn <= on) ?? [];
      };
      if (due(await records.snapshot(boardId, dueMaxAgeMs)).length === 0) return 0;
      let done = 0;
      for (const planned of due(await records.refresh(boardId))) {
        // What is refused stays to be seen as a finding, until the secretary takes it back.
        const actor: Actor = { personRef: planned.byRef, route: 'operator command' };
        const result = await run({ boardId, actor, nonce: planned.key }, ['due'], (managing, policy) =>
          carryOutPlanned(managing, planned.key, policy),
        );
        if (result.kind === 'done') done += 1;
      }
      return done;
    },

    resume: (boardId) => carryOut.resume(boardId),
  };
}

const nothingToTakeBack = 'You have handed nothing over in the last seven days.';

function policyOf(snapshot: BoardSnapshot) {
  return resolvePolicy(snapshot.policy).policy;
}

function refusal(message: string, field = 'byRef'): Extract<ManagedResult, { kind: 'refused' }> {
  return { kind: 'refused', issues: [{ field, message }] };
}

/** Kept for its day: decided again then, on what is there then. */
function plan(
  managing: Managing,
  decision: ManagedAccepted,
  what: Pick<PlannedHandOver, 'fromOn' | 'moves' | 'leaving'>,
  fromWords: string,
  more: readonly RecordWrite[],
): Decided {
  const { boardId, operationId, actor, at } = managing;
  const key = `planned@${boardId}/${operationId.slice(-16)}`;
  const value = { state: 'waiting', ...what, byRef: actor.personRef, at };
  return {
    kind: 'write',
    writes: [...more, ...settingWrites(managing, { key, isNew: true }, value, undefined)],
    notices: [],
    receipt: {
      subjectRef: decision.subjectRef,
      words: [`From ${fromWords}:`, ...decision.words],
      findings: decision.findings,
    },
  };
}

function carryOutPlanned(managing: Managing, key: string, policy: ReturnType<typeof policyOf>): Decided {
  const { snapshot, at } = managing;
  const planned = snapshot.running?.planned.find((one) => one.key === key);
  if (!planned) return refusal('It is not planned any more.', 'key');
  const { moves, leaving, byRef } = planned;
  const decision = leaving
    ? decideLeaver({ snapshot, policy, at, byRef, leaving, named: moves })
    : decideHandOver({ snapshot, policy, at, byRef, moves });
  if (decision.kind === 'refused') return decision;
  const writes = writesOf(managing, decision);
  return { ...writes, writes: [...writes.writes, ...settled(managing, planned, 'done')] };
}

function takeLeavingBack(managing: Managing, key: string, policy: ReturnType<typeof policyOf>): Decided {
  const { snapshot, at, actor } = managing;
  const leaver = snapshot.running?.left?.find((one) => one.key === key);
  if (!leaver || leaver.takenBack) return refusal('It was taken back already.', 'key');
  const decision = decideReturn({ snapshot, policy, at, byRef: actor.personRef, leaver });
  if (decision.kind === 'refused') return decision;
  const { stamp, key: _key, ...value } = leaver;
  const row = { key, ...(stamp ? { stamp } : {}) };
  const closed = settingWrites(managing, row, { state: 'taken back', ...value }, { state: 'left', ...value });
  const writes = writesOf(managing, decision);
  return { ...writes, writes: [...writes.writes, ...closed] };
}

function drop(managing: Managing, key: string, policy: ReturnType<typeof policyOf>): Decided {
  const { snapshot, actor } = managing;
  if (!isSecretary(snapshot, actor.personRef)) return refusal(secretaryOnly);
  const planned = snapshot.running?.planned.find((one) => one.key === key);
  if (!planned) return refusal('It is not planned any more: it was carried out or taken back.', 'key');
  const leaver = snapshot.people.find((one) => one.ref === planned.leaving?.personRef);
  const stays: readonly RecordWrite[] = leaver
    ? [
        {
          kind: 'change',
          record: 'person',
          ref: leaver.ref,
          ...stampOf(leaver.ref, leaver.stamp),
          changes: { leavesOn: null },
        },
      ]
    : [];
  const fromOn = calendarOf(policy).longDate(planned.fromOn);
  return {
    kind: 'write',
    writes: [...stays, ...settled(managing, planned, 'taken back')],
    notices: [],
    receipt: {
      subjectRef: leaver?.ref ?? planned.moves[0]?.ref ?? key,
      words: [`What was planned for ${fromOn} is taken back: everything stays with its owner.`],
      findings: [],
    },
  };
}

function settled(managing: Managing, planned: PlannedHandOver, state: 'done' | 'taken back'): readonly RecordWrite[] {
  const { key, stamp, ...value } = planned;
  return settingWrites(
    managing,
    { key, ...(stamp ? { stamp } : {}) },
    { state, ...value },
    { state: 'waiting', ...value },
  );
}
