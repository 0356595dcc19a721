// An invented council's own lists, bound from the doctor's proposal: read to the last row, judged, and answered in its style.
import { assess } from '../../bot/board/assess';
import type { BoardSnapshot } from '../../bot/board/model';
import type { BindingInput } from '../../bot/sharepoint/bindingSchema';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import type { BoardSite } from '../../bot/sharepoint/boardRecords';
import { doctor } from '../../bot/sharepoint/doctor';
import type { Examination } from '../../bot/sharepoint/doctor';
import { lists } from '../../bot/sharepoint/lists';
import { provision } from '../../bot/sharepoint/provision';
import { settingProblems } from '../../bot/sharepoint/settingsSchema';
import { bindingInForce } from '../../bot/sharepoint/settingsList';
import type { BoardRecords } from '../../bot/services/ports';
import { buildCouncil, councilTitles } from '../fixtures/council/buildCouncil';
import { councilRows, planRows } from '../fixtures/council/rows';
import { localBoardId, localSiteUrl, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { listPathOf, writeSetting } from '../fixtures/localSite';

// A whole tenant runs beneath, and 900 rows are made one by one.
jest.setTimeout(60_000);

const site: BoardSite = { id: 'westmere', siteUrl: localSiteUrl };
/** Beside the sample's lists of our names stand those of a second board: its own are called otherwise. */
const beside = Object.fromEntries(
  lists.filter((one) => one.name !== 'Settings').map((one) => [one.name, { title: `Westmere ${one.name}` }]),
);

let board: LocalBoard;
let records: BoardRecords;
let first: Examination;
let binding: BindingInput;

beforeAll(async () => {
  board = await startLocalBoard();
  await buildCouncil(board.graph);
  await writeSetting(board.graph, 'binding@westmere', { lists: beside });
  records = createBoardRecords({ graph: board.graph, boards: [site], clock: board.clock, logger: board.logger });
  first = await doctor({ graph: board.graph, board: site, records });
  binding = completed(first.proposal?.binding ?? {});
  await writeSetting(board.graph, 'binding@westmere', binding);
  await provision({ graph: board.graph, siteUrl: localSiteUrl, binding: await bindingInForce(place()) });
});
afterAll(() => board.close());

const place = () => ({ graph: board.graph, siteUrl: localSiteUrl, boardId: site.id });

/** What only the council's secretary knows, beside what was proposed. */
function completed(proposed: BindingInput): BindingInput {
  const of = (name: string) => proposed.lists?.[name] ?? {};
  const reference = { separator: ' ', at: 0 };
  return {
    lists: {
      ...proposed.lists,
      People: { ...of('People'), columns: { ...of('People').columns, Ref: 'E_x002d_mail' } },
      Actions: {
        ...of('Actions'),
        columns: {
          ...of('Actions').columns,
          AreaRef: { name: 'Title', part: [reference, { separator: '.', at: 0 }] },
          OriginalDueOn: null,
        },
        defaults: { EffectStatus: 'too-early' },
        leaveOut: [
          { Title: { startsWith: ['Priority'] }, RAG: 'empty' },
          { Title: 'empty', Lead: 'empty' },
        ],
      },
      Risks: {
        ...of('Risks'),
        columns: {
          ...of('Risks').columns,
          InherentLikelihood: null,
          InherentImpact: null,
          TargetLikelihood: null,
          TargetImpact: null,
        },
        defaults: {
          InherentLikelihood: { from: 'CurrentLikelihood' },
          InherentImpact: { from: 'CurrentImpact' },
          TargetLikelihood: 1,
          TargetImpact: { from: 'CurrentImpact' },
        },
      },
      Evidence: null,
      CoProduction: null,
    },
  };
}

async function planItem(ref: string): Promise<Record<string, unknown>> {
  const snapshot = await records.snapshot(site.id);
  const itemId = snapshot.actions.find((one) => one.ref === ref)?.stamp?.itemId ?? '';
  const path = `${await listPathOf(board.graph, councilTitles.Actions)}/items/${itemId}?$expand=fields`;
  const item = await board.graph.get(path);
  return typeof item === 'object' && item !== null && 'fields' in item ? Object(item.fields) : {};
}

describe('the doctor before anything is bound', () => {
  it('finds the council’s lists by likeness and says with which columns and words', () => {
    const proposed = first.proposal?.binding.lists ?? {};
    const titles = Object.entries(councilTitles).map(([name]) => [name, proposed[name]?.title]);
    expect(Object.fromEntries(titles)).toEqual(councilTitles);
    expect(proposed['Actions']).toMatchObject({
      columns: {
        Ref: { name: 'Title', part: { separator: ' ', at: 0 } },
        Owner: { name: 'Lead', as: 'name', part: { separator: '/', at: 0 } },
        LeadBody: { name: 'Lead', part: { separator: '/', at: 1 } },
        DueOn: { name: 'By_x0020_when', as: 'dd/mm/yyyy', empty: ['TBC'] },
        PercentComplete: { name: 'Progress_x0020__x0025_', as: 'percent as text' },
        DeliveryStatus: 'RAG',
      },
      words: { DeliveryStatus: { Green: 'on-track', Amber: 'at-risk', Red: 'off-track', Blue: 'complete' } },
    });
    expect(proposed['Risks']).toMatchObject({
      words: { CurrentLikelihood: { Likely: '4' }, Status: { Live: 'open' } },
    });
  });

  it('leaves to a person what no likeness says, and each missing list with its mending', () => {
    expect(first.proposal?.open).toContain(
      'List SEND Improvement Plan 24-26: say under words.DeliveryStatus what "Mauve" of the column RAG stands for.',
    );
    const missing = first.findings.find((one) => one.ref === 'Westmere Actions');
    expect(missing?.text).toMatch(/Or it is the list SEND Improvement Plan 24-26: .* --propose FILE/);
  });

  it('proposes what the settings take', () => {
    expect(settingProblems('binding', binding)).toEqual([]);
  });
});

describe('a council’s plan of 900 rows', () => {
  let snapshot: BoardSnapshot;
  beforeAll(async () => {
    snapshot = await records.refresh(site.id);
  });

  it('is read to the last row: each is a record, a finding, or left out by rule', () => {
    const headings = councilRows.plan.filter((row) => String(row['Title'] ?? '').startsWith('Priority')).length;
    const blanks = councilRows.plan.filter((row) => row['Title'] === undefined).length;
    const duplicates = snapshot.findings.filter((one) => one.text.includes('has the same Title (Ref) as another row'));
    const noStatus = snapshot.findings.filter((one) => one.text.includes('RAG (DeliveryStatus) does not hold one of'));
    expect([headings, blanks]).toEqual([15, 15]);
    expect(duplicates.length).toBeGreaterThan(5);
    expect(noStatus.length).toBeGreaterThan(5);
    expect(snapshot.actions.length + duplicates.length + noStatus.length + headings + blanks).toBe(planRows);
  });

  it('has dates, percentages, owners and bodies as ours, and a finding where a cell says none', () => {
    const of = (number: number) => snapshot.actions.find((one) => one.title.endsWith(`number ${number}`));
    expect(of(1)).toMatchObject({
      ...{ ref: 'WM1.001', areaRef: 'WM1', title: 'Make change number 1' },
      ...{ ownerRef: 'dev.ranganathan@westmere.example', leadBody: 'Westmere Council' },
      ...{ dueOn: '2025-02-02', percentComplete: 5, deliveryStatus: 'at-risk', effectStatus: 'too-early' },
    });
    expect(of(6)?.dueOn).toBe('2025-07-07');
    expect(of(13)).not.toHaveProperty('dueOn');
    const texts = (ref: string) => snapshot.findings.filter((one) => one.ref === ref).map((one) => one.text);
    expect(texts('WM1.007')).toEqual([
      'List SEND Improvement Plan 24-26, row WM1.007: the column Lead (Owner) does not hold a person of the list People (nobody there has this name or e-mail address); it is left empty.',
    ]);
    expect(texts('WM1.003').join()).toContain('By when (DueOn) does not hold a date');
    expect(texts('WM1.013')).toEqual([]);
  });

  it('has the risks with their words as scores', () => {
    expect(snapshot.risks.map((one) => [one.ref, one.current, one.status, one.ownerRef])).toEqual([
      ['R1', { likelihood: 4, impact: 4 }, 'open', 'carys.penhale@westmere.example'],
      ['R2', { likelihood: 3, impact: 5 }, 'open', 'carys.penhale@westmere.example'],
      ['R3', { likelihood: 2, impact: 2 }, 'closed', 'carys.penhale@westmere.example'],
    ]);
    expect(snapshot.findings.filter((one) => one.ref === 'R4').map((one) => one.text)).toEqual([
      'List SEND risk register, row R4: the column Likelihood (CurrentLikelihood) does not hold a number; the row is left out.',
    ]);
  });

  it('says nothing of lists that the council does not keep', () => {
    expect(snapshot.findings.filter((one) => one.rule === 'list-missing')).toEqual([]);
    expect(snapshot.evidence).toEqual([]);
  });

  it('is judged by the published rules', () => {
    const assessment = assess(snapshot, { at: '2025-01-06T17:30:00.000Z', meetingRef: 'M3' });
    expect(assessment.actions).toHaveLength(snapshot.actions.length);
  });
});

describe('an answer to a council’s row', () => {
  async function answer(ref: string, changes: Readonly<Record<string, unknown>>, operationId: string) {
    const snapshot = await records.refresh(site.id);
    const action = snapshot.actions.find((one) => one.ref === ref);
    const { itemId = '', version = '' } = action?.stamp ?? {};
    const write = { kind: 'change', record: 'action', ref, itemId, version, changes } as const;
    return records.write({ boardId: site.id, operationId, writes: [write] });
  }

  it('is written in the council’s own style and read back as it was given', async () => {
    const changes = {
      ...{ deliveryStatus: 'complete', percentComplete: 100, dueOn: '2025-09-05' },
      ...{ ownerRef: 'femi.adewale@westmere.example', title: 'Change it for good' },
    };
    expect((await answer('WM1.001', changes, 'w1')).kind).toBe('written');
    const snapshot = await records.snapshot(site.id);
    expect(snapshot.actions.find((one) => one.ref === 'WM1.001')).toMatchObject(changes);
    expect(await planItem('WM1.001')).toMatchObject({
      Title: 'WM1.001 Change it for good',
      Lead: 'Femi Adewale / Westmere Council',
      By_x0020_when: '05/09/2025',
      RAG: 'Blue',
      Progress_x0020__x0025_: '100%',
      Comments: 'Note on 1',
    });
  });

  it('leaves the other part of a cell as it was, even when both parts change at once', async () => {
    await answer('WM1.002', { leadBody: 'Westmere Academies' }, 'w2');
    expect(await planItem('WM1.002')).toMatchObject({ Lead: 'Elspeth Moorcroft / Westmere Academies' });
    await answer('WM1.002', { leadBody: 'Westmere ICB', ownerRef: 'carys.penhale@westmere.example' }, 'w3');
    expect(await planItem('WM1.002')).toMatchObject({ Lead: 'Carys Penhale / Westmere ICB' });
  });

  it('leaves out what the council does not keep, and the rest is written', async () => {
    expect((await answer('WM1.004', { originalDueOn: '2025-01-01', percentComplete: 45 }, 'w4')).kind).toBe('written');
    expect(await planItem('WM1.004')).toMatchObject({ Progress_x0020__x0025_: '45%' });
  });

  it('is refused when somebody changed the row since, its shared cells included', async () => {
    const snapshot = await records.refresh(site.id);
    const { itemId = '', version = '' } = snapshot.actions.find((one) => one.ref === 'WM1.006')?.stamp ?? {};
    const path = `${await listPathOf(board.graph, councilTitles.Actions)}/items/${itemId}`;
    await board.graph.patch(path, { fields: { Comments: 'Somebody was here' } });
    const changes = { leadBody: 'Another body' };
    const write = { kind: 'change', record: 'action', ref: 'WM1.006', itemId, version, changes } as const;
    expect(await records.write({ boardId: site.id, operationId: 'w5', writes: [write] })).toEqual({
      kind: 'conflict',
      ref: 'WM1.006',
    });
    expect(await planItem('WM1.006')).toMatchObject({ Comments: 'Somebody was here' });
  });
});

it('two boards of one site are read each by its own names', async () => {
  const both = createBoardRecords({
    ...{ graph: board.graph, clock: board.clock, logger: board.logger },
    boards: [...board.boards, site],
  });
  const sample = await both.snapshot(localBoardId);
  const own = await both.snapshot(site.id);
  expect(sample.findings).toEqual([]);
  expect(sample.actions.map((one) => one.ref)).not.toContain('WM1.001');
  expect(own.actions.map((one) => one.ref)).toContain('WM1.001');
});

it('a changed binding of a board’s own row holds from the next reading on', async () => {
  await writeSetting(board.graph, 'binding@westmere', { lists: { ...binding.lists, Risks: null } });
  expect((await records.refresh(site.id)).risks).toEqual([]);
  await writeSetting(board.graph, 'binding@westmere', binding);
  expect((await records.refresh(site.id)).risks).toHaveLength(3);
});

it('provisioning a bound site again has nothing to do but what only a person can mend', async () => {
  const again = { ...place(), binding: await bindingInForce(place()), dryRun: true };
  expect((await provision(again)).steps).toEqual([]);
});

describe('the doctor once the lists are bound', () => {
  const examined = () => doctor({ graph: board.graph, board: site, records });
  const wordings = (one: Examination, rule: string) =>
    one.findings.filter((found) => found.rule === rule).map((found) => found.text);

  it('counts each unknown word and proposes the nearest that is known, beside what the board has said', async () => {
    const bound = await examined();
    expect(wordings(bound, 'word-unknown')).toEqual([
      expect.stringMatching(
        /^"Mauve" in the column RAG \(DeliveryStatus\) stands in \d+ rows of the list SEND Improvement Plan 24-26 and for none of our words\. Say what it stands for: on the page Settings, or under words\.DeliveryStatus/,
      ),
      expect.stringMatching(/^"Amberr" .* The nearest that is known is at-risk: .* --propose FILE/),
      expect.stringMatching(/^"Hard to say" in the column Likelihood \(CurrentLikelihood\) stands in 1 row /),
    ]);
    const proposed = bound.proposal?.binding.lists?.['Actions'];
    expect(proposed?.words?.['DeliveryStatus']).toEqual({
      ...binding.lists?.['Actions']?.words?.['DeliveryStatus'],
      Amberr: 'at-risk',
    });
    expect({ ...bound.proposal?.binding.lists, Actions: undefined }).toEqual({ ...binding.lists, Actions: undefined });
    expect(bound.proposal?.open).toContain(
      'List SEND Improvement Plan 24-26: say under words.DeliveryStatus what "Mauve" stands for.',
    );
    expect(settingProblems('binding', bound.proposal?.binding)).toEqual([]);
  });

  it('says how many rows of each list are left out, and why', async () => {
    const { actions } = await records.snapshot(site.id);
    const [plan, risks] = wordings(await examined(), 'rows-left-out');
    expect(plan).toMatch(
      new RegExp(
        `^${planRows - actions.length} of ${planRows} rows of the list SEND Improvement Plan 24-26 are left out`,
      ),
    );
    expect(plan).toContain('30: the binding says that they are no records');
    expect(plan).toMatch(/\d+: has the same Title \(Ref\) as another row/);
    expect(plan).toMatch(/\d+: the column RAG \(DeliveryStatus\) does not hold one of not-started, /);
    expect(risks).toBe(
      '1 of 4 rows of the list SEND risk register is left out (1: the column Likelihood (CurrentLikelihood) does not hold a number).',
    );
  });

  it('finds the column of a bound list that the binding does not name', async () => {
    const { DueOn: _due, ...columns } = binding.lists?.['Actions']?.columns ?? {};
    await writeSetting(board.graph, 'binding@westmere', {
      lists: { ...binding.lists, Actions: { ...binding.lists?.['Actions'], columns } },
    });
    const bound = await examined();
    expect(wordings(bound, 'column-missing')).toEqual([
      'Add the column DueOn (a date) to the list SEND Improvement Plan 24-26. Or it is the column By when: choose it on the page Settings, or let "npm run board -- doctor --propose FILE" write a binding that says so.',
    ]);
    expect(bound.proposal?.binding.lists?.['Actions']?.columns).toEqual(binding.lists?.['Actions']?.columns);
    await writeSetting(board.graph, 'binding@westmere', binding);
  });

  it('finds a list whose rows keep no versions', async () => {
    const { graph } = board;
    // SharePoint without versioning: the one version of a row is the row as it is.
    const forgetful: typeof graph = {
      ...graph,
      getAll: async (path: string) => (await graph.getAll(path)).slice(0, path.includes('/versions') ? 1 : undefined),
    };
    const { findings } = await doctor({ graph: forgetful, board: site, records });
    const found = findings.filter((one) => one.rule === 'versions-not-kept');
    expect(found.map((one) => one.ref)).toEqual(['SEND Improvement Plan 24-26']);
    expect(found[0]?.text).toMatch(/keeps no version history.*"Versioning settings"/);
    expect(wordings(await examined(), 'versions-not-kept')).toEqual([]);
  });
});
