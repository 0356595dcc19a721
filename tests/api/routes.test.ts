// Each route for each part of the board: what is open, what is refused, and that every body is what the contract says.
import request from 'supertest';
import * as contract from '../../bot/api/contract';
import { getAs, startIssuer, tabService, type Issuer, type TabService } from '../fixtures/tabService';

let issuer: Issuer;
let service: TabService;

beforeAll(async () => {
  issuer = await startIssuer();
});
afterAll(() => issuer.close());
beforeEach(() => {
  service = tabService(issuer);
});

const get = (path: string, personRef: string) => getAs(service, path, personRef);

const views = [
  ['/me', contract.meResponse],
  ['/board', contract.boardResponse],
  ['/actions', contract.actionsResponse],
  ['/actions/APA1.04', contract.actionResponse],
  ['/timeline', contract.timelineResponse],
  ['/risks', contract.risksResponse],
  ['/log', contract.logResponse],
] as const;

describe('reading', () => {
  const readers = ['P01 chair', 'P15 secretary', 'P04 member', 'P10 owner', 'P16 deputy'];
  const cases = readers.flatMap((reader) => views.map(([path, schema]) => [reader, path, schema] as const));

  test.each(cases)('gives the %s %s as the contract says', async (reader, path, schema) => {
    const answer = await get(path, reader.slice(0, 3));
    expect(answer.status).toBe(200);
    expect(schema.safeParse(answer.body).error).toBeUndefined();
  });

  test.each([
    ['/me', 200],
    ['/log', 200],
    ['/board', 403],
    ['/actions', 403],
    ['/actions/APA1.04', 403],
    ['/timeline', 403],
    ['/risks', 403],
  ])('answers an adviser %s with %i', async (path, status) => {
    const answer = await get(path, 'X01');
    expect(answer.status).toBe(status);
  });

  test('tells an adviser where the released papers are', async () => {
    const answer = await get('/board', 'X01');
    expect(contract.problem.parse(answer.body).detail).toBe(
      'Advisers read what the board has released: it is under Log.',
    );
  });

  test.each(views)('refuses a stranger %s in words', async (path) => {
    const answer = await get(path, 'stranger');
    expect(answer.status).toBe(403);
    expect(contract.problem.parse(answer.body).detail).toMatch(/list of people does not have you/);
  });

  test.each(views)('refuses %s without a token', async (path) => {
    const answer = await request(service.app).get(`/api/v1${path}`);
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  test('shows readiness by name to chair and secretary alone', async () => {
    const shown = await Promise.all(['P01', 'P15', 'P04', 'P10'].map((ref) => get('/board', ref)));
    const readiness = shown.map((one) => contract.boardResponse.parse(one.body).next?.readiness.length);
    expect(readiness).toEqual([5, 5, 0, 0]);
  });

  test('does not tell a board that is not there from one that is not theirs', async () => {
    const missing = await get('/board?board=nobody-knows', 'P01');
    const stranger = await get('/board', 'stranger');
    expect(missing.status).toBe(403);
    expect(missing.body.detail).toBe(stranger.body.detail);
  });

  test('says that an action does not exist', async () => {
    const answer = await get('/actions/ZZ9.99', 'P01');
    expect(answer.status).toBe(404);
    expect(answer.body.detail).toBe('There is no action ZZ9.99.');
  });

  test.each(['/board?colour=red', '/board?fresh=perhaps', `/board?board=${'x'.repeat(90)}`])(
    'refuses the query of %s',
    async (path) => {
      const answer = await get(path, 'P01');
      expect(answer.status).toBe(400);
      expect(contract.problem.parse(answer.body).issues).toHaveLength(1);
    },
  );

  test('reads SharePoint again when asked for what is fresh', async () => {
    service.records.editInSharePoint('hertland-send', 'action', 'APA1.04', { title: 'Profiles of localities' });
    const before = await get('/actions/APA1.04', 'P01');
    const after = await get('/actions/APA1.04?fresh=true', 'P01');
    expect([before.body.action.title, after.body.action.title]).toEqual([
      'Locality profiles',
      'Profiles of localities',
    ]);
  });

  test('gives a view with who reads it in one answer, and refuses both together', async () => {
    const [me, risks] = [await get('/me', 'P10'), await get('/risks', 'P10')];
    const both = await get('/risks?reader=true', 'P10');
    expect(contract.viewWithReader.parse(both.body)).toEqual({ reader: me.body, view: risks.body });
    expect((await get('/risks?reader=true', 'X01')).status).toBe(403);
    expect((await get('/risks?reader=yes', 'P10')).status).toBe(400);
  });

  test('is never kept by a cache', async () => {
    const answer = await get('/board', 'P01');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('knows no other address', async () => {
    const answer = await get('/people', 'P01');
    expect(answer.status).toBe(404);
    expect(contract.problem.parse(answer.body).status).toBe(404);
  });
});

describe('papers', () => {
  beforeEach(async () => {
    await service.library.file('hertland-send', 'B08', 'B08 log.json', Buffer.from('{"a":1}'), 'application/json');
  });

  test('are listed with the logs of their meeting', async () => {
    const answer = await get('/log', 'X01');
    expect(contract.logResponse.parse(answer.body).papers).toEqual([
      {
        meetingRef: 'B08',
        meetingWords: 'Wednesday 27 November 2024',
        name: 'B08 log.json',
        kindWords: 'Frozen record',
        bytes: 7,
      },
    ]);
  });

  test('are downloaded byte for byte', async () => {
    const answer = await get('/log/B08/B08%20log.json', 'X01');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-disposition']).toBe('attachment; filename="B08 log.json"');
    expect(answer.body).toEqual({ a: 1 });
  });

  test.each([
    '/log/B08/other.json',
    '/log/B99/B08%20log.json',
    '/log/B08/..%2F..%2Fsecret',
    '/log/..%2F/B08%20log.json',
  ])('are not found at %s', async (path) => {
    const answer = await get(path, 'P01');
    expect(answer.status).toBe(404);
  });
});

describe('limits', () => {
  test('asks a caller who asks too often to wait, and nobody else', async () => {
    service = tabService(issuer, { requestsPerMinute: 2 });
    const chair = [await get('/me', 'P01'), await get('/me', 'P01'), await get('/me', 'P01')];
    const secretary = await get('/me', 'P15');
    expect(chair.map((one) => one.status)).toEqual([200, 200, 429]);
    expect(Number(chair[2]?.headers['retry-after'])).toBeGreaterThan(0);
    expect(secretary.status).toBe(200);
  });
});

describe('configuration', () => {
  test('has no way to sign in by name outside local mode', async () => {
    const config = await request(service.app).get('/api/v1/config');
    const signIn = await request(service.app).post('/api/v1/local/sign-in').send({ as: 'P01' });
    expect(config.body).toEqual({ mode: 'production' });
    expect(signIn.status).toBe(401);
  });

  test('names the people one may be in local mode', async () => {
    service = tabService(issuer, { mode: 'local', signIn: async () => undefined });
    const config = await request(service.app).get('/api/v1/config');
    const parsed = contract.configResponse.parse(config.body);
    expect(parsed.signIn?.people[0]).toEqual({ ref: 'P01', name: 'Avery Linwood', role: 'Independent Chair' });
  });
});
