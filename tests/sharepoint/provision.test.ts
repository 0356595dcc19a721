// Creating and completing a board's lists in the local Microsoft 365, and examining them.
import { parseBinding } from '../../bot/sharepoint/binding';
import { createBoardRecords } from '../../bot/sharepoint/boardRecords';
import { doctor } from '../../bot/sharepoint/doctor';
import { lists } from '../../bot/sharepoint/lists';
import { provision } from '../../bot/sharepoint/provision';
import { findSite } from '../../bot/sharepoint/siteLists';
import { localBoardId, localSiteUrl, sampleStart, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { listPathOf, writeSetting } from '../fixtures/localSite';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

/** Names of a second board's lists in the same site; Settings keeps its own. */
const { binding } = parseBinding({
  lists: Object.fromEntries(
    lists.filter((one) => one.name !== 'Settings').map((one) => [one.name, { title: `Fresh ${one.name}` }]),
  ),
});

describe('provisioning', () => {
  it('has nothing to do in a site that is complete', async () => {
    const { steps } = await provision({ graph: board.graph, siteUrl: localSiteUrl, dryRun: true });
    expect(steps).toEqual([]);
  });

  it('plans without changing anything, creates what is missing, and then has nothing more to do', async () => {
    const settings = { graph: board.graph, siteUrl: localSiteUrl, binding };
    const planned = await provision({ ...settings, dryRun: true });
    expect(planned.carriedOut).toBe(false);
    expect(planned.steps.map((one) => one.kind)).toEqual(lists.slice(1).map(() => 'createList'));
    expect((await provision({ ...settings, dryRun: true })).steps).toEqual(planned.steps);
    const done = await provision(settings);
    expect(done).toEqual({ ...planned, carriedOut: true });
    expect((await provision(settings)).steps).toEqual([]);
  });

  it('completes a list that is there: columns, indexes, single values, words; and leaves to a person what is of another type', async () => {
    const site = await findSite(board.graph, localSiteUrl);
    await board.graph.post(`sites/${site.id}/lists`, {
      displayName: 'Short plan',
      list: { template: 'genericList' },
      columns: [
        { name: 'Ref', text: {} },
        { name: 'DueOn', text: {} },
        { name: 'DeliveryStatus', choice: { choices: ['on-track', 'Parked'] } },
      ],
    });
    const short = parseBinding({ lists: { Actions: { title: 'Short plan' } } }).binding;
    const settings = { graph: board.graph, siteUrl: localSiteUrl, binding: short };
    const { steps } = await provision(settings);
    expect(steps.filter((one) => one.kind !== 'addColumn').map((one) => [one.kind, one.text])).toEqual([
      ['changeColumn', 'In the list Short plan, let the column Ref be indexed and hold each value once.'],
      [
        'byHand',
        'The column DueOn of the list Short plan is of the type text; a date is needed. Give it another column, or name one in the binding.',
      ],
      [
        'changeColumn',
        'In the list Short plan, let the column DeliveryStatus be indexed and offer not-started, at-risk, off-track, complete, embedded.',
      ],
    ]);
    expect((await provision(settings)).steps.map((one) => one.kind)).toEqual(['byHand']);
    const columns = await board.graph.getAll(`${await listPathOf(board.graph, 'Short plan')}/columns`);
    expect(JSON.stringify(columns)).toContain('"Parked"');
  });

  it('makes lists that hold a board, under the names the binding gives them', async () => {
    const { graph, clock, logger, boards } = board;
    const titles = Object.fromEntries(['Actions', 'Milestones'].map((name) => [name, { title: `Fresh ${name}` }]));
    await writeSetting(graph, 'binding', { lists: titles });
    const records = createBoardRecords({ graph, clock, logger, boards });
    expect((await records.snapshot(localBoardId)).actions).toEqual([]);
    const values = {
      ref: 'N1',
      areaRef: 'APA1',
      title: 'Begin',
      ownerRef: 'P10',
      dueOn: '2025-07-01',
      deliveryStatus: 'on-track',
      effectStatus: 'too-early',
      measureRefs: ['M01', 'M02'],
      partnerBodies: [],
    };
    await records.write({
      boardId: localBoardId,
      operationId: 'o1',
      writes: [{ kind: 'add', record: 'action', operationKey: 'k1', values }],
    });
    const { partnerBodies, ...kept } = values;
    expect((await records.snapshot(localBoardId)).actions).toMatchObject([{ ...kept, partnerBodies }]);
    await writeSetting(graph, 'binding', {});
  });
});

describe('the doctor', () => {
  it('finds nothing in the sample', async () => {
    const { graph, records } = board;
    expect(await doctor({ graph, records, board: { id: localBoardId, siteUrl: localSiteUrl } })).toEqual({
      findings: [],
    });
  });

  it('names rows that do not parse and people whom nothing reaches', async () => {
    const { graph, records } = board;
    const snapshot = await records.refresh(localBoardId);
    const person = snapshot.people.find((one) => one.ref === 'P17');
    const reading = snapshot.readings[0];
    const people = `${await listPathOf(graph, 'People')}/items/${person?.stamp?.itemId ?? ''}`;
    const readings = `${await listPathOf(graph, 'Readings')}/items/${reading?.stamp?.itemId ?? ''}`;
    await graph.patch(people, { fields: { Email: null } });
    await graph.patch(readings, { fields: { Period: 'May' } });
    const { findings } = await doctor({ graph, records, board: { id: localBoardId, siteUrl: localSiteUrl } });
    expect(findings.map((one) => [one.rule, one.ref])).toEqual(
      expect.arrayContaining([
        ['row-not-understood', `Readings #${reading?.stamp?.itemId ?? ''}`],
        ['person-without-address', 'P17'],
      ]),
    );
  });

  it('names a row of the settings that nothing reads, and none of those that the assistant keeps for itself', async () => {
    const { graph, records } = board;
    const mark = { sinceAt: sampleStart, accountedToAt: sampleStart, historyRows: '0' };
    await writeSetting(graph, 'siteEdits', mark);
    const own = ['trace/policy/2025-01-06T09:00:00.000Z/ab12cd34', `sending@${localBoardId}`, 'binding@another-board'];
    for (const key of own) await writeSetting(graph, key, {});
    const strange = async () => {
      const { findings } = await doctor({ graph, records, board: { id: localBoardId, siteUrl: localSiteUrl } });
      return findings.filter((one) => one.rule === 'setting-unknown').map((one) => one.text);
    };
    expect(await strange()).toEqual([]);
    await writeSetting(graph, 'polcy', {});
    await writeSetting(graph, 'Wanted', {});
    expect(await strange()).toEqual([
      'Nothing reads the row "polcy" of the list Settings. If "policy" is meant, correct its key; else delete the row.',
      'Nothing reads the row "Wanted" of the list Settings. The settings are board, policy, binding, clauses, for one board alone with @ and its id after them. Delete the row, or correct its key.',
    ]);
  });
});
