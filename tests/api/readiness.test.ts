// Readiness over HTTP, by role: secretary and chair read; the secretary alone reminds and looks at cards.
import { problem } from '../../bot/api/contract';
import { cardResponse, nudgeResponse, readinessResponse } from '../../bot/api/contract/readiness';
import { fillLedger } from '../fixtures/sentMessages';
import { boardId, getAs, postAs, startIssuer, tabService, type Issuer } from '../fixtures/tabService';

jest.setTimeout(60_000);

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

async function service() {
  const made = tabService(issuer);
  made.clock.set('2025-01-08T10:00:00.000Z');
  await fillLedger(made.ledger, boardId);
  const get = (who: string, path: string) => getAs(made, path, who);
  const nudge = (who: string, body: object) => postAs(made, `/boards/${boardId}/nudges`, who, body);
  const nudged = async () =>
    (await made.ledger.entries(boardId, 'B09')).filter((one) => one.step.startsWith('notice:nudge:'));
  return { ...made, get, nudge, nudged };
}
const freya = { meetingRef: 'B09', personRefs: ['P10'] };

test.each([
  ['P15', true],
  ['P01', false],
])('%s reads the page; may act: %s', async (who, mayAct) => {
  const { get } = await service();
  const body = readinessResponse.parse((await get(who, '/readiness')).body);
  expect(body.mayAct).toBe(mayAct);
  expect(body.people).toHaveLength(12);
});

test.each(['P04', 'P10', 'P16', 'X01', 'stranger'])('%s reads nothing of it', async (who) => {
  const { get } = await service();
  expect((await get(who, '/readiness')).status).toBe(403);
});

test('the secretary reminds once, however often it is asked', async () => {
  const { nudge, nudged } = await service();
  const first = nudgeResponse.parse((await nudge('P15', freya)).body);
  expect(first).toEqual({
    sent: [{ personRef: 'P10', name: 'Freya Langmoor' }],
    notSent: [],
    words: 'A reminder goes to Freya Langmoor.',
  });
  const again = nudgeResponse.parse((await nudge('P15', freya)).body);
  expect(again.sent).toEqual([]);
  expect(again.notSent[0]?.why).toBe('A message went to them today; at most one a person a day.');
  expect(await nudged()).toHaveLength(1);
});

test('two presses at once remind once', async () => {
  const { nudge, nudged } = await service();
  const answers = await Promise.all([nudge('P15', freya), nudge('P15', freya)]);
  expect(answers.map((one) => one.status)).toEqual([200, 200]);
  expect(answers.flatMap((one) => nudgeResponse.parse(one.body).sent)).toHaveLength(1);
  expect(await nudged()).toHaveLength(1);
});

test('who has answered, or is nobody, is not reminded and is named with the reason', async () => {
  const { nudge, nudged } = await service();
  const { words } = nudgeResponse.parse((await nudge('P15', { ...freya, personRefs: ['P02', 'P99'] })).body);
  expect(words).toMatch(
    /^Nobody is reminded now\. Not to .*: Nothing is outstanding of theirs any more\. Not to P99: /,
  );
  expect(await nudged()).toEqual([]);
});

test.each(['P01', 'P04', 'P10', 'X01', 'stranger'])('%s reminds nobody', async (who) => {
  const { nudge, nudged } = await service();
  expect((await nudge(who, freya)).status).toBe(403);
  expect(await nudged()).toEqual([]);
});

test('a meeting that there is not is answered 404, a body that is none 400', async () => {
  const { nudge } = await service();
  expect((await nudge('P15', { ...freya, meetingRef: 'B99' })).status).toBe(404);
  expect((await nudge('P15', { ...freya, personRefs: [] })).status).toBe(400);
  expect((await nudge('P15', { ...freya, more: 1 })).status).toBe(400);
});

const cards = `/boards/${boardId}/cards`;

test('the secretary sees the card of somebody reached by chat', async () => {
  const { get } = await service();
  const body = cardResponse.parse((await get('P15', `${cards}/P10`)).body);
  expect(body).toMatchObject({ name: 'Freya Langmoor', route: 'chat', card: { type: 'AdaptiveCard' } });
  expect(body.what).toMatch(/^The reminder that the secretary may send now, as the board is now\. It goes by chat/);
  expect(body.text).toContain('APA1.04');
});

test('before the deadline it is the next message of the cycle', async () => {
  const { get, clock } = await service();
  clock.set('2024-12-20T10:00:00.000Z');
  const body = cardResponse.parse((await get('P15', `${cards}/P10`)).body);
  expect(body.what).toMatch(/^The (final )?reminder of .* 2024, 09:00, as the board is now\./);
});

test('somebody of whom nothing is asked has none, and nobody unknown', async () => {
  const { get } = await service();
  const none = await get('P15', `${cards}/X01`);
  expect([none.status, problem.parse(none.body).detail]).toEqual([
    422,
    'Nothing is left to ask of Casey Underbourne, so they get no card.',
  ]);
  expect((await get('P15', `${cards}/P99`)).status).toBe(404);
});

test.each(['P01', 'P10', 'X01', 'stranger'])('%s sees no card', async (who) => {
  const { get } = await service();
  expect((await get(who, `${cards}/P10`)).status).toBe(403);
});
