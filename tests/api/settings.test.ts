// The settings over HTTP: for the secretary and the chair, by the contract; nobody else learns them.
import request from 'supertest';
import { problem, settingsResponse } from '../../bot/api/contract';
import { startIssuer, tabService, type Issuer } from '../fixtures/tabService';

// Keys are made anew, which a busy computer takes its time for.
jest.setTimeout(60_000);

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const get = async (who: string) => {
  const service = tabService(issuer);
  return request(service.app)
    .get('/api/v1/settings')
    .set('Authorization', await service.as(who));
};

test.each([
  ['P15', true],
  ['P01', false],
])('%s reads them; may pause: %s', async (who, mayPause) => {
  const shown = settingsResponse.parse((await get(who)).body);
  expect([shown.mayPause, shown.mayChange]).toEqual([mayPause, mayPause]);
  const rows = shown.policy.flatMap((one) => one.rows);
  expect(rows.find((one) => one.key === 'riskToleranceScore')).toEqual({
    ...{
      key: 'riskToleranceScore',
      words: 'Above tolerance is a score over',
      value: '12',
      standard: '12',
      isOwn: false,
      unit: '',
      range: '1 to 25',
      kind: 'figure',
      given: '12',
      standardGiven: '12',
    },
  });
  expect(shown.facts).toContainEqual({ label: 'The notice’s aim date', value: 'Friday 31 January 2025' });
});

test.each(['P04', 'P10', 'X01', 'stranger'])('%s is refused in words', async (who) => {
  const answer = await get(who);
  expect(answer.status).toBe(403);
  const stranger = /list of people does not have you/;
  expect(problem.parse(answer.body).detail).toMatch(who === 'stranger' ? stranger : /settings are for the board’s/);
});
