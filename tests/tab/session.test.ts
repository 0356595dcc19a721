// Who the reader is outside Teams: a sample person in local mode, nobody elsewhere.
import { openSession, teamsToken } from '../../tab/src/session';

const people = [{ ref: 'P01', name: 'Avery Linwood', role: 'Chair' }];
let signIns: unknown[] = [];

function serviceIn(config: object): void {
  const fetchLike = async (url: string, init: { body?: string }) => {
    if (url.endsWith('/sign-in')) signIns.push(JSON.parse(init.body ?? ''));
    const body = url.endsWith('/config') ? config : { accessToken: `token-${signIns.length}`, expiresInSeconds: 60 };
    return { ok: true, status: 200, json: async () => body };
  };
  Object.assign(globalThis, { fetch: fetchLike });
}

const open = async (address: string) => {
  window.history.replaceState(null, '', address);
  return openSession();
};

beforeEach(() => {
  signIns = [];
  window.sessionStorage.clear();
});

test('offers the sample people in local mode', async () => {
  serviceIn({ mode: 'local', signIn: { people } });
  await expect(open('/tab/')).resolves.toEqual({ kind: 'choose', people });
});

test('is the person of ?as=, takes it out of the address, and stays so', async () => {
  serviceIn({ mode: 'local', signIn: { people } });
  const first = await open('/tab/actions?as=P01&area=APA1');
  expect(`${window.location.pathname}${window.location.search}`).toBe('/tab/actions?area=APA1');
  const again = await open('/tab/risks');
  expect([first.kind, again.kind]).toEqual(['signed-in', 'signed-in']);
});

test('signs in once and again when the token is refused', async () => {
  serviceIn({ mode: 'local', signIn: { people } });
  const session = await open('/tab/?as=P01');
  const token = session.kind === 'signed-in' ? session.token : async () => 'none';
  const given = [await token(false), await token(false), await token(true)];
  expect(given).toEqual(['token-1', 'token-1', 'token-2']);
  expect(signIns).toEqual([{ as: 'P01' }, { as: 'P01' }]);
});

test.each(['trial', 'production'])('heeds no ?as= in %s mode', async (mode) => {
  serviceIn({ mode });
  await expect(open('/tab/?as=P01')).resolves.toEqual({ kind: 'outside-teams' });
});

test.each([
  [new Error('resourceRequiresConsent'), 'what Teams said: resourceRequiresConsent.'],
  [new Error('App resource defined in manifest\n and iframe origin do not match'), 'manifest and iframe origin do not'],
  ['CancelledByUser', 'what Teams said: CancelledByUser.'],
  [new Error(''), 'what Teams said: nothing.'],
])('says what Teams said when it gives no token (%#)', async (cause, words) => {
  const problem = { status: 401, title: 'Teams did not sign you in', detail: expect.stringContaining(words) };
  await expect(teamsToken({ token: () => Promise.reject(cause) })).rejects.toMatchObject({ problem });
  await expect(teamsToken({ token: () => Promise.resolve('token') })).resolves.toBe('token');
});
