// Tells the tab that a board changed: a ticket for who may read it, then one held connection that says so and nothing more.
import express, { type Response, type Router } from 'express';
import type { ViewBoard } from '../services/viewBoard';
import type { WatchBoards } from '../services/watchBoards';
import * as contract from './contract/changes';
import { invalid, sendProblem, tooOften } from './problems';
import { createTickets, ticketSeconds, type Tickets } from './tickets';

export interface ChangesSettings {
  readonly watch: WatchBoards;
  /** Replaced in tests. */
  readonly tickets?: Tickets;
  readonly beatMs?: number;
  readonly longestMs?: number;
}

/** One for each window that somebody may have open, with one to spare. */
export const mostConnectionsOfAPerson = 6;
const mostConnections = 1_000;
/** Proxies close what is silent for a minute. */
const beatMs = 25_000;
/** Then the tab asks for another ticket, which only who may still read the board gets. */
const longestMs = 20 * 60_000;
/** A tab that lost the connection comes back after so long, spread so that not all come at once. */
const comeBackMs = 5_000;

export interface Changes {
  /** Under /api/v1, before anybody is asked for a token. */
  readonly stream: Router;
  /** Under /api/v1/boards, behind the token. */
  tickets(views: Pick<ViewBoard, 'reader'>, callerOf: (response: Response) => string): Router;
  /** Ends every connection, so that the service can stop. */
  close(): void;
}

export function createChanges(settings: ChangesSettings): Changes {
  const { watch } = settings;
  const tickets = settings.tickets ?? createTickets();
  const open = new Map<Response, { readonly entraObjectId: string; end(): void }>();
  let isClosed = false;

  function hold(response: Response, { entraObjectId, boardId }: { entraObjectId: string; boardId: string }): void {
    response.status(200).set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      // Proxies that gather answers would keep the news.
      'X-Accel-Buffering': 'no',
    });
    const say = (event: string): void => {
      response.write(`event: ${event}\ndata: {}\n\n`);
    };
    response.flushHeaders();
    response.write(`retry: ${comeBackMs}\n`);
    say(contract.changesEvents.ready);
    const leave = watch.follow(boardId, () => say(contract.changesEvents.changed));
    const beat = setInterval(() => response.write(': still here\n\n'), settings.beatMs ?? beatMs);
    const end = (): void => {
      if (!open.delete(response)) return;
      clearInterval(beat);
      clearTimeout(last);
      leave();
      response.end();
    };
    const last = setTimeout(end, settings.longestMs ?? longestMs);
    beat.unref();
    last.unref();
    open.set(response, { entraObjectId, end });
    response.on('close', end);
  }

  const stream = express.Router();
  stream.get('/changes', (request, response) => {
    response.setHeader('Cache-Control', 'no-store');
    const parsed = contract.changesQuery.safeParse(request.query);
    if (!parsed.success) return sendProblem(response, invalid(parsed.error));
    const holder = tickets.take(parsed.data.ticket);
    if (!holder) {
      return sendProblem(response, {
        kind: 'signed-out',
        status: 401,
        title: 'This ticket does not hold',
        detail: 'A ticket is for one connection within seconds. Ask for another one.',
      });
    }
    const own = [...open.values()].filter((one) => one.entraObjectId === holder.entraObjectId).length;
    if (isClosed || own >= mostConnectionsOfAPerson || open.size >= mostConnections)
      return sendProblem(response, tooOften(60));
    hold(response, holder);
  });

  return {
    stream,
    tickets(views, callerOf) {
      const router = express.Router();
      router.post('/:boardId/changes/ticket', async (request, response) => {
        const { boardId } = await views.reader({
          entraObjectId: callerOf(response),
          boardId: request.params.boardId,
        });
        const ticket = tickets.give({ entraObjectId: callerOf(response), boardId });
        response.json({ ticket, expiresInSeconds: ticketSeconds } satisfies contract.ChangesTicketResponse);
      });
      return router;
    },
    close() {
      isClosed = true;
      for (const one of [...open.values()]) one.end();
    },
  };
}
