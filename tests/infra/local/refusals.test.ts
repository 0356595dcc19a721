// What the local Graph refuses because SharePoint does, each beside the nearest request that is allowed.
import { codeOf, fieldsOf, messageOf, sitePath, startGraph, type Answer, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
let listId = '';
beforeAll(async () => {
  graph = await startGraph();
  const visits = {
    displayName: 'Visits',
    list: { template: 'genericList' },
    columns: [
      { name: 'Seen', text: {} },
      { name: 'Lead', personOrGroup: { allowMultipleSelection: false } },
      { name: 'Guests', personOrGroup: { allowMultipleSelection: true } },
      { name: 'Themes', choice: { choices: ['Health', 'Schools', 'Homes'], displayAs: 'checkBoxes' } },
      { name: 'Link', hyperlinkOrPicture: { isPicture: false } },
      { name: 'SeenAgain', calculated: { formula: '=[Seen]', outputType: 'text' } },
    ],
  };
  const made = await graph.ask(`${sitePath}:/lists`, { method: 'POST', body: visits, shape: 'list' });
  listId = String(made.body['id']);
  await write({ Title: 'First', Seen: 'a classroom' });
});
afterAll(() => graph.local.close());

const write = (fields: unknown): Promise<Answer> =>
  graph.ask(`${sitePath}:/lists/Visits/items`, { method: 'POST', body: { fields }, shape: 'listItem' });
const patch = (fields: unknown, headers = {}): Promise<Answer> =>
  graph.ask(`${sitePath}:/lists/Visits/items/1/fields`, {
    method: 'PATCH',
    body: fields,
    headers,
    shape: 'fieldValueSet',
  });
const read = async (select = 'fields'): Promise<Readonly<Record<string, unknown>>> =>
  fieldsOf((await graph.ask(`${sitePath}:/lists/Visits/items/1?$expand=${select}`, { shape: 'listItem' })).body);

describe('a write', () => {
  test.each([
    [{ Seen: 'a hall' }, { SEEN: 'a hall' }, "Field 'SEEN' is not recognized"],
    [{ Title: 'First visit' }, { id: '1', Title: 'First visit' }, "Field 'id' is read-only"],
    [{ Seen: 'a gym' }, { Seen: 'a gym', Modified: '2025-01-06T09:00:00Z' }, "Field 'Modified' is read-only"],
    [{ Seen: 'a gym' }, { AuthorLookupId: '11' }, "Field 'AuthorLookupId' is read-only"],
    [{ Seen: 'a gym' }, { EditorLookupId: 11, Seen: 'a gym' }, "Field 'EditorLookupId' is read-only"],
    [{ Seen: 'a gym' }, { SeenAgain: 'a gym' }, "Field 'SeenAgain' is read-only"],
    [{ Seen: 'https://visits.example' }, { Link: { Url: 'https://visits.example' } }, "Field 'Link' is a hyperlink"],
    [{ LeadLookupId: 11 }, { Lead: 11 }, "Field 'Lead' is written as 'LeadLookupId'"],
    [{ LeadLookupId: '12' }, { LeadLookupId: '4711' }, 'The user 4711 does not exist'],
    [{ LeadLookupId: null }, { LeadLookupId: [11] }, "expected type 'a single value'"],
    [
      { 'GuestsLookupId@odata.type': 'Collection(Edm.Int32)', GuestsLookupId: [11, 12] },
      { GuestsLookupId: [11, 12] },
      'A value without a type name was found and no expected type is available',
    ],
    [
      { 'GuestsLookupId@odata.type': 'Collection(Edm.String)', GuestsLookupId: ['11'] },
      { 'Guests@odata.type': 'Collection(Edm.Int32)', GuestsLookupId: [11] },
      "Field 'Guests' holds one value",
    ],
    [
      { LeadLookupId: 11 },
      { 'LeadLookupId@odata.type': 'Collection(Edm.Int32)', LeadLookupId: 11 },
      "Field 'LeadLookupId' holds one value",
    ],
    [
      { 'Themes@odata.type': 'Collection(Edm.String)', Themes: ['Health', 'Homes'] },
      { Themes: { results: ['Health'] } },
      "Cannot convert the value of field 'Themes'",
    ],
    [
      { 'Themes@odata.type': 'Collection(Edm.String)', Themes: [] },
      { 'Themes@odata.type': 'Collection(Edm.String)' },
      "The annotation of field 'Themes' comes without a value",
    ],
    [
      { 'Themes@odata.type': '#Collection(Edm.String)', Themes: ['Schools'] },
      { 'Themes@odata.type': 'Collection(Edm.Int32)', Themes: ['Schools'] },
      "The type of field 'Themes' is one of Collection(Edm.String)",
    ],
  ])('of %j is taken, of %j is not', async (allowed, refused, message) => {
    expect((await patch(allowed)).status).toBe(200);
    const before = (await read())['_UIVersionString'];
    const answer = await patch(refused);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'invalidRequest']);
    expect(messageOf(answer)).toContain(message);
    expect((await read())['_UIVersionString']).toBe(before);
  });

  test('of an eTag without its quotes is refused, with them it is taken', async () => {
    const { body } = await graph.ask(`${sitePath}:/lists/Visits/items/1`, { shape: 'listItem' });
    const etag = String(body['eTag']);
    const refused = await patch({ Seen: 'bare' }, { 'if-match': etag.replaceAll('"', '') });
    expect([refused.status, messageOf(refused)]).toEqual([400, 'ETags must be quoted strings']);
    expect((await patch({ Seen: 'quoted' }, { 'if-match': etag })).status).toBe(200);
    expect((await patch({ Seen: 'late' }, { 'if-match': etag })).status).toBe(412);
  });
});

