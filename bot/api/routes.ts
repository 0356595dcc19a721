// The tab's API: who is it, how often, what do they ask; every body by the contract, every view by its reader.
import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { NotAuthorisedError } from '../errors';
import type { DecideDate } from '../services/decideDate';
import type { InviteBoard } from '../services/inviteBoard';
import type { Managing } from '../services/managing';
import type { AnswerResult, UpdateItem } from '../services/updateItem';
import type { ViewBoard, ViewRequest } from '../services/viewBoard';
import type { Authenticate } from './auth';
import * as contract from './contract';
import type { ReadinessResponse } from './contract/readiness';
import { dateRouter } from './dateRoutes';
import { deliveryRouter, type DeliveryRoutes } from './deliveryRoutes';
import { frozenRouter, type FrozenLogs } from './frozenRoutes';
import { invitationRouter } from './invitationRoutes';
import { createLimiter } from './limits';
import { manageRouter } from './manageRoutes';
import type { Changes } from './changesRoutes';
import { readinessRouter, type ReadinessRoutes } from './readinessRoutes';
import { settingsRouter } from './settingsRoutes';
import { invalid, sendProblem, tooOften, type ProblemFacts } from './problems';

export interface ApiRoutes {
  readonly mode: contract.ConfigResponse['mode'];
  readonly views: ViewBoard;
  readonly answers: Pick<UpdateItem, 'answer'>;
  readonly managing: Managing;
  readonly frozen: FrozenLogs;
  readonly inviteBoard: Pick<InviteBoard, 'view' | 'send'>;
  readonly delivery: DeliveryRoutes;
  readonly readiness: ReadinessRoutes;
  readonly decideDate: Pick<DecideDate, 'decide'>;
  /** Tells the tab of changes; without it the tab asks. */
  readonly changes?: Changes;
  readonly authenticate: Authenticate;
  /** Local mode alone: signs in as a sample person; undefined when there is nobody of that ref. */
  readonly signIn?: (as: string) => Promise<{ accessToken: string; expiresInSeconds: number } | undefined>;
  readonly requestsPerMinute?: number;
}

const query = contract.viewQuery;
const paperTypes: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
};

