// The app installed for a person through the local Graph: once, known when it is there, and a refusal is no crash.
import { createAppInstaller } from '../../bot/sharepoint/appInstaller';
import { addFault } from '../fixtures/localSite';
import { localGraph, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryLogger } from '../fixtures/memoryPorts';

jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

const freya = '669684f8-0e15-5ed6-9efb-99e9fc929454';
const installer = (catalogueId = '44444444-4444-4444-4444-444444444444') =>
  createAppInstaller({
    graph: localGraph(board.local.url, { retry: { tries: 1, totalMs: 0 } }),
    catalogueId,
    logger: createMemoryLogger(),
  });

test('is installed once, and there the second time', async () => {
  expect(await installer().install(freya)).toBe('installed');
  expect(await installer().install(freya)).toBe('already');
});

test('is not installed when Graph refuses, knows no such app or person, or breaks off', async () => {
  await addFault(board.local.url, { pathIncludes: 'installedApps' }, 1, { kind: 'status', status: 403 });
  expect(await installer().install(freya)).toBe('failed');
  expect(await installer('55555555-5555-5555-5555-555555555555').install(freya)).toBe('failed');
  expect(await installer().install('00000000-0000-4000-8000-000000000000')).toBe('failed');
  await addFault(board.local.url, { pathIncludes: 'installedApps' }, 1, { kind: 'reset' });
  expect(await installer().install(freya)).toBe('failed');
});
