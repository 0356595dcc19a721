// The log that the board released last, read once and kept: what an adviser may see of what is on the board.
import type { ActionImpactLog } from '../board/logShape';
import { findFrozen, isCompiled, shortCodeOf } from './frozenLogs';
import type { Library } from './ports';
import type { ViewContext } from './viewContext';
import { frozenLogs } from './viewLog';

export interface ReleasedLog {
  readonly log: ActionImpactLog;
  readonly shortCode: string;
}

/** Reads again only when another log was frozen. Throws UpstreamError, ThrottledError. */
export function createReleasedLog(library: Library): (context: ViewContext) => Promise<ReleasedLog | undefined> {
  const kept = new Map<string, { readonly hashes: string; readonly found: ReleasedLog | undefined }>();
  return async (context) => {
    const { boardId } = context;
    const logs = frozenLogs(context);
    const hashes = logs.map((one) => one.hash).join(' ');
    const known = kept.get(boardId);
    if (known?.hashes === hashes) return known.found;
    for (const { meetingRef, kind } of logs) {
      const frozen = (await findFrozen({ library }, { boardId, meetingRef, kind })).at(-1);
      // A log rebuilt from its rows has no titles to be found by.
      if (!frozen || !isCompiled(frozen.log)) continue;
      const found = { log: frozen.log, shortCode: shortCodeOf(meetingRef, kind, frozen.hash) };
      kept.set(boardId, { hashes, found });
      return found;
    }
    kept.set(boardId, { hashes, found: undefined });
    return undefined;
  };
}
