// What a cycle needs beside its steps: those concerned told of changes, the secretary asked, reviews on track, gaps on record.
import { createHash } from 'node:crypto';
import { channelNews } from '../board/channelNews';
import { calendarOf, type CyclePlan } from '../board/cycle';
import { cycleChanges, type CycleChanges, type CycleNotice } from '../board/cycleChanges';
import { cycleRowOf, newlyUnsent, withUnsent } from '../board/cycleRow';
import type { ChannelRow, KnownMeeting, SecretaryNote, UnsentStep } from '../board/manageModel';
import type { BoardSnapshot, Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { channelRef } from '../board/recipients';
import type { ReminderPlan } from '../board/reminders';
import { reviewNotice, reviewStepsDue } from '../board/reviewTrack';
import { newsDue } from '../board/secretaryNews';
import { outsideHours } from '../board/sendingHours';
import { UpstreamError } from '../errors';
import { stampOf } from './managedWrites';
import { newsOperation, newsWrite } from './tellSecretary';
import type { BoardRecords, Ledger, LedgerDraft, NoticeStep, RecordWrite } from './ports';

/** What is to be done for a board at a moment; nothing of it is left once it was carried out. */
export interface Upkeep {
  readonly changes: CycleChanges;
  /** Messages that are not in the ledger yet. */
  readonly drafts: readonly LedgerDraft[];
  /** The steps to put on record, and the meeting whose they are. */
  readonly unsent: readonly UnsentStep[];
  readonly meetingRef?: Ref;
  /** What the secretary is told from now on, to be kept before the notice of it is planned. */
  readonly notes?: readonly SecretaryNote[];
  /** The meetings as the board's channel knows them from now on, to be kept after what it is told of is planned. */
  readonly meetings?: readonly KnownMeeting[];
}

export interface CycleUpkeep {
  /** `step`: the plan of the cycle and of its messages now; absent without a meeting ahead. */
  due(
    snapshot: BoardSnapshot,
    boardId: string,
    at: Instant,
    step?: { readonly cycle: CyclePlan; readonly plan: ReminderPlan },
  ): Promise<Upkeep>;
  /** Returns how many messages are new. Throws UpstreamError; what is left is done by the next one. */
  carryOut(snapshot: BoardSnapshot, boardId: string, upkeep: Upkeep, at: Instant): Promise<number>;
}

export function isNothing({ changes, drafts, unsent, notes, meetings }: Upkeep): boolean {
  return (
    notes === undefined &&
    meetings === undefined &&
    changes.notices.length + changes.changes.length + changes.additions.length + drafts.length + unsent.length === 0
  );
}

export function createCycleUpkeep(ports: { readonly records: BoardRecords; readonly ledger: Ledger }): CycleUpkeep {
  const { records, ledger } = ports;

  /** Those that the ledger does not hold; it is asked only when there is something to look for. */
  async function unplanned(boardId: string, drafts: readonly LedgerDraft[]): Promise<readonly LedgerDraft[]> {
    const found: LedgerDraft[] = [];
    for (const meetingRef of new Set(drafts.map((one) => one.meetingRef))) {
      const known = new Set((await ledger.entries(boardId, meetingRef)).map((one) => `${one.step}/${one.personRef}`));
      found.push(
        ...drafts.filter((one) => one.meetingRef === meetingRef && !known.has(`${one.step}/${one.personRef}`)),
      );
    }
    return found;
  }

  async function write(boardId: string, operationId: string, writes: readonly RecordWrite[]): Promise<void> {
    if (writes.length === 0) return;
    const outcome = await records.write({ boardId, operationId, writes });
    if (outcome.kind === 'conflict')
      throw new UpstreamError('SharePoint', `The cycle could not be kept: ${outcome.ref} stands in the way.`);
  }

  return {
    async due(snapshot, boardId, at, step) {
      const { policy } = resolvePolicy(snapshot.policy);
      const calendar = calendarOf(policy);
      const unsent = step ? unsentOf(snapshot, step.cycle, step.plan, at) : [];
      const kept = { unsent, ...(step ? { meetingRef: step.cycle.meetingRef } : {}) };
      if (outsideHours(at, calendar, policy) !== undefined)
        return { ...kept, changes: { notices: [], changes: [], additions: [] }, drafts: [] };
      const news = newsDue(snapshot, calendar.on(at), calendar.daysBetween);
      const channel = channelNews(snapshot, calendar.on(at), calendar);
      const drafts = [
        ...(news.notice ? toSecretary(snapshot, boardId, news.notice.meetingRef, news.notice.step) : []),
        ...(step?.plan.held === undefined ? [] : toConfirm(snapshot, boardId, step.cycle.meetingRef, step.plan.held)),
        ...ofReviews(snapshot, boardId, at),
        ...channel.notices.map((one) => ({
          boardId,
          ...one,
          personRef: channelRef,
          subjectRefs: [one.meetingRef],
        })),
      ];
      return {
        ...kept,
        ...(news.notes ? { notes: news.notes } : {}),
        ...(channel.meetings ? { meetings: channel.meetings } : {}),
        changes: cycleChanges(snapshot, policy, at),
        drafts: await unplanned(boardId, drafts),
      };
    },

    async carryOut(snapshot, boardId, upkeep, at) {
      const { changes, meetingRef, unsent, notes, meetings } = upkeep;
      // Which day tells them stands before the notice: what comes later that day is told the next.
      if (notes !== undefined) {
        const row = newsWrite(snapshot, boardId, notes);
        await write(boardId, newsOperation(row), [row]);
      }
      // First into the ledger: once the records are written, nothing shows any more that somebody is to be told.
      const drafts = [...upkeep.drafts, ...changes.notices.map((one) => draftOf(boardId, one))];
      const told = await ledger.plan(drafts, at);
      const known = snapshot.running?.channel;
      if (meetings !== undefined && known !== undefined) {
        const row = channelWrite(known, meetings);
        await write(boardId, `channel:${digest(JSON.stringify(row))}`, [row]);
      }
      const writes = requestWrites(changes);
      await write(boardId, `cycle:${digest(JSON.stringify(writes))}`, writes);
      if (meetingRef !== undefined && unsent.length > 0) {
        const row = unsentWrite(snapshot, boardId, meetingRef, unsent);
        await write(boardId, `unsent:${digest(JSON.stringify(row))}`, [row]);
      }
      return told.length;
    },
  };
}

function channelWrite({ key, stamp, channel }: ChannelRow, meetings: readonly KnownMeeting[]): RecordWrite {
  const json = JSON.stringify({ ...(channel ? { channel } : {}), meetings });
  return { kind: 'change', record: 'setting', ref: key, ...stampOf(key, stamp), changes: { json } };
}

/** Steps to put on record: of the board's plan, and of the plans of bodies with quiet days of their own. */
function unsentOf(
  snapshot: BoardSnapshot,
  cycle: CyclePlan,
  { step, messages, missed, ofBodies = [] }: ReminderPlan,
  at: Instant,
): readonly UnsentStep[] {
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const toNobody = step === undefined || messages.some((one) => one.step === step) ? {} : { toNobody: step };
  return [
    ...newlyUnsent({ snapshot, plan: cycle, missed, ...toNobody, at, calendar }),
    ...ofBodies.flatMap((one) => newlyUnsent({ snapshot, ...one, at, calendar })),
  ];
}

/** Every secretary is asked when a step waits for the plan to be confirmed: once for each such step. */
function toConfirm(snapshot: BoardSnapshot, boardId: string, meetingRef: Ref, held: string): readonly LedgerDraft[] {
  return toSecretary(snapshot, boardId, meetingRef, `notice:confirm:${held}`);
}

function toSecretary(
  snapshot: BoardSnapshot,
  boardId: string,
  meetingRef: Ref,
  step: NoticeStep,
): readonly LedgerDraft[] {
  return snapshot.people
    .filter((one) => one.boardRole === 'secretary')
    .map((one) => ({ boardId, meetingRef, step, personRef: one.ref, subjectRefs: [meetingRef] }));
}

/** Kept under the review: its steps may stand between two meetings. */
function ofReviews(snapshot: BoardSnapshot, boardId: string, at: Instant): readonly LedgerDraft[] {
  return reviewStepsDue(snapshot, resolvePolicy(snapshot.policy).policy, at).flatMap((one) =>
    one.personRefs.map((personRef) => ({
      boardId,
      meetingRef: one.reviewRef,
      step: reviewNotice(one),
      personRef,
      subjectRefs: [one.reviewRef],
    })),
  );
}

function draftOf(boardId: string, { meetingRef, change, personRef, subjectRefs }: CycleNotice): LedgerDraft {
  const [kind, what] = change;
  return { boardId, meetingRef, step: `notice:${kind}:${digest(what)}`, personRef, subjectRefs };
}

function requestWrites({ changes, additions }: CycleChanges): readonly RecordWrite[] {
  return [
    ...changes.map(({ record, ref, stamp, changes: fields }): RecordWrite => {
      return { kind: 'change', record, ref, ...stampOf(ref, stamp), changes: fields };
    }),
    ...additions.map(({ record, operationKey, values }): RecordWrite => {
      return { kind: 'add', record, operationKey: operationKey ?? digest(JSON.stringify(values)), values };
    }),
  ];
}

function unsentWrite(
  snapshot: BoardSnapshot,
  boardId: string,
  meetingRef: Ref,
  unsent: readonly UnsentStep[],
): RecordWrite {
  const row = cycleRowOf(snapshot, meetingRef);
  const key = cycleKey(boardId, meetingRef);
  const json = JSON.stringify(withUnsent(row, meetingRef, unsent));
  return row
    ? { kind: 'change', record: 'setting', ref: key, ...stampOf(key, row.stamp), changes: { json } }
    : { kind: 'add', record: 'setting', operationKey: key, values: { key, json } };
}

/** The key of the row of Settings about the cycle of a meeting. */
export function cycleKey(boardId: string, meetingRef: Ref): string {
  return `cycle@${boardId}/${meetingRef}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
