// A binding before it is decided on: asked for by the secretary alone, read once by it, with what that comes to.
import type { SettingChange } from '../../bot/board/settingModel';
import { bindingAsked, bindingChoices, bindingTried, type Prepared } from '../../bot/services/changeBinding';
import type { BindingRead, SettingsStore } from '../../bot/services/portsSettings';
import { anAction, aPerson, aSnapshot } from '../fixtures/builders';

const secretary = aPerson({ ref: 'S1', boardRole: 'secretary' });
const board = (actions: number, people = [secretary]) =>
  aSnapshot({ people, actions: Array.from({ length: actions }, (_, at) => anAction({ ref: `A1.0${at}` })) });
const asking = (byRef = 'S1') => ({ boardId: 'b', byRef, snapshot: board(2), before: {} });
const after = { lists: { Actions: { title: 'Our plan' } } };
const asked = { list: 'Actions', title: 'Our plan', columns: [], words: [] };

/** A store that reads as it is told, and counts how often it is asked. */
function store(read: Partial<BindingRead> = {}, bound: Awaited<ReturnType<SettingsStore['bound']>> = { after }) {
  const calls: string[] = [];
  return {
    calls,
    bound: async () => (calls.push('bound'), bound),
    readBy: async () => (
      calls.push('readBy'),
      { issues: [], notes: [], lists: [{ name: 'Actions', isKept: true }], ...read }
    ),
    choices: async (): Promise<never> => Promise.reject(new TypeError('not asked for here')),
  };
}
const prepared = (change: SettingChange): Prepared => ({ change, issues: [], notes: [] });
const rebinding: SettingChange = { kind: 'binding', after };

test('what is chosen is a binding, or is refused where the site does not have it', async () => {
  expect(await bindingAsked(store(), asking(), asked)).toEqual(prepared(rebinding));
  const issues = [{ field: 'lists.Actions.title', message: 'There is none.' }];
  expect(await bindingAsked(store({}, { issues }), asking(), asked)).toEqual({ issues, notes: [] });
});

test('nobody but the secretary makes the site be asked', async () => {
  const used = store();
  const byRef = { issues: [{ field: 'byRef' }] };
  expect(await bindingAsked(used, asking('P1'), asked)).toMatchObject(byRef);
  expect(await bindingChoices(used, asking('P1'), 'Actions', undefined)).toMatchObject({ kind: 'refused', ...byRef });
  // Who may not is told so by the decision.
  expect(await bindingTried(used, asking('P1'), prepared(rebinding))).toEqual(prepared(rebinding));
  expect(used.calls).toEqual([]);
});

test('a change of other rows reads nothing', async () => {
  const used = store();
  for (const change of [
    { kind: 'default-quiet-days' },
    { kind: 'put-back', parts: [{ row: 'policy', after: {} }] },
  ] satisfies SettingChange[])
    expect(await bindingTried(used, asking(), prepared(change))).toEqual(prepared(change));
  expect(used.calls).toEqual([]);
});

test('what reading by it comes to stands before what the site lacks, for a binding put back as well', async () => {
  const read = {
    snapshot: board(1),
    notes: ['The list “Our plan” has no column for Blocker: that is not kept there.'],
  };
  const back: SettingChange = { kind: 'put-back', parts: [{ row: 'binding', after }] };
  for (const change of [rebinding, back])
    expect((await bindingTried(store(read), asking(), prepared(change))).notes).toEqual([
      'Actions: 1 row would be understood; 2 are now.',
      ...read.notes,
    ]);
});

test('refused is what the site lacks, and what would leave the board without its secretary', async () => {
  const issues = [{ field: 'lists.Actions.columns.DueOn', message: 'There is none.' }];
  expect(await bindingTried(store({ issues }), asking(), prepared(rebinding))).toEqual({ issues, notes: [] });
  const shutOut = await bindingTried(store({ snapshot: board(2, []) }), asking(), prepared(rebinding));
  expect(shutOut).toMatchObject({ issues: [{ field: 'change' }], notes: [] });
  expect(shutOut.change).toBeUndefined();
});
