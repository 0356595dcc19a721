// Packs filed from a frozen log, and what verification finds when a file or a row was changed afterwards.
import { clauses } from '../../bot/board/clauses';
import { canonicalJson } from '../../bot/board/canonical';
import type { BoardSnapshot } from '../../bot/board/model';
import { InvalidInputError, NotFoundError } from '../../bot/errors';
import { renderDocument } from '../../bot/papers/document';
import { logPaper } from '../../bot/papers/logDocument';
import { paperRenderer } from '../../bot/papers/logPapers';
import { documentTexts } from '../../bot/papers/readPapers';
import { createCompileLog } from '../../bot/services/compileLog';
import { createFilePack } from '../../bot/services/filePack';
import { createVerifyLog } from '../../bot/services/verifyLog';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryRecords,
} from '../fixtures/memoryPorts';
import { localBoardId, startLocalBoard } from '../fixtures/localBoard';
import { noCharts } from '../fixtures/sampleLog';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

// Real Word and Excel files are made and read back.
jest.setTimeout(30_000);

const board = 'hertland';
const b09 = { boardId: board, meetingRef: 'B09' };

/** One area of the sample: papers of it are made in a moment. */
function smallBoard(): BoardSnapshot {
  const sample = sampleSnapshot();
  return {
    ...sample,
    areas: sample.areas.filter((one) => one.ref === 'APA1'),
    actions: sample.actions.filter((one) => one.areaRef === 'APA1'),
    milestones: sample.milestones.filter((one) => one.actionRef.startsWith('APA1.')),
    measures: sample.measures.filter((one) => one.areaRef === 'APA1'),
    risks: sample.risks.filter((one) => one.ref === 'R03'),
    mitigations: sample.mitigations.filter((one) => one.riskRef === 'R03'),
    requests: sample.requests.filter((one) => one.subjectRef.startsWith('APA1.')),
    loggedRows: [],
  };
}

async function setUp(over: Partial<BoardSnapshot> = {}, freeze = true) {
  const records = createMemoryRecords({ [board]: { ...smallBoard(), ...over } });
  const library = createMemoryLibrary();
  const logger = createMemoryLogger();
  const clock = createFixedClock(sampleAt);
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const filePack = createFilePack({ records, library, charts: noCharts, clauses: (s, a) => clauses(s, a), logger });
  const verifyLog = createVerifyLog({ records, library, papers: paperRenderer });
  const frozen = freeze ? await compileLog.freeze({ ...b09, kind: 'for the meeting', at: sampleAt }) : undefined;
  const stem = `B09 action and impact log, for the meeting, ${frozen?.hash.slice(0, 8).toUpperCase() ?? ''}`;
  const put = (name: string, content: Uint8Array) => library.file(board, 'B09', name, content, 'text/plain');
  const read = async (name: string): Promise<Uint8Array> =>
    (await library.read(board, 'B09', name)) ?? new Uint8Array();
  return { records, library, compileLog, filePack, verifyLog, frozen, stem, put, read };
}

