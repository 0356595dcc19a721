// After the secretary released a log: the pack beside it, access for people outside, a message to each, a record of each.
// Access waits as messages do: for the sending hours, and for the end of a pause.
import { calendarOf, meetingAt } from '../board/cycle';
import type { BoardSnapshot, Person, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { channelOf, channelRef, isChannel } from '../board/recipients';
import { isReleased, paperReaders, papersSentOf, papersSentStep } from '../board/released';
import { heldWords } from '../board/sendingHours';
import { isKnownError } from '../errors';
import type { Logger } from '../logger';
import type { Deliver } from './deliver';
import { findFrozen, sha256 } from './frozenLogs';
import type { BoardRecords, Clock, FiledPaper, Ledger, LedgerEntry, Library, RecordWrite } from './ports';
import type { PaperSharing } from './portsSharing';
import { papersAbout } from './releasedPapers';
import { createTellSecretary } from './tellSecretary';

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
  /** Why nobody has access or a message yet, in words. */
  readonly held?: string;
  /** What did not work, a sentence each, for the secretary. */
  readonly problems: readonly string[];
}

export interface SendPapers {
  /** Shares and tells of a released log; a repeat completes what was left half done and tells nobody twice. Throws UpstreamError. */
  send(released: ReleasedLogOf): Promise<SentPapers>;
  /** What a crash after the release left undone for the meeting ahead; never for a log that nobody looked at. */
  resume(boardId: string): Promise<SentPapers | undefined>;
  /** Gives the access that waited with its messages, once messages may leave. Returns to how many people. Throws UpstreamError. */
  shareWaiting(boardId: string): Promise<number>;
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
  const tellSecretary = createTellSecretary(ports);
  /** Whose access was seen to by this process. */
  const seenTo = new Set<string>();

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
    await tellSecretary(boardId, meetingRef, packProblems);
    const held = heldWords(snapshot, at);
    const given = held === undefined ? await giveAccess(released, snapshot, people) : { shared: 0, problems: [] };
    const step = papersSentStep(hash);
    const drafts = people.map((one) => ({ boardId, meetingRef, step, personRef: one.ref, subjectRefs: [meetingRef] }));
    const toAll = { boardId, meetingRef, step, personRef: channelRef, subjectRefs: [meetingRef] };
    await ledger.plan(channelOf(snapshot) === undefined ? drafts : [...drafts, toAll], at);
    await deliver.drain(boardId);
    await record(boardId, meetingRef);
    const { shared } = given;
    const sent = {
      told: drafts.length,
      shared,
      problems: [...packProblems, ...given.problems],
      ...(held === undefined ? {} : { held }),
    };
    const problems = sent.problems.length;
    logger.info('papers.sent', { boardId, meetingRef, told: sent.told, shared, problems, held: held !== undefined });
    return sent;
  }

  /** With the day on record, and what was refused told to the secretary. */
  async function giveAccess(
    released: ReleasedLogOf,
    snapshot: BoardSnapshot,
    people: readonly Person[],
  ): Promise<{ readonly shared: number; readonly problems: readonly string[] }> {
    const { boardId, meetingRef, hash } = released;
    const papers = papersAbout(await library.list(boardId, meetingRef), hash);
    const given = await shareAll(released, snapshot, people, papers);
    await noteDay(released, snapshot);
    await tellSecretary(boardId, meetingRef, given.problems);
    for (const one of people) seenTo.add(accessKey(boardId, papersSentStep(hash), one.ref));
    return given;
  }

  async function shareWaiting(boardId: string): Promise<number> {
    const at = clock.now().toISOString();
    const snapshot = await records.snapshot(boardId);
    if (heldWords(snapshot, at) !== undefined) return 0;
    let shared = 0;
    for (const meetingRef of withPapersOut(snapshot, at))
      shared += await shareWaitingOf(boardId, meetingRef, snapshot, at);
    return shared;
  }

  /** Those outside whose message has not left, and whose access was not seen to. */
  async function shareWaitingOf(
    boardId: string,
    meetingRef: Ref,
    snapshot: BoardSnapshot,
    at: string,
  ): Promise<number> {
    const readers = paperReaders(snapshot, at.slice(0, 10)).filter((one) => one.external);
    const waiting = (await ledger.entries(boardId, meetingRef)).filter(
      ({ step, state, personRef }) =>
        papersSentOf(step) !== undefined &&
        (state === 'planned' || state === 'claimed') &&
        !isChannel(personRef) &&
        !seenTo.has(accessKey(boardId, step, personRef)),
    );
    let shared = 0;
    for (const step of new Set(waiting.map((one) => one.step))) {
      const hash = papersSentOf(step) ?? '';
      const own = waiting.filter((one) => one.step === step).map((one) => one.personRef);
      const people = readers.filter((one) => own.includes(one.ref));
      shared += (await giveAccess({ boardId, meetingRef, hash }, snapshot, people)).shared;
      for (const ref of own) seenTo.add(accessKey(boardId, step, ref));
    }
    return shared;
  }

  async function record(boardId: string, meetingRef: Ref): Promise<number> {
    const reached = (await ledger.entries(boardId, meetingRef)).filter(
      (one) =>
        papersSentOf(one.step) !== undefined &&
        // The channel is told that there are papers; it gets none.
        !isChannel(one.personRef) &&
        (one.state === 'sent' || one.state === 'uncertain'),
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
    shareWaiting,
    async record(boardId) {
      const at = clock.now().toISOString();
      let recorded = 0;
      for (const meetingRef of withPapersOut(await records.snapshot(boardId), at))
        recorded += await record(boardId, meetingRef);
      return recorded;
    },
  };
}

/** Meetings of which papers may still be on their way: a pause may last beyond the meeting, and access ends later. */
function withPapersOut(snapshot: BoardSnapshot, at: string): readonly Ref[] {
  const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
  const sinceOn = calendar.addDays(calendar.on(at), -accessDays);
  return snapshot.meetings
    .filter((one) => one.state !== 'cancelled' && one.on > sinceOn && isReleased(snapshot, one.ref))
    .map((one) => one.ref);
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

function accessKey(boardId: string, step: string, personRef: Ref): string {
  return [boardId, step, personRef].join('/');
}

/** Access that waited is given before its messages leave; whoever was reached is on record after it. */
export function withPapers(deliver: Deliver, sendPapers: Pick<SendPapers, 'record' | 'shareWaiting'>): Deliver {
  return {
    async drain(boardId) {
      await sendPapers.shareWaiting(boardId);
      const drained = await deliver.drain(boardId);
      if (drained.sent + drained.uncertain > 0) await sendPapers.record(boardId);
      return drained;
    },
  };
}
