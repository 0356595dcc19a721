// The clauses of the notice for a reader, with records that can be opened; advisers see what the last released log holds.
import { clauses } from '../board/clauses';
import { clauseStateWords, type ClauseEvidence, type ClauseState } from '../board/clauseState';
import type { BoardSnapshot, Instant, LogKind, Ref, Stamped } from '../board/model';
import { findFrozen, paperStem, shortCodeOf } from './frozenLogs';
import type { AddressedKind, FiledPaper, Library, RecordAddresses } from './ports';
import type { ViewContext } from './viewContext';

export interface ClausePorts {
  readonly library: Library;
  /** Absent where rows have no address. */
  readonly addresses?: RecordAddresses | undefined;
}

/** Of each clause no more records than a reader looks through; all of them are on the clause's own page. */
const evidenceShown = 60;

export async function viewClauses(context: ViewContext, ports: ClausePorts) {
  const { states, from } = await statesFor(context, ports);
  const show = await shower(context, ports, states, evidenceShown);
  return {
    ...from,
    none: states.length > 0 ? undefined : 'No log with the clauses has been released yet: they are shown once it is.',
    clauses: states.map(show),
  };
}

/** One clause with all its records; undefined where there is none of this name. */
export async function viewClause(context: ViewContext, ports: ClausePorts, clause: string) {
  const { states, from } = await statesFor(context, ports);
  const wanted = states.find((one) => one.clause === clause);
  return wanted && { ...from, clause: (await shower(context, ports, [wanted], Infinity))(wanted) };
}

async function statesFor(context: ViewContext, ports: ClausePorts) {
  const { snapshot, assessment, viewer } = context;
  const released = viewer.role === 'adviser' ? await lastReleased(context, ports) : undefined;
  const states = viewer.role === 'adviser' ? (released?.clauses ?? []) : clauses(snapshot, assessment);
  // From when the states are.
  return {
    states,
    from: { asOf: context.asOf, judgedAt: released?.at ?? assessment.at, shortCode: released?.shortCode },
  };
}

/** How each of the states is shown, with at most so many of its records. */
async function shower(context: ViewContext, ports: ClausePorts, states: readonly ClauseState[], most: number) {
  const addressOf = await opener(context, ports, states);
  return (one: ClauseState) => ({
    clause: one.clause,
    title: one.title,
    state: one.state,
    stateWords: one.state === undefined ? 'warnings alone' : clauseStateWords[one.state],
    sentence: one.sentence,
    on: one.on,
    evidence: one.evidence.slice(0, most).map(({ ref, kind, on, text, link }) => {
      const to = link ?? addressOf({ ref, kind, text });
      return { ref, kind, on, text, link: to };
    }),
    moreEvidence: Math.max(0, one.evidence.length - most),
    gaps: one.gaps.map(({ text, since, closes, open, closedOn, refs }) => ({
      ...{ text, since, closes, open, closedOn, refs },
    })),
    toConfirm: one.toConfirm,
    confirmedBy: one.confirmedBy,
    warnings: (one.warnings ?? []).map(({ ref, text, since, done }) => ({ ref, text, since, done })),
  });
}

interface Released {
  readonly clauses: readonly ClauseState[];
  readonly at: Instant | undefined;
  readonly shortCode: string;
}

const kinds: readonly LogKind[] = ['after the meeting', 'for the meeting'];

/** The clauses of the newest frozen log that holds them. */
async function lastReleased(context: ViewContext, ports: ClausePorts): Promise<Released | undefined> {
  const { snapshot, boardId } = context;
  const meetings = [...snapshot.meetings].sort((a, b) => (a.on < b.on ? 1 : -1));
  for (const { ref: meetingRef } of meetings)
    for (const kind of kinds) {
      if (!snapshot.loggedRows.some((one) => one.meetingRef === meetingRef && one.kind === kind)) continue;
      const { log, hash } = (await findFrozen(ports, { boardId, meetingRef, kind })).at(-1) ?? {};
      if (!log?.clauses || hash === undefined) continue;
      const at = log.judgedAt === 'not recorded then' ? undefined : log.judgedAt;
      return { clauses: log.clauses, at, shortCode: shortCodeOf(meetingRef, kind, hash) };
    }
  return undefined;
}

/** The address of a record's row, or of a frozen log's document; undefined where it has none. */
async function opener(
  { snapshot, boardId }: ViewContext,
  { library, addresses }: ClausePorts,
  states: readonly ClauseState[],
): Promise<(one: ClauseEvidence) => string | undefined> {
  const logs = states.flatMap((one) => one.evidence.filter(({ kind }) => kind === 'log').map(({ ref }) => ref));
  const refs = [...new Set(logs)];
  const folders = await Promise.allSettled(refs.map((ref) => library.list(boardId, ref)));
  // A library or site that does not answer leaves the words; they are what counts.
  const papers = new Map<Ref, readonly FiledPaper[]>(
    refs.map((ref, index) => {
      const folder = folders[index];
      return [ref, folder?.status === 'fulfilled' ? folder.value : []];
    }),
  );
  const rowAddress = await addresses?.addressesOf(boardId).catch(() => undefined);
  const rows = rowsByRef(snapshot);
  return ({ ref, kind, text }) => {
    if (kind === 'log') {
      const of: LogKind = text.includes('after the meeting') ? 'after the meeting' : 'for the meeting';
      const filed = (papers.get(ref) ?? []).filter((one) => one.name.startsWith(paperStem(ref, of)));
      return filed.findLast((one) => one.name.endsWith('.docx'))?.webUrl;
    }
    const row = rows.get(ref);
    return row && rowAddress?.(row.kind, row.itemId);
  };
}

interface Row {
  readonly kind: AddressedKind;
  readonly itemId: string;
}

function rowsByRef(snapshot: BoardSnapshot): ReadonlyMap<Ref, Row> {
  const of = (kind: AddressedKind, records: readonly (Stamped & { readonly ref: Ref })[]) =>
    records.flatMap(({ ref, stamp }) => (stamp ? [[ref, { kind, itemId: stamp.itemId }] as const] : []));
  return new Map([
    ...of('area', snapshot.areas),
    ...of('action', snapshot.actions),
    ...of('risk', snapshot.risks),
    ...of('measure', snapshot.measures),
    ...of('evidence', snapshot.evidence),
    ...of('coProduction', snapshot.coProduction),
    ...of('meeting', snapshot.meetings),
    ...of('dateChange', snapshot.dateChanges),
    ...of('decision', snapshot.decisions),
    ...of('adviserNote', snapshot.adviserNotes),
    ...of('review', snapshot.reviews),
  ]);
}
