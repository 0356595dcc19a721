// The seed: counted against the plan file, and a file with broken rows named in words.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { listOf } from '../../../bot/sharepoint/lists';
import { planRows } from '../../../infra/local/seedRows';
import { fieldsOf, objectOf, startGraph, type Body, type GraphUnderTest } from './localGraph';

const planFile = join(__dirname, '../../../infra/local/seed/sample-plan.json');
const record = z.record(z.string(), z.unknown());
const planSchema = z.record(z.string(), z.unknown());
const plan = planSchema.parse(JSON.parse(readFileSync(planFile, 'utf8')));
const many = (from: Record<string, unknown>, key: string): Record<string, unknown>[] =>
  z.array(record).optional().parse(from[key]) ?? [];
const all = (key: string, inner: string): Record<string, unknown>[] =>
  many(plan, key).flatMap((one) => many(one, inner));

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

async function rows(list: string): Promise<readonly Body[]> {
  const items = await graph.all(`${graph.list(list)}/items?$expand=fields&$top=5000`, 'listItemCollectionResponse');
  return items.map(fieldsOf);
}

test('fits its lists without a complaint', () => {
  expect(graph.local.report.problems).toEqual([]);
});

test('has as many rows in each list as the file has records', () => {
  const readings = all('measures', 'readings').filter((one) => one['value'] !== null);
  const localities = readings.flatMap((one) => Object.keys(record.optional().parse(one['localities']) ?? {}));
  const requests = many(plan, 'updateRequests');
  expect(graph.local.report.rows).toEqual({
    Areas: many(plan, 'areas').length,
    Bodies: 6,
    People: many(plan, 'people').length + many(plan, 'advisers').length,
    Actions: many(plan, 'actions').length,
    Milestones: all('actions', 'milestones').length,
    Risks: many(plan, 'risks').length,
    Mitigations: all('risks', 'mitigations').length,
    Measures: many(plan, 'measures').length,
    Readings: readings.length + localities.length + readings.flatMap((one) => many(one, 'revisions')).length,
    Evidence: many(plan, 'impactEvidence').length,
    CoProduction: many(plan, 'coProduction').length,
    Meetings: many(plan, 'meetings').length,
    Attendance: all('meetings', 'attendance').length + all('meetings', 'expectedAttendance').length,
    Requests: requests.length,
    Updates: requests.filter((one) => one['state'] === 'answered' || one['state'] === 'late').length,
    DateChanges: all('actions', 'dateChanges').length + many(plan, 'dateChangeRequests').length,
    Decisions: many(plan, 'decisions').length,
    Invitations: all('meetings', 'adviserInvitations').length + 1,
    Dispatches: 0,
    AdviserNotes: many(plan, 'adviserNotes').length,
    Reviews: many(plan, 'reviews').length,
    ActionImpactLog: all('frozenLogs', 'rows').length + all('risks', 'history').length,
    Settings: 3,
  });
});

test('gives every row an operation key of its own', async () => {
  for (const list of ['Readings', 'Requests', 'Updates', 'Attendance', 'ActionImpactLog']) {
    const keys = (await rows(list)).map((one) => one['OperationKey']);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).not.toContain(undefined);
  }
});

test('names an owner by account, or by reference when they have none here', async () => {
  const actions = await rows('Actions');
  const of = (ref: string): Body | undefined => actions.find((one) => one['Ref'] === ref);
  expect(of('APA1.04')).toHaveProperty('OwnerLookupId');
  expect(of('APA1.04')).not.toHaveProperty('OwnerRef');
  expect(of('AFI1.02')).toMatchObject({ OwnerRef: 'P11' });
  expect(of('AFI1.02')).not.toHaveProperty('OwnerLookupId');
});

