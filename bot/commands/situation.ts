// What every operator command starts from: the board, the meeting and the moment, each checked in words.
import { z } from 'zod';
import { calendarOf, meetingAt } from '../board/cycle';
import type { BoardSnapshot, Finding, Instant } from '../board/model';
import { resolvePolicy } from '../board/policy';
import type { Config } from '../config';
import { InvalidInputError } from '../errors';
import type { Logger } from '../logger';
import type { CompareFrozen } from '../services/compareFrozen';
import type { CompileLog } from '../services/compileLog';
import type { ConfirmCycle } from '../services/confirmCycle';
import type { Deliver } from '../services/deliver';
import type { FilePack } from '../services/filePack';
import type { ImportPlan } from '../services/importPlan';
import type { InviteBoard } from '../services/inviteBoard';
import type { ManageItems } from '../services/manageItems';
import type { PauseSending } from '../services/pauseSending';
import type { PersonData } from '../services/personData';
import type { BoardRecords, Clock, Ledger } from '../services/ports';
import type { ReleaseLog } from '../services/releaseLog';
import type { ResendMessage } from '../services/resendMessage';
import type { RunCycle } from '../services/runCycle';
import type { SendTest } from '../services/sendTest';
import type { VerifyLog } from '../services/verifyLog';
import type { ViewDelivery } from '../services/viewDelivery';
import type { BoardSite } from '../sharepoint/boardRecords';
import type { Graph } from '../sharepoint/graphClient';
import type { NotificationState } from '../sharepoint/subscriptions';

export interface CommandResult {
  /** 0 done whatever it reports, 1 refused or failed. */
  readonly exitCode: 0 | 1;
  readonly text: string;
  readonly data: unknown;
}

export interface CommandDeps {
  readonly config: Config;
  readonly graph: Graph;
  readonly records: BoardRecords;
  readonly runCycle: RunCycle;
  readonly deliver: Deliver;
  readonly ledger: Ledger;
  readonly viewDelivery: ViewDelivery;
  readonly resendMessage: ResendMessage;
  readonly sendTest: SendTest;
  readonly compileLog: CompileLog;
  readonly releaseLog: ReleaseLog;
  readonly compareFrozen: CompareFrozen;
  readonly filePack: FilePack;
  readonly verifyLog: VerifyLog;
  readonly importPlan: ImportPlan;
  readonly inviteBoard: Pick<InviteBoard, 'view' | 'send'>;
  readonly manageItems: ManageItems;
  readonly pauseSending: PauseSending;
  readonly confirmCycle: ConfirmCycle;
  readonly personData: PersonData;
  /** Whether SharePoint tells of a board's changes. */
  readonly notified: (boardId: string) => NotificationState;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type Run = (args: Readonly<Record<string, unknown>>) => Promise<CommandResult>;

/** Options of every command. */
export const common = { board: z.string().optional(), json: z.boolean().optional() };
export const forMeeting = z.strictObject({ ...common, meeting: z.string().optional() });
export const forMoment = z.strictObject({ ...forMeeting.shape, at: z.string().optional() });
const localMoment = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/;

export function boardOf(deps: CommandDeps, named: string | undefined): string {
  const ids = deps.records.boardIds();
  const only = ids.length === 1 ? ids[0] : undefined;
  const found = named === undefined ? only : ids.find((one) => one === named);
  if (found !== undefined) return found;
  throw new InvalidInputError(
    named === undefined
      ? `Say which board with --board: ${ids.join(', ')}.`
      : `There is no board ${named}. There are: ${ids.join(', ')}.`,
  );
}

interface AskedFor {
  readonly board?: string | undefined;
  readonly meeting?: string | undefined;
  readonly at?: string | undefined;
}

/** The board, the meeting's ref and the moment, each checked in words; the board is read anew. */
export async function situation(deps: CommandDeps, args: AskedFor) {
  const boardId = boardOf(deps, args.board);
  return situationIn(deps, args, boardId, await deps.records.refresh(boardId));
}

/**
 * The same for a command whose use case reads the board anew itself: of a meeting that is named and known what is in
 * memory is enough here. Which meeting is next is asked of SharePoint: it may have been cancelled a moment ago.
 */
export async function situationNamed(deps: CommandDeps, args: AskedFor) {
  const boardId = boardOf(deps, args.board);
  const known = args.meeting === undefined ? undefined : await deps.records.snapshot(boardId);
  const isThere = known?.meetings.some((one) => one.ref === args.meeting) === true;
  return situationIn(deps, args, boardId, known && isThere ? known : await deps.records.refresh(boardId));
}

function situationIn(deps: CommandDeps, args: AskedFor, boardId: string, snapshot: BoardSnapshot) {
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const at = args.at === undefined ? deps.clock.now().toISOString() : momentOf(args.at, calendar.at);
  const { meeting, previous } = meetingAt(snapshot, at, args.meeting);
  if (meeting === undefined) throw new InvalidInputError(noMeeting(snapshot, args.meeting));
  return { boardId, snapshot, calendar, at, meeting, previous };
}

/** The SharePoint site of a board. */
export function siteOf(deps: CommandDeps, boardId: string): BoardSite {
  const site = deps.config.boards.find((one) => one.id === boardId);
  if (site === undefined) throw new InvalidInputError(`There is no site for the board ${boardId}; see BOARD_SITES.`);
  return site;
}

function momentOf(text: string, atLocal: (on: string, time: string) => Instant): Instant {
  const [, on, time] = localMoment.exec(text) ?? [];
  if (on !== undefined && time !== undefined && isMoment(on, time)) return atLocal(on, time);
  if (on === undefined && /(Z|[+-]\d\d:\d\d)$/.test(text)) {
    const at = new Date(text);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
  }
  throw new InvalidInputError(`"${text}" is not a moment. Write it as 2025-01-06T17:30.`);
}

/** False for a day or an hour that there is not: 30 February, 25:00. */
function isMoment(on: string, time: string): boolean {
  const at = new Date(`${on}T${time}Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${on}T${time}`);
}

function noMeeting(snapshot: BoardSnapshot, named: string | undefined): string {
  const refs = snapshot.meetings.map((one) => one.ref).sort();
  const known =
    refs.length === 0
      ? 'The list Meetings is empty: add the meetings there first.'
      : `The board's meetings are ${refs.join(', ')}.`;
  return named === undefined ? `No meeting is planned. ${known}` : `There is no meeting ${named}. ${known}`;
}

export function findingData({ rule, level, ref, text, records }: Finding): Finding {
  return { rule, level, ref, text, records };
}
