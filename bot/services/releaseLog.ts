// The secretary looks at the draft of a log and releases what was seen: frozen, filed, its rows added; never unseen.
import { calendarOf } from '../board/cycle';
import { compareLogs, type ComparedRow } from '../board/diffWords';
import type { ActionImpactLog, LogOutcomes } from '../board/log';
import type { BoardSnapshot, Instant, LogKind, Person, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { privacyWords } from '../board/privacy';
import { paperReaders } from '../board/released';
import { heldWords } from '../board/sendingHours';
import { ConflictError, InvalidInputError, NotAuthorisedError, NotFoundError } from '../errors';
import type { Logger } from '../logger';
import { viewerOf } from './access';
import type { CompileLog, FreezePreview, FreezeRequest } from './compileLog';
import type { BoardRecords, Clock, FiledPaper } from './ports';

export interface ReleaseRequest {
  readonly boardId: string;
  readonly meetingRef: Ref;
  readonly kind: LogKind;
  /** Who looks and releases. */
  readonly byRef: Ref;
  /** Needed when a frozen log is corrected. */
  readonly reason?: string;
}

/** What the secretary looks at before it goes out. */
export interface ReleasePreview {
  readonly meetingRef: Ref;
  readonly kind: LogKind;
  /** Stands for exactly this draft; given back to release it. */
  readonly seen: string;
  readonly judgedAt: Instant;
  readonly headline: string;
  readonly previousShortCode: string | undefined;
  /** "APA1.04 Title: reason." */
  readonly slow: readonly string[];
  /** What came of the meeting; only after it. */
  readonly outcomes: LogOutcomes | undefined;
  /** The frozen log of the same content: nothing new would be filed. */
  readonly alreadyFrozen: string | undefined;
  /** The frozen log it would correct, and what differs from it. */
  readonly corrects: { readonly shortCode: string; readonly changed: readonly ComparedRow[] } | undefined;
  /** The exact names; of a correction the figures are known once its reason is. */
  readonly fileNames: readonly string[];
  /** Rows for the list ActionImpactLog. */
  readonly rows: number;
  /** What keeps it from being released: which record and why, never the text. */
  readonly blocked: readonly { readonly ref: Ref; readonly text: string }[];
  /** Who gets the papers once it is released, and how: "Avery Linwood, Chair: in chat, else by e-mail". Nobody of a log after the meeting. */
  readonly goesTo: readonly string[];
  /** Why nothing is shared or sent yet once it is released, in words: a pause, or the hour. */
  readonly waits?: string;
  /** What to look at before it is shared. */
  readonly warnings: readonly { readonly ref: Ref; readonly text: string }[];
}

export type ReleaseResult =
  | {
      readonly kind: 'released';
      readonly shortCode: string;
      readonly hash: string;
      readonly by: string;
      readonly papers: readonly FiledPaper[];
      readonly alreadyFrozen: boolean;
    }
  /** The board moved since: nothing was frozen; this is what changed, and the draft as it is now. */
  | { readonly kind: 'moved'; readonly changed: readonly string[]; readonly preview: ReleasePreview };

export interface ReleaseLog {
  /** Throws NotAuthorisedError for all but secretary and chair; NotFoundError, InvalidInputError, UpstreamError. */
  preview(request: ReleaseRequest): Promise<ReleasePreview>;
  /**
   * Throws NotAuthorisedError for all but the secretary; InvalidInputError when identifiers of a child stand in the log, a
   * correction has no reason or `seen` is no code of a draft; NotFoundError, UpstreamError. A repeat completes what a crash
   * left half done.
   */
  release(request: ReleaseRequest & { readonly seen: string }): Promise<ReleaseResult>;
}

const seenForm = /^([0-9a-f]{64})@(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;
/** Drafts kept to say what changed since; an older one is only known not to be the same. */
const keptDrafts = 24;

export function createReleaseLog(ports: {
  readonly records: BoardRecords;
  readonly compileLog: CompileLog;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A log for a meeting was released: it is shared and told of from here on. */
  readonly released?: (log: { readonly boardId: string; readonly meetingRef: Ref; readonly hash: string }) => void;
}): ReleaseLog {
  const { records, compileLog, clock, logger } = ports;
  const shown = new Map<string, ActionImpactLog>();

  async function open(request: ReleaseRequest, roles: readonly string[]) {
    const snapshot = await records.refresh(request.boardId);
    const by = snapshot.people.find((one) => one.ref === request.byRef);
    if (!by) throw new NotFoundError('person', request.byRef);
    const { policy } = resolvePolicy(snapshot.policy);
    if (!roles.includes(viewerOf(by, policy).role))
      throw new NotAuthorisedError(
        roles.includes('chair')
          ? 'The secretary and the chair look at a log before it is released.'
          : 'The secretary releases the log.',
        'notAllowed',
      );
    refuseTooEarly(snapshot, request, clock.now().toISOString());
    const calendar = calendarOf(policy);
    const readers =
      request.kind === 'for the meeting' ? paperReaders(snapshot, calendar.on(clock.now().toISOString())) : [];
    const held = readers.length === 0 ? undefined : heldWords(snapshot, clock.now().toISOString());
    return { by, calendar, goesTo: readers.map(howReached), ...(held === undefined ? {} : { waits: held }) };
  }

  async function show(
    request: ReleaseRequest,
    { by, goesTo, waits }: { readonly by: Person; readonly goesTo: readonly string[]; readonly waits?: string },
    at: Instant,
  ): Promise<ReleasePreview> {
    const preview = await compileLog.preview({ ...freezeRequest(request, by), at });
    shown.delete(preview.hash);
    shown.set(preview.hash, preview.log);
    const oldest = [...shown.keys()][0];
    if (shown.size > keptDrafts && oldest !== undefined) shown.delete(oldest);
    return { ...previewOf(preview, request), goesTo, ...(waits === undefined ? {} : { waits }) };
  }

  return {
    async preview(request) {
      return show(request, await open(request, ['secretary', 'chair']), clock.now().toISOString());
    },
    async release(request) {
      const opened = await open(request, ['secretary']);
      const { by, calendar } = opened;
      const [, seenHash, seenAt] = seenForm.exec(request.seen) ?? [];
      if (seenHash === undefined || seenAt === undefined)
        throw new InvalidInputError('Look at the draft first: what was seen is named by the code of its preview.');
      const now = clock.now().toISOString();
      // Judged as of the moment that was looked at, so that only the board can have moved; a new day is judged anew.
      const at = seenAt <= now && calendar.on(seenAt) === calendar.on(now) ? seenAt : now;
      const preview = await show(request, opened, at);
      if (preview.seen.slice(0, 64) !== seenHash) {
        const fresh = at === now ? preview : await show(request, opened, now);
        return { kind: 'moved', changed: changedWords(shown, seenHash, fresh, calendar.longDate), preview: fresh };
      }
      if (preview.corrects && (request.reason ?? '').trim() === '')
        throw new InvalidInputError(
          `It corrects ${preview.corrects.shortCode}, so it needs a reason. Nothing was released.`,
          [{ field: 'reason', message: `Say why ${preview.corrects.shortCode} is corrected.` }],
        );
      try {
        const frozen = await compileLog.freeze({ ...freezeRequest(request, by), at, seenHash });
        logger.info('log released', { boardId: request.boardId, meetingRef: request.meetingRef, hash: frozen.hash });
        const { shortCode, hash, papers, alreadyFrozen } = frozen;
        const { boardId, meetingRef, kind } = request;
        if (kind === 'for the meeting') ports.released?.({ boardId, meetingRef, hash });
        return { kind: 'released', shortCode, hash, by: by.name, papers, alreadyFrozen };
      } catch (error) {
        // Somebody changed the board between the two looks.
        if (!(error instanceof ConflictError) || error.ref !== request.meetingRef) throw error;
        const fresh = await show(request, opened, now);
        return { kind: 'moved', changed: changedWords(shown, seenHash, fresh, calendar.longDate), preview: fresh };
      }
    },
  };
}

function freezeRequest(request: ReleaseRequest, by: Person): FreezeRequest {
  const { boardId, meetingRef, kind, reason } = request;
  const said = reason?.trim() ?? '';
  return {
    ...{ boardId, meetingRef, kind, releasedBy: { byRef: by.ref, by: by.name } },
    ...(said === '' ? {} : { reason: said }),
  };
}

/** What came of a meeting can be released once it is over. */
function refuseTooEarly(snapshot: BoardSnapshot, { meetingRef, kind }: ReleaseRequest, now: Instant): void {
  const meeting = snapshot.meetings.find((one) => one.ref === meetingRef);
  if (!meeting) throw new NotFoundError('meeting', meetingRef);
  if (kind === 'for the meeting') return;
  const { at, longDate } = calendarOf(resolvePolicy(snapshot.policy).policy);
  if (at(meeting.on, meeting.startsAtTime) <= now) return;
  throw new InvalidInputError(
    `${meetingRef} is on ${longDate(meeting.on)}: its log after the meeting can be released once it was held.`,
  );
}

function howReached(person: Person): string {
  if (person.email === undefined && person.entraObjectId === undefined)
    return `${person.name}, ${person.role}: no address is known`;
  return `${person.name}, ${person.role}: ${person.external ? 'by e-mail, with access to the papers' : 'in chat, else by e-mail'}`;
}

/** The parts of a log's rows as forms and papers call them; a clause goes by its own name. */
const partWords = new Map([
  ['title', 'Title'],
  ['narrative', 'What happened'],
  ['blocker', 'What blocks it'],
  ['effect', 'What is different'],
  ['reply', 'Reply'],
  ['summary', 'Summary'],
  ['did', 'What was done'],
  ['changed', 'What changed'],
  ['reason', 'Reason'],
  ['text', 'Decision'],
  ['confirmation', 'Confirmation'],
]);

function previewOf(preview: FreezePreview, request: ReleaseRequest): Omit<ReleasePreview, 'goesTo' | 'waits'> {
  const { log, hash, corrects, privacyFindings } = preview;
  const told = privacyFindings.map(({ ref, field, kind, level }) => ({
    level,
    ref,
    text: `in “${partWords.get(field) ?? field}”: ${privacyWords[kind]}`,
  }));
  const of = (level: 'refused' | 'warning') =>
    told.filter((one) => one.level === level).map(({ ref, text }) => ({ ref, text }));
  const unnamed = corrects !== undefined && (request.reason ?? '').trim() === '';
  return {
    meetingRef: log.meetingRef,
    kind: log.kind,
    seen: `${hash}@${log.judgedAt}`,
    judgedAt: log.judgedAt,
    headline: log.headline.text,
    previousShortCode: preview.previousShortCode,
    slow: log.sections.slow.map((one) => `${one.ref} ${one.title}: ${one.reasons[0] ?? ''}`),
    outcomes: log.sections.outcomes,
    alreadyFrozen: preview.alreadyFrozen ? preview.frozen.shortCode : undefined,
    corrects: corrects && { shortCode: corrects.shortCode, changed: corrects.comparison.rows },
    fileNames: unnamed
      ? preview.fileNames.map((name) => name.replace(/[0-9A-F]{8}(?=\.[a-z]+$)/, '????????'))
      : preview.fileNames,
    rows: preview.rows,
    blocked: of('refused'),
    warnings: of('warning'),
  };
}

/** "APA1.04: Percentage: 40, now 60."; what only the clock changed is said as such. */
function changedWords(
  shown: ReadonlyMap<string, ActionImpactLog>,
  seenHash: string,
  fresh: ReleasePreview,
  longDate: (on: string) => string,
): readonly string[] {
  const before = shown.get(seenHash);
  const now = shown.get(fresh.seen.slice(0, 64));
  if (!before || !now)
    return ['The draft that was looked at is no longer kept here, so its changes cannot be told: look at it again.'];
  const rows = compareLogs(before, now, longDate).rows.map(
    (one) => `${one.kind === 'clause' ? `Clause ${one.ref}` : one.ref}: ${one.texts.join(' ')}`,
  );
  const day = before.judgedOn === now.judgedOn ? [] : [`It was judged on ${longDate(before.judgedOn)}.`];
  const some = [...day, ...rows];
  return some.length > 0 ? some : ['Texts, evidence or findings changed; ratings, dates and progress did not.'];
}
