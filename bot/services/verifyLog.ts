// Checks what is filed for a meeting against its record: hashes, rows of the list, and the papers made from each frozen log.
import { canonicalJson } from '../board/canonical';
import { loggedLogs, loggedValues } from '../board/loggedRows';
import type { CompiledLog } from '../board/log';
import type { BoardSnapshot, LoggedRow, LogKind, Ref } from '../board/model';
import { count } from '../board/wording';
import { NotFoundError } from '../errors';
import { documentTexts, workbookTexts } from '../papers/readPapers';
import type { PaperFacts } from '../papers/logWords';
import type { PaperRenderer } from './compileLog';
import { isCompiled, paperName, paperStem, parseLog, sha256, shortCodeOf } from './frozenLogs';
import type { BoardRecords, FiledPaper, Library } from './ports';

/** Something that does not agree, or could not be compared, in words for the secretary. */
export interface VerifyFinding {
  /** The file, or the meeting when rows stand without one. */
  readonly ref: string;
  readonly text: string;
}

export interface VerifiedLog {
  readonly shortCode: string;
  readonly kind: LogKind;
  readonly hash: string;
  readonly file: string;
  /** JSON, rows, document, workbook and machine rows all agree. */
  readonly agrees: boolean;
}

export interface Verification {
  readonly meetingRef: Ref;
  readonly logs: readonly VerifiedLog[];
  readonly findings: readonly VerifyFinding[];
}

export interface VerifyLog {
  /** Throws NotFoundError for an unknown meeting, UpstreamError. */
  verify(request: { readonly boardId: string; readonly meetingRef: Ref }): Promise<Verification>;
}

const kinds: readonly LogKind[] = ['for the meeting', 'after the meeting'];

export function createVerifyLog(ports: {
  readonly records: BoardRecords;
  readonly library: Library;
  readonly papers: PaperRenderer;
}): VerifyLog {
  const { records, library, papers } = ports;

  async function verifyFile(
    request: { readonly boardId: string; readonly meetingRef: Ref },
    kind: LogKind,
    file: FiledPaper,
    snapshot: BoardSnapshot,
  ): Promise<VerifiedLog & { readonly findings: readonly VerifyFinding[] }> {
    const { boardId, meetingRef } = request;
    const content = (await library.read(boardId, meetingRef, file.name)) ?? new Uint8Array();
    const hash = sha256(content);
    const log = parseLog(content);
    const head = { shortCode: shortCodeOf(meetingRef, kind, hash), kind, hash, file: file.name };
    const finding = (text: string): VerifyFinding => ({ ref: file.name, text });
    if (!log || !isCompiled(log))
      return { ...head, agrees: false, findings: [finding('It is no frozen log of this product.')] };
    const facts: PaperFacts = { shortCode: head.shortCode, hash, state: 'frozen' };
    const stem = file.name.slice(0, -'.json'.length);
    const read = (ending: string) => library.read(boardId, meetingRef, `${stem}.${ending}`);
    const texts = [
      ...jsonFindings(log, hash, kind, meetingRef, file.name),
      ...rowFindings(snapshot, log, hash),
      ...comparedPaper(
        'document (.docx)',
        textsOf(await read('docx'), documentTexts),
        hash,
        documentTexts(await papers.document(log, facts)),
      ),
      ...comparedPaper(
        'workbook (.xlsx)',
        await asyncTextsOf(await read('xlsx')),
        hash,
        await workbookTexts(await papers.workbook(log, facts)),
      ),
      ...comparedPaper(
        'machine rows (.csv)',
        textsOf(await read('csv'), linesOf),
        hash,
        linesOf(papers.csv(log, facts)),
      ),
    ];
    return { ...head, agrees: texts.length === 0, findings: texts.map(finding) };
  }

  return {
    verify: async (request) => {
      const { boardId, meetingRef } = request;
      const snapshot = await records.refresh(boardId);
      if (!snapshot.meetings.some((one) => one.ref === meetingRef)) throw new NotFoundError('meeting', meetingRef);
      const files = await library.list(boardId, meetingRef);
      const names = new Set(files.map((one) => one.name));
      const verified = [];
      for (const kind of kinds)
        for (const file of files.filter(
          (one) => one.name.startsWith(paperStem(meetingRef, kind)) && one.name.endsWith('.json'),
        ))
          verified.push(await verifyFile(request, kind, file, snapshot));
      return {
        meetingRef,
        logs: verified.map(({ findings: _said, ...one }) => one),
        findings: [
          ...verified.flatMap((one) => one.findings),
          ...papersWithoutRecord(meetingRef, names),
          ...rowsWithoutFile(snapshot, meetingRef, new Set(verified.map((one) => one.hash))),
        ],
      };
    },
  };
}

function* jsonFindings(
  log: CompiledLog,
  hash: string,
  kind: LogKind,
  meetingRef: Ref,
  name: string,
): Generator<string> {
  if (name !== `${paperName(meetingRef, kind, hash)}.json`)
    yield `Its content has the SHA-256 ${hash}, which is not the one in its name: the record was changed after it was frozen, or renamed.`;
  if (sha256(canonicalJson(log)) !== hash)
    yield 'It is not written as canonical JSON (RFC 8785): its bytes were changed, perhaps by an editor.';
  if (log.meetingRef !== meetingRef || log.kind !== kind)
    yield `It is a log ${log.kind} ${log.meetingRef}, filed as one ${kind} ${meetingRef}.`;
}

