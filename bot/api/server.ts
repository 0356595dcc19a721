// Assembles the HTTP of the service: health, the tab and its API, the bot's endpoint, the operator's commands.
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import compression from 'compression';
import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { correlated, type Logger } from '../logger';
import { tellAnswered } from './answered';
import { createHealth, type HealthChecks, type HealthFacts } from './health';
import { localGuard } from './localGuard';
import { notificationsPath, notificationsRouter, type NotificationSettings } from './notifications';
import { operatorRouter, type OperatorSettings } from './operator';
import { problemHandler, sendProblem } from './problems';
import { apiRouter, type ApiRoutes } from './routes';

/** Takes a request whose JSON body is parsed already; the adapter of Teams gives one. */
export type MessagesHandler = (
  request: IncomingMessage & { body?: unknown },
  response: ServerResponse,
) => void | Promise<void>;

export interface ApiSettings extends ApiRoutes {
  readonly logger: Logger;
  /** Where the built tab lies. */
  readonly tabFolder: string;
  readonly health: HealthChecks;
  readonly healthFacts?: HealthFacts;
  readonly messages?: MessagesHandler;
  /** What SharePoint tells of changes in the boards' lists. */
  readonly notifications?: NotificationSettings;
  readonly operator?: OperatorSettings;
  /** Local mode alone: pages of this computer that may frame the tab, `http://127.0.0.1:4000`. */
  readonly localOrigins?: readonly string[];
}

/** Who may show the tab in a frame. Source: learn.microsoft.com, "Tab requirements". */
const teamsFrames = ['https://*.cloud.microsoft', 'https://teams.microsoft.com', 'https://*.teams.microsoft.com'];
/** teams-js reads the list of hosts that may frame a tab from here. */
const teamsHostList = 'https://res.cdn.office.net';

export function createApi(settings: ApiSettings): Express {
  const app = express();
  const isLocal = settings.mode === 'local';
  app.disable('x-powered-by');
  // Views are kept by nobody, and files of the tab have tags of their own.
  app.disable('etag');
  app.set('query parser', 'simple');

  app.use((_request, response, next) => {
    const requestId = randomUUID();
    response.locals['requestId'] = requestId;
    response.setHeader('X-Request-Id', requestId);
    // What the request leads to, calls to Graph and messages among it, is found in the log by this id.
    correlated(requestId, next);
  });
  app.use(tellAnswered(settings.logger));
  app.use(securityHeaders(isLocal, settings.localOrigins ?? []));
  if (isLocal) app.use(localGuard());

  app.use('/health', createHealth(settings.health, settings.logger, settings.healthFacts));
  if (settings.messages) app.post('/api/messages', express.json({ limit: '256kb' }), settings.messages);
  if (settings.notifications) app.use(notificationsPath, notificationsRouter(settings.notifications));
  app.use(compression({ level: 3, filter: isWorthCompressing }));
  app.use('/api/v1', apiRouter(settings));
  if (settings.operator) app.use('/operator', operatorRouter(settings.operator));
  serveTab(app, settings.tabFolder);
  app.get('/', (_request, response) => response.redirect('/tab/'));

  app.use((_request, response) => {
    sendProblem(response, {
      kind: 'not-found',
      status: 404,
      title: 'This does not exist',
      detail: 'There is nothing at this address.',
    });
  });
  app.use(problemHandler(settings.logger));
  return app;
}

/** News of changes leaves at once: what compresses would hold it back. */
function isWorthCompressing(request: Request, response: Response): boolean {
  const type = String(response.getHeader('Content-Type') ?? '');
  return !type.startsWith('text/event-stream') && compression.filter(request, response);
}

function securityHeaders(isLocal: boolean, localOrigins: readonly string[]) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Fluent writes its rules into style elements of its own.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: isLocal ? ["'self'"] : ["'self'", teamsHostList],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: [...teamsFrames, ...(isLocal ? localOrigins : [])],
      },
    },
    // Teams frames the tab: frame-ancestors above says who may.
    frameguard: false,
    strictTransportSecurity: !isLocal,
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** A missing file is a 404, never a page; refs such as APA1.04 have dots too. */
const looksLikeFile = /\.(js|css|map|svg|png|ico|json|txt|woff2)$/;

/** Files of the build; every other address under /tab/ is a page of the tab. */
function serveTab(app: Express, folder: string): void {
  const index = path.join(folder, 'index.html');
  app.use(
    '/tab',
    express.static(folder, {
      index: false,
      redirect: false,
      dotfiles: 'ignore',
      setHeaders: (response, file) => cacheFor(response, file),
    }),
  );
  app.get(['/tab', '/tab/{*page}'], (request, response, next) => {
    if (looksLikeFile.test(request.path)) return next();
    if (request.path === '/tab') return response.redirect('/tab/');
    if (!existsSync(index)) {
      response
        .status(503)
        .type('text/plain')
        .send('The tab is not built yet: run npm run build, then load this page again.');
      return;
    }
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(index, { cacheControl: false });
  });
}

/** Files under assets/ carry their hash in their name and never change. */
function cacheFor(response: Response, file: string): void {
  const isHashed = file.includes(`${path.sep}assets${path.sep}`);
  response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
}