export function apiRouter(deps: ApiRoutes): Router {
  const router = express.Router();
  const { views } = deps;
  const limiter = createLimiter(deps.requestsPerMinute ?? 240, () => performance.now());
  const readJson = express.json({ limit: '64kb' });

  router.use((_request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    next();
  });

  router.get('/config', async (_request, response) => {
    const body: contract.ConfigResponse = {
      mode: deps.mode,
      ...(deps.signIn ? { signIn: { people: await views.people() } } : {}),
    };
    response.json(body);
  });

  const { signIn } = deps;
  if (signIn) {
    router.post('/local/sign-in', readJson, async (request, response) => {
      const parsed = contract.signInRequest.safeParse(request.body);
      if (!parsed.success) return sendProblem(response, invalid(parsed.error));
      const token = await signIn(parsed.data.as);
      if (!token) throw new NotAuthorisedError('Nobody of this reference can sign in.', 'unknownCaller');
      response.json(token satisfies contract.SignInResponse);
    });
  }

  if (deps.changes) router.use(deps.changes.stream);

  router.use(async (request: Request, response: Response, next: NextFunction) => {
    const caller = await deps.authenticate(request.headers.authorization);
    const waitSeconds = limiter.take(caller.entraObjectId);
    if (waitSeconds !== undefined) return sendProblem(response, tooOften(waitSeconds));
    response.locals['entraObjectId'] = caller.entraObjectId;
    next();
  });

  /** A view: its query is checked, its body is what the contract says. */
  function view<Body>(path: string, show: (wanted: ViewRequest, params: Request['params']) => Promise<Body>): void {
    router.get(path, async (request, response) => {
      const parsed = query.safeParse(request.query);
      if (!parsed.success) return sendProblem(response, invalid(parsed.error));
      const { board: boardId, fresh, reader } = parsed.data;
      const wanted = { entraObjectId: callerOf(response), boardId, fresh: fresh === 'true' };
      const body = await show(wanted, request.params);
      if (reader === undefined) return void response.json(body);
      const both: contract.ViewWithReader = { view: body, reader: await views.me({ ...wanted, fresh: false }) };
      response.json(both);
    });
  }

  view<contract.MeResponse>('/me', (wanted) => views.me(wanted));
  view<contract.BoardResponse>('/board', (wanted) => views.board(wanted));
  view<contract.ActionsResponse>('/actions', (wanted) => views.actions(wanted));
  view<contract.ActionResponse>('/actions/:ref', (wanted, params) => views.action(wanted, one(params, 'ref')));
  view<contract.TimelineResponse>('/timeline', (wanted) => views.timeline(wanted));
  view<contract.RisksResponse>('/risks', (wanted) => views.risks(wanted));
  view<contract.ClausesResponse>('/clauses', (wanted) => views.clauses(wanted));
  view<contract.ClauseResponse>('/clauses/:clause', (wanted, params) => views.clause(wanted, one(params, 'clause')));
  view<contract.ContributionsResponse>('/contributions', (wanted) => views.contributions(wanted));
  view<contract.MeetingResponse>('/meeting', (wanted) => views.meeting(wanted));
  view<contract.MeetingResponse>('/meeting/:ref', (wanted, params) => views.meeting(wanted, one(params, 'ref')));
  view<ReadinessResponse>('/readiness', (wanted) => views.readiness(wanted));
  view<contract.MeasuresResponse>('/measures', (wanted) => views.measures(wanted));
  view<contract.MeasureResponse>('/measures/:ref', (wanted, params) => views.measure(wanted, one(params, 'ref')));
  view<contract.SettingsResponse>('/settings', (wanted) => views.settings(wanted));
  view<contract.LogResponse>('/log', (wanted) => views.log(wanted));

  router.get('/log/:meetingRef/:name', async (request, response) => {
    const parsed = query.safeParse(request.query);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const wanted = { entraObjectId: callerOf(response), boardId: parsed.data.board };
    const { meetingRef, name } = request.params;
    const paper = await views.paper(wanted, meetingRef, name);
    const ending = paper.name.split('.').at(-1)?.toLowerCase() ?? '';
    response.attachment(paper.name).type(paperTypes[ending] ?? 'application/octet-stream');
    response.send(Buffer.from(paper.content));
  });

  router.post('/answers', readJson, async (request, response) => {
    const parsed = contract.answerRequest.safeParse(request.body);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const { boardId: wantedBoard, ...given } = parsed.data;
    const by = await views.answerer({ entraObjectId: callerOf(response), boardId: wantedBoard });
    const actor = { personRef: by.personRef, route: 'tab' } as const;
    const result = await deps.answers.answer({ ...given, boardId: by.boardId, actor });
    if (result.kind === 'saved') {
      // The tab has no way to take an answer back.
      const { updateKey: _key, undoUntil: _until, ...receipt } = result.receipt;
      response.json(receipt satisfies contract.AnswerResponse);
    } else sendProblem(response, unsaved(result));
  });

  router.get('/boards/:boardId/search', async (request, response) => {
    const parsed = contract.searchQuery.safeParse(request.query);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const wanted = { entraObjectId: callerOf(response), boardId: request.params.boardId };
    const body: contract.SearchResponse = await views.search(wanted, parsed.data.q ?? '');
    response.json(body);
  });

  router.use('/boards', frozenRouter(deps.frozen, views, callerOf));
  router.use('/boards', invitationRouter(deps.inviteBoard, views, callerOf));
  router.use('/boards', deliveryRouter(deps.delivery, views, callerOf));
  router.use('/boards', dateRouter(deps.decideDate, views, callerOf));
  router.use('/boards', readinessRouter(deps.readiness, views, callerOf));
  router.use('/boards', settingsRouter(deps.managing.changeSettings, views, callerOf));
  if (deps.changes) router.use('/boards', deps.changes.tickets(views, callerOf));
  router.use('/manage', manageRouter(deps.managing, views, callerOf));

  router.use((_request, response) => {
    sendProblem(response, {
      kind: 'not-found',
      status: 404,
      title: 'This does not exist',
      detail: 'There is nothing at this address.',
    });
  });
  return router;
}

/** 2xx alone means saved: each other result is a problem that says what to do. */
function unsaved(result: Exclude<AnswerResult, { kind: 'saved' }>): ProblemFacts {
  switch (result.kind) {
    case 'refused':
      return {
        kind: 'invalid',
        status: 422,
        title: 'Not saved yet',
        detail: 'Each field below says what to change.',
        more: { issues: result.issues },
      };
    case 'confirm':
      return {
        kind: 'confirm',
        status: 422,
        title: 'Please check before it is saved',
        detail: 'The words may tell who a child or family is. Change them, or confirm that they do not.',
        more: { warnings: result.warnings },
      };
    case 'conflict':
      return {
        kind: 'conflict',
        status: 409,
        title: 'Somebody changed this meanwhile',
        detail: 'Nothing was written over. Compare, then save again.',
        more: {
          changed: [...result.changed],
          currentVersion: result.currentVersion,
        },
      };
  }
}

function callerOf(response: Response): string {
  return String(response.locals['entraObjectId']);
}

function one(params: Request['params'], name: string): string {
  const value = params[name];
  return typeof value === 'string' ? value : '';
}
