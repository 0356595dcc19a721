// The operator's commands in words: moments that there are not, steps that fall away, a log with nothing slow.
import { createOperatorCommands, type CommandDeps, type CommandResult } from '../../bot/commands';
import { paperRenderer } from '../../bot/papers/logPapers';
import { createCompileLog } from '../../bot/services/compileLog';
import type { BoardRecords } from '../../bot/services/ports';
import { createRunCycle } from '../../bot/services/runCycle';
import { anAction, anUpdate, aQuietBoard } from '../fixtures/builders';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryRecords,
} from '../fixtures/memoryPorts';

const quiet = aQuietBoard();
const squeezed = quiet.meetings.map((one) => (one.ref === 'M3' ? { ...one, on: '2025-05-28' } : one));

async function run(
  command: string,
  args: Readonly<Record<string, unknown>> = {},
  board = quiet,
  now = '2025-06-10T09:00:00.000Z',
): Promise<CommandResult & { readonly readings: number }> {
  const clock = createFixedClock(now);
  const memory = createMemoryRecords({ northam: board });
  let readings = 0;
  const records: BoardRecords = {
    ...memory,
    refresh: (boardId) => {
      readings += 1;
      return memory.refresh(boardId);
    },
  };
  const logger = createMemoryLogger();
  const library = createMemoryLibrary();
  const compileLog = createCompileLog({ records, library, papers: paperRenderer, clock, logger });
  const ledger = createMemoryLedger();
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  const nothing = { sent: 0, failed: 0, uncertain: 0, unreachable: 0, cancelled: 0, waiting: 0 };
  const deliver = { drain: () => Promise.resolve(nothing) };
  // These commands need no more than this.
  const deps = { records, clock, compileLog, ledger, runCycle, deliver } as unknown as CommandDeps;
  const found = createOperatorCommands(deps).get(command);
  if (!found) throw new Error(`no command ${command}`);
  return { ...(await found(args)), readings };
}

describe('a moment', () => {
  test.each(['2025-02-30T10:00', '2025-06-06T25:00', '2025-06-06T24:00', '2025-13-01T10:00', '2025-06-06', 'banana'])(
    'that is none is refused in words: %s',
    async (at) => {
      await expect(run('assess', { at })).rejects.toThrow(`"${at}" is not a moment. Write it as 2025-01-06T17:30.`);
    },
  );

  test.each([
    ['2025-06-06T17:30', '2025-06-06T16:30:00.000Z'],
    ['2025-01-06T17:30', '2025-01-06T17:30:00.000Z'],
    ['2025-06-06T17:30:00+01:00', '2025-06-06T16:30:00.000Z'],
  ])('%s is %s', async (at, instant) => {
    expect((await run('assess', { at, meeting: 'M4' })).data).toMatchObject({ at: instant });
  });
});

test('the cycle says once that a step falls away', async () => {
  const { text } = await run('cycle', { meeting: 'M4' }, { ...quiet, meetings: squeezed });
  expect(text).toContain('reminder: It falls away because the meetings are close together.');
});

test('reminding when nothing is due does not say that everybody has it', async () => {
  const { text } = await run('remind', { meeting: 'M4' }, { ...quiet, requests: [] }, '2025-06-17T07:30:00.000Z');
  expect(text).toContain("The owners' deadline passed on");
  expect(text).not.toContain('Everybody had this message');
});

test('a draft with nothing slow says so', async () => {
  const board = aQuietBoard({ actions: [anAction()], updates: [anUpdate()] });
  const { text } = await run('compile', { meeting: 'M4' }, board);
  expect(text).toContain('Nothing is slow to progress.');
});

test('a command for a named meeting reads the board once', async () => {
  for (const command of ['compile', 'remind', 'assess'])
    expect((await run(command, { meeting: 'M4' })).readings).toBe(1);
});

test('a meeting that is not in memory is looked for in SharePoint before it is refused', async () => {
  await expect(run('compile', { meeting: 'M99' })).rejects.toThrow('There is no meeting M99.');
});