const rowFields = [
  'claimedDelivery',
  'computedDelivery',
  'claimedEffect',
  'computedEffect',
  'milestonesDone',
  'milestonesTotal',
  'percentComplete',
  'dueOn',
  'forecastOn',
  'slow',
  'likelihood',
  'impact',
  'asked',
] as const;

/** The rows of the list, against what this record would have left there. */
function* rowFindings(snapshot: BoardSnapshot, log: CompiledLog, hash: string): Generator<string> {
  const there = snapshot.loggedRows.filter((one) => one.logHash === hash);
  const keyOf = (one: LoggedRow): string => `${one.subjectKind} ${one.subjectRef}`;
  const byKey = new Map(there.map((one) => [keyOf(one), one]));
  const wanted = loggedValues(log, hash, log.judgedOn);
  if (there.length === 0) {
    yield `The list ActionImpactLog has no row with the SHA-256 ${hash}.`;
    return;
  }
  const missing = wanted.filter((one) => !byKey.has(keyOf(one)));
  if (missing.length > 0)
    yield `The list ActionImpactLog lacks ${count(missing.length, 'row')} of it: ${missing.map((one) => one.subjectRef).join(', ')}.`;
  const extra = there.length - (wanted.length - missing.length);
  if (extra > 0) yield `The list ActionImpactLog has ${count(extra, 'row')} with its hash that it does not know.`;
  for (const row of wanted) {
    const found = byKey.get(keyOf(row));
    const differs = found ? rowFields.filter((field) => found[field] !== row[field]) : [];
    if (differs.length > 0)
      yield `The row ${keyOf(row)} of the list ActionImpactLog says something else: ${differs.join(', ')}.`;
  }
}

function textsOf(content: Uint8Array | undefined, read: (content: Uint8Array) => readonly string[] | undefined) {
  return content === undefined ? ('not filed' as const) : (read(content) ?? ('unreadable' as const));
}

async function asyncTextsOf(content: Uint8Array | undefined) {
  return content === undefined ? ('not filed' as const) : ((await workbookTexts(content)) ?? ('unreadable' as const));
}

function linesOf(csv: Uint8Array): readonly string[] {
  return new TextDecoder().decode(csv).split('\r\n');
}

/** The code a paper carries first; then its words against those that the record gives. */
function* comparedPaper(
  what: string,
  filed: readonly string[] | 'not filed' | 'unreadable',
  hash: string,
  made: readonly string[] | undefined,
): Generator<string> {
  if (typeof filed === 'string') {
    yield filed === 'not filed' ? `Its ${what} is not filed beside it.` : `Its ${what} cannot be read.`;
    return;
  }
  if (!filed.some((one) => one.includes(hash))) {
    yield `Its ${what} does not carry the SHA-256 of the record, ${hash}.`;
    return;
  }
  const differing = differences(filed, made ?? []);
  if (differing > 0)
    yield `Its ${what} differs from the record in ${count(differing, 'place')}: it was changed after it was filed, or made by an earlier version of this product.`;
}

/** Texts of either that the other lacks; a changed text counts once. */
function differences(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>();
  for (const one of a) left.set(one, (left.get(one) ?? 0) + 1);
  let lacking = 0;
  for (const one of b) {
    const n = left.get(one) ?? 0;
    if (n === 0) lacking += 1;
    else left.set(one, n - 1);
  }
  const over = [...left.values()].reduce((sum, n) => sum + n, 0);
  return Math.max(lacking, over);
}

/** Papers of a log whose JSON is gone, or was not filed yet: nothing says what should stand in them. */
function papersWithoutRecord(meetingRef: Ref, names: ReadonlySet<string>): readonly VerifyFinding[] {
  const stems = kinds.map((kind) => paperStem(meetingRef, kind));
  return [...names]
    .filter((name) => !name.endsWith('.json') && stems.some((stem) => name.startsWith(stem)))
    .filter((name) => !names.has(name.replace(/\.[^.]*$/, '.json')))
    .map((ref) => ({
      ref,
      text: 'Its record (.json) is not filed beside it, so nothing shows whether it is unchanged: the record was deleted or renamed, or filing stopped half way.',
    }));
}

function rowsWithoutFile(
  snapshot: BoardSnapshot,
  meetingRef: Ref,
  filed: ReadonlySet<string>,
): readonly VerifyFinding[] {
  const alone = loggedLogs(snapshot.loggedRows).filter((one) => one.meetingRef === meetingRef && !filed.has(one.hash));
  return alone.map(({ kind, hash, last }) => ({
    ref: meetingRef,
    text: /^[0-9a-f]{64}$/.test(hash)
      ? `The log ${kind} frozen on ${last.frozenOn} stands in the list ActionImpactLog alone: the file with the SHA-256 ${hash} is not in the library.`
      : `The log ${kind} frozen on ${last.frozenOn} was entered in the list ActionImpactLog without a SHA-256, so there is nothing to compare.`,
  }));
}
