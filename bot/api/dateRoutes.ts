// The route of a decision about a due date: the same use case as in chat, once, whoever presses and however often.
import express, { type Response, type Router } from 'express';
import type { DateResult, DecideDate } from '../services/decideDate';
import type { ViewBoard } from '../services/viewBoard';
import * as contract from './contract/meeting';
import { invalid, sendProblem } from './problems';

type Views = Pick<ViewBoard, 'answerer' | 'dateDecided'>;

/** Under /api/v1/boards; `callerOf` says who is signed in. */
export function dateRouter(
  decideDate: Pick<DecideDate, 'decide'>,
  views: Views,
  callerOf: (response: Response) => string,
): Router {
  const router = express.Router();
  router.post('/:boardId/date-changes/:ref/decision', express.json({ limit: '16kb' }), async (request, response) => {
    const parsed = contract.dateDecisionRequest.safeParse(request.body);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const wanted = { entraObjectId: callerOf(response), boardId: request.params.boardId };
    const { boardId, personRef } = await views.answerer(wanted);
    const { approve, reason = '', confirmedWarnings = false } = parsed.data;
    const { ref } = request.params;
    const result = await decideDate.decide({
      ...{ boardId, ref, approve, confirmedWarnings, actor: { personRef, route: 'tab' } },
      ...(reason === '' ? {} : { reason }),
    });
    answer(
      response,
      result,
      result.kind === 'decided' || result.kind === 'already' ? await views.dateDecided(wanted, ref) : '',
    );
  });
  return router;
}

function answer(response: Response, result: DateResult, words: string): void {
  switch (result.kind) {
    case 'decided': {
      const { ref, approved } = result;
      response.json({ ref, approved, words } satisfies contract.DateDecisionResponse);
      return;
    }
    case 'confirm':
      return sendProblem(response, {
        kind: 'confirm',
        status: 422,
        title: 'Please check before it is saved',
        detail: 'The words may tell who a child or family is. Change them, or confirm that they do not.',
        more: { warnings: result.warnings },
      });
    case 'refused': {
      const mayNot = result.issues.find((one) => one.field === 'byRef');
      return sendProblem(
        response,
        mayNot
          ? { kind: 'not-allowed', status: 403, title: 'That is not yours to decide', detail: mayNot.message }
          : {
              kind: 'invalid',
              status: 422,
              title: 'Nothing was decided yet',
              detail: 'Each line says what to change.',
              more: { issues: result.issues },
            },
      );
    }
    default:
      return sendProblem(response, {
        kind: 'conflict',
        status: 409,
        title: 'This was decided before',
        detail: words === '' ? 'Nothing was changed.' : words,
      });
  }
}
