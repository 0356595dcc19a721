// Papers for people outside the tenant, against the local Microsoft 365: who may read, until when, and what is refused.
import { localBoardId, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { addFault } from '../fixtures/localSite';
import { createPaperSharing } from '../../bot/sharepoint/sharing';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(60_000);

const paper = 'B09 board pack, 4F2A1B3C.docx';
const endsAt = '2025-04-15T00:00:00.000Z';
let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
  await board.library.file(localBoardId, 'B09', paper, new TextEncoder().encode('pack'), 'application/octet-stream');
});
afterAll(() => board.close());

const sharing = () => createPaperSharing({ graph: board.graph, boards: board.boards });
const share = (address: string, name = paper) => sharing().share(localBoardId, 'B09', name, { address, endsAt });

async function readers(): Promise<readonly string[]> {
  const drives = await board.graph.getAll(`sites/root/drives`);
  const drive = drives
    .map((one) => Object(one) as { id: string; name: string })
    .find((one) => one.name === 'Board papers');
  const path = `drives/${drive?.id ?? ''}/root:/B09/${encodeURIComponent(paper)}:/permissions`;
  return (await board.graph.getAll(path)).map((one) => {
    const { roles, expirationDateTime, invitation } = Object(one) as {
      roles: string[];
      expirationDateTime?: string;
      invitation: { email: string; signInRequired: boolean };
    };
    return [invitation.email, roles.join(), String(invitation.signInRequired), expirationDateTime ?? 'no end'].join(
      ' ',
    );
  });
}

test('lets one address read one paper until a day, after signing in, and sends no mail of its own', async () => {
  expect(await share('casey@dfe.example')).toEqual({
    kind: 'shared',
    webUrl: expect.stringMatching(/^https:\/\/.*B09/),
    endsAt: expect.stringContaining('2025-04-15T00:00:00'),
  });
  expect(await readers()).toEqual([expect.stringMatching(/^casey@dfe\.example read true 2025-04-15/)]);
  const outbox: unknown = await (await fetch(`${board.local.url}/_local/outbox`)).json();
  expect(JSON.stringify(outbox)).not.toContain('casey@dfe.example');
});

test('sharing again gives nothing twice', async () => {
  await share('casey@dfe.example');
  expect(await readers()).toHaveLength(1);
});

test('shares without an end where the tenant allows none of ours', async () => {
  await addFault(board.local.url, { method: 'POST', pathIncludes: '/invite' }, 1, { kind: 'status', status: 400 });
  const outcome = await share('robin@nhs.example');
  expect(outcome).toEqual({ kind: 'shared', webUrl: expect.any(String) });
  expect(await readers()).toContainEqual('robin@nhs.example read true no end');
});

test.each([
  [400, 2, 'refused', 'sharing outside is switched off'],
  [403, 1, 'refused', 'does not let the board share'],
  [500, 1, 'uncertain', 'did not answer'],
])('says what a %i means for the person', async (status, times, kind, words) => {
  await addFault(board.local.url, { method: 'POST', pathIncludes: '/invite' }, times, { kind: 'status', status });
  expect(await share('lee@dfe.example')).toEqual({ kind, detail: expect.stringContaining(words) });
});

test('refuses what is no address, and a paper that is not there', async () => {
  expect(await share('nobody')).toMatchObject({ kind: 'refused' });
  expect(await share('lee@dfe.example', 'gone.docx')).toMatchObject({
    kind: 'refused',
    detail: 'The paper is not in the library any more.',
  });
});
