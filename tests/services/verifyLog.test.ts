// A frozen log is compared with its papers and rows: whatever was changed by hand is said, with the file it was found in.
import ExcelJS from 'exceljs';
import { paperRenderer } from '../../bot/papers/logPapers';
import { UpstreamError } from '../../bot/errors';
import { createVerifyLog } from '../../bot/services/verifyLog';
import { createCompileLog } from '../../bot/services/compileLog';
import { aReleasingBoard, releasingBoardId as boardId } from '../fixtures/releasing';

// Each test makes and reads real papers.
jest.setTimeout(60_000);

const releasedBy = { byRef: 'P8', by: 'Sam Orchard' };

async function frozen() {
  const { records, library, clock, logger } = aReleasingBoard();
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const verifyLog = createVerifyLog({ records, library, papers: paperRenderer });
  const log = await compileLog.freeze({ boardId, meetingRef: 'M4', kind: 'for the meeting' });
  const nameOf = (ending: string) => log.papers.find((one) => one.name.endsWith(ending))?.name ?? '';
  const read = async (ending: string) => (await library.read(boardId, 'M4', nameOf(ending))) ?? new Uint8Array();
  const replace = (ending: string, content: Uint8Array) =>
    library.file(boardId, 'M4', nameOf(ending), content, 'application/octet-stream');
  const findings = async () =>
    (await verifyLog.verify({ boardId, meetingRef: 'M4' })).findings.map((one) => `${one.ref}: ${one.text}`);
  return { records, library, log, verifyLog, nameOf, read, replace, findings };
}

const edited = (content: Uint8Array, from: string, to: string) =>
  new TextEncoder().encode(new TextDecoder().decode(content).replace(from, to));

test('a log that nobody touched agrees in record, rows and papers', async () => {
  const { verifyLog, findings, log } = await frozen();
  expect(await findings()).toEqual([]);
  expect((await verifyLog.verify({ boardId, meetingRef: 'M4' })).logs).toMatchObject([
    { hash: log.hash, agrees: true },
  ]);
});

test('a record that was changed no longer has the hash of its name', async () => {
  const { findings, read, replace } = await frozen();
  await replace('.json', edited(await read('.json'), '"percent":60', '"percent":99'));
  expect(await findings()).toContainEqual(expect.stringContaining('which is not the one in its name'));
});

test('a record that only an editor laid out anew is told by its bytes', async () => {
  const { findings, read, replace } = await frozen();
  const value: unknown = JSON.parse(new TextDecoder().decode(await read('.json')));
  await replace('.json', new TextEncoder().encode(JSON.stringify(value, undefined, 2)));
  expect(await findings()).toContainEqual(expect.stringContaining('not written as canonical JSON'));
});

test('a clause that was changed in the record is told like any other change', async () => {
  const { findings, read, replace } = await frozen();
  await replace('.json', edited(await read('.json'), '"state":"gap"', '"state":"evidenced"'));
  expect(await findings()).toContainEqual(expect.stringContaining('the record was changed after it was frozen'));
});

test('a cell of the workbook that was changed is told', async () => {
  const { findings, read, replace, nameOf } = await frozen();
  const workbook = new ExcelJS.Workbook();
  // The library's types know an older Buffer.
  await workbook.xlsx.load((await read('.xlsx')).slice().buffer);
  const sheet = workbook.worksheets[1];
  if (!sheet) throw new TypeError('no second sheet');
  sheet.getCell('A2').value = 'Everything is fine';
  await replace('.xlsx', new Uint8Array(await workbook.xlsx.writeBuffer()));
  expect(await findings()).toEqual([
    expect.stringMatching(new RegExp(`^${nameOf('.json').slice(0, 3)}.*workbook \\(.xlsx\\) differs`)),
  ]);
});

test('a row for machines that was changed is told', async () => {
  const { findings, read, replace } = await frozen();
  await replace('.csv', edited(await read('.csv'), ',60,', ',99,'));
  expect(await findings()).toEqual([expect.stringContaining('machine rows (.csv) differs from the record in 1 place')]);
});

test.each(['.docx', '.xlsx'])('a %s that cannot be read is told', async (ending) => {
  const { findings, replace } = await frozen();
  await replace(ending, new Uint8Array([1, 2, 3]));
  expect(await findings()).toEqual([expect.stringContaining('cannot be read')]);
});

test('a document of another log is told by the hash that it carries', async () => {
  const { findings, replace, log } = await frozen();
  const other = await paperRenderer.document(log.log, { shortCode: 'x', hash: 'a'.repeat(64), state: 'frozen' });
  await replace('.docx', other);
  expect(await findings()).toEqual([expect.stringContaining('does not carry the SHA-256 of the record')]);
});

