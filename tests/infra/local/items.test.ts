// List items of the local Graph: pages, filters, order, conditional writes, versions, delta.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  codeOf,
  fieldsOf,
  messageOf,
  objectOf,
  startGraph,
  valuesOf,
  type Body,
  type GraphUnderTest,
} from './localGraph';

const planAction = z.object({
  id: z.string(),
  area: z.string(),
  due: z.string(),
  leadBody: z.string(),
  percentComplete: z.number(),
  completedOn: z.string().nullable(),
  deliveryStatus: z.string(),
});
type PlanAction = z.infer<typeof planAction>;
const planFile = join(__dirname, '../../../infra/local/seed/sample-plan.json');
const samplePlan = z.object({ actions: z.array(planAction) }).parse(JSON.parse(readFileSync(planFile, 'utf8')));

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

const page = 'listItemCollectionResponse';
const prefer = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };

async function find(list: string, ref: string): Promise<Body> {
  const { body } = await graph.ask(`${graph.list(list)}/items?$expand=fields&$filter=fields/Ref eq '${ref}'`, {
    shape: page,
  });
  return valuesOf(body)[0] ?? {};
}

describe('reading', () => {
  test('gives every row once over pages of any size', async () => {
    const whole = await graph.all(`${graph.list('Requests')}/items?$top=5000&$expand=fields($select=SubjectRef)`, page);
    const paged = await graph.all(`${graph.list('Requests')}/items?$top=40&$expand=fields($select=SubjectRef)`, page);
    expect(paged.map((one) => one['id'])).toEqual(whole.map((one) => one['id']));
    expect(whole).toHaveLength(251);
  });

  test('gives 200 rows a page unless asked for more', async () => {
    const { body } = await graph.ask(`${graph.list('Requests')}/items`, { shape: page });
    expect(valuesOf(body)).toHaveLength(200);
    expect(body['@odata.nextLink']).toContain('skiptoken');
  });

  test('writes links for graph.microsoft.com when the request came under that name', async () => {
    const { body } = await graph.ask(`${graph.list('Requests')}/items?$top=1`, {
      shape: page,
      headers: { 'x-forwarded-host': 'graph.microsoft.com' },
    });
    expect(body['@odata.nextLink']).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/sites\//);
  });

  test('leaves out fields unless they are expanded, and empty ones always', async () => {
    const bare = await graph.ask(`${graph.list('Actions')}/items?$top=1`, { shape: page });
    expect(valuesOf(bare.body)[0]).not.toHaveProperty('fields');
    const expanded = await graph.ask(`${graph.list('Actions')}/items?$top=1&expand=fields`, { shape: page });
    const fields = fieldsOf(valuesOf(expanded.body)[0]);
    expect(fields).toMatchObject({ Ref: 'APA1.01', DeliveryStatus: 'embedded', id: '1' });
    expect(fields).not.toHaveProperty('ForecastOn');
  });

  test('gives a person as a LookupId in text, and by name when the column itself is named', async () => {
    const fields = fieldsOf(await find('Actions', 'APA1.04'));
    expect(fields['OwnerLookupId']).toMatch(/^\d+$/);
    const named = await graph.ask(`${graph.list('Actions')}/items/4?$expand=fields($select=Owner)`, {
      shape: 'listItem',
    });
    expect(fieldsOf(named.body)['Owner']).toBe('Freya Langmoor');
  });

  test('gives a date without time as local midnight in UTC, in summer the day before at 23:00', async () => {
    const fields = fieldsOf(await find('Actions', 'APA1.04'));
    expect(fields['DueOn']).toBe('2024-11-29T00:00:00Z');
    expect(fields['StartOn']).toBe('2024-06-02T23:00:00Z');
  });

  test('shows an application as SharePoint App beside its own name', async () => {
    const item = await find('Actions', 'APA1.04');
    expect(item['createdBy']).toMatchObject({ user: { displayName: 'SharePoint App' } });
    expect(fieldsOf(item)['AuthorLookupId']).toBe('1073741822');
  });

  const filters: readonly (readonly [string, (action: PlanAction) => boolean])[] = [
    ["fields/Ref eq 'apa1.04'", (one) => one.id === 'APA1.04'],
    ["startswith(fields/Ref,'APA1')", (one) => one.id.startsWith('APA1')],
    ["fields/AreaRef eq 'AFI1' or fields/AreaRef eq 'AFI2'", (one) => ['AFI1', 'AFI2'].includes(one.area)],
    [
      'fields/PercentComplete lt 80 and fields/PercentComplete ge 40',
      (one) => one.percentComplete < 80 && one.percentComplete >= 40,
    ],
    [
      "fields/CompletedOn eq null and not (fields/DeliveryStatus eq 'on-track')",
      (one) => one.completedOn === null && one.deliveryStatus !== 'on-track',
    ],
    ["fields/DueOn gt '2025-01-31'", (one) => one.due > '2025-01-31'],
    ["fields/LeadBody ne 'Hertland Council'", (one) => one.leadBody !== 'Hertland Council'],
  ];
  test.each(filters)('filters by %s', async (filter, wanted) => {
    const path = `${graph.list('Actions')}/items?$expand=fields&$filter=${encodeURIComponent(filter)}`;
    const { body } = await graph.ask(path, { shape: page, headers: prefer });
    const expected = samplePlan.actions.filter(wanted).map((one) => one.id);
    expect(expected.length).toBeGreaterThan(0);
    expect(valuesOf(body).map((one) => fieldsOf(one)['Ref'])).toEqual(expected);
  });

  test.each(['a \0 in the words', 'half \ud800 a pair'])(
    'refuses text that no list can hold: %j',
    async (narrative) => {
      const body = { fields: { Ref: 'ODD.01', Title: narrative } };
      const refused = await graph.ask(`${graph.list('Actions')}/items`, { method: 'POST', body });
      expect([refused.status, codeOf(refused)]).toEqual([400, 'invalidRequest']);
    },
  );

  test('refuses a filter on a column without an index, unless the client prefers to risk it', async () => {
    const path = `${graph.list('Actions')}/items?$filter=fields/LeadBody eq 'Hertland ICB'`;
    const refused = await graph.ask(path);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'invalidRequest']);
    expect(messageOf(refused)).toContain(
      "Field 'LeadBody' cannot be referenced in filter or orderby as it is not indexed",
    );
    expect(valuesOf((await graph.ask(path, { shape: page, headers: prefer })).body)).toHaveLength(11);
  });

  test('orders by a column over pages', async () => {
    const rows = await graph.all(
      `${graph.list('Actions')}/items?$top=7&$orderby=fields/DueOn desc&$expand=fields($select=DueOn)`,
      page,
    );
    const dates = rows.map((one) => String(fieldsOf(one)['DueOn']));
    expect(dates).toHaveLength(45);
    expect(dates).toEqual([...dates].sort().reverse());
  });

  test.each([
    ['items?$skip=10', 'invalidRequest'],
    ['items?$count=true', 'invalidRequest'],
    ['items?$filter=fields/Nope eq 1', 'invalidRequest'],
    ['items?$expand=fields($select=Nope)', 'invalidRequest'],
    ['items?$expand=analytics', 'invalidRequest'],
    ['items?$top=none', 'invalidRequest'],
    ["items?$filter=fields/Ref like 'A'", 'invalidRequest'],
    ['items/99999', 'itemNotFound'],
    ['items/x', 'itemNotFound'],
    ['items/1/analytics', 'notSupported'],
  ])('refuses %s', async (path, code) => {
    const answer = await graph.ask(`${graph.list('Actions')}/${path}`);
    expect(codeOf(answer)).toBe(code);
  });
});

