// The client of the contract: tokens, problems, and answers that do not fit.
import * as z from 'zod/mini';
import { meResponse } from '../../bot/api/contract';
import { createApi, ProblemError } from '../../tab/src/api';

const me = {
  personRef: 'P01',
  name: 'Avery Linwood',
  roleWords: 'Chair',
  role: 'chair',
  boardId: 'b',
  boardName: 'Board',
  boards: [{ id: 'b', name: 'Board' }],
  pages: ['board'],
};

/** Answers in order; what was asked is kept. */
function service(...answers: readonly { readonly status: number; readonly body: unknown }[]) {
  const asked: { url: string; authorization: string | undefined }[] = [];
  const left = [...answers];
  const fetchLike = async (url: string, init: { headers?: Record<string, string> }) => {
    asked.push({ url, authorization: init.headers?.['Authorization'] });
    const next = left.shift();
    if (!next) throw new TypeError('fetch failed');
    return { ok: next.status < 400, status: next.status, json: async () => next.body };
  };
  Object.assign(globalThis, { fetch: fetchLike });
  return asked;
}

const tokens: boolean[] = [];
const api = createApi(async (renew) => {
  tokens.push(renew);
  return renew ? 'new' : 'old';
});

beforeEach(() => {
  tokens.length = 0;
});

test('sends the token and parses the answer', async () => {
  const asked = service({ status: 200, body: me });
  await expect(api.get('/me', meResponse)).resolves.toEqual(me);
  expect(asked).toEqual([{ url: '/api/v1/me', authorization: 'Bearer old' }]);
});

test('signs in again once when the token ran out', async () => {
  const asked = service({ status: 401, body: {} }, { status: 200, body: me });
  await api.get('/me', meResponse);
  expect(asked.map((one) => one.authorization)).toEqual(['Bearer old', 'Bearer new']);
});

test('does not ask for ever', async () => {
  const problem = { type: 'x', title: 'You are not signed in', status: 401, detail: 'Open the tab again.' };
  const asked = service({ status: 401, body: problem }, { status: 401, body: problem });
  await expect(api.get('/me', meResponse)).rejects.toMatchObject({ problem });
  expect(asked).toHaveLength(2);
});

test.each([
  ['a body that the contract does not know', { status: 200, body: { ...me, surprise: 1 } }, /do not fit together/],
  ['an error that is no problem', { status: 502, body: '<html>' }, /did not answer as it should/],
])('says in words that it got %s', async (_what, answer, title) => {
  service(answer);
  const error = await api.get('/me', meResponse).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ProblemError);
  expect(error).toHaveProperty('problem.title', expect.stringMatching(title));
});

test('says in words that the service cannot be reached', async () => {
  service();
  await expect(api.get('/me', meResponse)).rejects.toMatchObject({
    problem: { title: 'The service cannot be reached', detail: expect.stringContaining('Nothing is lost') },
  });
});

describe('who reads comes along with a view', () => {
  const risks = { asked: 'risks' };
  const anything = z.unknown();

  test('that is asked for at the same time: one request brings both', async () => {
    const asked = service({ status: 200, body: { reader: me, view: risks } });
    const [view, reader] = await Promise.all([api.get('/risks', anything), api.get('/me', meResponse)]);
    expect([view, reader]).toEqual([risks, me]);
    expect(asked).toEqual([{ url: '/api/v1/risks?reader=true', authorization: 'Bearer old' }]);
  });

  test('not where the view is refused: then it is asked for by itself', async () => {
    const refused = { type: 'x', title: 'Not for you', status: 403, detail: 'Ask the secretary.' };
    const asked = service({ status: 403, body: refused }, { status: 200, body: me });
    const [view, reader] = await Promise.allSettled([api.get('/risks', anything), api.get('/me', meResponse)]);
    expect(view).toMatchObject({ status: 'rejected', reason: { problem: refused } });
    expect(reader).toEqual({ status: 'fulfilled', value: me });
    expect(asked.map((one) => one.url)).toEqual(['/api/v1/risks?reader=true', '/api/v1/me']);
  });

  test('not where no token can be had: both say so', async () => {
    service();
    const signedOut = createApi(async () => Promise.reject(new TypeError('no token')));
    const both = await Promise.allSettled([signedOut.get('/risks', anything), signedOut.get('/me', meResponse)]);
    expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  });

  test('and not with what somebody does', async () => {
    const asked = service({ status: 200, body: risks }, { status: 200, body: me });
    await Promise.all([api.get('/boards/b/settings/history', anything), api.get('/me', meResponse)]);
    expect(asked.map((one) => one.url)).toEqual(['/api/v1/boards/b/settings/history', '/api/v1/me']);
  });
});

test('waits longer for what reads the whole site, which waits for SharePoint’s minute', async () => {
  const timeout = jest.spyOn(AbortSignal, 'timeout');
  service({ status: 200, body: {} }, { status: 200, body: {} }, { status: 200, body: {} });
  const nothing = z.object({});
  await api.get('/boards/b/settings/binding', nothing);
  await api.post('/boards/b/settings/preview', {}, nothing);
  await api.get('/boards/b/search?q=settings', nothing);
  expect(timeout.mock.calls).toEqual([[130_000], [130_000], [20_000]]);
  timeout.mockRestore();
});
