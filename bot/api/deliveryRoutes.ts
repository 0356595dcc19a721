// The routes about delivery of one board: who got which message, and having one sent again.
import express, { type Response, type Router } from 'express';
import type { ResendMessage } from '../services/resendMessage';
import type { ViewBoard } from '../services/viewBoard';
import type { ViewDelivery } from '../services/viewDelivery';
import * as contract from './contract/delivery';
import { invalid, sendProblem } from './problems';

export interface DeliveryRoutes {
  readonly viewDelivery: ViewDelivery;
  readonly resendMessage: ResendMessage;
}

/** Under /api/v1/boards; `callerOf` says who is signed in. */
export function deliveryRouter(
  { viewDelivery, resendMessage }: DeliveryRoutes,
  views: Pick<ViewBoard, 'reader'>,
  callerOf: (response: Response) => string,
): Router {
  const router = express.Router();
  const readJson = express.json({ limit: '4kb' });

  router.get('/:boardId/delivery', async (request, response) => {
    const parsed = contract.deliveryQuery.safeParse(request.query);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const by = await views.reader({ entraObjectId: callerOf(response), boardId: request.params.boardId });
    const body: contract.DeliveryResponse = await viewDelivery.forPerson(by.boardId, by.personRef, parsed.data.meeting);
    response.json(body);
  });

  router.post('/:boardId/delivery/resend', readJson, async (request, response) => {
    const parsed = contract.resendRequest.safeParse(request.body);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const by = await views.reader({ entraObjectId: callerOf(response), boardId: request.params.boardId });
    const result = await resendMessage.resend({ ...parsed.data, boardId: by.boardId, byRef: by.personRef });
    if (result.kind === 'resent') {
      response.json({ words: result.words } satisfies contract.ResendResponse);
      return;
    }
    const { words } = result;
    if (result.kind === 'confirm')
      sendProblem(response, {
        kind: 'confirm',
        status: 422,
        title: 'It may arrive twice',
        detail: words,
        more: { warnings: [words] },
      });
    else if (result.reason === 'notAllowed')
      sendProblem(response, { kind: 'not-allowed', status: 403, title: 'That is for the secretary', detail: words });
    else sendProblem(response, { kind: 'conflict', status: 409, title: 'Nothing was sent', detail: words });
  });
  return router;
}