describe('writing', () => {
  const patch = (
    ref: string,
    body: unknown,
    headers = {},
  ): Promise<{ before: Body; answer: Awaited<ReturnType<GraphUnderTest['ask']>> }> =>
    find('Actions', ref).then(async (before) => ({
      before,
      answer: await graph.ask(`${graph.list('Actions')}/items/${String(before['id'])}/fields`, {
        method: 'PATCH',
        body,
        headers,
        shape: 'fieldValueSet',
      }),
    }));

  test('changes only what is named and gives a new eTag', async () => {
    const { before, answer } = await patch('APA1.06', { PercentComplete: 55, ForecastOn: '2025-07-01T12:00:00Z' });
    expect(answer.status).toBe(200);
    const after = await find('Actions', 'APA1.06');
    expect(fieldsOf(after)).toMatchObject({
      PercentComplete: 55,
      ForecastOn: '2025-06-30T23:00:00Z',
      Title: fieldsOf(before)['Title'],
    });
    expect(after['eTag']).not.toBe(before['eTag']);
    expect(after['eTag']).toMatch(/^"[0-9a-f-]{36},2"$/);
    expect(after['@odata.etag']).toBe(after['eTag']);
  });

  test('empties a field by null', async () => {
    await patch('APA2.07', { Blocker: 'Waiting for a room' });
    await patch('APA2.07', { Blocker: null });
    expect(fieldsOf(await find('Actions', 'APA2.07'))).not.toHaveProperty('Blocker');
  });

  test('refuses an old eTag with 412 and writes nothing', async () => {
    const stale = String((await find('Actions', 'AFI1.02'))['eTag']);
    await patch('AFI1.02', { PercentComplete: 51 }, { 'if-match': stale });
    const { answer } = await patch('AFI1.02', { PercentComplete: 52 }, { 'if-match': stale });
    expect([answer.status, codeOf(answer)]).toEqual([412, 'resourceModified']);
    expect(fieldsOf(await find('Actions', 'AFI1.02'))['PercentComplete']).toBe(51);
  });

  test('refuses an eTag without its quotes', async () => {
    const { answer } = await patch('AFI1.02', { PercentComplete: 53 }, { 'if-match': 'abc,1' });
    expect([answer.status, messageOf(answer)]).toEqual([400, 'ETags must be quoted strings']);
  });

  test('lets one of many edits made on the same version through', async () => {
    const seen = await find('Actions', 'AFI2.04');
    const path = `${graph.list('Actions')}/items/${String(seen['id'])}/fields`;
    const headers = { 'if-match': String(seen['eTag']) };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        graph.ask(path, { method: 'PATCH', body: { PercentComplete: i }, headers, shape: 'fieldValueSet' }),
      ),
    );
    expect(answers.filter((one) => one.status === 200)).toHaveLength(1);
    expect(answers.filter((one) => one.status === 412)).toHaveLength(19);
  });

  test.each([
    [{ Nope: 1 }, "Field 'Nope' is not recognized"],
    [{ percentcomplete: 1 }, "Field 'percentcomplete' is not recognized"],
    [{ id: '4' }, "Field 'id' is read-only"],
    [{ Modified: '2025-01-06T00:00:00Z' }, "Field 'Modified' is read-only"],
    [{ Owner: 'Freya Langmoor' }, "Field 'Owner' is written as 'OwnerLookupId'"],
    [{ OwnerLookupId: 999 }, 'The user 999 does not exist or is not unique.'],
    [
      { PercentComplete: 'half' },
      "Cannot convert the value of field 'PercentComplete' to the expected type 'Edm.Double'.",
    ],
    [{ DueOn: '31/01/2025' }, "Cannot convert the value of field 'DueOn' to the expected type 'Edm.DateTimeOffset'."],
    [{ DueOn: '2025-02-30' }, "Cannot convert the value of field 'DueOn' to the expected type 'Edm.DateTimeOffset'."],
    [{ Title: 7 }, "Cannot convert the value of field 'Title' to the expected type 'Edm.String'."],
    [
      { 'OwnerLookupId@odata.type': 'Collection(Edm.Int32)', OwnerLookupId: [11] },
      "Field 'OwnerLookupId' holds one value",
    ],
  ])('refuses %j', async (fields, message) => {
    const { answer } = await patch('APA1.01', fields);
    expect(answer.status).toBe(400);
    expect(messageOf(answer)).toContain(message);
    expect(fieldsOf(await find('Actions', 'APA1.01'))['_UIVersionString']).toBe('1.0');
  });

  test('refuses text that is too long for one line', async () => {
    const { answer } = await patch('APA1.01', { Title: 'x'.repeat(256) });
    expect(answer.status).toBe(400);
  });

  test('adds a row once under a unique key', async () => {
    const body = { fields: { SubjectKind: 'action', SubjectRef: 'APA1.04', ByRef: 'P10', OperationKey: 'op-1' } };
    const path = `${graph.list('Updates')}/items`;
    const first = await graph.ask(path, { method: 'POST', body, shape: 'listItem' });
    expect(first.status).toBe(201);
    expect(fieldsOf(first.body)).toMatchObject({ SubjectRef: 'APA1.04', id: '199' });
    const again = await graph.ask(path, { method: 'POST', body });
    expect(again.status).toBe(409);
    expect(messageOf(again)).toContain(
      'duplicate values were found in the following field(s) in the list: [OperationKey]',
    );
  });

  test('keeps every version with who made it', async () => {
    const item = await find('Risks', 'R01');
    const path = `${graph.list('Risks')}/items/${String(item['id'])}`;
    await graph.ask(path, { method: 'PATCH', body: { fields: { CurrentLikelihood: 2 } }, shape: 'listItem' });
    const { body } = await graph.ask(`${path}/versions?$expand=fields`, { shape: 'listItemVersionCollectionResponse' });
    const versions = valuesOf(body);
    expect(versions.map((one) => one['id'])).toEqual(['2.0', '1.0']);
    expect(versions.map((one) => fieldsOf(one)['CurrentLikelihood'])).toEqual([2, 3]);
    expect(objectOf(versions[0]?.['lastModifiedBy'])['application']).toMatchObject({ displayName: 'Board Assistant' });
  });
});

