// Filing papers in the library of the local Microsoft 365.
import { InvalidInputError, NotFoundError } from '../../bot/errors';
import { localBoardId, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { addFault } from '../fixtures/localSite';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

const text = (content: Uint8Array | undefined) =>
  content === undefined ? undefined : new TextDecoder().decode(content);
const bytes = (content: string) => new TextEncoder().encode(content);

describe('the library', () => {
  it('files a paper in the folder of its meeting, and gives it back byte for byte', async () => {
    const content = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256);
    const name = 'Action and impact log, B09 (for the meeting) #1 & 100 %.docx';
    const paper = await board.library.file(localBoardId, 'B09', name, content, 'application/octet-stream');
    expect(paper).toMatchObject({ name, bytes: 70_000 });
    expect(paper.webUrl).toMatch(/^https:\/\//);
    expect(await board.library.read(localBoardId, 'B09', name)).toEqual(content);
    expect((await board.library.list(localBoardId, 'B09')).map((one) => one.name)).toEqual([name]);
  });

  it('replaces a paper of the same name', async () => {
    await board.library.file(localBoardId, 'B10', 'log.json', bytes('first'), 'application/json');
    await board.library.file(localBoardId, 'B10', 'log.json', bytes('second, longer'), 'application/json');
    expect(text(await board.library.read(localBoardId, 'B10', 'log.json'))).toBe('second, longer');
    expect(await board.library.list(localBoardId, 'B10')).toHaveLength(1);
  });

  it('has nothing for a meeting without papers and no paper that was not filed', async () => {
    expect(await board.library.list(localBoardId, 'B11')).toEqual([]);
    expect(await board.library.read(localBoardId, 'B11', 'log.json')).toBeUndefined();
  });

  it('takes two papers at once into a folder that is not there yet', async () => {
    const names = ['one.txt', 'two.txt'];
    await Promise.all(names.map((name) => board.library.file(localBoardId, 'B08', name, bytes(name), 'text/plain')));
    expect((await board.library.list(localBoardId, 'B08')).map((one) => one.name).sort()).toEqual(names);
  });

  it('finds the folder whose making was not answered', async () => {
    await addFault(board.local.url, { method: 'POST', pathIncludes: '/children' }, 1, {
      kind: 'statusAfterCommit',
      status: 503,
    });
    await board.library.file(localBoardId, 'B07', 'a.txt', bytes('a'), 'text/plain');
    expect(text(await board.library.read(localBoardId, 'B07', 'a.txt'))).toBe('a');
  });

  it.each(['', '..', '../B01/log.json', 'a/b', 'a\\b', 'a:b', 'a\u0000b', ' a', 'a.', '~$a'])(
    'refuses the name %j',
    async (name) => {
      const filed = board.library.file(localBoardId, 'B09', name, bytes('x'), 'text/plain');
      await expect(filed).rejects.toBeInstanceOf(InvalidInputError);
      await expect(board.library.read(localBoardId, name, 'log.json')).rejects.toBeInstanceOf(InvalidInputError);
    },
  );

  it('knows no other board', async () => {
    await expect(board.library.list('elsewhere', 'B09')).rejects.toBeInstanceOf(NotFoundError);
  });
});
