// Clauses, release and comparison over HTTP, by role: the secretary releases what was seen, advisers read what was released.
import {
  clauseResponse,
  clausesResponse,
  logDiffResponse,
  releasePreview,
  releaseResponse,
  verificationResponse,
} from '../../bot/api/contract';
import { boardId, getAs, postAs, startIssuer, tabService, type Issuer } from '../fixtures/tabService';

// A sample board of 45 actions is judged for each answer.
jest.setTimeout(60_000);

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());

const base = `/boards/${boardId}`;
const release = `${base}/meetings/B09/release`;

function service() {
  const made = tabService(issuer);
  const get = (path: string, who: string) => getAs(made, path, who);
  const post = (path: string, who: string, body: object) => postAs(made, path, who, body);
  return { ...made, get, post };
}

describe('releasing', () => {
  test('is previewed, done once by the secretary with what was seen, and read by advisers from then on', async () => {
    const { get, post, library } = service();
    const before = clausesResponse.parse((await get('/clauses', 'X01')).body);
    expect((await get('/clauses/5e', 'X01')).status).toBe(404);
    expect([before.clauses, before.none]).toEqual([[], expect.stringContaining('has been released yet')]);
    const preview = releasePreview.parse((await get(release, 'P15')).body);
    expect(preview).toMatchObject({ rows: 60, blocked: [], kind: 'for the meeting' });
    expect(library.papers.size).toBe(0);
    const answer = await post(release, 'P15', { seen: preview.seen });
    const done = releaseResponse.parse(answer.body);
    expect(done.papers.map((one) => one.name)).toEqual(preview.fileNames);
    const after = clausesResponse.parse((await get('/clauses', 'X01')).body);
    expect(after).toMatchObject({ shortCode: done.shortCode, judgedAt: preview.judgedAt });
    expect(after.clauses).toHaveLength(23);
    const { clause, shortCode } = clauseResponse.parse((await get('/clauses/5e', 'X01')).body);
    expect(clause).toEqual(after.clauses.find((one) => one.clause === '5e'));
    expect(shortCode).toBe(done.shortCode);
    const again = releasePreview.parse((await get(release, 'P15')).body);
    expect(again.alreadyFrozen).toBe(done.shortCode);
  });

  test.each([
    ['P01', 200, 403],
    ['P10', 403, 403],
    ['X01', 403, 403],
    ['stranger', 403, 403],
  ])('by %s: to look is answered %i, to release %i', async (who, look, releasing) => {
    const { get, post, library } = service();
    const { seen } = releasePreview.parse((await get(release, 'P15')).body);
    expect((await get(release, who)).status).toBe(look);
    expect((await post(release, who, { seen })).status).toBe(releasing);
    expect(library.papers.size).toBe(0);
  });

  test('what was not seen is not released: the answer says what changed and names the new draft', async () => {
    const { get, post, records, library } = service();
    const { seen } = releasePreview.parse((await get(release, 'P15')).body);
    records.editInSharePoint(boardId, 'action', 'APA1.04', { percentComplete: 51 });
    const moved = await post(release, 'P15', { seen });
    expect(moved.status).toBe(409);
    expect(moved.body.issues).toContainEqual({ field: 'seen', message: expect.stringMatching(/^APA1\.04: .*now 51/) });
    expect(library.papers.size).toBe(0);
    expect((await post(release, 'P15', { seen: moved.body.currentVersion })).status).toBe(200);
  });

  test.each([[{}], [{ seen: 'x', extra: 1 }], [{ seen: 'x'.repeat(200) }], [{ seen: 'x', kind: 'during' }]])(
    'a body that does not fit is refused: %j',
    async (body) => {
      const { post } = service();
      expect((await post(release, 'P15', body)).status).toBe(400);
    },
  );

  test('of a board or meeting that does not exist is refused', async () => {
    const { get, post } = service();
    expect((await get('/boards/other/meetings/B09/release', 'P15')).status).toBe(403);
    expect((await get(`${base}/meetings/B99/release`, 'P15')).status).toBe(404);
    expect((await get(`${release}?kind=during`, 'P15')).status).toBe(400);
    expect((await get(`${release}?kind=after`, 'P15')).status).toBe(422);
    expect((await post(release, 'P15', { seen: '4F2A' })).status).toBe(422);
  });
});

describe('comparing', () => {
  test('is in words for everybody the board knows; a log without one before it says so', async () => {
    const { get } = service();
    const diff = logDiffResponse.parse((await get(`${base}/logs/diff?from=B07&to=B08`, 'X01')).body);
    expect([diff.from?.meetingRef, diff.to.meetingRef]).toEqual(['B07', 'B08']);
    // The logs of before recorded no ratings, and that is said instead of counting none.
    expect(diff.text).toMatch(/^The earlier log did not record how \d+ actions stood/);
    const first = logDiffResponse.parse((await get(`${base}/logs/diff?to=${diff.from ? 'B01' : ''}`, 'P10')).body);
    expect(first).toMatchObject({ rows: [], text: expect.stringContaining('No log was frozen before B01') });
    expect((await get(`${base}/logs/diff?from=B08&to=B99`, 'P01')).status).toBe(404);
    expect((await get(`${base}/logs/diff`, 'P01')).status).toBe(400);
    expect((await get(`${base}/logs/diff?to=B08`, 'stranger')).status).toBe(403);
  });
});

describe('checking what is filed', () => {
  test('is for everybody the board knows, and names the file that was changed', async () => {
    const { get, post, library } = service();
    const { seen } = releasePreview.parse((await get(release, 'P15')).body);
    await post(release, 'P15', { seen });
    const path = `${base}/meetings/B09/verification`;
    const found = verificationResponse.parse((await get(path, 'X01')).body);
    expect(found.logs).toMatchObject([{ kind: 'for the meeting', agrees: false }]);
    // The papers of this test are lines of text; what the real ones say is tested with the use case.
    expect(found.findings.map((one) => one.text)).not.toContainEqual(expect.stringContaining('SHA-256'));
    const [file = ''] = found.logs.map((one) => one.file);
    const record = new TextDecoder().decode(await library.read(boardId, 'B09', file));
    await library.file(boardId, 'B09', file, new TextEncoder().encode(record.replace('"B09"', '"B10"')), 'text/plain');
    const changed = verificationResponse.parse((await get(path, 'P10')).body);
    expect(changed.findings).toContainEqual({ ref: file, text: expect.stringContaining('not the one in its name') });
  });

  test('of an unknown meeting is not found, and a stranger is refused', async () => {
    const { get } = service();
    expect((await get(`${base}/meetings/B99/verification`, 'P01')).status).toBe(404);
    expect((await get(`${base}/meetings/B08/verification`, 'stranger')).status).toBe(403);
  });
});

test('the clauses tell state, gaps and what would close them to whoever reads the board', async () => {
  const { get } = service();
  for (const who of ['P01', 'P15', 'P10']) {
    const { clauses } = clausesResponse.parse((await get('/clauses', who)).body);
    expect(clauses.map((one) => one.clause)).toContain('5e');
    expect(clauses.flatMap((one) => one.gaps).every((one) => one.closes !== '')).toBe(true);
    expect(clauseResponse.parse((await get('/clauses/2', who)).body).clause.clause).toBe('2');
  }
  for (const path of ['/clauses', '/clauses/2']) expect((await get(path, 'stranger')).status).toBe(403);
  expect((await get('/clauses/99', 'P01')).status).toBe(404);
});