describe('delta', () => {
  const delta = `listItemDeltaResponse`;

  test('gives all, then only what changed, with deleted rows marked', async () => {
    const base = graph.list('Decisions');
    const first = await graph.ask(`${base}/items/delta?$expand=fields`, { shape: delta });
    expect(valuesOf(first.body)).toHaveLength(7);
    const link = String(first.body['@odata.deltaLink']);
    expect(valuesOf((await graph.ask(link, { shape: delta })).body)).toEqual([]);
    await graph.ask(`${base}/items/2/fields`, { method: 'PATCH', body: { State: 'open' }, shape: 'fieldValueSet' });
    await graph.ask(`${base}/items/3`, { method: 'DELETE' });
    const next = valuesOf((await graph.ask(link, { shape: delta })).body);
    expect(next.map((one) => [one['id'], one['deleted']])).toEqual([
      ['2', undefined],
      ['3', { state: 'deleted' }],
    ]);
    expect(fieldsOf(next[0])['State']).toBe('open');
    expect((await graph.ask(`${base}/items/3`)).status).toBe(404);
  });

  test('tells of a row deleted while the first reading was on its way', async () => {
    const base = graph.list('CoProduction');
    const first = await graph.ask(`${base}/items/delta?$top=2`, { shape: delta });
    await graph.ask(`${base}/items/1`, { method: 'DELETE' });
    const rest = await graph.all(String(first.body['@odata.nextLink']), delta);
    expect(rest.filter((one) => one['deleted'] !== undefined)).toMatchObject([{ id: '1' }]);
    expect(valuesOf(first.body).map((one) => one['id'])).toContain('1');
  });

  test('starts from now with token=latest and refuses a token it does not know with 410', async () => {
    const base = graph.list('Areas');
    const latest = await graph.ask(`${base}/items/delta?token=latest`, { shape: delta });
    expect(valuesOf(latest.body)).toEqual([]);
    expect(latest.body['@odata.deltaLink']).toContain('token=');
    const lost = await graph.ask(`${base}/items/delta?token=lost`);
    expect([lost.status, codeOf(lost)]).toEqual([410, 'resyncChangesApplyDifferences']);
  });
});
