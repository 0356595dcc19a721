// Makes the action and impact log of a meeting: a draft to look at, or frozen: filed as document, workbook and JSON.
// Longer than most: draft, freeze and correction are one path that differs at its end.
import { assess } from '../board/assess';
import { canonicalJson } from '../board/canonical';
import { clauses } from '../board/clauses';
import { calendarOf, meetingAt } from '../board/cycle';
import { diffLogs, type LogDiff } from '../board/diff';
import { compareLogs, type LogComparison } from '../board/diffWords';
import { compileLog, notRecorded, rebuildLog, type ActionImpactLog, type CompiledLog } from '../board/log';
import { checkLogTexts, type LogPrivacyFinding } from '../board/logPrivacy';
import { latestLogOf, loggedValues } from '../board/loggedRows';
import type { BoardSnapshot, CivilDate, Instant, LoggedRow, LogKind, Meeting, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { privacyWords } from '../board/privacy';
import { ConflictError, InvalidInputError, NotFoundError } from '../errors';
import type { Logger } from '../logger';
import type { PaperFacts } from '../papers/logWords';
import { endings, findFrozen, paperName, readFrozen, sha256, shortCodeOf, type Frozen } from './frozenLogs';
import type { BoardRecords, Clock, FiledPaper, Library, RecordWrite } from './ports';

/** Makes the papers of a log; the bytes may differ from run to run, the hash they carry does not. */
export interface PaperRenderer {
  document(log: CompiledLog, facts: PaperFacts): Promise<Uint8Array>;
  workbook(log: CompiledLog, facts: PaperFacts): Promise<Uint8Array>;
  /** The action rows for machines, RFC 4180. */
  csv(log: CompiledLog, facts: PaperFacts): Uint8Array;
}

export interface CompileRequest {
  readonly boardId: string;
  readonly meetingRef: Ref;
  readonly kind: LogKind;
  /** Judged as of this moment; now when absent. */
  readonly at?: Instant;
}

export interface FreezeRequest extends CompileRequest {
  /** The code of the frozen log that this one is meant to correct: "B09-before, 4F2A" or "4F2A". */
  readonly corrects?: string;
  /** Why it is corrected. */
  readonly reason?: string;
  /** Who looked at the draft and releases it. */
  readonly releasedBy?: { readonly byRef: Ref; readonly by: string };
  /** The hash of the draft that was looked at: no other content is frozen. */
  readonly seenHash?: string;
}

/** A draft with what freezing it would do. */
export interface FreezePreview extends DraftLog {
  /** The log that would be frozen; with the same content it is the one that is. */
  readonly frozen: { readonly hash: string; readonly shortCode: string };
  /** The names of the papers in the meeting's folder. */
  readonly fileNames: readonly string[];
  /** How many rows the list ActionImpactLog gets. */
  readonly rows: number;
  readonly alreadyFrozen: boolean;
  /** The frozen log that it would correct. */
  readonly corrects?: { readonly shortCode: string; readonly comparison: LogComparison };
}

export interface DraftLog {
  readonly log: CompiledLog;
  /** SHA-256 of the log's canonical JSON (RFC 8785). */
  readonly hash: string;
  /** "B09-before, 4F2A": what a chair can read out. */
  readonly shortCode: string;
  /** Against the frozen log before it. */
  readonly diff?: LogDiff;
  readonly previousShortCode?: string;
  /** Texts that seem to hold personal data: where and of what kind, never the text. */
  readonly privacyFindings: readonly LogPrivacyFinding[];
}

export interface FrozenLog extends DraftLog {
  readonly papers: readonly FiledPaper[];
  /** The same content was frozen before: nothing new was filed. */
  readonly alreadyFrozen: boolean;
}

export interface CompileLog {
  /** Throws NotFoundError for an unknown meeting, UpstreamError. */
  draft(request: CompileRequest): Promise<DraftLog>;
  /** What `freeze` would do with the same request; files nothing. Throws as `draft`. */
  preview(request: FreezeRequest): Promise<FreezePreview>;
  /**
   * Throws InvalidInputError when a text holds an identifier of a child or `corrects` names another log than the last;
   * ConflictError when the draft is not the one that was seen; NotFoundError, UpstreamError.
   */
  freeze(request: FreezeRequest): Promise<FrozenLog>;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const excelType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function createCompileLog(ports: {
  readonly records: BoardRecords;
  readonly library: Library;
  readonly papers: PaperRenderer;
  readonly clock: Clock;
  readonly logger: Logger;
}): CompileLog {
  const { records, library, papers, clock, logger } = ports;

  async function compile(request: CompileRequest): Promise<Compiled> {
    const { boardId, meetingRef, kind } = request;
    const snapshot = await records.refresh(boardId);
    const at = request.at ?? clock.now().toISOString();
    const { meeting } = meetingAt(snapshot, at, meetingRef);
    if (!meeting) throw new NotFoundError('meeting', meetingRef);
    const assessment = assess(snapshot, { at, meetingRef });
    const previous = await findPrevious(snapshot, boardId, meeting, kind);
    const log: CompiledLog = {
      ...compileLog({ snapshot, assessment, kind, meetingRef, ...(previous ? { previous: previous.log } : {}) }),
      clauses: clauses(withoutRowsOf(snapshot, request), assessment).map((one) => ({ key: one.clause, ...one })),
    };
    return { snapshot, previous, draft: draftOf(log, previous) };
  }

  /** The last frozen log before this one: its filed JSON, else what its rows record. */
  async function findPrevious(
    snapshot: BoardSnapshot,
    boardId: string,
    meeting: Meeting,
    kind: LogKind,
  ): Promise<Frozen | undefined> {
    for (const candidate of logsBefore(snapshot, meeting, kind)) {
      const rebuilt = rebuildLog(snapshot, candidate.meetingRef, candidate.kind);
      const hash = latestLogOf(snapshot.loggedRows, candidate.meetingRef, candidate.kind)?.hash;
      if (!rebuilt || hash === undefined) continue;
      const name = paperName(candidate.meetingRef, candidate.kind, hash);
      const filed = await library.read(boardId, candidate.meetingRef, `${name}.json`);
      const log = filed && readFrozen(filed, hash);
      if (filed && !log) logger.warn('frozen log does not fit its hash', { boardId, meetingRef: candidate.meetingRef });
      return { log: log ?? rebuilt, hash };
    }
    return undefined;
  }

  async function fileAll(request: CompileRequest, frozen: DraftLog): Promise<readonly FiledPaper[]> {
    const { boardId, meetingRef, kind } = request;
    const name = paperName(meetingRef, kind, frozen.hash);
    const facts: PaperFacts = { shortCode: frozen.shortCode, hash: frozen.hash, state: 'frozen' };
    const file = (ending: string, content: Uint8Array, type: string): Promise<FiledPaper> =>
      library.file(boardId, meetingRef, `${name}.${ending}`, content, type);
    return [
      await file('docx', await papers.document(frozen.log, facts), wordType),
      await file('xlsx', await papers.workbook(frozen.log, facts), excelType),
      await file('csv', papers.csv(frozen.log, facts), 'text/csv'),
      // Last: where the JSON is, the papers are.
      await file('json', new TextEncoder().encode(canonicalJson(frozen.log)), 'application/json'),
    ];
  }

  async function addRows(request: CompileRequest, snapshot: BoardSnapshot, frozen: DraftLog): Promise<void> {
    const { boardId } = request;
    const frozenOn = calendarOf(resolvePolicy(snapshot.policy).policy).on(clock.now().toISOString());
    const rows = rowsToAdd(snapshot, frozen, frozenOn);
    if (rows.length === 0) return;
    const writes = rows.map((values): RecordWrite => ({
      kind: 'add',
      record: 'loggedRow',
      operationKey: `log/${frozen.hash}/${values.subjectKind}/${values.subjectRef}`,
      values: { ...values },
    }));
    const outcome = await records.write({ boardId, operationId: `log-${frozen.hash.slice(0, 40)}`, writes });
    if (outcome.kind === 'conflict')
      throw new ConflictError(outcome.ref, 'The rows of the log could not be added; freeze it again.');
  }

  /** The log as it would be frozen: the same as is frozen, a correction of it, or a first one. */
  async function prepare(request: FreezeRequest) {
    const compiled = await compile(request);
    const { draft, previous } = compiled;
    if (request.seenHash !== undefined && request.seenHash !== draft.hash)
      throw new ConflictError(request.meetingRef, 'The board moved since the draft was looked at: nothing was frozen.');
    const last = (await findFrozen({ library, logger }, request)).at(-1);
    const same = last && contentOf(last.log) === contentOf(draft.log) ? last : undefined;
    const frozen = draftOf(asFrozen(draft.log, same, last, request), previous);
    return { ...compiled, last, same, frozen };
  }

  return {
    draft: async (request) => (await compile(request)).draft,
    preview: async (request) => {
      const { snapshot, draft, frozen, last, same } = await prepare(request);
      const name = paperName(request.meetingRef, request.kind, frozen.hash);
      const { longDate } = calendarOf(resolvePolicy(snapshot.policy).policy);
      return {
        ...draft,
        privacyFindings: frozen.privacyFindings,
        frozen: { hash: frozen.hash, shortCode: frozen.shortCode },
        fileNames: same ? [] : endings.map((ending) => `${name}.${ending}`),
        rows: rowsToAdd(snapshot, frozen, draft.log.judgedOn).length,
        alreadyFrozen: same !== undefined,
        ...(last && !same
          ? { corrects: { shortCode: codeOf(last), comparison: compareLogs(last.log, draft.log, longDate) } }
          : {}),
      };
    },
    freeze: async (request) => {
      const { boardId, meetingRef, kind } = request;
      const { snapshot, frozen, last, same } = await prepare(request);
      refuseIdentifiers(frozen.privacyFindings);
      if (!same) refuseOtherCorrection(request, last);
      const papersOf = paperName(meetingRef, kind, frozen.hash);
      const filed = same
        ? (await library.list(boardId, meetingRef)).filter((one) => one.name.startsWith(papersOf))
        : await fileAll(request, frozen);
      await addRows(request, snapshot, frozen);
      logger.info(same ? 'log already frozen' : 'log frozen', { boardId, meetingRef, hash: frozen.hash });
      return { ...frozen, papers: filed, alreadyFrozen: same !== undefined };
    },
  };
}

interface Compiled {
  readonly snapshot: BoardSnapshot;
  readonly previous: Frozen | undefined;
  readonly draft: DraftLog;
}

function draftOf(log: CompiledLog, previous: Frozen | undefined): DraftLog {
  const hash = sha256(canonicalJson(log));
  return {
    log,
    hash,
    shortCode: shortCodeOf(log.meetingRef, log.kind, hash),
    ...(previous
      ? {
          diff: diffLogs(previous.log, log),
          previousShortCode: shortCodeOf(previous.log.meetingRef, previous.log.kind, previous.hash),
        }
      : {}),
    privacyFindings: checkLogTexts(log),
  };
}

/** A log is no proof of itself: else freezing it would change what it says. */
function withoutRowsOf(snapshot: BoardSnapshot, { meetingRef, kind }: CompileRequest): BoardSnapshot {
  const others = snapshot.loggedRows.filter((one) => one.meetingRef !== meetingRef || one.kind !== kind);
  return { ...snapshot, loggedRows: others };
}

/** The rows of a log; none when all are in the list, all of them after a crash between: adding one again adds nothing. */
function rowsToAdd(snapshot: BoardSnapshot, frozen: DraftLog, frozenOn: CivilDate): readonly LoggedRow[] {
  const rows = loggedValues(frozen.log, frozen.hash, frozenOn);
  const there = snapshot.loggedRows.filter((one) => one.logHash === frozen.hash).length;
  return there >= rows.length ? [] : rows;
}

function codeOf({ log, hash }: Frozen): string {
  return shortCodeOf(log.meetingRef, log.kind, hash);
}

/** Nothing but the moment, what it corrects and who released it may differ between two logs of the same content. */
function contentOf(log: ActionImpactLog): string {
  const { judgedAt: _moment, corrects: _old, released: _by, ...content } = log;
  return canonicalJson(content);
}

/** The same content as it was frozen, or a correction of what is frozen, or a first log. */
function asFrozen(
  log: CompiledLog,
  same: Frozen | undefined,
  last: Frozen | undefined,
  { reason, releasedBy }: FreezeRequest,
): CompiledLog {
  if (same) {
    const { judgedAt, corrects, released } = same.log;
    const kept = { ...(corrects ? { corrects } : {}), ...(released ? { released } : {}) };
    return { ...log, judgedAt: judgedAt === notRecorded ? log.judgedAt : judgedAt, ...kept };
  }
  return {
    ...log,
    ...(last
      ? { corrects: { hash: last.hash, shortCode: codeOf(last), ...(reason === undefined ? {} : { reason }) } }
      : {}),
    ...(releasedBy ? { released: releasedBy } : {}),
  };
}

/** Who names a log to correct must mean the last one: a correction corrects what holds. */
function refuseOtherCorrection({ corrects, meetingRef, kind }: FreezeRequest, last: Frozen | undefined): void {
  if (corrects === undefined) return;
  if (!last) throw new InvalidInputError(`No log ${kind} ${meetingRef} is frozen, so there is nothing to correct.`);
  const figures = corrects.replace(/^.*,\s*/, '').toUpperCase();
  if (figures.length >= 4 && last.hash.toUpperCase().startsWith(figures)) return;
  throw new InvalidInputError(
    `"${corrects}" is not the last frozen log ${kind} ${meetingRef}: that is ${codeOf(last)}. Nothing was frozen.`,
  );
}

function refuseIdentifiers(findings: readonly LogPrivacyFinding[]): void {
  const refused = findings.filter((one) => one.level === 'refused');
  if (refused.length === 0) return;
  throw new InvalidInputError(
    'The log is not frozen: the record holds identifiers of a child. The secretary redacts them in SharePoint, then freezes again.',
    refused.map((one) => ({ field: one.ref, message: `${one.ref}, ${one.field}: ${privacyWords[one.kind]}.` })),
  );
}

/** Newest first: the other log of the same meeting, then both of each meeting before. */
function logsBefore(
  snapshot: BoardSnapshot,
  meeting: Meeting,
  kind: LogKind,
): readonly { readonly meetingRef: Ref; readonly kind: LogKind }[] {
  const before = snapshot.meetings
    .filter((one) => one.on < meeting.on)
    .sort((a, b) => (a.on < b.on ? 1 : -1))
    .flatMap((one) => [
      { meetingRef: one.ref, kind: 'after the meeting' as const },
      { meetingRef: one.ref, kind: 'for the meeting' as const },
    ]);
  return kind === 'after the meeting' ? [{ meetingRef: meeting.ref, kind: 'for the meeting' }, ...before] : before;
}
