// Signing in as a sample person at the real local issuer, and reading the board with the token it gives.
import request from 'supertest';
import { createAuthenticate } from '../../bot/api/auth';
import { createLocalSignIn } from '../../bot/api/localSignIn';
import { createApi } from '../../bot/api/server';
import { createUpdateItem } from '../../bot/services/updateItem';
import { createViewBoard } from '../../bot/services/viewBoard';
import { localTenantId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { memoryManaging } from '../fixtures/managing';
import { createMemoryOperations } from '../fixtures/memoryPorts';
import { frozenLogs } from '../fixtures/releasing';

let board: LocalBoard;

beforeAll(async () => {
  board = await startLocalBoard();
}, 60_000);
afterAll(() => board.close());

function app() {
  const { records, library, clock, logger } = board;
  const tenantUrl = `${board.local.url}/${localTenantId}`;
  const managing = memoryManaging({ records, clock, logger });
  return createApi({
    mode: 'local',
    views: createViewBoard({ records, library, ledger: managing.ledger, clock }),
    answers: createUpdateItem({ records, operations: createMemoryOperations(), clock, logger }),
    managing,
    inviteBoard: managing.inviteBoard,
    delivery: managing,
    readiness: managing,
    decideDate: managing.acts.decideDate,
    frozen: frozenLogs({ records, library, clock, logger }),
    authenticate: createAuthenticate({
      tenantId: localTenantId,
      issuer: `${tenantUrl}/v2.0`,
      jwksUrl: `${tenantUrl}/discovery/v2.0/keys`,
      audiences: ['api://local/board-assistant'],
      clientIds: ['local-tab'],
    }),
    signIn: createLocalSignIn({ tokenUrl: `${tenantUrl}/oauth2/v2.0/token`, clientId: 'local-tab' }),
    logger,
    tabFolder: '/nowhere',
    health: {},
  });
}

test('the chair signs in by reference and reads the board from the local SharePoint', async () => {
  const service = app();
  const signedIn = await request(service).post('/api/v1/local/sign-in').send({ as: 'P01' });
  const shown = await request(service).get('/api/v1/board').set('Authorization', `Bearer ${signedIn.body.accessToken}`);
  expect(shown.status).toBe(200);
  expect(shown.body.next.words).toBe('Wednesday 15 January 2025, 10:00');
}, 60_000);

test('an answer in the tab reaches the local SharePoint', async () => {
  const service = app();
  const signedIn = await request(service).post('/api/v1/local/sign-in').send({ as: 'P10' });
  const authorization = `Bearer ${signedIn.body.accessToken}`;
  const before = await request(service).get('/api/v1/actions/APA1.04').set('Authorization', authorization);
  const narrative = 'Five of six are published and in use.';
  const saved = await request(service)
    .post('/api/v1/answers')
    .set('Authorization', authorization)
    .send({
      nonce: 'nonce-0001',
      seenVersion: before.body.answering.version,
      answer: { kind: 'action', ref: 'APA1.04', percentComplete: 83, narrative },
    });
  expect(saved.status).toBe(200);
  const fresh = await board.records.refresh('hertland-send');
  expect(fresh.actions.find((one) => one.ref === 'APA1.04')?.percentComplete).toBe(83);
  expect(fresh.updates.find((one) => one.narrative === narrative)).toMatchObject({ byRef: 'P10', route: 'tab' });
}, 60_000);

test('nobody signs in by a reference that is not in the plan', async () => {
  const refused = await request(app()).post('/api/v1/local/sign-in').send({ as: 'P99' });
  expect(refused.status).toBe(401);
});

test('an issuer that is down is said in words', async () => {
  const signIn = createLocalSignIn({ tokenUrl: 'http://127.0.0.1:1/token', clientId: 'local-tab' });
  await expect(signIn('P01')).rejects.toMatchObject({ kind: 'upstream', service: 'the local sign-in' });
});