test('opens what was not answered for the meeting ahead, and keeps what was not answered before', async () => {
  const requests = await rows('Requests');
  const states = (meeting: string): unknown[] =>
    requests.filter((one) => one['MeetingRef'] === meeting).map((one) => one['State']);
  expect(states('B09').filter((one) => one === 'open')).toHaveLength(6);
  expect(states('B09')).not.toContain('unanswered');
  expect(states('B08')).toContain('unanswered');
});

test('makes an update of each answer at noon, the newest of an action with its latest words', async () => {
  const updates = (await rows('Updates')).filter((one) => one['SubjectRef'] === 'APA1.06');
  const newest = updates.find((one) => one['AnsweredAt'] === '2024-12-19T12:00:00Z');
  const action = many(plan, 'actions').find((one) => one['id'] === 'APA1.06');
  expect(newest).toMatchObject({ Narrative: objectOf(action?.['latestUpdate'])['text'], Route: 'tab', ByRef: 'P10' });
  expect(updates.filter((one) => one['Narrative'] !== undefined)).toHaveLength(1);
});

test('numbers approved date changes and points them at their milestone', async () => {
  const changes = await rows('DateChanges');
  expect(changes.map((one) => [one['Ref'], one['SubjectRef'], one['ActionRef'], one['Decision']])).toEqual([
    ['DC01', 'APA1.04-2', 'APA1.04', 'approved'],
    ['DC02', 'APA2.03-2', 'APA2.03', 'approved'],
    ['DC03', 'AFI1.02-2', 'AFI1.02', 'approved'],
    ['DC04', 'APA2.05', 'APA2.05', 'pending'],
  ]);
});

test('keeps a failed invitation beside the one sent again, and one not sent', async () => {
  const invitations = await rows('Invitations');
  const of = (meeting: string, person: string): unknown[] =>
    invitations
      .filter((one) => one['MeetingRef'] === meeting && one['PersonRef'] === person)
      .map((one) => [one['Delivery'], one['SentOn'], one['Error']]);
  expect(of('B06', 'X02')).toEqual([
    ['failed', '2024-07-29T23:00:00Z', 'mailbox rejected the message'],
    ['delivered', '2024-08-01T23:00:00Z', undefined],
  ]);
  expect(of('B09', 'X03')).toEqual([['not-sent', undefined, undefined]]);
});

test('keeps readings of localities and a revision apart from what was first reported', async () => {
  const readings = await rows('Readings');
  const june = readings.filter((one) => one['MeasureRef'] === 'M04' && one['Period'] === '2024-06');
  expect(june.map((one) => [one['ReadingValue'], one['Revises']])).toEqual([
    [54, false],
    [56.3, true],
  ]);
  expect(readings.filter((one) => one['Locality'] === 'Fenwick Vale')).toHaveLength(8);
});

test('writes frozen logs and risk history by meeting under one hash each', async () => {
  const log = await rows('ActionImpactLog');
  const hashes = (meeting: string): Set<unknown> =>
    new Set(log.filter((one) => one['MeetingRef'] === meeting).map((one) => one['LogHash']));
  expect(hashes('B08').size).toBe(1);
  expect(hashes('B07')).not.toEqual(hashes('B08'));
  expect(log.filter((one) => one['SubjectKind'] === 'risk')).toHaveLength(112);
  expect(log.find((one) => one['MeetingRef'] === 'B08' && one['SubjectRef'] === 'APA1.04')).toMatchObject({
    Kind: 'for the meeting',
    ClaimedDelivery: 'at-risk',
    MilestonesDone: 1,
    FrozenOn: '2024-11-20T00:00:00Z',
  });
});

