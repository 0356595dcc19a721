import request from 'supertest';
import * as contract from '../../bot/api/contract';
import { boardId, startIssuer, tabService, type Issuer } from '../fixtures/tabService';

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

async function search(query: string, personRef: string) {
  const service = tabService(issuer);
  return request(service.app)
    .get(`/api/v1/boards/${boardId}/search${query}`)
    .set('Authorization', await service.as(personRef));
}

test.each(['?q=apa14', '?q=', '', '?q=zzyzx'])('answers %j as the contract says', async (query) => {
  const answer = await search(query, 'P10');
  expect(answer.status).toBe(200);
  expect(contract.searchResponse.safeParse(answer.body).error).toBeUndefined();
});

test('finds the action that a sloppy reference means, with its page', async () => {
  const { rows } = contract.searchResponse.parse((await search('?q=apa14', 'P01')).body);
  expect(rows[0]).toMatchObject({ ref: 'APA1.04', to: '/tab/actions/APA1.04' });
});

test('shows an adviser nothing that was not released', async () => {
  expect((await search('?q=apa14', 'X01')).body).toMatchObject({ rows: [], total: 0 });
});

test('refuses a stranger, and a query that is no search', async () => {
  expect((await search('?q=apa14', 'nobody')).status).toBe(403);
  expect((await search(`?q=${'x'.repeat(300)}`, 'P01')).status).toBe(400);
  expect((await search('?q=a&q=b', 'P01')).status).toBe(400);
});
