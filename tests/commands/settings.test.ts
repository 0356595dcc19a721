// The operator's commands about settings, on the local Microsoft 365: shown, checked, set under the version that was read.
import { z } from 'zod';
import { createOperatorCommands, type CommandDeps, type CommandResult } from '../../bot/commands';
import { readSettingRows } from '../../bot/sharepoint/settingsList';
import { localBoardId, localSiteUrl, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { addFault, listPathOf, writeSetting } from '../fixtures/localSite';

// A whole tenant runs beneath.
jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

async function settings(args: Readonly<Record<string, unknown>>): Promise<CommandResult> {
  const { graph, records, clock, logger, boards } = board;
  // These commands need no more than this.
  const deps = { graph, records, clock, logger, config: { boards } } as unknown as CommandDeps;
  const run = createOperatorCommands(deps).get('settings');
  if (!run) throw new TypeError('no command settings');
  return run(args);
}

const set = (key: string, value: unknown, more: Readonly<Record<string, unknown>> = {}) =>
  settings({ action: 'set', key, content: JSON.stringify(value), ...more });
const rows = () => readSettingRows({ graph: board.graph, siteUrl: localSiteUrl, boardId: localBoardId });
const policy = async () => (await rows()).find((one) => one.key === 'policy')?.json;

describe('setting a policy', () => {
  it('shows each value that would change, and writes nothing in a dry run', async () => {
    const before = await policy();
    const { text, exitCode } = await set('policy', { undoMinutes: 5 }, { dryRun: true });
    expect(exitCode).toBe(0);
    expect(text).toContain('nothing was written');
    expect(text).toContain('undoMinutes: not set -> 5');
    expect(await policy()).toBe(before);
  });

  it('writes it once, with a row that says who changed what, and the board goes by it at once', async () => {
    const before = await policy();
    const { text } = await set('policy', { undoMinutes: 5 }, { by: 'P15' });
    expect(text).toContain('policy was changed');
    expect((await board.records.snapshot(localBoardId)).policy).toEqual({ undoMinutes: 5 });
    const traces = (await rows()).filter((one) => one.key.startsWith('trace/policy/'));
    expect(traces.map((one) => JSON.parse(one.json ?? ''))).toEqual([
      {
        ...{ by: 'P15', at: board.clock.now().toISOString(), route: 'operator command' },
        ...{ before: before ?? null, after: '{"undoMinutes":5}' },
      },
    ]);
    expect((await set('policy', { undoMinutes: 5 })).text).toContain('nothing to change');
    expect((await rows()).filter((one) => one.key.startsWith('trace/'))).toHaveLength(1);
  });

  it('is refused in words when it does not fit, and when a person may not', async () => {
    const before = await policy();
    const { text, exitCode } = await set('policy', { undoMinute: 5 });
    expect([exitCode, text]).toEqual([
      1,
      'Nothing was changed, because this does not fit:\n  policy: there is no setting "undoMinute" here.',
    ]);
    await expect(set('policy', { undoMinutes: 6 }, { by: 'P10' })).rejects.toThrow(/may not change settings/);
    await expect(set('policy', { undoMinutes: 6 }, { by: 'P99' })).rejects.toThrow('There is no person P99');
    await expect(settings({ action: 'set', key: 'policy', content: '{' })).rejects.toThrow('The file is not JSON');
    expect(await policy()).toBe(before);
  });

  it('is written once although the answer was lost', async () => {
    const path = await listPathOf(board.graph, 'Settings');
    const fault = { kind: 'statusAfterCommit', status: 504 };
    await addFault(board.local.url, { method: 'PATCH', pathIncludes: path.split('/').at(-1) ?? '' }, 1, fault);
    await set('policy', { undoMinutes: 7 });
    expect(await policy()).toBe('{"undoMinutes":7}');
  });
});

it('a binding is checked against the site before it is kept', async () => {
  const { text } = await set('binding', { lists: { Areas: { title: 'Our areas' } } }, { dryRun: true });
  expect(text).toContain('lists.Areas.title: not set -> "Our areas"');
  expect(text).toContain('Create the list Our areas');
});

it('checking says each thing that does not fit, with its place', async () => {
  const content = JSON.stringify({ policy: { undoMinutes: 'x' }, bindings: {} });
  const { exitCode, data } = await settings({ action: 'check', content });
  expect(exitCode).toBe(1);
  expect(data).toEqual({
    problems: [
      expect.stringMatching(/^policy\.undoMinutes: /),
      'bindings: there is no such setting; there are board, policy, binding, clauses (or name one with --key).',
    ],
  });
  expect((await settings({ action: 'check', key: 'policy', content: '{}' })).exitCode).toBe(0);
});

it('showing prints what is kept, one setting or all', async () => {
  await writeSetting(board.graph, 'policy', { undoMinutes: 9 });
  expect((await settings({ action: 'show', key: 'policy' })).data).toEqual({ undoMinutes: 9 });
  expect((await settings({ action: 'show' })).data).toMatchObject({ board: { id: localBoardId } });
});

describe('setting what people enter about the clauses', () => {
  const entered = {
    timetableAgreedOn: '2024-03-04',
    confirmations: [{ clause: '5d', byRef: 'P15', on: '2025-01-06', text: 'Read with the chair.' }],
  };

  it('is read with the board at once, and the clauses go by it', async () => {
    expect((await set('clauses', entered)).text).toContain('clauses was changed');
    expect((await board.records.snapshot(localBoardId)).clauseRecords).toEqual({ ...entered, planVersions: [] });
    const deps = { records: board.records, clock: board.clock } as unknown as CommandDeps;
    const states = z
      .array(z.looseObject({ clause: z.string() }))
      .parse((await createOperatorCommands(deps).get('clauses')?.({}))?.data);
    expect(states.find((one) => one.clause === '5d')).toMatchObject({ confirmedBy: { on: '2025-01-06' } });
    expect(states.find((one) => one.clause === '5a')).toMatchObject({ toConfirm: [] });
  });

  it('finds an entry by somebody whom the board does not have, and one written by hand that does not fit', async () => {
    await set('clauses', { confirmations: [{ ...entered.confirmations[0], byRef: 'P99' }] });
    expect((await board.records.snapshot(localBoardId)).findings).toContainEqual(
      expect.objectContaining({ rule: 'setting-not-understood', ref: 'clauses', records: ['clauses', 'P99'] }),
    );
    await writeSetting(board.graph, 'clauses', { ...entered, timetableAgreedOn: 'soon' });
    const { clauseRecords, findings } = await board.records.refresh(localBoardId);
    expect(clauseRecords).toEqual({ confirmations: entered.confirmations, planVersions: [] });
    expect(findings).toContainEqual(expect.objectContaining({ text: expect.stringContaining('timetableAgreedOn') }));
  });
});
