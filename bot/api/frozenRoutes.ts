// The routes about frozen logs of one board: preview and release, comparison of any two, check of what is filed.
import express, { type Response, type Router } from 'express';
import type { CompareFrozen } from '../services/compareFrozen';
import type { ReleaseLog, ReleaseResult } from '../services/releaseLog';
import type { VerifyLog } from '../services/verifyLog';
import type { ViewBoard } from '../services/viewBoard';
import * as contract from './contract/logs';
import { invalid, sendProblem } from './problems';

export interface FrozenLogs {
  readonly releaseLog: ReleaseLog;
  readonly compareFrozen: CompareFrozen;
  readonly verifyLog: VerifyLog;
}

const kinds = { before: 'for the meeting', after: 'after the meeting' } as const;

/** Under /api/v1/boards; `callerOf` says who is signed in. */
export function frozenRouter(
  { releaseLog, compareFrozen, verifyLog }: FrozenLogs,
  views: Pick<ViewBoard, 'reader'>,
  callerOf: (response: Response) => string,
): Router {
  const router = express.Router();
  const readJson = express.json({ limit: '16kb' });
  const wantedBy = (response: Response, boardId: string) => ({ entraObjectId: callerOf(response), boardId });

  router.get('/:boardId/logs/diff', async (request, response) => {
    const parsed = contract.logDiffQuery.safeParse(request.query);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const { boardId } = await views.reader(wantedBy(response, request.params.boardId));
    const { from, to } = parsed.data;
    const found = await compareFrozen.compare({ boardId, to, ...(from === undefined ? {} : { from }) });
    const body: contract.LogDiffResponse =
      found.kind === 'compared'
        ? { from: found.from, to: found.to, ...pick(found.comparison) }
        : { to: found.to, text: found.text, rows: [], notes: [] };
    response.json(body);
  });

  router.get('/:boardId/meetings/:ref/verification', async (request, response) => {
    const { boardId } = await views.reader(wantedBy(response, request.params.boardId));
    const body: contract.VerificationResponse = await verifyLog.verify({ boardId, meetingRef: request.params.ref });
    response.json(body);
  });

  router.get('/:boardId/meetings/:ref/release', async (request, response) => {
    const parsed = contract.releaseQuery.safeParse(request.query);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const by = await views.reader(wantedBy(response, request.params.boardId));
    const { kind = 'before', reason } = parsed.data;
    const body: contract.ReleasePreviewBody = await releaseLog.preview({
      ...{ boardId: by.boardId, byRef: by.personRef, meetingRef: request.params.ref, kind: kinds[kind] },
      ...(reason === undefined ? {} : { reason }),
    });
    response.json(body);
  });

  router.post('/:boardId/meetings/:ref/release', readJson, async (request, response) => {
    const parsed = contract.releaseRequest.safeParse(request.body);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const by = await views.reader(wantedBy(response, request.params.boardId));
    const { kind = 'before', ...given } = parsed.data;
    const result = await releaseLog.release({
      ...{ boardId: by.boardId, byRef: by.personRef, meetingRef: request.params.ref, kind: kinds[kind] },
      ...given,
    });
    answer(response, result);
  });
  return router;
}

function pick({
  text,
  rows,
  notes,
}: {
  text: string;
  rows: contract.LogDiffResponse['rows'];
  notes: readonly string[];
}) {
  return { text, rows, notes };
}

function answer(response: Response, result: ReleaseResult): void {
  if (result.kind === 'released') {
    const { shortCode, hash, by, alreadyFrozen, papers } = result;
    response.json({ shortCode, hash, by, alreadyFrozen, papers } satisfies contract.ReleaseResponse);
    return;
  }
  sendProblem(response, {
    kind: 'conflict',
    status: 409,
    title: 'The board moved since you looked',
    detail: 'Nothing was released. Look at the draft as it is now, then release that.',
    more: {
      issues: result.changed.map((message) => ({ field: 'seen', message })),
      currentVersion: result.preview.seen,
    },
  });
}
