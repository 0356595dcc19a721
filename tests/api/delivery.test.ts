// Delivery over HTTP, by role: secretary and chair read all, owners their own, and the secretary alone has one sent again.
import { deliveryResponse } from '../../bot/api/contract';
import { boardId, getAs, postAs, startIssuer, tabService, type Issuer } from '../fixtures/tabService';
import { fillLedger } from '../fixtures/sentMessages';

jest.setTimeout(60_000);

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const base = `/boards/${boardId}/delivery`;

async function service() {
  const made = tabService(issuer);
  await fillLedger(made.ledger, boardId);
  const get = (who: string, path = `${base}?meeting=B09`) => getAs(made, path, who);
  const post = (who: string, body: object) => postAs(made, `${base}/resend`, who, body);
  return { ...made, get, post };
}
const p08 = { meetingRef: 'B09', step: 'request', personRef: 'P08' };

test.each([
  ['P15', 6],
  ['P01', 6],
  ['P10', 1],
])('%s reads %i lines', async (who, lines) => {
  const { get } = await service();
  const body = deliveryResponse.parse((await get(who)).body);
  expect(body.steps.flatMap((one) => one.lines)).toHaveLength(lines);
  expect(body.mayResend).toBe(who === 'P15');
});

test.each(['X01', 'stranger'])('%s reads nothing', async (who) => {
  expect((await (await service()).get(who)).status).toBe(403);
});

test('a meeting that there is not is answered 404, a query that is none 400', async () => {
  const { get } = await service();
  expect((await get('P15', `${base}?meeting=B99`)).status).toBe(404);
  expect((await get('P15', `${base}?meeting=../x`)).status).toBe(400);
});

test('the secretary has one sent again; what may arrive twice is confirmed first', async () => {
  const { post, ledger } = await service();
  const stateOf = async (ref: string) =>
    (await ledger.entries(boardId, 'B09')).find((one) => one.personRef === ref)?.state;
  expect((await post('P15', p08)).body).toEqual({ words: 'The update request to Tamsin Oakhurst is sent again.' });
  expect(await stateOf('P08')).toBe('planned');
  const p07 = { ...p08, personRef: 'P07' };
  const first = await post('P15', p07);
  expect([first.status, first.body.type]).toEqual([422, 'urn:board-assistant:problem:confirm']);
  expect(await stateOf('P07')).toBe('uncertain');
  expect((await post('P15', { ...p07, mayArriveTwice: true })).status).toBe(200);
  expect((await post('P15', { ...p08, personRef: 'P10' })).status).toBe(409);
  expect((await post('P15', { ...p08, more: 1 })).status).toBe(400);
});

test.each(['P01', 'P08', 'X01'])('%s has nothing sent again', async (who) => {
  const { post, ledger } = await service();
  expect((await post(who, p08)).status).toBe(403);
  expect((await ledger.entries(boardId, 'B09')).find((one) => one.personRef === 'P08')?.state).toBe('failed');
});