test('names bodies with their most senior member, and the settings of the board', async () => {
  const bodies = await rows('Bodies');
  expect(bodies.map((one) => [one['Ref'], one['EscalationPerson'], one['Volunteer']])).toEqual([
    ['Board', 'P01', false],
    ['Hertland Council', 'P02', false],
    ['Hertland ICB', 'P03', false],
    ['Hertland Community NHS', 'P12', false],
    ['Parent Carer Forum', 'P13', true],
    ['Schools', 'P14', true],
  ]);
  const settings = new Map(
    (await rows('Settings')).map((one) => [one['Key'], JSON.parse(String(one['Json'])) as unknown]),
  );
  expect(settings.get('board')).toMatchObject({ id: 'hertland-send', chairRef: 'P01', actionsAimOn: '2025-01-31' });
  expect(settings.get('policy')).toEqual({ quietDays: [] });
  expect(settings.get('binding')).toEqual({});
});

test('keeps every value its columns can hold: no field of a mapped record is lost', () => {
  const { rows: made } = planRows(plan);
  for (const [kind, list] of Object.entries(made)) {
    const fields = new Set(listOf(kind)?.columns.map((one) => one.field));
    const lost = new Set(list.flatMap((row) => Object.keys(row.values)).filter((field) => !fields.has(field)));
    expect([kind, [...lost]]).toEqual([kind, []]);
  }
});

describe('a file with broken rows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seed-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function start(change: (plan: Record<string, unknown>) => void): Promise<GraphUnderTest> {
    const copy = planSchema.parse(JSON.parse(JSON.stringify(plan)));
    change(copy);
    const file = join(folder, 'plan.json');
    writeFileSync(file, JSON.stringify(copy));
    return startGraph({ seedFile: file });
  }

  test('is seeded with what its lists can hold, the rest named with record and field', async () => {
    const broken = await start((copy) => {
      const [first, second, third, ...rest] = many(copy, 'actions');
      copy['actions'] = [
        { ...first, percentComplete: 140, due: 'soon', deliveryStatus: 'amber' },
        { ...second, accountablePersonId: 'P99', description: 'Nothing \0 here' },
        { ...third, id: first?.['id'] },
        'not a record',
        ...rest.map((one, i) => (i === 0 ? { ...one, title: 7, milestones: 'none' } : one)),
      ];
    });
    const said = broken.local.report.problems.map((one) => one.message);
    expect(said).toEqual(
      expect.arrayContaining([
        'Action APA1.01: the field "percentComplete" holds 140, outside 0 to 100; it is kept as it stands.',
        'Action APA1.01: the field "due" should be a date such as 2025-01-31, but holds "soon"; it was left empty.',
        expect.stringMatching(
          /^Action APA1\.01: the field "deliveryStatus" holds "amber", which is none of .*; it is kept as it stands\.$/,
        ),
        'Action APA1.02: the field "description" should be text, but holds "Nothing \\u0000 here"; it was left empty.',
        'Action APA1.02: the field "accountablePersonId" names "P99", which the file does not hold; it is kept as it stands.',
        'Action APA1.01 is in the file twice; the list takes it once, so this row was left out.',
        'Action number 4 is not a record; it was left out.',
        'Action APA1.04: the field "title" should be text, but holds 7; it was left empty.',
      ]),
    );
    const first = fieldsOf((await broken.ask(`${broken.list('Actions')}/items/1`, { shape: 'listItem' })).body);
    expect(first).toMatchObject({ Ref: 'APA1.01', PercentComplete: 140, DeliveryStatus: 'amber' });
    expect(first).not.toHaveProperty('DueOn');
    expect(broken.local.report.rows['Actions']).toBe(44);
    const page = await (await fetch(`${broken.local.url}/seed`)).text();
    expect(page).toContain('the field &quot;percentComplete&quot; holds 140');
    await broken.local.close();
  });

  test('that is no plan at all is said in words, with nothing started', async () => {
    const file = join(folder, 'text.json');
    writeFileSync(file, 'Dear board,');
    await expect(startGraph({ seedFile: file })).rejects.toThrow(
      `The seed file ${file} cannot be used: it is not JSON. Nothing was changed.`,
    );
    await expect(startGraph({ seedFile: join(folder, 'missing.json') })).rejects.toThrow('it could not be read');
  });
});
