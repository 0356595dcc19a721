// The secretary's routes: who may use them, what they answer, and what the views say while sending is paused.
import * as contract from '../../bot/api/contract/manage';
import { boardId, getAs, postAs, startIssuer, tabService, type Issuer, type TabService } from '../fixtures/tabService';

let issuer: Issuer;
let service: TabService;

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => {
  service = tabService(issuer);
});

const post = (personRef: string, path: string, body: object) => postAs(service, `/manage/${path}`, personRef, body);

const nonce = 'nonce-0001';
const bodies: readonly (readonly [string, object])[] = [
  ['items', { nonce, item: { kind: 'action', areaRef: 'APA1', title: 'Agree the shared data set' } }],
  ['hand-over', { nonce, moves: [{ kind: 'action', ref: 'APA1.04', toRef: 'P17' }] }],
  ['leave', { nonce, personRef: 'P10', lastDayOn: '2025-01-31', toRef: 'P17' }],
  ['pause', { nonce, why: 'Between two secretaries' }],
];

describe.each(bodies)('%s', (path, body) => {
  test('is done for the secretary', async () => {
    const done = await post('P15', path, body);
    expect(done.status).toBe(200);
    expect(contract.managedResponse.parse(done.body).words.length).toBeGreaterThan(0);
  });

  test.each(['P01', 'P04', 'P10', 'X01', 'stranger'])('is refused for %s', async (person) => {
    expect((await post(person, path, body)).status).toBe(403);
    expect(service.records.operations).toEqual([]);
  });

  test('refuses what it does not know', async () => {
    expect((await post('P15', path, { ...body, more: 1 })).status).toBe(400);
  });
});

test('a pause is in every view for the secretary and the chair, and for nobody else, until it is resumed', async () => {
  await post('P15', 'pause', { nonce, why: 'Between two secretaries' });
  const paused = async (person: string): Promise<unknown> => (await getAs(service, '/board', person)).body.asOf.paused;
  expect(await paused('P15')).toContain('Between two secretaries');
  expect(await paused('P01')).toContain('Sending is paused');
  expect(await paused('P10')).toBeUndefined();
  expect((await post('P15', 'resume', { nonce: 'nonce-0002' })).status).toBe(200);
  expect(await paused('P15')).toBeUndefined();
});

test('a hand-over goes back; without one the secretary is told so, and anybody else whose that is', async () => {
  const none = await post('P15', 'hand-back', {});
  expect(none.status).toBe(422);
  expect(none.body).toMatchObject({
    title: 'Nothing was changed',
    issues: [{ message: 'You have handed nothing over in the last seven days.' }],
  });
  expect(await post('P10', 'hand-back', {})).toMatchObject({
    status: 403,
    body: { title: 'That is for the secretary' },
  });
  await post('P15', 'hand-over', { nonce, moves: [{ kind: 'action', ref: 'APA1.04', toRef: 'P17' }] });
  service.clock.set('2025-01-06T09:05:00.000Z');
  expect((await post('P15', 'hand-back', {})).status).toBe(200);
  const { actions } = await service.records.snapshot(boardId);
  expect(actions.find((one) => one.ref === 'APA1.04')?.ownerRef).toBe('P10');
});