describe('a read', () => {
  test('gives several people and choices as arrays when they are named, a calculation as what it repeats', async () => {
    await patch({
      Seen: 'a kitchen',
      'GuestsLookupId@odata.type': 'Collection(Edm.Int32)',
      GuestsLookupId: [11, 12],
      'Themes@odata.type': 'Collection(Edm.String)',
      Themes: ['Health', 'Homes'],
    });
    const fields = await read('fields($select=Guests,Themes,SeenAgain,Editor)');
    expect(fields).toMatchObject({ Themes: ['Health', 'Homes'], SeenAgain: 'a kitchen', Editor: 'SharePoint App' });
    expect(fields['Guests']).toEqual([
      expect.objectContaining({ LookupId: 11, Email: expect.stringContaining('@') }),
      expect.objectContaining({ LookupId: 12 }),
    ]);
    expect(await read()).not.toHaveProperty('Guests');
  });

  test('joins a lookup only when it is named, and gives its id as text otherwise', async () => {
    const column = { name: 'Area', lookup: { listId: 'Areas', columnName: 'Ref' } };
    const path = `${sitePath}:/lists/Visits/columns`;
    expect((await graph.ask(path, { method: 'POST', body: column, shape: 'columnDefinition' })).status).toBe(201);
    expect((await patch({ AreaLookupId: 2 })).status).toBe(200);
    expect((await read('fields($select=Area)'))['Area']).toBe('APA2');
    expect((await read())['AreaLookupId']).toBe('2');
    expect(messageOf(await patch({ AreaLookupId: 4711 }))).toContain("The item 4711 that field 'Area' should point to");
    const nowhere = { name: 'Body', lookup: { listId: 'Nothing', columnName: 'Ref' } };
    expect((await graph.ask(path, { method: 'POST', body: nowhere })).status).toBe(404);
  });

  test('joins twelve lookup columns and not thirteen, Author and Editor among them', async () => {
    const names = Array.from({ length: 11 }, (_, i) => `Partner${i + 1}`);
    const columns = names.map((name) => ({ name, personOrGroup: {} }));
    const body = { displayName: 'Partners', list: { template: 'genericList' }, columns };
    await graph.ask(`${sitePath}:/lists`, { method: 'POST', body, shape: 'list' });
    const items = `${sitePath}:/lists/Partners/items`;
    const all = Object.fromEntries(names.map((name) => [`${name}LookupId`, 11]));
    await graph.ask(items, { method: 'POST', body: { fields: all }, shape: 'listItem' });
    const page = 'listItemCollectionResponse';
    const twelve = ['EditorLookupId', ...names.map((name) => `${name}LookupId`)].join(',');
    expect((await graph.ask(`${items}?$expand=fields($select=${twelve})`, { shape: page })).status).toBe(200);
    const refused = await graph.ask(`${items}?$expand=fields($select=${twelve},Author)`);
    expect(messageOf(refused)).toContain('exceeds the lookup column threshold');
    // Without a selection the ones past the most are missing from a collection, not from a single item.
    const many = fieldsOf((await graph.all(`${items}?$expand=fields`, page))[0]);
    expect([many['Partner10LookupId'], many['Partner11LookupId']]).toEqual(['11', undefined]);
    const one = fieldsOf((await graph.ask(`${items}/1?$expand=fields`, { shape: 'listItem' })).body);
    expect(one['Partner11LookupId']).toBe('11');
  });

  test('shows links and calculations for what they are: one missing from the columns, one read-only', async () => {
    const { body } = await graph.ask(`${sitePath}:/lists/${listId}/columns`, {
      shape: 'columnDefinitionCollectionResponse',
    });
    expect(JSON.stringify(body)).not.toContain('"name":"Link"');
    expect(body['value']).toContainEqual(expect.objectContaining({ name: 'SeenAgain', readOnly: true }));
    expect(body['value']).toContainEqual(
      expect.objectContaining({ name: 'Themes', choice: expect.objectContaining({ displayAs: 'checkBoxes' }) }),
    );
  });
});

describe('a column', () => {
  const add = (body: unknown): Promise<Answer> =>
    graph.ask(`${sitePath}:/lists/Visits/columns`, { method: 'POST', body, shape: 'columnDefinition' });

  test.each([
    [
      { name: 'HeldOn', dateTime: { format: 'dateOnly' } },
      { name: 'HeldOn2', datetime: { format: 'dateOnly' } },
    ],
    [
      { name: 'Cost', number: {} },
      { name: 'Cost2', currency: { locale: 'en-GB' } },
    ],
    [
      { name: 'Note', text: { allowMultipleLines: true } },
      { name: 'Note2', text: {}, choice: { choices: ['a'] } },
    ],
    [
      { name: 'Code', text: {}, indexed: true },
      { name: 'Code2', indexed: true },
    ],
  ])('as %j is made, as %j it is not', async (allowed, refused) => {
    expect((await add(allowed)).status).toBe(201);
    const answer = await add(refused);
    expect([answer.status, messageOf(answer)]).toEqual([400, 'Unable to determine type of provided column definition']);
  });

  test.each([
    [{ name: 'Long', text: { allowMultipleLines: true }, indexed: true }, 400],
    [{ name: 'Many', personOrGroup: { allowMultipleSelection: true }, indexed: true }, 400],
    [{ name: 'Sum', calculated: { formula: '=1+1' } }, 501],
    [{ name: 'Extra', text: {}, colour: 'red' }, 400],
  ])('as %j is refused', async (body, status) => {
    expect((await add(body)).status).toBe(status);
  });
});
