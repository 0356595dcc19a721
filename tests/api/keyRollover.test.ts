// An issuer changes its signing keys while the service runs: at both doors, over HTTP, with the validators of production.
import { openDoors, type Doors } from '../fixtures/doors';
import { boardWithGuest, strangerId } from '../fixtures/tabService';

let doors: Doors;
let elapsedMs = 0;
const realNow = Date.now.bind(Date);

// Making keys takes a moment of a busy machine.
beforeEach(async () => {
  elapsedMs = 0;
  // The age of keys is judged by Date.now. Tokens last for days, so that none ends on the way.
  jest.spyOn(Date, 'now').mockImplementation(() => realNow() + elapsedMs);
  // The SDK prints the public keys it knows when a token does not hold.
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  doors = await openDoors();
}, 60_000);
afterEach(async () => {
  jest.restoreAllMocks();
  await doors.close();
});

const times = () => ({ iat: seconds(), nbf: seconds(), exp: seconds() + 3 * 24 * 3600 });
const seconds = (): number => Math.floor(realNow() / 1000);
const minutes = (count: number): number => count * 60_000;
const chairId = boardWithGuest().people.find((one) => one.boardRole === 'chair')?.entraObjectId;

interface Door {
  readonly keys: () => Doors['channel'] | Doors['issuer'];
  /** Knocks with a good token signed by that key; returns status and text. */
  readonly knock: (kid: string) => Promise<{ readonly status: number; readonly text: string }>;
  readonly first: string;
  readonly staleAfterMs: number;
}

async function said(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  const response = await fetch(url, init);
  return { status: response.status, text: await response.text() };
}

const bot: Door = {
  keys: () => doors.channel,
  first: 'k1',
  staleAfterMs: minutes(60),
  knock: (kid) =>
    said(`${doors.origin}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${doors.channel.token(times(), { kid })}`,
      },
      body: JSON.stringify({
        ...{ type: 'message', id: '1', text: 'help', channelId: 'msteams', serviceUrl: doors.channel.serviceUrl },
        from: { id: '29:x', name: 'X', aadObjectId: strangerId },
        recipient: { id: '28:bot', name: 'Board Assistant' },
        conversation: { id: 'a:x', conversationType: 'personal' },
      }),
    }),
};
const tab: Door = {
  keys: () => doors.issuer,
  first: 'key-1',
  staleAfterMs: minutes(10),
  knock: async (kid) => {
    const token = await doors.issuer.token({ oid: chairId, ...times() }, { kid });
    return said(`${doors.origin}/api/v1/actions`, { headers: { authorization: `Bearer ${token}` } });
  },
};

describe.each([
  ['the bot’s endpoint', bot],
  ['the tab’s API', tab],
])('%s', (_name, door) => {
  const statuses = async (kid: string, times: number): Promise<readonly number[]> => [
    ...new Set((await Promise.all(Array.from({ length: times }, () => door.knock(kid)))).map((one) => one.status)),
  ];

  test('accepts a token of a new key after one reading, and goes on to accept the old key while it is published', async () => {
    expect((await door.knock(door.first)).status).toBe(200);
    await door.keys().publish(door.first, 'new');
    elapsedMs = minutes(1);
    expect(await statuses('new', 10)).toEqual([200]);
    expect((await door.knock(door.first)).status).toBe(200);
    expect(door.keys().reads).toBe(2);
  });

  test('refuses a token of a key that was withdrawn, once the keys are old', async () => {
    expect((await door.knock(door.first)).status).toBe(200);
    await door.keys().publish('new');
    elapsedMs = door.staleAfterMs - minutes(1);
    expect((await door.knock(door.first)).status).toBe(200);
    elapsedMs = door.staleAfterMs + minutes(1);
    expect((await door.knock(door.first)).status).toBe(401);
    expect((await door.knock('new')).status).toBe(200);
    expect(door.keys().reads).toBe(2);
  });

  test('reads the keys at most twice a minute, however many unknown keys are named', async () => {
    expect((await door.knock(door.first)).status).toBe(200);
    for (let second = 5; second <= 60; second += 5) {
      elapsedMs = second * 1000;
      expect(await statuses(`nobody-${second}`, 5)).toEqual([401]);
    }
    // The first reading, and one each half minute.
    expect(door.keys().reads).toBeLessThanOrEqual(3);
    expect(door.keys().reads).toBeGreaterThan(1);
  });

  test.each(['down', 'broken', 'reset'] as const)(
    'says that it cannot tell while the keys are %s, asks seldom, and recovers by itself',
    async (state) => {
      door.keys().state = state;
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => door.knock(door.first)));
      expect([...new Set(answers.map((one) => one.status))]).toEqual([503]);
      expect(answers[0]?.text).not.toMatch(/\bat [\w.<>]+ \(|node_modules|Error|ECONN|127\.0\.0\.1/);
      expect(await statuses(door.first, 20)).toEqual([503]);
      expect(door.keys().reads).toBe(1);
      door.keys().state = 'up';
      elapsedMs = 6_000;
      expect((await door.knock(door.first)).status).toBe(200);
      expect(door.keys().reads).toBe(2);
    },
  );

  test('goes on with the keys it knows when the issuer fails before they are old', async () => {
    expect((await door.knock(door.first)).status).toBe(200);
    door.keys().state = 'down';
    elapsedMs = door.staleAfterMs - minutes(1);
    expect((await door.knock(door.first)).status).toBe(200);
    // Whether this key is a new one cannot be known now.
    expect(await statuses('new', 10)).toEqual([503]);
    expect(door.keys().reads).toBe(2);
  });
});

test('the bot believes the channel’s keys for a day while their address is down, and no longer', async () => {
  expect((await bot.knock('k1')).status).toBe(200);
  doors.channel.state = 'down';
  elapsedMs = minutes(23 * 60);
  expect((await bot.knock('k1')).status).toBe(200);
  elapsedMs = minutes(25 * 60);
  expect((await bot.knock('k1')).status).toBe(503);
  expect(doors.takeLog().join('\n')).toContain('the token cannot be checked now');
});