test('a document whose words were changed under the right hash is told', async () => {
  const { findings, replace, log } = await frozen();
  const { shortCode, hash } = log;
  const headline = { ...log.log.headline, text: 'Everything is better than ever.' };
  await replace('.docx', await paperRenderer.document({ ...log.log, headline }, { shortCode, hash, state: 'frozen' }));
  expect(await findings()).toEqual([expect.stringMatching(/document \(\.docx\) differs from the record in \d+ place/)]);
});

test('a row of the list that was changed is told with its field', async () => {
  const { records, verifyLog } = await frozen();
  const snapshot = await records.refresh(boardId);
  const loggedRows = snapshot.loggedRows.map((one) =>
    one.meetingRef === 'M4' && one.subjectKind === 'action' ? { ...one, percentComplete: 99 } : one,
  );
  jest.spyOn(records, 'refresh').mockResolvedValue({ ...snapshot, loggedRows });
  const { findings } = await verifyLog.verify({ boardId, meetingRef: 'M4' });
  expect(findings.map((one) => one.text)).toEqual([
    'The row action A1.01 of the list ActionImpactLog says something else: percentComplete.',
  ]);
});

test('papers whose record was deleted before its rows were added are told, each by its name', async () => {
  const { records, library, clock, logger, fileNames } = aReleasingBoard();
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
  const freeze = compileLog.freeze({ boardId, meetingRef: 'M4', kind: 'for the meeting' });
  await expect(freeze).rejects.toThrow('Gone away.');
  const left = fileNames().filter((one) => !one.endsWith('.json'));
  const list = async () => (await library.list(boardId, 'M4')).filter((one) => !one.name.endsWith('.json'));
  const verifyLog = createVerifyLog({ records, library: { ...library, list }, papers: paperRenderer });
  const { logs, findings } = await verifyLog.verify({ boardId, meetingRef: 'M4' });
  expect([logs, left.length]).toEqual([[], 3]);
  expect(findings.map((one) => one.ref)).toEqual(left);
  for (const one of findings) expect(one.text).toMatch(/^Its record \(\.json\) is not filed beside it/);
});

test('a pack in the same folder needs no record of its own', async () => {
  const { findings, library } = await frozen();
  await library.file(boardId, 'M4', 'M4 board pack, 4F2A1B3C.docx', new Uint8Array([1]), 'application/octet-stream');
  expect(await findings()).toEqual([]);
});

test('a log after the meeting that corrects another agrees with what its papers print of both', async () => {
  const { records, library, clock, logger, edit } = aReleasingBoard();
  clock.set('2025-07-02T09:00:00.000Z');
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const request = { boardId, meetingRef: 'M4', kind: 'after the meeting', releasedBy } as const;
  await compileLog.freeze(request);
  edit(65);
  const { log } = await compileLog.freeze({ ...request, reason: 'A late reading.' });
  expect(log.corrects?.reason).toBe('A late reading.');
  const verifyLog = createVerifyLog({ records, library, papers: paperRenderer });
  const { logs, findings } = await verifyLog.verify({ boardId, meetingRef: 'M4' });
  expect(findings).toEqual([]);
  expect(logs.map((one) => one.agrees)).toEqual([true, true]);
});

test('an outcome that was changed in the document is told', async () => {
  const { findings, replace, log } = await frozen();
  const outcomes = { attendance: 'Everybody came.', decisionRefs: [], dateChangeRefs: [], slow: [] };
  const forged = { ...log.log, released: releasedBy, sections: { ...log.log.sections, outcomes } };
  const { shortCode, hash } = log;
  await replace('.docx', await paperRenderer.document(forged, { shortCode, hash, state: 'frozen' }));
  expect(await findings()).toEqual([
    expect.stringMatching(/document \(\.docx\) differs from the record in \d+ places/),
  ]);
});

test('rows that are missing, and rows of a log whose file is gone, are told', async () => {
  const { records, verifyLog, log } = await frozen();
  const snapshot = await records.refresh(boardId);
  const own = snapshot.loggedRows.filter((one) => one.logHash === log.hash);
  const [some] = own;
  if (!some) throw new TypeError('no rows');
  const stray = { ...some, logHash: 'b'.repeat(64) };
  jest.spyOn(records, 'refresh').mockResolvedValue({ ...snapshot, loggedRows: [...own.slice(0, 2), stray] });
  const { findings } = await verifyLog.verify({ boardId, meetingRef: 'M4' });
  expect(findings.map((one) => one.text)).toEqual([
    'The list ActionImpactLog lacks 1 row of it: R1.',
    expect.stringContaining('stands in the list ActionImpactLog alone'),
  ]);
});
