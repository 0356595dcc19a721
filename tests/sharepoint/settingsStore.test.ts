// The settings of a board read from, and changed in, the lists of its site: rows, versions, history, binding.
import { createCarryOut } from '../../bot/services/carryOut';
import { createChangeSettings, type AskedChange, type ChangeSettings } from '../../bot/services/changeSettings';
import type { SettingsStore } from '../../bot/services/portsSettings';
import { readSettingRows, writeSetting } from '../../bot/sharepoint/settingsList';
import { createSettingsStore } from '../../bot/sharepoint/settingsStore';
import { localBoardId, localSiteUrl, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryOperations } from '../fixtures/memoryPorts';

jest.setTimeout(60_000);

let at: LocalBoard;
let settings: SettingsStore;
let changing: ChangeSettings;
const asked = (change: AskedChange) => ({
  boardId: localBoardId,
  actor: { personRef: 'P15', route: 'tab' as const },
  change,
});
const period = { fromOn: '2025-02-17', toOn: '2025-02-21', why: 'Half term' };

beforeAll(async () => {
  at = await startLocalBoard();
  const { records, clock, logger } = at;
  settings = createSettingsStore({ graph: at.graph, boards: at.boards, records, clock, logger });
  const carryOut = createCarryOut({ records, operations: createMemoryOperations(), clock, logger });
  changing = createChangeSettings({ settings, records, carryOut, clock });
});
afterAll(() => at.close());

async function save(change: AskedChange, nonce: string) {
  const preview = await changing.preview(asked(change));
  if (preview.kind === 'refused') throw new Error(JSON.stringify(preview.issues));
  return changing.change({ ...asked(change), version: preview.version, nonce });
}

test('a figure is written into its row, holds at once, and is put back from the history', async () => {
  const before = (await at.records.snapshot(localBoardId)).policy;
  expect(await save({ kind: 'policy', values: [{ key: 'undoMinutes', value: 25 }] }, 'first')).toMatchObject({
    kind: 'done',
  });
  expect((await at.records.snapshot(localBoardId)).policy).toEqual({ ...before, undoMinutes: 25 });
  const [line] = await changing.history(localBoardId);
  expect(line).toMatchObject({ route: 'tab', mayPutBack: true });
  expect(line?.lines[0]?.after).toBe('25 minutes');
  await save({ kind: 'put-back', change: line?.change ?? '' }, 'second');
  expect((await at.records.snapshot(localBoardId)).policy).toEqual(before);
  expect(await changing.history(localBoardId)).toHaveLength(2);
});

test('the aim date is written with its letter, in one change of two rows', async () => {
  const aim = { kind: 'aim-date', aimOn: '2025-07-31', letterOn: '2025-01-03', reference: 'Letter 4' } as const;
  expect(await save(aim, 'third')).toMatchObject({ kind: 'done' });
  const { facts, clauseRecords } = await at.records.snapshot(localBoardId);
  expect(facts.actionsAimOn).toBe('2025-07-31');
  expect(clauseRecords?.noticeState).toMatchObject({ on: '2025-01-03', byRef: 'P15' });
  const [line] = await changing.history(localBoardId);
  expect(line?.lines.map((one) => one.what)).toContain('The notice’s aim date');
  await save({ kind: 'put-back', change: line?.change ?? '' }, 'fourth');
  expect((await at.records.snapshot(localBoardId)).clauseRecords?.noticeState).toBeUndefined();
});

test('quiet days of a body are written into its row of Bodies, with their reason', async () => {
  const name = (await at.records.snapshot(localBoardId)).bodies[0]?.name ?? '';
  expect(await save({ kind: 'add-quiet-days', body: name, period }, 'fifth')).toMatchObject({ kind: 'done' });
  const now = await at.records.snapshot(localBoardId);
  expect(now.bodies.find((one) => one.name === name)?.quietDays).toEqual([period]);
  const [line] = await changing.history(localBoardId);
  await save({ kind: 'put-back', change: line?.change ?? '' }, 'sixth');
  const then = await at.records.snapshot(localBoardId);
  expect(then.bodies.find((one) => one.name === name)?.quietDays).toEqual([]);
});

test('what somebody changed in SharePoint since it was shown is not written over', async () => {
  const change: AskedChange = { kind: 'policy', values: [{ key: 'undoMinutes', value: 30 }] };
  const shown = await changing.preview(asked(change));
  if (shown.kind === 'refused') throw new Error('refused');
  const place = { graph: at.graph, siteUrl: localSiteUrl, boardId: localBoardId };
  const { policy } = (await settings.read(localBoardId)).rows;
  const row = (await readSettingRows(place)).find((one) => one.key === policy.key);
  await writeSetting(place, at.logger, {
    ...{ key: 'policy', row, ownRow: false, by: 'administrator' },
    json: JSON.stringify({ ...policy.value, undoMinutes: 5 }),
    at: '2025-01-06T09:00:00.000Z',
    operationId: 'setting:of-somebody-else',
  });
  const refused = await changing.change({ ...asked(change), version: shown.version, nonce: 'seventh' });
  expect(refused).toMatchObject({ kind: 'refused', issues: [{ field: 'version' }] });
  expect((await at.records.refresh(localBoardId)).policy['undoMinutes']).toBe(5);
  // What the operator did stands in the same history.
  expect((await changing.history(localBoardId))[0]).toMatchObject({ byName: 'administrator', mayPutBack: true });
});

test('boards that share a site keep their own rows', async () => {
  const other = { id: 'other-board', siteUrl: localSiteUrl };
  const shared = createSettingsStore({ ...at, boards: [...at.boards, other] });
  const { rows, history } = await shared.read('other-board');
  expect(rows.policy.key).toBe('policy@other-board');
  expect(rows.policy.stamp).toBeUndefined();
  expect(rows.policy.value).toMatchObject({ undoMinutes: 5 });
  expect(history.filter((one) => one.row.startsWith('body/'))).toEqual([]);
});

test('the binding says how each list is understood, with what was found in the site', async () => {
  const { lists, isOwn, findings } = await settings.binding(localBoardId);
  expect(isOwn).toBe(true);
  expect(lists.find((one) => one.name === 'Actions')?.columns.map((one) => one.name)).toContain('DueOn');
  // Nothing is wrong with the sample's site.
  expect(findings).toEqual([]);
});

test('a board that is not looked after is not found', async () => {
  await expect(settings.read('nobody')).rejects.toThrow(/nobody/);
});
