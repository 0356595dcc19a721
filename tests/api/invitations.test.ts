// Invitations over HTTP, by role: secretary and chair look, the secretary alone sends, and twice is once.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { invitationsResponse, inviteResponse } from '../../bot/api/contract/invitations';
import { boardId, getAs, postAs, startIssuer, tabService, type Issuer } from '../fixtures/tabService';

// A sample board is judged for each answer.
jest.setTimeout(60_000);

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const path = (ref: string): string => `/boards/${boardId}/meetings/${ref}/invitations`;

function service() {
  const made = tabService(issuer);
  const get = (ref: string, who: string) => getAs(made, path(ref), who);
  const post = (ref: string, who: string, body: object = {}) => postAs(made, path(ref), who, body);
  return { ...made, get, post };
}
const rowsOf = async ({ records }: ReturnType<typeof service>, ref: string) =>
  (await records.refresh(boardId)).invitations.filter((one) => one.meetingRef === ref);

describe('the invitations of a meeting', () => {
  test('are looked at, sent once, and looked at again', async () => {
    const made = service();
    const before = invitationsResponse.parse((await made.get('B10', 'P15')).body);
    expect(before).toMatchObject({ meetingRef: 'B10', next: { title: 'Invite now' }, latestOn: '2025-01-29' });
    expect(await rowsOf(made, 'B10')).toEqual([]);
    const sent = inviteResponse.parse((await made.post('B10', 'P15')).body);
    expect([sent.words.length, sent.view.next]).toEqual([1, undefined]);
    const again = inviteResponse.parse((await made.post('B10', 'P15')).body);
    expect(again.words).toEqual([]);
    expect(await rowsOf(made, 'B10')).toHaveLength(18);
    expect(invitationsResponse.parse((await made.get('B10', 'P01')).body).next).toBeUndefined();
  });

  test.each([
    ['P15', 200, 200],
    ['P01', 200, 403],
    ['P04', 403, 403],
    ['P10', 403, 403],
    ['X01', 403, 403],
    ['stranger', 403, 403],
  ])('for %s: to look is answered %i, to send %i', async (who, look, send) => {
    const made = service();
    expect((await made.get('B10', who)).status).toBe(look);
    expect((await made.post('B10', who)).status).toBe(send);
    expect((await rowsOf(made, 'B10')).length).toBe(send === 200 ? 18 : 0);
  });

  test('of a meeting that there is not are not found; a body with more than is known is refused', async () => {
    const made = service();
    expect((await made.get('B77', 'P15')).status).toBe(404);
    expect((await made.post('B77', 'P15')).status).toBe(404);
    expect((await made.post('B10', 'P15', { force: true })).status).toBe(400);
    expect(await rowsOf(made, 'B10')).toEqual([]);
  });
});
