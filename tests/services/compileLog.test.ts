// The log is drafted, frozen once, corrected by a new one that names the old, and never frozen with a child's identifier.
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../bot/board/canonical';
import type { BoardSnapshot } from '../../bot/board/model';
import { InvalidInputError, UpstreamError } from '../../bot/errors';
import { paperRenderer } from '../../bot/papers/logPapers';
import { createCompileLog, type CompileRequest } from '../../bot/services/compileLog';
import { anAction, anUpdate, aQuietBoard, aRisk, aLoggedRow } from '../fixtures/builders';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryRecords,
} from '../fixtures/memoryPorts';

// Each freezing makes real papers.
jest.setTimeout(60_000);

const boardId = 'northam';
const decoder = new TextDecoder();
const request: CompileRequest = { boardId, meetingRef: 'M4', kind: 'for the meeting' };

function setUp(over: Partial<BoardSnapshot> = {}) {
  const records = createMemoryRecords({
    [boardId]: aQuietBoard({
      risks: [aRisk()],
      loggedRows: [aLoggedRow({ percentComplete: 40, logHash: 'f'.repeat(64) })],
      ...over,
    }),
  });
  const library = createMemoryLibrary();
  const clock = createFixedClock('2025-06-18T07:00:00.000Z');
  const logger = createMemoryLogger();
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const names = () => [...library.papers.keys()];
  const json = (name: string) => decoder.decode(library.papers.get(name));
  const frozenRows = async () => (await records.snapshot(boardId)).loggedRows.filter((one) => one.meetingRef === 'M4');
  return { records, library, clock, logger, compileLog, names, json, frozenRows };
}

describe('a draft', () => {
  test('compares with the last frozen log as its rows record it, and files nothing', async () => {
    const { compileLog, names, records } = setUp();
    const draft = await compileLog.draft(request);
    expect(draft.log.actions[0]?.detail.changed).toEqual(['Percentage: 40, now 60.']);
    expect(draft.hash).toBe(createHash('sha256').update(canonicalJson(draft.log)).digest('hex'));
    expect(draft.shortCode).toBe(`M4-before, ${draft.hash.slice(0, 4).toUpperCase()}`);
    expect(draft.previousShortCode).toBe('M3-before, FFFF');
    expect(draft.diff?.changes.length).toBeGreaterThan(0);
    expect(names()).toEqual([]);
    expect(records.operations).toEqual([]);
  });

  test('of a first meeting has nothing to compare with', async () => {
    const { compileLog } = setUp({ loggedRows: [] });
    const draft = await compileLog.draft(request);
    expect([draft.diff, draft.previousShortCode, draft.log.comparedWith]).toEqual([undefined, undefined, undefined]);
  });

  test('is judged as of the moment asked for', async () => {
    const { compileLog } = setUp();
    const draft = await compileLog.draft({ ...request, at: '2025-06-16T17:30:00.000Z' });
    expect(draft.log.judgedAt).toBe('2025-06-16T17:30:00.000Z');
    expect((await compileLog.draft(request)).log.judgedAt).toBe('2025-06-18T07:00:00.000Z');
  });

  test('of an unknown meeting is refused by name', async () => {
    const { compileLog } = setUp();
    await expect(compileLog.draft({ ...request, meetingRef: 'M99' })).rejects.toThrow('There is no meeting M99.');
  });
});

