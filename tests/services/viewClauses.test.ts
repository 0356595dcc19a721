// What a clause rests on can be opened: by its own link, its row, or the paper of a log; what has no address keeps its words.
import type { BoardSnapshot } from '../../bot/board/model';
import { NotFoundError, UpstreamError } from '../../bot/errors';
import type { Library, RecordAddresses } from '../../bot/services/ports';
import { createViewBoard } from '../../bot/services/viewBoard';
import { aDecision, anAction, aReview, someEvidence } from '../fixtures/builders';
import { aSoundBoard, aTogether } from '../fixtures/clauseJudging';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLibrary, createMemoryRecords } from '../fixtures/memoryPorts';

const boardId = 'northam';
const entraObjectId = '00000000-0000-4000-8000-000000000008';
const type = 'application/octet-stream';
const rowsOpen: RecordAddresses = {
  addressesOf: (id) => Promise.resolve((kind, itemId) => `https://${id}.example/${kind}/${itemId}`),
};

interface Given {
  readonly board?: Partial<BoardSnapshot>;
  readonly addresses?: RecordAddresses;
  readonly library?: Library;
}

function viewsOf({ board = {}, addresses, library = createMemoryLibrary() }: Given = {}) {
  const sound = aSoundBoard(board);
  const people = sound.people.map((one) => ({ ...one, entraObjectId: one.ref === 'P8' ? entraObjectId : one.ref }));
  const records = createMemoryRecords({ [boardId]: { ...sound, people } });
  const clock = createFixedClock('2025-06-10T09:00:00.000Z');
  return createViewBoard({
    records,
    ledger: createMemoryLedger(),
    library,
    clock,
    ...(addresses ? { addresses } : {}),
  });
}

async function clausesOf(given?: Given) {
  return (await viewsOf(given).clauses({ entraObjectId })).clauses;
}

async function evidenceOf(clause: string, given?: Given) {
  const found = (await clausesOf(given)).find((one) => one.clause === clause);
  if (!found) throw new TypeError(`no clause ${clause}`);
  return found.evidence;
}

const linkOf = (rows: Awaited<ReturnType<typeof evidenceOf>>, ref: string) => rows.find((one) => one.ref === ref)?.link;

describe('a record', () => {
  test('opens as the row of its own list, whatever kind it is', async () => {
    const stamp = (itemId: string) => ({ stamp: { itemId, version: 'v1' } });
    const board = {
      coProduction: [{ ...aTogether(), ...stamp('coProduction-9') }],
      reviews: [{ ...aReview(), ...stamp('review-9') }],
      actions: [...aSoundBoard().actions, anAction({ ref: 'A1.02', dueOn: '2025-03-03' })],
      decisions: [aDecision({ ref: 'D2', subjectRef: 'A1.02' })],
    };
    const all = (await clausesOf({ board, addresses: rowsOpen })).flatMap((one) => one.evidence);
    expect(linkOf(all, 'E9')).toBe('https://northam.example/evidence/evidence-1');
    const opened = all.flatMap((one) => {
      const [, kind] = /^https:\/\/northam\.example\/(\w+)\/\w+-\d+$/.exec(one.link ?? '') ?? [];
      return kind === undefined ? [] : [`${one.ref}: ${kind}`];
    });
    const areas = ['A1: area', 'A1.01: action', 'K1: measure', 'E9: evidence', 'C1: coProduction'];
    const expected = [...areas, 'M4: meeting', 'D2: decision', 'S1: review'];
    expect(expected.filter((one) => !opened.includes(one))).toEqual([]);
  });

  test('with a link of its own opens there', async () => {
    const evidence = [someEvidence({ ref: 'E9', kind: 'family-voice', link: 'https://forum.example/minutes' })];
    const rows = await evidenceOf('5d', { board: { evidence }, addresses: rowsOpen });
    expect(linkOf(rows, 'E9')).toBe('https://forum.example/minutes');
  });

  test('that stands for many, or has no row, has no link', async () => {
    const rows = await evidenceOf('5d', { addresses: rowsOpen });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter((one) => one.link === undefined).every((one) => one.text !== '')).toBe(true);
    expect((await evidenceOf('5d')).every((one) => one.link === undefined)).toBe(true);
  });

  test('keeps its words when the site does not say where its lists are', async () => {
    const addressesOf = () => Promise.reject(new UpstreamError('SharePoint', 'Gone away.'));
    const rows = await evidenceOf('5d', { addresses: { addressesOf } });
    expect(rows.map((one) => [one.ref, one.text])).toEqual(
      (await evidenceOf('5d', { addresses: rowsOpen })).map((one) => [one.ref, one.text]),
    );
    expect(linkOf(rows, 'E9')).toBeUndefined();
  });
});

