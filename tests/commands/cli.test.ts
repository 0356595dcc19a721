// The command line as an operator types it, in a process of its own, on the local Microsoft 365: words, files, exit codes.
import { readFile, writeFile } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { UpstreamError } from '../../bot/errors';
import { createImportPlan } from '../../bot/services/importPlan';
import { startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { listPathOf, writeSetting } from '../fixtures/localSite';
import { createMemoryOperations } from '../fixtures/memoryPorts';
import { startOperator, type OperatorProcess } from './operatorProcess';

// A whole tenant runs beneath, and each command is a process that loads the program anew.
jest.setTimeout(180_000);

let board: LocalBoard;
let operator: OperatorProcess;

beforeAll(async () => {
  board = await startLocalBoard();
  const { records, clock, logger } = board;
  const importPlan = createImportPlan({ records, operations: createMemoryOperations(), clock, logger });
  const gone = () => Promise.reject(new UpstreamError('database', 'internal words', { mayHaveHappened: true }));
  const personData = { find: gone, forget: gone };
  operator = await startOperator(board, { importPlan, personData, notified: () => ({ kind: 'notYet' }) });
});
afterAll(async () => {
  await operator.close();
  await board.close();
});

const cli = (...args: readonly string[]) => operator.cli(...args);
const inFolder = (name: string) => operator.inFolder(name);

async function jsonFile(name: string, value: unknown): Promise<string> {
  await writeFile(inFolder(name), JSON.stringify(value));
  return inFolder(name);
}

it('says that a dependency failed and where the reason is, not what people are told to press', async () => {
  const { code, err } = await cli('person', '--find', 'P01');
  expect(code).toBe(1);
  expect(err).toMatch(/^A service we need did not answer\.\nThe log of the service says why: look for \S+\.\n$/);
});

it('doctor writes the binding that it proposes, and findings give exit code 1', async () => {
  const { graph } = board;
  // Somebody renamed the list, and wrote a status of their own.
  await writeSetting(graph, 'binding', { lists: { Risks: { title: 'Our risks' } } });
  const { items } = await plan();
  await graph.patch(`${await listPathOf(graph, 'Actions')}/items/${items[0] ?? ''}`, {
    fields: { EffectStatus: 'Some evidense' },
  });
  const file = inFolder('binding.json');
  const ran = await cli('doctor', '--propose', file);
  expect(ran).toMatchObject({ code: 1, err: '' });
  expect(ran.out).toMatch(/Our risks: Create the list Our risks .* Or it is the list Risks: .* --propose FILE/);
  expect(ran.out).toMatch(/Actions: "Some evidense" in the column EffectStatus stands in 1 row .* some-evidence/);
  const proposed: unknown = JSON.parse(await readFile(file, 'utf8'));
  expect(proposed).toMatchObject({
    lists: {
      Risks: { title: 'Risks' },
      Actions: {
        words: { EffectStatus: { 'some-evidence': 'some-evidence', 'Some evidense': 'some-evidence' } },
      },
    },
  });
  const [checked, set] = [
    await cli('settings', 'check', file, '--key', 'binding'),
    await cli('settings', 'set', '--key', 'binding', '--file', file),
  ];
  expect(checked).toEqual({ code: 0, out: 'It fits: nothing to mend.\n', err: '' });
  expect(set).toMatchObject({ code: 0, out: expect.stringContaining('binding was changed:') });
  const after = await cli('doctor', '--json');
  expect([after.code, JSON.parse(after.out)]).toEqual([0, []]);
});

async function plan(): Promise<{ readonly items: readonly string[] }> {
  const { actions } = await board.records.refresh(board.boards[0]?.id ?? '');
  return { items: actions.map((one) => one.stamp?.itemId ?? '') };
}

it('settings are shown, and set only when they fit', async () => {
  const good = await jsonFile('policy.json', { undoMinutes: 5 });
  const bad = await jsonFile('bad.json', { undoMinute: 5 });
  const [refused, set, shown] = [
    await cli('settings', 'set', '--key', 'policy', '--file', bad),
    await cli('settings', 'set', '--key', 'policy', '--file', good),
    await cli('settings', 'show', '--key', 'policy', '--json'),
  ];
  expect(refused).toMatchObject({ code: 1, out: expect.stringContaining('there is no setting "undoMinute" here.') });
  expect(set).toMatchObject({ code: 0, out: expect.stringContaining('undoMinutes: not set -> 5') });
  expect([shown.code, JSON.parse(shown.out)]).toEqual([0, { undoMinutes: 5 }]);
});

it('import shows in a dry run the request that a moved date becomes, and writes nothing', async () => {
  const exported = await cli('export', inFolder('plan.xlsx'));
  expect(exported).toMatchObject({ code: 0, err: '' });
  const moved = await moveFirstDate('plan.xlsx', 'moved.xlsx');
  const unasked = await cli('import', inFolder('moved.xlsx'), '--dry-run');
  expect(unasked).toMatchObject({ code: 1, out: expect.stringContaining('or for all rows with --reason.') });
  const asked = await cli('import', inFolder('moved.xlsx'), '--dry-run', '--reason', 'The supplier comes later.');
  expect(asked.out).toContain(`add         request to move a date ${moved}-DC1  (Sheet "Actions", cell `);
  expect(asked.out).toContain('Reason: nothing -> "The supplier comes later."');
  expect(asked.out).toMatch(/1 to add, 0 to change, \d+ the same, 0 not taken. Nothing was written/);
  const { dateChanges } = await board.records.refresh(board.boards[0]?.id ?? '');
  expect(dateChanges.filter((one) => one.ref === `${moved}-DC1`)).toEqual([]);
});

/** The first open action of the workbook a year later; returns its ref. */
async function moveFirstDate(from: string, to: string): Promise<string> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(inFolder(from));
  const sheet = book.getWorksheet('Actions');
  if (!sheet) throw new TypeError('The export has no sheet Actions.');
  const headings = [1, 2, 3, 4].find((row) => sheet.getRow(row).getCell(1).text === 'Ref') ?? 1;
  const columnOf = (title: string) => {
    for (let at = 1; at <= sheet.columnCount; at += 1) if (sheet.getRow(headings).getCell(at).text === title) return at;
    throw new TypeError(`The export has no column ${title}.`);
  };
  const open = Array.from({ length: sheet.rowCount - headings }, (_one, at) => sheet.getRow(headings + 1 + at)).find(
    (row) => row.getCell(columnOf('Completed on')).text === '' && row.getCell(columnOf('Due date')).text !== '',
  );
  if (!open) throw new TypeError('The export has no open action.');
  open.getCell(columnOf('Due date')).value = new Date('2026-11-30T00:00:00Z');
  await book.xlsx.writeFile(inFolder(to));
  return open.getCell(1).text;
}

it('wrong use is exit code 2 and says what is lacking', async () => {
  const [signIn, noFile, elsewhere] = await Promise.all([
    cli('provision', '--sign-in'),
    cli('import'),
    cli('import', inFolder('none.xlsx')),
  ]);
  expect(signIn).toMatchObject({ code: 2, err: 'With --sign-in, name --tenant and --site.\n' });
  expect(noFile).toMatchObject({ code: 2, err: expect.stringContaining("missing required argument 'file'") });
  expect(elsewhere).toMatchObject({ code: 1, out: '', err: expect.stringContaining('none.xlsx') });
});
