// The keys of a board's notifications: the same for all instances and after a restart, another pair for each board.
import { createNotificationKeys } from '../../bot/storage/notificationKeys';
import { openTestDatabase, type TestDatabase } from '../fixtures/databases';

jest.setTimeout(60_000);

let opened: TestDatabase;
beforeAll(async () => {
  opened = await openTestDatabase('embedded');
});
afterAll(() => opened.remove());

test('are made once, however many ask at the same time', async () => {
  const instances = [1, 2, 3].map(() => createNotificationKeys(opened.db));
  const [first, ...others] = await Promise.all(instances.map((one) => one.keysOf('north')));
  expect(others).toEqual([first, first]);
  expect(await createNotificationKeys(opened.db).keysOf('north')).toEqual(first);
});

test('are long, fit for an address, and another board’s are others', async () => {
  const keys = createNotificationKeys(opened.db);
  const [north, south] = [await keys.keysOf('north'), await keys.keysOf('south')];
  expect(north.address).toMatch(/^[0-9a-f]{32}$/);
  // Graph takes at most 128 characters.
  expect(north.clientState).toMatch(/^[\w-]{43}$/);
  expect([south.address === north.address, south.clientState === north.clientState]).toEqual([false, false]);
});