describe('freezing', () => {
  test('files document, workbook, machine rows and JSON, and leaves the rows', async () => {
    const { compileLog, names, json, frozenRows } = setUp();
    const frozen = await compileLog.freeze(request);
    const stem = `northam/M4/M4 action and impact log, for the meeting, ${frozen.hash.slice(0, 8).toUpperCase()}`;
    expect(names()).toEqual([`${stem}.docx`, `${stem}.xlsx`, `${stem}.csv`, `${stem}.json`]);
    expect(frozen.papers.map((one) => one.name)).toEqual(names().map((one) => one.split('/')[2]));
    expect(frozen.alreadyFrozen).toBe(false);
    expect(json(`${stem}.json`)).toBe(canonicalJson(frozen.log));
    const rows = await frozenRows();
    expect(rows.map((one) => [one.subjectKind, one.subjectRef])).toEqual([
      ['headline', 'M4'],
      ['action', 'A1.01'],
      ['risk', 'R1'],
    ]);
    expect(rows.every((one) => one.logHash === frozen.hash && one.frozenOn === '2025-06-18')).toBe(true);
  });

  test('the same content again, later, files nothing new and gives the same log', async () => {
    const { compileLog, names, frozenRows, clock, library } = setUp();
    const first = await compileLog.freeze(request);
    const papers = new Map(library.papers);
    clock.set('2025-06-18T11:00:00.000Z');
    const again = await compileLog.freeze(request);
    expect(again).toMatchObject({ alreadyFrozen: true, hash: first.hash, shortCode: first.shortCode });
    expect(canonicalJson(again.log)).toBe(canonicalJson(first.log));
    expect(again.papers).toEqual(first.papers);
    expect(names()).toHaveLength(4);
    expect([...library.papers.values()]).toEqual([...papers.values()]);
    expect(await frozenRows()).toHaveLength(3);
  });

  test('other content is a correction that names the old; the old stays', async () => {
    const { compileLog, records, names, frozenRows } = setUp();
    const first = await compileLog.freeze(request);
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 65 });
    const second = await compileLog.freeze(request);
    expect(second.log.corrects).toEqual({ hash: first.hash, shortCode: first.shortCode });
    expect(names()).toHaveLength(8);
    expect(await frozenRows()).toHaveLength(6);
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 70 });
    const third = await compileLog.freeze(request);
    expect(third.log.corrects?.hash).toBe(second.hash);
    expect(await compileLog.freeze(request)).toMatchObject({ alreadyFrozen: true, hash: third.hash });
  });

  test('going back to what was corrected is a correction of the correction', async () => {
    const { compileLog, records } = setUp();
    const first = await compileLog.freeze(request);
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 65 });
    const second = await compileLog.freeze(request);
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 60 });
    const third = await compileLog.freeze(request);
    expect(third).toMatchObject({ alreadyFrozen: false, log: { corrects: { hash: second.hash } } });
    expect(third.hash).not.toBe(first.hash);
  });

  test('after the meeting compares with the filed log for it, exactly', async () => {
    const { compileLog, records, clock } = setUp();
    const before = await compileLog.freeze(request);
    records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete: 65 });
    clock.set('2025-07-02T09:00:00.000Z');
    const after = await compileLog.draft({ ...request, kind: 'after the meeting' });
    expect(after.log.comparedWith).toEqual({ meetingRef: 'M4', kind: 'for the meeting' });
    expect(after.previousShortCode).toBe(before.shortCode);
    expect(after.shortCode).toMatch(/^M4-after, [0-9A-F]{4}$/);
    expect(after.log.actions[0]?.detail.changed).toContain('Percentage: 60, now 65.');
    expect(after.log.actions[0]?.detail.askedLastTime).toBe(before.log.actions[0]?.asked);
  });

  test('after the meeting compares with the last correction, though all were frozen on one day', async () => {
    const { compileLog, records } = setUp();
    await compileLog.freeze(request);
    let last = '';
    for (const percentComplete of [61, 62, 63]) {
      records.editInSharePoint(boardId, 'action', 'A1.01', { percentComplete });
      last = (await compileLog.freeze(request)).shortCode;
    }
    const after = await compileLog.draft({ ...request, kind: 'after the meeting' });
    expect(after.previousShortCode).toBe(last);
    expect(after.log.actions[0]?.detail.changed).not.toContain('Percentage: 60, now 63.');
  });

  test('is refused while the record holds an identifier of a child, and names the place', async () => {
    const { compileLog, names } = setUp({ updates: [anUpdate({ narrative: 'Child 943 476 5919 waits.' })] });
    const refusal = await compileLog.freeze(request).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(InvalidInputError);
    expect(refusal).toMatchObject({ issues: [{ field: 'A1.01', message: 'A1.01, narrative: an NHS number.' }] });
    expect(names()).toEqual([]);
    expect((await compileLog.draft(request)).privacyFindings).toHaveLength(1);
  });

  test('interrupted before the rows is completed by freezing again', async () => {
    const { compileLog, records, names, frozenRows } = setUp();
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    await expect(compileLog.freeze(request)).rejects.toThrow('Gone away.');
    expect(names()).toHaveLength(4);
    expect(await frozenRows()).toEqual([]);
    const again = await compileLog.freeze(request);
    expect(again.alreadyFrozen).toBe(true);
    expect(await frozenRows()).toHaveLength(3);
  });

  test('says when the rows were not taken', async () => {
    const { records, library, clock, logger } = setUp();
    const refusing = { ...records, write: () => Promise.resolve({ kind: 'conflict' as const, ref: 'M4' }) };
    const compileLog = createCompileLog({ records: refusing, library, papers: paperRenderer, clock, logger });
    await expect(compileLog.freeze(request)).rejects.toThrow('freeze it again');
  });
});

describe('a filed log that was changed by hand', () => {
  const change = (library: ReturnType<typeof createMemoryLibrary>, ending: string, text: string) => {
    const name = [...library.papers.keys()].find((one) => one.endsWith(ending));
    if (name === undefined) throw new Error('nothing filed');
    return library.file(boardId, 'M4', name.split('/')[2] ?? '', new TextEncoder().encode(text), 'application/json');
  };

  test('is no frozen log: it is said so, and the content is frozen anew', async () => {
    const { compileLog, library, logger, json, names } = setUp();
    const frozen = await compileLog.freeze(request);
    const whole = json(names().find((one) => one.endsWith('.json')) ?? '');
    await change(library, '.json', whole.replace('"percent":60', '"percent":99'));
    const again = await compileLog.freeze(request);
    expect(again).toMatchObject({ alreadyFrozen: false, hash: frozen.hash });
    expect(logger.lines.filter((one) => one.level === 'warn')).toHaveLength(1);
    expect(json(names().find((one) => one.endsWith('.json')) ?? '')).toBe(whole);
  });

  test('is not compared with: the rows are', async () => {
    const { compileLog, library, logger, clock } = setUp();
    await compileLog.freeze(request);
    await change(library, '.json', '{}');
    clock.set('2025-07-02T09:00:00.000Z');
    const after = await compileLog.draft({ ...request, kind: 'after the meeting' });
    expect(after.log.actions[0]?.detail.changed).not.toContain('There is no earlier log to compare with.');
    expect(logger.lines.filter((one) => one.level === 'warn')).toHaveLength(1);
  });

  test('or a file of another kind in the folder changes nothing', async () => {
    const { compileLog, library } = setUp();
    await library.file(boardId, 'M4', 'Agenda.json', new Uint8Array([123]), 'application/json');
    const frozen = await compileLog.freeze(request);
    expect(frozen.papers).toHaveLength(4);
    const gone = { ...library, read: () => Promise.resolve(undefined) };
    const { records, clock, logger } = setUp();
    const blind = createCompileLog({ records, library: gone, papers: paperRenderer, clock, logger });
    expect((await blind.freeze(request)).alreadyFrozen).toBe(false);
  });
});

test('an action alone makes a log of one row', async () => {
  const { compileLog } = setUp({ actions: [anAction()], risks: [], loggedRows: [] });
  expect((await compileLog.draft(request)).log.actions).toHaveLength(1);
});
