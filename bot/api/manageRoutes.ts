// The secretary's routes: add, hand over, let a person leave, take back, pause and resume; each checks who asks anew.
import express, { type Response, type Router } from 'express';
import type * as z from 'zod/mini';
import type { ManagedResult } from '../services/carryOut';
import type { Managing } from '../services/managing';
import type { Actor } from '../services/ports';
import type { ViewBoard } from '../services/viewBoard';
import * as contract from './contract/manage';
import { invalid, sendProblem } from './problems';

/** Under /api/v1/manage; `entraObjectId` says who is signed in. */
export function manageRouter(
  { manageItems, pauseSending }: Managing,
  views: Pick<ViewBoard, 'answerer'>,
  entraObjectId: (response: Response) => string,
): Router {
  const router = express.Router();
  const readJson = express.json({ limit: '256kb' });

  function route<Shape extends z.ZodMiniType<{ boardId?: string | undefined }>>(
    path: string,
    shape: Shape,
    run: (given: z.infer<Shape>, by: { readonly boardId: string; readonly actor: Actor }) => Promise<ManagedResult>,
  ): void {
    router.post(path, readJson, async (request, response) => {
      const parsed = shape.safeParse(request.body);
      if (!parsed.success) return sendProblem(response, invalid(parsed.error));
      const wanted = { entraObjectId: entraObjectId(response), boardId: parsed.data.boardId };
      const by = await views.answerer(wanted);
      const actor: Actor = { personRef: by.personRef, route: 'tab' };
      answerManaged(response, await run(parsed.data, { boardId: by.boardId, actor }));
    });
  }

  route('/items', contract.addItemRequest, ({ item, nonce, confirmedWarnings }, by) =>
    manageItems.addItem({ ...by, nonce, item, confirmedWarnings: confirmedWarnings === true }),
  );
  route('/hand-over', contract.handOverRequest, ({ moves, nonce, fromOn }, by) =>
    manageItems.handOver({ ...by, nonce, moves, ...(fromOn === undefined ? {} : { fromOn }) }),
  );
  route('/leave', contract.leaveRequest, ({ personRef, lastDayOn, toRef, named, nonce, takeOverNow }, by) =>
    manageItems.leave({
      ...by,
      nonce,
      leaving: { personRef, lastDayOn, ...(toRef === undefined ? {} : { toRef }) },
      named: named ?? [],
      takeOverNow: takeOverNow === true,
    }),
  );
  route('/hand-back', contract.handBackRequest, (_given, by) => manageItems.takeBack(by));
  route('/pause', contract.pauseRequest, ({ why, untilAt, nonce }, by) =>
    pauseSending.pause({ ...by, nonce, why, ...(untilAt === undefined ? {} : { untilAt }) }),
  );
  route('/resume', contract.resumeRequest, ({ nonce }, by) => pauseSending.resume({ ...by, nonce }));
  return router;
}

/** What came of an act of the secretary, as the tab is told. */
export function answerManaged(response: Response, result: ManagedResult): void {
  switch (result.kind) {
    case 'done':
      response.json(result.receipt satisfies contract.ManagedResponse);
      return;
    case 'confirm':
      sendProblem(response, {
        kind: 'confirm',
        status: 422,
        title: 'Please check before it is saved',
        detail: 'The words may tell who a child or family is. Change them, or confirm that they do not.',
        more: { warnings: result.warnings },
      });
      return;
    case 'refused': {
      const mayNot = result.issues.find((one) => one.field === 'byRef');
      sendProblem(
        response,
        mayNot
          ? { kind: 'not-allowed', status: 403, title: 'That is for the secretary', detail: mayNot.message }
          : {
              kind: 'invalid',
              status: 422,
              title: 'Nothing was changed',
              detail: 'Each line below says what to change.',
              more: { issues: result.issues },
            },
      );
    }
  }
}
