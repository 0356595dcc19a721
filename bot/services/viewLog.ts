// The frozen logs of the board and the papers filed with them.
import { loggedLogs, type LoggedLog } from '../board/loggedRows';
import type { LogKind, Ref } from '../board/model';
import { NotFoundError } from '../errors';
import { paperName, shortCodeOf } from './frozenLogs';
import type { FiledPaper, Library } from './ports';
import type { ViewContext } from './viewContext';

const paperKinds: Readonly<Record<string, string>> = {
  docx: 'Word document',
  xlsx: 'Excel workbook',
  csv: 'Rows for machines',
  json: 'Frozen record',
  pdf: 'PDF document',
};

/** Newest first; a library that does not answer leaves the logs readable and says so. */
export async function viewLog(context: ViewContext, library: Library) {
  const logs = frozenLogs(context);
  const meetingRefs = [...new Set(logs.map((one) => one.meetingRef))];
  const folders = await Promise.allSettled(meetingRefs.map((ref) => library.list(context.boardId, ref)));
  const papers = folders.flatMap((folder, index) => {
    const meetingRef = meetingRefs[index];
    if (folder.status === 'rejected' || meetingRef === undefined) return [];
    return folder.value.map((paper) => paperRow(context, meetingRef, paper));
  });
  const unread = folders.filter((one) => one.status === 'rejected').length;
  return {
    asOf: context.asOf,
    logs: logs.map((one) => ({ ...one, correctAt: correctAt(context, one) })),
    papers,
    unread:
      unread === 0
        ? undefined
        : 'SharePoint did not answer, so the papers of some meetings are not listed. The logs below are complete.',
  };
}

/** The log frozen last with its papers, documents first; undefined when none was frozen. */
export async function viewLatestLog(context: ViewContext, library: Pick<Library, 'list'>) {
  const [log] = frozenLogs(context);
  if (!log) return undefined;
  const [folder] = await Promise.allSettled([library.list(context.boardId, log.meetingRef)]);
  const name = paperName(log.meetingRef, log.kind, log.hash);
  const filed = folder.status === 'fulfilled' ? folder.value.filter((one) => one.name.startsWith(`${name}.`)) : [];
  return {
    log,
    papers: filed
      .map((one) => ({ ...paperRow(context, log.meetingRef, one), webUrl: one.webUrl }))
      .sort((a, b) => paperRank(a.kindWords) - paperRank(b.kindWords)),
    unread: folder.status === 'fulfilled' ? undefined : 'SharePoint did not answer, so its papers are not listed.',
  };
}

function paperRank(kindWords: string): number {
  const rank = Object.values(paperKinds).indexOf(kindWords);
  return rank < 0 ? Object.keys(paperKinds).length : rank;
}

/** The bytes of one filed paper; only names that the meeting's folder lists are read. */
export async function readPaper(context: ViewContext, library: Library, meetingRef: Ref, name: string) {
  if (!context.meetingsByRef.has(meetingRef)) throw new NotFoundError('meeting', meetingRef);
  const listed = await library.list(context.boardId, meetingRef);
  const content = listed.some((one) => one.name === name)
    ? await library.read(context.boardId, meetingRef, name)
    : undefined;
  if (!content) throw new NotFoundError('paper', name);
  return { name, content };
}

/** Newest first, by the rows that tell of them. */
export function frozenLogs(context: ViewContext) {
  return loggedLogs(context.snapshot.loggedRows)
    .map((log) => logRow(context, log))
    .sort((a, b) =>
      a.frozenOn < b.frozenOn ? 1 : a.frozenOn > b.frozenOn ? -1 : a.meetingRef < b.meetingRef ? 1 : -1,
    );
}

/** The secretary releases a log anew: the one for a meeting until it begins, the one after it from then on. */
function correctAt(context: ViewContext, log: { readonly meetingRef: Ref; readonly kind: LogKind }) {
  const { viewer, calendar, assessment } = context;
  const meeting = context.meetingsByRef.get(log.meetingRef);
  if (viewer.role !== 'secretary' || !meeting || meeting.state === 'cancelled') return undefined;
  const isOver = calendar.at(meeting.on, meeting.startsAtTime) <= assessment.at;
  return isOver === (log.kind === 'after the meeting') ? `/tab/meeting/${log.meetingRef}#release` : undefined;
}

function logRow(context: ViewContext, { meetingRef, kind, hash, last, actions, slow }: LoggedLog) {
  return {
    meetingRef,
    meetingWords: meetingWords(context, meetingRef),
    kind,
    frozenOn: last.frozenOn,
    hash,
    shortCode: shortCodeOf(meetingRef, kind, hash),
    actions: actions.length,
    slow,
  };
}

function paperRow(context: ViewContext, meetingRef: Ref, paper: FiledPaper) {
  const ending = paper.name.split('.').at(-1)?.toLowerCase() ?? '';
  return {
    meetingRef,
    meetingWords: meetingWords(context, meetingRef),
    name: paper.name,
    kindWords: paperKinds[ending] ?? 'File',
    bytes: paper.bytes,
  };
}

function meetingWords(context: ViewContext, meetingRef: Ref): string {
  const meeting = context.meetingsByRef.get(meetingRef);
  return meeting ? context.calendar.longDate(meeting.on) : meetingRef;
}