describe('a frozen log', () => {
  async function filed(...names: readonly string[]) {
    const library = createMemoryLibrary();
    for (const name of names) await library.file(boardId, 'M3', name, new Uint8Array([1]), type);
    return library;
  }
  const logs = async (library: Library) =>
    (await evidenceOf('5e', { addresses: rowsOpen, library }))
      .filter((one) => one.kind === 'log' && one.ref === 'M3')
      .map((one) => [one.text.includes('after the meeting'), one.link && decodeURI(one.link).split('/').at(-1)]);

  test('opens as the newest document of its own kind', async () => {
    const stem = 'M3 action and impact log,';
    const library = await filed(
      `${stem} for the meeting, 11111111.docx`,
      `${stem} for the meeting, 22222222.docx`,
      `${stem} for the meeting, 22222222.json`,
      `${stem} after the meeting, 33333333.docx`,
      'M3 board pack, 44444444.docx',
    );
    expect(new Map((await logs(library)).map(([after, link]) => [after, link]))).toEqual(
      new Map([
        [false, `${stem} for the meeting, 22222222.docx`],
        [true, `${stem} after the meeting, 33333333.docx`],
      ]),
    );
  });

  test('without a document has no link, and never that of the meeting', async () => {
    const rows = await logs(await filed('M3 board pack, 44444444.docx'));
    expect(rows.map(([, link]) => link)).toEqual([undefined, undefined]);
  });

  test('keeps its words when the library does not answer, and other records keep their links', async () => {
    const library = createMemoryLibrary();
    const list = () => Promise.reject(new UpstreamError('SharePoint', 'Gone away.'));
    const given = { addresses: rowsOpen, library: { ...library, list } };
    const rows = await evidenceOf('5e', given);
    expect(rows.filter((one) => one.kind === 'log').map((one) => one.link)).not.toContainEqual(expect.any(String));
    expect(linkOf(await evidenceOf('5d', given), 'E9')).toBe('https://northam.example/evidence/evidence-1');
  });
});

describe('a clause that many records show', () => {
  const actions = Array.from({ length: 70 }, (_, index) =>
    anAction({
      ref: `A1.${String(index + 1).padStart(2, '0')}`,
      stamp: { itemId: `action-${index + 1}`, version: 'v1' },
    }),
  );

  test('stands among the others with the first of them and how many more there are, alone with all', async () => {
    const views = viewsOf({ board: { actions }, addresses: rowsOpen });
    const among = (await views.clauses({ entraObjectId })).clauses.find((one) => one.clause === '3c');
    const { clause: alone, judgedAt } = await views.clause({ entraObjectId }, '3c');
    expect(alone.moreEvidence).toBe(0);
    expect(alone.evidence.length).toBeGreaterThanOrEqual(70);
    expect(among?.evidence).toEqual(alone.evidence.slice(0, 60));
    expect(among?.moreEvidence).toBe(alone.evidence.length - 60);
    expect(linkOf(alone.evidence, 'A1.70')).toBe('https://northam.example/action/action-70');
    expect(judgedAt).toBe('2025-06-10T09:00:00.000Z');
  });

  test('is not found by a name that the notice does not have', async () => {
    await expect(viewsOf().clause({ entraObjectId }, '99')).rejects.toThrow(NotFoundError);
  });
});
