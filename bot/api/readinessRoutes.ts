// The secretary's acts on the readiness page: reminding those outstanding, and a look at the card that an owner will get.
import express, { type Response, type Router } from 'express';
import type { NudgeOwners } from '../services/nudgeOwners';
import type { PreviewCard } from '../services/previewCard';
import type { ViewBoard } from '../services/viewBoard';
import * as contract from './contract/readiness';
import { invalid, sendProblem } from './problems';

export interface ReadinessRoutes {
  readonly nudgeOwners: NudgeOwners;
  readonly previewCard: PreviewCard;
}

/** Under /api/v1/boards; `callerOf` says who is signed in. */
export function readinessRouter(
  { nudgeOwners, previewCard }: ReadinessRoutes,
  views: Pick<ViewBoard, 'reader'>,
  callerOf: (response: Response) => string,
): Router {
  const router = express.Router();
  const readJson = express.json({ limit: '16kb' });

  router.post('/:boardId/nudges', readJson, async (request, response) => {
    const parsed = contract.nudgeRequest.safeParse(request.body);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const by = await views.reader({ entraObjectId: callerOf(response), boardId: request.params.boardId });
    const body: contract.NudgeResponse = await nudgeOwners.send({
      ...parsed.data,
      boardId: by.boardId,
      byRef: by.personRef,
    });
    response.json(body);
  });

  router.get('/:boardId/cards/:personRef', async (request, response) => {
    const { boardId, personRef } = request.params;
    const by = await views.reader({ entraObjectId: callerOf(response), boardId });
    const body: contract.CardResponse = await previewCard.preview({
      boardId: by.boardId,
      personRef,
      byRef: by.personRef,
    });
    response.json(body);
  });
  return router;
}
