// After the secretary released a log: the pack beside it, access for people outside, a message to each, a record of each.
import { calendarOf, meetingAt } from '../board/cycle';
import type { BoardSnapshot, Person, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { isReleased, paperReaders, papersSentOf, papersSentStep } from '../board/released';
import { isKnownError } from '../errors';
import type { Logger } from '../logger';
import type { Deliver } from './deliver';
import { findFrozen, sha256 } from './frozenLogs';
import type { BoardRecords, Clock, FiledPaper, Ledger, LedgerEntry, Library, RecordWrite } from './ports';
import type { PaperSharing } from './portsSharing';
import { papersAbout } from './releasedPapers';

export interface ReleasedLogOf {
  readonly boardId: string;
  readonly meetingRef: Ref;
  readonly hash: string;
}

export interface SentPapers {
  /** People with a message in the ledger. */
  readonly told: number;
  /** People outside the tenant who may read the papers now. */
  readonly shared: number;
  /** What did not work, a sentence each, for the secretary. */
  readonly problems: readonly string[];
}

export interface SendPapers {
  /** Shares and tells of a released log; a repeat completes what was left half done and tells nobody twice. Throws UpstreamError. */
  send(released: ReleasedLogOf): Promise<SentPapers>;
  /** What a crash after the release left undone for the meeting ahead; never for a log that nobody looked at. */
  resume(boardId: string): Promise<SentPapers | undefined>;
  /** A row of the list Dispatches for each paper and person reached since; a repeat adds nothing. Returns how many. */
  record(boardId: string): Promise<number>;
}

/** Days after the meeting on which access for people outside ends, where the tenant allows an end. */
const accessDays = 90;

export function createSendPapers(ports: {
  readonly records: BoardRecords;
  readonly library: Pick<Library, 'list' | 'read'>;
  readonly ledger: Ledger;
  readonly sharing: PaperSharing;
  /** Files the board pack beside a frozen log. */
  readonly filePack: (boardId: string, meetingRef: Ref) => Promise<unknown>;
  readonly deliver: Pick<Deliver, 'drain'>;
  readonly clock: Clock;
  readonly logger: Logger;
}): SendPapers {
  const { records, library, ledger, sharing, deliver, clock, logger } = ports;

  async function filePack(boardId: string, meetingRef: Ref): Promise<readonly string[]> {
    try {
      await ports.filePack(boardId, meetingRef);
      return [];
    } catch (error) {
      if (!isKnownError(error)) throw error;
      logger.warn('papers.packNotFiled', { boardId, meetingRef }, error);
      return ['The board pack was not filed, so the log went out without it. File it, then release the log again.'];
    }
  }

  /** One person after the other: each has an outcome of their own. */
  async function shareAll(
    { boardId, meetingRef }: ReleasedLogOf,
    snapshot: BoardSnapshot,
    people: readonly Person[],
    papers: readonly FiledPaper[],
  ): Promise<{ readonly shared: number; readonly problems: readonly string[] }> {
    const meeting = snapshot.meetings.find((one) => one.ref === meetingRef);
    const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
    const endsAt = meeting && calendar.at(calendar.addDays(meeting.on, accessDays), '00:00');
    const problems: string[] = [];
    let shared = 0;
    for (const person of people.filter((one) => one.external)) {
      if (person.email === undefined) {
        logger.warn('papers.notShared', { boardId, meetingRef, personRef: person.ref, outcome: 'no address' });
        problems.push(`${person.name} has no e-mail address in the list People, so nothing was shared with them.`);
        continue;
      }
      const reader = { address: person.email, ...(endsAt === undefined ? {} : { endsAt }) };
      const outcomes = [];
      for (const paper of papers) outcomes.push(await sharing.share(boardId, meetingRef, paper.name, reader));
      const failed = outcomes.find((one) => one.kind !== 'shared');
      if (failed) {
        logger.warn('papers.notShared', { boardId, meetingRef, personRef: person.ref, outcome: failed.kind });
        problems.push(`${person.name} may not read every paper: ${failed.detail}`);
      } else shared += 1;
    }
    return { shared, problems };
  }

  /** The day on which the papers went out stays the first one. */
  async function noteDay({ boardId, meetingRef, hash }: ReleasedLogOf, snapshot: BoardSnapshot): Promise<void> {
    const meeting = snapshot.meetings.find((one) => one.ref === meetingRef);
    if (!meeting?.stamp || meeting.papersSentOn !== undefined) return;
    const papersSentOn = calendarOf(resolvePolicy(snapshot.policy).policy).on(clock.now().toISOString());
    const write: RecordWrite = {
      kind: 'change',
      record: 'meeting',
      ref: meetingRef,
      itemId: meeting.stamp.itemId,
      version: meeting.stamp.version,
      changes: { papersSentOn },
    };
    const operationId = `papers-sent-${hash.slice(0, 32)}`;
    const outcome = await records.write({ boardId, operationId, writes: [write] });
    if (outcome.kind === 'conflict') logger.warn('papers.dayNotNoted', { boardId, meetingRef });
  }

  async function send(released: ReleasedLogOf): Promise<SentPapers> {
    const { boardId, meetingRef, hash } = released;
    const packProblems = await filePack(boardId, meetingRef);
    const snapshot = await records.refresh(boardId);
    const at = clock.now().toISOString();
    const people = paperReaders(snapshot, at.slice(0, 10));
    const papers = papersAbout(await library.list(boardId, meetingRef), hash);
    const { shared, problems } = await shareAll(released, snapshot, people, papers);
    await noteDay(released, snapshot);
    const step = papersSentStep(hash);
    const drafts = people.map((one) => ({ boardId, meetingRef, step, personRef: one.ref, subjectRefs: [meetingRef] }));
    await ledger.plan(drafts, at);
    await deliver.drain(boardId);
    await record(boardId, meetingRef);
    const sent = { told: drafts.length, shared, problems: [...packProblems, ...problems] };
    logger.info('papers.sent', { boardId, meetingRef, told: sent.told, shared, problems: sent.problems.length });
    return sent;
  }

  async function record(boardId: string, meetingRef: Ref): Promise<number> {
    const reached = (await ledger.entries(boardId, meetingRef)).filter(
      (one) => papersSentOf(one.step) !== undefined && (one.state === 'sent' || one.state === 'uncertain'),
    );
    if (reached.length === 0) return 0;
    const snapshot = await records.snapshot(boardId);
    const known = new Set(snapshot.dispatches.map((one) => `${one.meetingRef}/${one.paper}/${one.personRef}`));
    const writes: (RecordWrite & { readonly kind: 'add' })[] = [];
    for (const hash of new Set(reached.flatMap((one) => papersSentOf(one.step) ?? []))) {
      const papers = papersAbout(await library.list(boardId, meetingRef), hash);
      for (const entry of reached.filter((one) => papersSentOf(one.step) === hash))
        for (const { name } of papers)
          if (!known.has(`${meetingRef}/${name}/${entry.personRef}`)) writes.push(dispatchOf(entry, name, hash));
    }
    if (writes.length === 0) return 0;
    const keys = writes.map((one) => one.operationKey);
    const operationId = `dispatches-${meetingRef}-${sha256(keys.join('\n')).slice(0, 24)}`;
    const outcome = await records.write({ boardId, operationId, writes });
    return outcome.kind === 'written' ? writes.length : 0;
  }

  return {
    send,
    async resume(boardId) {
      const at = clock.now().toISOString();
      const snapshot = await records.snapshot(boardId);
      const { meeting } = meetingAt(snapshot, at);
      if (!meeting || !isReleased(snapshot, meeting.ref)) return undefined;
      const of = { boardId, meetingRef: meeting.ref, kind: 'for the meeting' as const };
      const last = (await findFrozen({ library, logger }, of)).at(-1);
      if (last?.log.released === undefined) return undefined;
      const step = papersSentStep(last.hash);
      const told = (await ledger.entries(boardId, meeting.ref)).some((one) => one.step === step);
      return told ? undefined : send({ boardId, meetingRef: meeting.ref, hash: last.hash });
    },
    async record(boardId) {
      const { meeting } = meetingAt(await records.snapshot(boardId), clock.now().toISOString());
      return meeting ? record(boardId, meeting.ref) : 0;
    },
  };
}

/** What the ledger knows of one message is what is known of the papers it told of. */
function dispatchOf(entry: LedgerEntry, paper: string, hash: string): RecordWrite & { readonly kind: 'add' } {
  const { meetingRef, personRef, route } = entry;
  const byMail = route === 'e-mail';
  return {
    kind: 'add',
    record: 'dispatch',
    operationKey: `dispatch/${meetingRef}/${hash}/${paper}/${personRef}`,
    values: {
      meetingRef,
      paper,
      personRef,
      sentAt: entry.sentAt ?? entry.plannedAt,
      route: byMail ? 'e-mail' : 'chat card',
      // A mailbox that accepted it has sent it; only a chat says that it arrived.
      delivery: entry.state === 'uncertain' ? 'uncertain' : byMail ? 'sent' : 'delivered',
    },
  };
}

/** Whoever was reached by a drain, with the papers that the message told of, is on record after it. */
export function thenRecorded(deliver: Deliver, sendPapers: Pick<SendPapers, 'record'>): Deliver {
  return {
    async drain(boardId) {
      const drained = await deliver.drain(boardId);
      if (drained.sent + drained.uncertain > 0) await sendPapers.record(boardId);
      return drained;
    },
  };
}
