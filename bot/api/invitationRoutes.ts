// The routes about the invitations of a meeting: secretary and chair look, the secretary sends and mends.
import express, { type Response, type Router } from 'express';
import type { InviteBoard } from '../services/inviteBoard';
import type { ViewBoard } from '../services/viewBoard';
import * as contract from './contract/invitations';
import { invalid, sendProblem } from './problems';

/** Under /api/v1/boards; `callerOf` says who is signed in. */
export function invitationRouter(
  inviteBoard: Pick<InviteBoard, 'view' | 'send'>,
  views: Pick<ViewBoard, 'reader'>,
  callerOf: (response: Response) => string,
): Router {
  const router = express.Router();
  const readJson = express.json({ limit: '4kb' });
  const path = '/:boardId/meetings/:ref/invitations';
  const asked = async (response: Response, boardId: string, meetingRef: string) => {
    const by = await views.reader({ entraObjectId: callerOf(response), boardId });
    return { boardId: by.boardId, byRef: by.personRef, meetingRef };
  };

  router.get(path, async (request, response) => {
    const { boardId, ref } = request.params;
    const body: contract.InvitationsResponse = await inviteBoard.view(await asked(response, boardId, ref));
    response.json(body);
  });

  router.post(path, readJson, async (request, response) => {
    const parsed = contract.inviteRequest.safeParse(request.body ?? {});
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const { boardId, ref } = request.params;
    const body: contract.InviteResponse = await inviteBoard.send(await asked(response, boardId, ref));
    response.json(body);
  });
  return router;
}
