// The released log of a meeting with the papers beside it, as the message that tells of them needs it.
import type { Ref } from '../board/model';
import type { ReleasedPapers } from '../cards/messageShape';
import { findFrozen, shortCodeOf } from './frozenLogs';
import type { FiledPaper, Library } from './ports';

/** What people read; the JSON and the CSV are for machines. */
const readable = /\.(?:docx|xlsx)$/;

/** The papers made from the log of this hash. */
export function papersAbout(filed: readonly FiledPaper[], hash: string): readonly FiledPaper[] {
  const code = hash.slice(0, 8).toUpperCase();
  return filed.filter((one) => readable.test(one.name) && one.name.includes(code));
}

/** `hash`: the log's, or its first figures. Undefined when it is not filed. Throws UpstreamError. */
export type FindReleased = (boardId: string, meetingRef: Ref, hash: string) => Promise<ReleasedPapers | undefined>;

/** One drain asks for the same log once for each of its readers. */
const keptLogs = 8;

export function createFindReleased(library: Pick<Library, 'list' | 'read'>): FindReleased {
  const kept = new Map<string, ReleasedPapers>();
  return async (boardId, meetingRef, hash) => {
    const key = `${boardId}/${meetingRef}/${hash}`;
    const known = kept.get(key);
    if (known) return known;
    const found = await read(boardId, meetingRef, hash);
    const oldest = [...kept.keys()][0];
    if (kept.size >= keptLogs && oldest !== undefined) kept.delete(oldest);
    if (found) kept.set(key, found);
    return found;
  };

  async function read(boardId: string, meetingRef: Ref, hash: string): Promise<ReleasedPapers | undefined> {
    const of = { boardId, meetingRef, kind: 'for the meeting' as const };
    const frozen = (await findFrozen({ library }, of)).find((one) => one.hash.startsWith(hash));
    if (!frozen) return undefined;
    const papers = papersAbout(await library.list(boardId, meetingRef), hash);
    return {
      log: frozen.log,
      shortCode: shortCodeOf(meetingRef, of.kind, frozen.hash),
      papers: papers.map((one) => ({ title: titleOf(one.name), url: one.webUrl })),
    };
  }
}

function titleOf(name: string): string {
  if (name.includes('board pack')) return 'Board pack (Word)';
  return name.endsWith('.xlsx') ? 'Action and impact log (Excel)' : 'Action and impact log (Word)';
}
