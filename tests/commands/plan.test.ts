// Import and export from the command line's side to SharePoint and back: files, progress, JSON, exit codes.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createOperatorCommands, type CommandDeps } from '../../bot/commands';
import { exportFile, importFile, type Ask } from '../../bot/commands/planFiles';
import { createImportPlan } from '../../bot/services/importPlan';
import { actionPlanWorkbook } from '../fixtures/awkwardPlans';
import { startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryOperations } from '../fixtures/memoryPorts';

jest.setTimeout(60_000);

let board: LocalBoard;
let folder: string;
let ask: Ask;
beforeAll(async () => {
  board = await startLocalBoard();
  folder = await mkdtemp(path.join(tmpdir(), 'board-plan-'));
  const { records, clock, logger } = board;
  const importPlan = createImportPlan({ records, operations: createMemoryOperations(), clock, logger });
  // These commands need no more than this.
  const commands = createOperatorCommands({ records, clock, importPlan } as unknown as CommandDeps);
  ask = async (command, args) => commands.get(command)?.(JSON.parse(JSON.stringify(args)) as Record<string, unknown>);
});
afterAll(async () => {
  await board.close();
  await rm(folder, { recursive: true });
});

function terminal() {
  const lines: string[] = [];
  const aside: string[] = [];
  return {
    lines,
    aside,
    screen: { out: (text: string) => void lines.push(text), aside: (text: string) => void aside.push(text) },
  };
}

describe('an exported plan', () => {
  test('is written to the file, and imported again it has nothing to say', async () => {
    const file = path.join(folder, 'plan.xlsx');
    const seen = terminal();
    expect(await exportFile(file, { meeting: 'B09' }, ask, seen.screen)).toBe(0);
    expect(seen.lines.join('\n')).toContain('for the meeting B09 on Wednesday 15 January 2025');
    expect((await stat(file)).size).toBeGreaterThan(10_000);
    const again = terminal();
    expect(await importFile(file, {}, ask, again.screen)).toBe(0);
    expect(again.lines.at(-1)).toMatch(/^\nDone: 0 added, 0 changed, \d+ the same, 0 not taken\.$/);
  });

  test('does not replace a file that is there unless it is told to', async () => {
    const file = path.join(folder, 'kept.xlsx');
    await writeFile(file, 'mine');
    const seen = terminal();
    expect(await exportFile(file, {}, ask, seen.screen)).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(seen.aside.join()).toContain('--overwrite');
    expect(await exportFile(file, { overwrite: true }, ask, seen.screen)).toBe(0);
    expect(await readFile(file, 'utf8')).not.toBe('mine');
  });
});

describe('an import', () => {
  test('shows columns, rows and findings in words, and gives exit code 1 on findings', async () => {
    const file = path.join(folder, 'council.xlsx');
    await writeFile(file, await actionPlanWorkbook());
    const seen = terminal();
    expect(await importFile(file, { dryRun: true, words: true }, ask, seen.screen)).toBe(1);
    const text = seen.lines.join('\n');
    expect(text).toContain('Sheet "SEND plan v12": 6 rows of actions, header in row 4');
    expect(text).toContain('What will we do  ->  Action');
    expect(text).toContain('K   Budget  is not taken');
    expect(text).toContain('Off track: off track, off-track, red');
    expect(text).toContain('Nothing was written: this is a dry run.');
  });

  test('gives one JSON alone', async () => {
    const file = path.join(folder, 'council.json.xlsx');
    await writeFile(file, await actionPlanWorkbook());
    const seen = terminal();
    expect(await importFile(file, { dryRun: true, json: true }, ask, seen.screen)).toBe(1);
    expect(seen.lines).toHaveLength(1);
    expect(JSON.parse(seen.lines[0] ?? '')).toMatchObject({ left: 0, tried: [] });
  });

  test('that the service refuses part way says how to go on', async () => {
    const file = path.join(folder, 'plan.xlsx');
    const parts = [
      {
        exitCode: 0,
        text: 'first',
        data: { rows: [{ key: 'a', outcome: 'added' }], findings: [], tried: ['a'], left: 3 },
      },
    ];
    const seen = terminal();
    expect(await importFile(file, {}, () => Promise.resolve(parts.shift()), seen.screen)).toBe(1);
    expect(seen.aside).toEqual([
      '1 of 4 rows written ...',
      '1 row was written. The same command again goes on from there.',
    ]);
  });
});
