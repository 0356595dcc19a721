// Hearing of changes: who gets a ticket, what a ticket is good for, how many connections there may be, and how they end.
import { createServer, get as httpGet, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { createChanges, mostConnectionsOfAPerson, type Changes } from '../../bot/api/changesRoutes';
import { changesTicketResponse } from '../../bot/api/contract';
import { createTickets, ticketSeconds } from '../../bot/api/tickets';
import { watchBoards, type WatchBoards } from '../../bot/services/watchBoards';
import { createMemoryLogger } from '../fixtures/memoryPorts';
import { boardId, startIssuer, tabService, type Issuer, type TabService } from '../fixtures/tabService';

jest.setTimeout(60_000);

let issuer: Issuer;
let nowMs = 0;
let watch: WatchBoards;
let changes: Changes;
let service: TabService;
let server: Server;
let url: string;

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(async () => {
  nowMs = 0;
  // The records of the service are not there yet when it is made.
  watch = watchBoards({
    records: { snapshot: (id) => service.records.snapshot(id) },
    logger: createMemoryLogger(),
  });
  changes = createChanges({ watch, tickets: createTickets(() => nowMs), beatMs: 50 });
  service = tabService(issuer, { changes });
  server = createServer(service.app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
});
afterEach(async () => {
  watch.stop();
  changes.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const askTicket = async (who: string, board = boardId) =>
  request(service.app)
    .post(`/api/v1/boards/${board}/changes/ticket`)
    .set('Authorization', await service.as(who));
const ticketOf = async (who: string): Promise<string> =>
  changesTicketResponse.parse((await askTicket(who)).body).ticket;

interface Connection {
  readonly status: number;
  readonly type: string;
  /** Resolves with all that came, as soon as it holds these words. */
  heard(words: string): Promise<string>;
  readonly ended: Promise<void>;
}

async function connect(ticket: string): Promise<Connection> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    // As a browser asks; what is held back to be compressed would never be heard.
    const headers = { 'Accept-Encoding': 'gzip, br' };
    httpGet(`${url}/changes?ticket=${ticket}`, { headers }, resolve).on('error', reject);
  });
  let text = '';
  let wake: () => void = () => undefined;
  answer.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    wake();
  });
  const ended = new Promise<void>((resolve) => answer.on('end', resolve).on('error', () => resolve()));
  return {
    status: answer.statusCode ?? 0,
    type: String(answer.headers['content-type']),
    async heard(words) {
      while (!text.includes(words)) await new Promise<void>((resolve) => (wake = resolve));
      return text;
    },
    ended,
  };
}

test.each(['P01', 'P15', 'P10', 'X01'])('%s, whom the board knows, gets a ticket', async (who) => {
  expect((await askTicket(who)).status).toBe(200);
});

test('a stranger, and nobody, get none; nor does anybody for a board they are not of', async () => {
  expect((await askTicket('stranger')).status).toBe(403);
  expect((await askTicket('P01', 'another-board')).status).toBe(403);
  expect((await request(service.app).post(`/api/v1/boards/${boardId}/changes/ticket`)).status).toBe(401);
});

test('a connection hears of a change and of nothing that it says, and that it is still there', async () => {
  const connection = await connect(await ticketOf('P01'));
  expect([connection.status, connection.type]).toEqual([200, 'text/event-stream; charset=utf-8']);
  await connection.heard('event: ready');
  service.records.editInSharePoint(boardId, 'action', 'APA1.04', { title: 'Profiles of localities' });
  await service.records.refresh(boardId);
  watch.look(boardId);
  const text = await connection.heard('event: changed');
  expect(text).not.toContain('Profiles');
  await connection.heard(': still here');
});

test('a ticket is good for one connection', async () => {
  const ticket = await ticketOf('P01');
  expect((await connect(ticket)).status).toBe(200);
  expect((await connect(ticket)).status).toBe(401);
});

test('a ticket is good for its seconds', async () => {
  const ticket = await ticketOf('P01');
  nowMs = ticketSeconds * 1000;
  expect((await connect(ticket)).status).toBe(401);
});

test.each(['A'.repeat(43), `${'A'.repeat(42)}=`, 'short', ''])(
  'a made-up ticket "%s" opens nothing',
  async (ticket) => {
    expect((await connect(encodeURIComponent(ticket))).status).toBeGreaterThanOrEqual(400);
  },
);

test('a person may hold so many connections; one that ends makes room', async () => {
  const held = [];
  for (let n = 0; n < mostConnectionsOfAPerson; n += 1) held.push(await connect(await ticketOf('P01')));
  expect(held.map((one) => one.status)).toEqual(held.map(() => 200));
  expect((await connect(await ticketOf('P01'))).status).toBe(429);
  expect((await connect(await ticketOf('P15'))).status).toBe(200);
});

test('stopping the service ends what is held and takes nobody more', async () => {
  const connection = await connect(await ticketOf('P01'));
  const late = await ticketOf('P15');
  changes.close();
  await connection.ended;
  expect((await connect(late)).status).toBe(429);
});
