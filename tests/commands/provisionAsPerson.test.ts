// An administrator's sign-in with a code, and what it may do in the local Microsoft 365.
import { provisionAsPerson } from '../../bot/commands/provisionAsPerson';
import { startLocal } from '../../infra/local/server';
import { watchAnswers } from '../fixtures/graph/watchAnswers';
import { createMemoryLogger } from '../fixtures/memoryPorts';
import { localBoardId, localSiteUrl, localTenantId } from '../fixtures/localBoard';

// A whole tenant runs beneath.
jest.setTimeout(60_000);

let local: Awaited<ReturnType<typeof startLocal>>;
beforeAll(async () => {
  local = await startLocal({ port: 0, observe: watchAnswers });
});
afterAll(() => local.close());

async function enter(userCode: string, username: string): Promise<number> {
  const body = new URLSearchParams({ user_code: userCode, username });
  return (await fetch(`${local.url}/common/oauth2/deviceauth`, { method: 'POST', body })).status;
}

function run(show: (message: string, userCode: string) => void) {
  return provisionAsPerson({
    ...{ tenantId: localTenantId, clientId: 'local-admin', siteUrl: localSiteUrl, boardId: localBoardId },
    ...{ dryRun: false, logger: createMemoryLogger(), localOrigin: local.url, show },
  });
}

it('shows a code, waits until it is entered, and provisions as that person', async () => {
  const shown: string[] = [];
  let entered: Promise<number> | undefined;
  const { text } = await run((message, userCode) => {
    shown.push(message);
    entered = enter(userCode, 'P02');
  });
  expect(await entered).toBe(200);
  expect(shown.join()).toContain('To sign in');
  expect(text).toContain('nothing to do');
});

it('does nothing when the person who enters the code is not of the tenant', async () => {
  await expect(run((_message, userCode) => void enter(userCode, 'nobody'))).rejects.toThrow('Nobody signed in');
});

it('refuses a code that was not given out', async () => {
  expect(await enter('ABC', 'P02')).toBe(400);
});