describe('filing a pack', () => {
  test('is refused in words while no log of the meeting is frozen', async () => {
    const { filePack, library } = await setUp({}, false);
    await expect(filePack.file({ ...b09, kind: 'board' })).rejects.toThrow('No log is frozen for B09');
    expect(await library.list(board, 'B09')).toEqual([]);
  });

  test('of a meeting that is not in the list is refused', async () => {
    const { filePack } = await setUp({}, false);
    await expect(filePack.file({ ...b09, meetingRef: 'B99', kind: 'board' })).rejects.toBeInstanceOf(NotFoundError);
  });

  test('puts the paper beside the log under a name that carries its code', async () => {
    const { filePack, frozen, read } = await setUp();
    const filed = await filePack.file({ ...b09, kind: 'board' });
    expect(filed.paper.name).toBe(`B09 board pack, ${frozen?.hash.slice(0, 8).toUpperCase()}.docx`);
    expect(filed.shortCode).toBe(frozen?.shortCode);
    expect(documentTexts(await read(filed.paper.name))).toContain('Agenda');
  });

  test('shows the ratings of the frozen log, whatever was edited since', async () => {
    const { filePack, records, read } = await setUp();
    const before = documentTexts(await read((await filePack.file({ ...b09, kind: 'board' })).paper.name));
    records.editInSharePoint(board, 'action', 'APA1.04', { deliveryStatus: 'complete', completedOn: '2025-01-05' });
    const after = documentTexts(await read((await filePack.file({ ...b09, kind: 'board' })).paper.name));
    expect(after).toEqual(before);
  });

  test('of a deep dive asks for an area of the log', async () => {
    const { filePack } = await setUp();
    await expect(filePack.file({ ...b09, kind: 'deep-dive' })).rejects.toThrow('A deep dive is of one area.');
    await expect(filePack.file({ ...b09, kind: 'deep-dive', areaRef: 'XX' })).rejects.toThrow('There is no area XX.');
    const { paper } = await filePack.file({ ...b09, kind: 'deep-dive', areaRef: 'APA1' });
    expect(paper.name).toMatch(/^B09 deep dive APA1, [0-9A-F]{8}\.docx$/);
  });

  test('tells a review the log after the meeting once that is frozen', async () => {
    const { filePack, compileLog } = await setUp();
    const after = await compileLog.freeze({ ...b09, kind: 'after the meeting', at: sampleAt });
    expect((await filePack.preview({ ...b09, kind: 'self-assessment' })).shortCode).toBe(after.shortCode);
    expect((await filePack.preview({ ...b09, kind: 'board' })).shortCode).not.toBe(after.shortCode);
  });

  test('of a preview files nothing', async () => {
    const { filePack, library } = await setUp();
    const before = await library.list(board, 'B09');
    await filePack.preview({ ...b09, kind: 'board' });
    expect(await library.list(board, 'B09')).toEqual(before);
  });

  test('refuses an identifier of a child and names the record, not the text', async () => {
    const { filePack, records } = await setUp();
    // A test number that the NHS publishes: it passes the check and is given to nobody.
    records.editInSharePoint(board, 'mitigation', 'R03.1', { text: 'Ask 999 000 0018 again' });
    const refused = await filePack.file({ ...b09, kind: 'board' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidInputError);
    const said = JSON.stringify(refused instanceof InvalidInputError ? refused.issues : undefined);
    expect(said).toContain('R03');
    expect(said).not.toContain('999 000 0018');
  });
});

describe('verifying a meeting', () => {
  const findings = async (set: Awaited<ReturnType<typeof setUp>>): Promise<readonly string[]> =>
    (await set.verifyLog.verify(b09)).findings.map((one) => one.text);

  test('finds that record, rows and papers agree', async () => {
    const set = await setUp();
    expect(await set.verifyLog.verify(b09)).toMatchObject({
      logs: [{ shortCode: set.frozen?.shortCode, hash: set.frozen?.hash, agrees: true }],
      findings: [],
    });
  });

  test('finds a record that was changed after it was frozen', async () => {
    const set = await setUp();
    const log = set.frozen?.log;
    await set.put(`${set.stem}.json`, new TextEncoder().encode(canonicalJson({ ...log, boardName: 'Another board' })));
    const said = (await findings(set)).join('\n');
    expect(said).toContain('changed after it was frozen');
    expect(said).toContain('does not carry the SHA-256 of the record');
    expect(said).toContain('stands in the list ActionImpactLog alone');
  });

  test('finds a record that an editor wrote anew with the same content', async () => {
    const set = await setUp();
    await set.put(`${set.stem}.json`, new TextEncoder().encode(JSON.stringify(set.frozen?.log, undefined, 2)));
    expect((await findings(set)).join('\n')).toContain('not written as canonical JSON');
  });

  test('finds a file of that name that is no log', async () => {
    const set = await setUp();
    await set.put(`${set.stem}.json`, new TextEncoder().encode('not JSON'));
    expect(await findings(set)).toContain('It is no frozen log of this product.');
  });

  test('finds one changed word in the document', async () => {
    const set = await setUp();
    if (!set.frozen) throw new Error('nothing was frozen');
    const paper = logPaper(set.frozen.log, { shortCode: set.frozen.shortCode, hash: set.frozen.hash, state: 'frozen' });
    await set.put(
      `${set.stem}.docx`,
      await renderDocument({ ...paper, cover: ['Another board', ...paper.cover.slice(1)] }),
    );
    expect(await findings(set)).toEqual([
      expect.stringContaining('document (.docx) differs from the record in 1 place'),
    ]);
  });

  test('finds a changed line in the machine rows', async () => {
    const set = await setUp();
    const csv = new TextDecoder().decode(await set.read(`${set.stem}.csv`));
    await set.put(`${set.stem}.csv`, new TextEncoder().encode(csv.replace('off-track', 'on-track')));
    expect(await findings(set)).toEqual([
      expect.stringContaining('machine rows (.csv) differs from the record in 1 place'),
    ]);
  });

  test('finds a paper that cannot be read, and one that belongs to another record', async () => {
    const set = await setUp();
    await set.put(`${set.stem}.xlsx`, new TextEncoder().encode('no workbook'));
    await set.put(
      `${set.stem}.docx`,
      await renderDocument({ title: 'Other', cover: [], withContents: false, sections: [], footer: '' }),
    );
    expect(await findings(set)).toEqual([
      expect.stringContaining('document (.docx) does not carry the SHA-256'),
      'Its workbook (.xlsx) cannot be read.',
    ]);
  });

  test('finds a row of the list that says something else', async () => {
    const set = await setUp();
    const snapshot = await set.records.refresh(board);
    const row = snapshot.loggedRows.find((one) => one.subjectRef === 'APA1.04');
    const loggedRows = snapshot.loggedRows.map((one) =>
      one === row ? { ...one, computedDelivery: 'complete' as const } : one,
    );
    const records = createMemoryRecords({ [board]: { ...snapshot, loggedRows: loggedRows.slice(1) } });
    const { findings: found } = await createVerifyLog({ records, library: set.library, papers: paperRenderer }).verify(
      b09,
    );
    expect(found.map((one) => one.text)).toEqual([
      expect.stringContaining('lacks 1 row of it: B09'),
      'The row action APA1.04 of the list ActionImpactLog says something else: computedDelivery.',
    ]);
  });

  test('finds rows that were entered without a hash', async () => {
    const old = sampleSnapshot().loggedRows.filter((one) => one.meetingRef === 'B01');
    const set = await setUp({ loggedRows: old }, false);
    const result = await set.verifyLog.verify({ ...b09, meetingRef: 'B01' });
    expect(result.logs).toEqual([]);
    expect(result.findings).toHaveLength(1);
  });

  test('of a meeting that is not in the list is refused', async () => {
    const { verifyLog } = await setUp({}, false);
    await expect(verifyLog.verify({ ...b09, meetingRef: 'B99' })).rejects.toBeInstanceOf(NotFoundError);
  });
});

test('a log frozen into SharePoint is read back from it and agrees', async () => {
  const local = await startLocalBoard();
  try {
    const { records, library, clock, logger } = local;
    const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
    const of = { boardId: localBoardId, meetingRef: 'B09' };
    const frozen = await compileLog.freeze({ ...of, kind: 'for the meeting', at: sampleAt });
    expect(frozen.papers.map((one) => one.name.split('.').at(-1))).toEqual(['docx', 'xlsx', 'csv', 'json']);
    const verified = await createVerifyLog({ records, library, papers: paperRenderer }).verify(of);
    expect(verified).toMatchObject({ logs: [{ hash: frozen.hash, agrees: true }], findings: [] });
  } finally {
    await local.close();
  }
});
