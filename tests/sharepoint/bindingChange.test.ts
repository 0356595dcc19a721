// The binding changed as the secretary changes it: chosen from what the site has, read once by it, kept, and put back.
import { createCarryOut } from '../../bot/services/carryOut';
import { createChangeSettings, type AskedChange, type ChangeSettings } from '../../bot/services/changeSettings';
import type { AskedBinding, BindingChoices, SettingsStore } from '../../bot/services/portsSettings';
import { createSettingsStore } from '../../bot/sharepoint/settingsStore';
import { findSite } from '../../bot/sharepoint/siteLists';
import { localBoardId, localSiteUrl, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { createMemoryOperations } from '../fixtures/memoryPorts';

jest.setTimeout(60_000);

let at: LocalBoard;
let settings: SettingsStore;
let changing: ChangeSettings;
const tracker = 'Milestone tracker';

beforeAll(async () => {
  at = await startLocalBoard();
  const site = await findSite(at.graph, localSiteUrl);
  const text = { text: {} };
  await at.graph.post(`sites/${site.id}/lists`, {
    displayName: tracker,
    list: { template: 'genericList' },
    columns: [
      ...['Step_x0020_ref', 'Action_x0020_ref', 'Original_x0020_date'].map((name) => ({ name, ...text })),
      { name: 'By_x0020_when', displayName: 'By when', ...text },
      { name: 'Stage', choice: { choices: ['Begun', 'Done'] } },
    ],
  });
  for (const [ref, when] of [
    ['S1', '15/01/2025'],
    ['S2', '05/02/2025'],
    ['S3', 'TBC'],
  ])
    await at.graph.post(`sites/${site.id}/lists/${encodeURIComponent(tracker)}/items`, {
      fields: {
        ...{ Title: `Step ${ref}`, Step_x0020_ref: ref, Action_x0020_ref: 'APA1.01' },
        ...{ By_x0020_when: when, Original_x0020_date: '01/12/2024' },
      },
    });
  const { records, clock, logger } = at;
  settings = createSettingsStore({ graph: at.graph, boards: at.boards, records, clock, logger });
  const carryOut = createCarryOut({ records, operations: createMemoryOperations(), clock, logger });
  changing = createChangeSettings({ settings, records, carryOut, clock });
});
afterAll(() => at.close());

const asked = (change: AskedChange, personRef = 'P15') => ({
  ...{ boardId: localBoardId, actor: { personRef, route: 'tab' as const }, change },
});
const bind = (over: Partial<AskedBinding>): AskedChange => ({
  ...{ kind: 'binding', list: 'Milestones', columns: [], words: [] },
  ...over,
});
const toTracker = bind({
  title: tracker,
  columns: [
    { column: 'Ref', name: 'Step_x0020_ref' },
    { column: 'ActionRef', name: 'Action_x0020_ref' },
    { column: 'DueOn', name: 'By_x0020_when' },
    { column: 'OriginalDueOn', name: 'Original_x0020_date' },
  ],
});
const shown = async (change: AskedChange) => {
  const found = await changing.preview(asked(change));
  if (found.kind === 'refused') throw new Error(JSON.stringify(found.issues));
  return found;
};
const refusal = async (change: AskedChange) => {
  const found = await changing.preview(asked(change));
  return found.kind === 'refused' ? found.issues.map((one) => `${one.field}: ${one.message}`) : [];
};
const save = async (change: AskedChange, nonce: string) =>
  changing.change({ ...asked(change), version: (await shown(change)).version, nonce });
const choices = async (list: string, title?: string): Promise<BindingChoices> =>
  settings.choices(localBoardId, list, title);

test('what may be chosen is what the site has, with the columns that are most alike', async () => {
  const own = await choices('Milestones');
  expect(own).toMatchObject({ title: 'Milestones', isBound: true, mayBeLeftOut: true });
  // Lists that stand for another of ours are not offered, nor those of the assistant and of SharePoint.
  expect(own.titles).toEqual(['Milestones', tracker]);
  expect(own.columns.every((one) => one.state === 'bound')).toBe(true);
  const other = await choices('Milestones', tracker);
  expect(other).toMatchObject({ title: tracker, isBound: false });
  expect(Object.fromEntries(other.columns.map((one) => [one.words, one.proposed]))).toMatchObject({
    Ref: 'Step_x0020_ref',
    'Action ref': 'Action_x0020_ref',
    'Due on': 'By_x0020_when',
  });
  expect(other.columns.find((one) => one.name === 'DueOn')?.may).not.toContain('Stage');
  expect(other.theirs).toContainEqual({ name: 'By_x0020_when', words: 'By when' });
});

test('a list that the council does not have under a name of ours cannot be chosen for', async () => {
  await expect(choices('Updates')).rejects.toThrow(/Updates/);
  expect(await refusal(bind({ list: 'Updates', title: tracker }))).toEqual([
    expect.stringMatching(/^lists\.Updates: The list Updates is the assistant’s own/),
  ]);
});

test('what the site does not have is refused under its field, and nothing is read by it', async () => {
  expect(await refusal(bind({ title: 'Milestonez' }))).toEqual([
    'lists.Milestones.title: The site has no list “Milestonez”: choose one of those it has.',
  ]);
  expect(await refusal(bind({ columns: [{ column: 'DueOn', name: 'By_x0020_whenever' }] }))).toEqual([
    'lists.Milestones.columns.DueOn: The list “Milestones” has no column “By whenever”: choose one of those it has.',
  ]);
  expect(await refusal(bind({ columns: [{ column: 'LastOpId', name: null }] }))).toEqual([
    'lists.Milestones.columns.LastOpId: The list Milestones has no column LastOpId that is chosen here.',
  ]);
  // Needed columns that were not chosen.
  expect((await refusal(bind({ title: tracker }))).map((one) => one.split(':')[0])).toEqual(
    ['Ref', 'ActionRef', 'DueOn', 'OriginalDueOn'].map((one) => `lists.Milestones.columns.${one}`),
  );
  expect(await refusal(bind({ columns: [{ column: 'Title', name: null }] }))).toEqual([
    expect.stringMatching(/^lists\.Milestones\.columns\.Title: the column Title of the list Milestones is needed/),
  ]);
  expect(await refusal(bind({ list: 'Meetings', title: null }))).toEqual([
    expect.stringMatching(/^lists\.Meetings: the list Meetings is needed/),
  ]);
  expect(
    await refusal(bind({ list: 'Actions', words: [{ column: 'DeliveryStatus', word: 'Red', means: 'red' }] })),
  ).toEqual([
    expect.stringMatching(
      /^lists\.Actions\.words\.DeliveryStatus\.Red: "red" is not a word of the column DeliveryStatus/,
    ),
  ]);
});

test('a column of another type is refused in words', async () => {
  expect(await refusal(bind({ list: 'Actions', columns: [{ column: 'PercentComplete', name: 'DueOn' }] }))).toEqual([
    'lists.Actions.columns.PercentComplete: The column “DueOn” is of a kind that cannot hold what Percent complete needs: choose another.',
  ]);
});

test('another list is shown with how many rows would be understood, then holds at once, and is put back', async () => {
  const before = (await at.records.snapshot(localBoardId)).milestones;
  const preview = await shown(toTracker);
  expect(preview.lines.map((one) => `${one.what}: ${one.after}`)).toEqual([
    'The list for Milestones: the list “Milestone tracker”',
    'Milestones, Ref: the column “Step ref”',
    'Milestones, Action ref: the column “Action ref”',
    'Milestones, Due on: the column “By when”, dates written like 05/01/2025, empty where it says “TBC”',
    'Milestones, Original due on: the column “Original date”, dates written like 05/01/2025',
  ]);
  expect(preview.notes).toEqual([
    `Milestones: 2 rows would be understood; ${before.length} are now.`,
    expect.stringMatching(/^List Milestone tracker, row S3: the column By when \(DueOn\) /),
    'Nothing can be saved in the list “Milestone tracker” before the operator has added the assistant’s own columns OperationKey and LastOpId to it (npm run board -- provision).',
    'The list “Milestone tracker” has no column for CompletedOn: that is not kept there.',
  ]);
  // Nothing was written, and the board in use is as it was.
  expect((await at.records.snapshot(localBoardId)).milestones).toBe(before);
  expect(await save(toTracker, 'first')).toMatchObject({ kind: 'done' });
  const now = (await at.records.snapshot(localBoardId)).milestones;
  expect(now.map((one) => [one.ref, one.dueOn])).toEqual([
    ['S1', '2025-01-15'],
    ['S2', '2025-02-05'],
  ]);
  const [line] = await changing.history(localBoardId);
  expect(line).toMatchObject({ route: 'tab', mayPutBack: true });
  expect(line?.lines[0]).toEqual({
    ...{ what: 'The list for Milestones', before: 'the list “Milestones”', after: 'the list “Milestone tracker”' },
  });
  await save({ kind: 'put-back', change: line?.change ?? '' }, 'second');
  expect((await at.records.snapshot(localBoardId)).milestones).toEqual(before);
});

test('a list that the council does not keep is not read', async () => {
  await save(bind({ list: 'CoProduction', title: null }), 'third');
  expect((await settings.read(localBoardId)).rows.binding.value).toEqual({ lists: { CoProduction: null } });
  expect(await choices('CoProduction')).not.toHaveProperty('title');
  const snapshot = await at.records.snapshot(localBoardId);
  expect([snapshot.coProduction, snapshot.findings]).toEqual([[], []]);
  await save(bind({ list: 'CoProduction', title: 'CoProduction' }), 'fourth');
  expect((await settings.read(localBoardId)).rows.binding.value).toEqual({});
});

test('words of a column are mapped; our own stays the one that is written', async () => {
  const words = [{ column: 'DeliveryStatus', word: 'Amber', means: 'at-risk' }];
  await save(bind({ list: 'Actions', words }), 'fifth');
  expect((await settings.read(localBoardId)).rows.binding.value).toEqual({
    lists: { Actions: { words: { DeliveryStatus: { 'at-risk': 'at-risk', Amber: 'at-risk' } } } },
  });
  const [said] = (await choices('Actions')).words.filter((one) => one.word === 'amber');
  expect(said).toMatchObject({ column: 'DeliveryStatus', of: 'DeliveryStatus', means: 'at-risk' });
  // Taken back by the word alone, whatever its case.
  const [line] = await changing.history(localBoardId);
  await save({ kind: 'put-back', change: line?.change ?? '' }, 'sixth');
});

test('what would leave the board without its secretary is refused', async () => {
  const { people } = await at.records.snapshot(localBoardId);
  const columns = [{ column: 'Ref', name: 'Title' }];
  expect(people.find((one) => one.ref === 'P15')?.boardRole).toBe('secretary');
  expect(await refusal(bind({ list: 'People', columns }))).toEqual([
    expect.stringMatching(/^change: By this you would not be the board’s secretary any more/),
  ]);
});

test('nobody but the secretary chooses or changes, and the site is not asked for them', async () => {
  const asking = () => Promise.reject(new TypeError('The site was asked.'));
  const { records, clock, logger } = at;
  const unasked = createChangeSettings({
    settings: { ...settings, bound: asking, choices: asking, readBy: asking },
    ...{ records, clock },
    carryOut: createCarryOut({ records, operations: createMemoryOperations(), clock, logger }),
  });
  for (const personRef of ['P01', 'P04', 'P10']) {
    const byRef = { kind: 'refused', issues: [{ field: 'byRef' }] };
    expect(await unasked.preview(asked(toTracker, personRef))).toMatchObject(byRef);
    const change = { ...asked(toTracker, personRef), version: 'any', nonce: 'seventh' };
    expect(await unasked.change(change)).toMatchObject(byRef);
    expect(await unasked.choices({ boardId: localBoardId, personRef, list: 'Actions' })).toMatchObject(byRef);
  }
});
