// The routes about changing a board's settings: what would change, changing it, who changed what, how the lists are bound.
import express, { type Request, type Response, type Router } from 'express';
import type { AskedChange, ChangeSettings } from '../services/changeSettings';
import type { Actor } from '../services/ports';
import type { ViewBoard } from '../services/viewBoard';
import * as contract from './contract/settings';
import { answerManaged } from './manageRoutes';
import { invalid, sendProblem } from './problems';

/** Under /api/v1/boards; `callerOf` says who is signed in. */
export function settingsRouter(
  changeSettings: ChangeSettings,
  views: Pick<ViewBoard, 'reader' | 'settingsReader'>,
  callerOf: (response: Response) => string,
): Router {
  const router = express.Router();
  const readJson = express.json({ limit: '64kb' });
  const asked = (request: Request<{ boardId: string }>, response: Response) => ({
    entraObjectId: callerOf(response),
    boardId: request.params.boardId,
  });

  router.get('/:boardId/settings/history', async (request, response) => {
    const { boardId, whenWords } = await views.settingsReader(asked(request, response));
    const lines = await changeSettings.history(boardId);
    const body: contract.SettingsHistoryResponse = {
      changes: lines.map(({ change, at, byName, route, lines: changed, mayPutBack }) => ({
        ...{ change, when: whenWords(at), who: byName, by: routeWords[route] ?? route },
        ...{ lines: changed, mayPutBack },
      })),
    };
    response.json(body);
  });

  router.get('/:boardId/settings/binding', async (request, response) => {
    const { boardId } = await views.settingsReader(asked(request, response));
    const { findings, ...binding } = await changeSettings.binding(boardId);
    const body: contract.SettingsBindingResponse = {
      ...binding,
      findings: findings.map(({ rule, ref, text }) => ({ rule, ref, text })),
    };
    response.json(body);
  });

  router.get('/:boardId/settings/binding/:list', async (request, response) => {
    const by = await views.reader(asked(request, response));
    const { title } = request.query;
    const found = await changeSettings.choices({
      ...{ boardId: by.boardId, personRef: by.personRef, list: request.params.list },
      ...(typeof title === 'string' ? { title } : {}),
    });
    if (found.kind === 'refused') return answerManaged(response, found);
    response.json(found.choices satisfies contract.BindingChoicesResponse);
  });

  router.post('/:boardId/settings/preview', readJson, async (request, response) => {
    const parsed = contract.settingsPreviewRequest.safeParse(request.body);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const by = await views.reader(asked(request, response));
    const actor: Actor = { personRef: by.personRef, route: 'tab' };
    const change: AskedChange = parsed.data.change;
    const found = await changeSettings.preview({ boardId: by.boardId, actor, change });
    if (found.kind === 'refused') return answerManaged(response, found);
    const { kind: _kind, ...body } = found;
    response.json(body satisfies contract.SettingsPreviewResponse);
  });

  router.post('/:boardId/settings/change', readJson, async (request, response) => {
    const parsed = contract.settingsChangeRequest.safeParse(request.body);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const by = await views.reader(asked(request, response));
    const actor: Actor = { personRef: by.personRef, route: 'tab' };
    const { change, version, nonce } = parsed.data;
    const result = await changeSettings.change({ boardId: by.boardId, actor, change, version, nonce });
    const stale = result.kind === 'refused' ? result.issues.find((one) => one.field === 'version') : undefined;
    if (!stale) return answerManaged(response, result);
    sendProblem(response, {
      kind: 'conflict',
      status: 409,
      title: 'Somebody changed this meanwhile',
      detail: stale.message,
    });
  });
  return router;
}

const routeWords: Readonly<Record<string, string>> = {
  tab: 'in the tab',
  chat: 'in chat',
  'operator command': 'by the operator’s command',
};
