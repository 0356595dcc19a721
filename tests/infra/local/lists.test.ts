// Sites, lists, columns and users of the local Graph, and what it refuses.
import { codeOf, messageOf, objectOf, sitePath, startGraph, valuesOf, type GraphUnderTest } from './localGraph';

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.local.close());

describe('sites', () => {
  test.each(['/sites/root', sitePath, `${sitePath}:`, '/sites/HERTLAND.sharepoint.example:/sites/send-board'])(
    'finds the board site at %s',
    async (path) => {
      const { status, body } = await graph.ask(path, { shape: 'site' });
      expect([status, body['displayName']]).toEqual([200, 'SEND Improvement Board']);
    },
  );

  test('finds the site by its id, also with encoded commas, and by search', async () => {
    const id = String((await graph.ask(sitePath, { shape: 'site' })).body['id']);
    expect((await graph.ask(`/sites/${id}`, { shape: 'site' })).status).toBe(200);
    expect(
      (await graph.ask(`/sites/${encodeURIComponent(id)}/lists`, { shape: 'listCollectionResponse' })).status,
    ).toBe(200);
    const found = await graph.ask('/sites?search=*', { shape: 'site[]' });
    expect(valuesOf(found.body).map((one) => one['id'])).toEqual([id]);
    expect(valuesOf((await graph.ask('/sites?search=nothing', { shape: 'site[]' })).body)).toEqual([]);
  });

  test('answers 404 for another site', async () => {
    const answer = await graph.ask('/sites/other.sharepoint.example:/sites/else');
    expect([answer.status, codeOf(answer)]).toEqual([404, 'itemNotFound']);
  });
});

describe('lists', () => {
  test('shows the lists and libraries, hidden ones only by name', async () => {
    const { body } = await graph.ask(`${sitePath}:/lists`, { shape: 'listCollectionResponse' });
    const names = valuesOf(body).map((one) => one['displayName']);
    expect(names).toEqual(expect.arrayContaining(['Actions', 'Updates', 'Settings', 'Board papers']));
    expect(names).not.toContain('User Information List');
    expect((await graph.ask(graph.list('User Information List'), { shape: 'list' })).status).toBe(200);
  });

  test('finds a list by id and by title, and chosen properties with its columns', async () => {
    const byTitle = await graph.ask(graph.list('Actions'), { shape: 'list' });
    const byId = await graph.ask(
      `${sitePath}:/lists/${String(byTitle.body['id'])}?$select=id,displayName&$expand=columns`,
      {
        shape: 'list',
      },
    );
    expect(byId.body).toMatchObject({ id: byTitle.body['id'], displayName: 'Actions' });
    expect(byId.body).not.toHaveProperty('createdBy');
    expect(JSON.stringify(byId.body['columns'])).toContain('"name":"DueOn"');
  });

  test('filters lists by displayName alone', async () => {
    const found = await graph.ask(`${sitePath}:/lists?$filter=displayName eq 'Risks'`, {
      shape: 'listCollectionResponse',
    });
    expect(valuesOf(found.body)).toHaveLength(1);
    const refused = await graph.ask(`${sitePath}:/lists?$filter=name eq 'Risks'`);
    expect(messageOf(refused)).toBe('The provided filter statement is not supported');
  });

  test('makes a list with columns, and no second one of the same name', async () => {
    const body = {
      displayName: 'Site visits',
      columns: [{ name: 'Seen', text: {} }],
      list: { template: 'genericList' },
    };
    const made = await graph.ask(`${sitePath}:/lists`, { method: 'POST', body, shape: 'list' });
    expect(made.status).toBe(201);
    const item = { fields: { Title: 'First', Seen: 'yes' } };
    const added = await graph.ask(`${graph.list('Site visits')}/items`, {
      method: 'POST',
      body: item,
      shape: 'listItem',
    });
    expect(added.status).toBe(201);
    const again = await graph.ask(`${sitePath}:/lists`, { method: 'POST', body });
    expect([again.status, codeOf(again)]).toEqual([409, 'nameAlreadyExists']);
  });
});

describe('columns', () => {
  test('describe their type, index and uniqueness', async () => {
    const { body } = await graph.ask(`${graph.list('Actions')}/columns`, {
      shape: 'columnDefinitionCollectionResponse',
    });
    const byName = new Map(valuesOf(body).map((one) => [one['name'], one]));
    expect(byName.get('Ref')).toMatchObject({ indexed: true, enforceUniqueValues: true, text: { maxLength: 255 } });
    expect(byName.get('DueOn')).toMatchObject({ dateTime: { format: 'dateOnly' } });
    expect(byName.get('Owner')).toMatchObject({ personOrGroup: { allowMultipleSelection: false } });
    expect(objectOf(byName.get('DeliveryStatus')?.['choice'])['choices']).toContain('off-track');
    expect(byName.get('Modified')).toMatchObject({ readOnly: true });
  });

  const add = (body: unknown): ReturnType<GraphUnderTest['ask']> =>
    graph.ask(`${graph.list('Areas')}/columns`, { method: 'POST', body, shape: 'columnDefinition' });

  test('are added with one facet, and can be written at once', async () => {
    const made = await add({ name: 'LeadOn', dateTime: { format: 'dateOnly' }, indexed: true });
    expect(made.status).toBe(201);
    const patched = await graph.ask(`${graph.list('Areas')}/items/1/fields`, {
      method: 'PATCH',
      body: { LeadOn: '2025-03-01T12:00:00Z' },
      shape: 'fieldValueSet',
    });
    expect(patched.body['LeadOn']).toBe('2025-03-01T00:00:00Z');
  });

  test.each([
    [{ name: 'Two', text: {}, number: {} }, 400, 'Unable to determine type of provided column definition'],
    [{ name: 'None' }, 400, 'Unable to determine type of provided column definition'],
    [{ name: 'Wrong', datetime: {} }, 400, 'Unable to determine type of provided column definition'],
    [{ name: 'Other', text: {}, colour: 'red' }, 400, 'Invalid request'],
    [{ name: 'Bad name', text: {} }, 400, 'Invalid request: name'],
    [{ name: 'Key', text: {}, enforceUniqueValues: true }, 400, 'must be indexed'],
    [{ name: 'Spot', geolocation: {} }, 501, 'not part of the local Microsoft 365'],
    [{ name: 'Aim', text: {} }, 409, "a column named 'Aim' already"],
    [{ name: 'Modified', dateTime: {} }, 409, 'already'],
  ])('are refused: %j', async (body, status, message) => {
    const answer = await add(body);
    expect(answer.status).toBe(status);
    expect(messageOf(answer)).toContain(message);
  });

  test('get an index afterwards, and unique values only when there are no doubles', async () => {
    const path = `${graph.list('Areas')}/columns`;
    const { body } = await graph.ask(path, { shape: 'columnDefinitionCollectionResponse' });
    const kind = valuesOf(body).find((one) => one['name'] === 'ShortLabel');
    const change = (change: unknown, name: unknown): ReturnType<GraphUnderTest['ask']> =>
      graph.ask(`${path}/${String(name)}`, { method: 'PATCH', body: change, shape: 'columnDefinition' });
    expect((await change({ indexed: true, enforceUniqueValues: true }, kind?.['id'])).body).toMatchObject({
      indexed: true,
    });
    const doubles = await change({ indexed: true, enforceUniqueValues: true }, 'Kind');
    expect(messageOf(doubles)).toBe("The column 'Kind' holds the same value twice.");
  });
});

describe('users', () => {
  test('are the people with an account here', async () => {
    const { body } = await graph.ask('/users', { shape: 'userCollectionResponse' });
    expect(valuesOf(body)).toHaveLength(10);
  });

  test('are found by id and by address, people outside are not', async () => {
    const byAddress = await graph.ask('/users/freya.langmoor@hertland.example', { shape: 'user' });
    expect(byAddress.body).toMatchObject({ displayName: 'Freya Langmoor', id: '669684f8-0e15-5ed6-9efb-99e9fc929454' });
    const byId = await graph.ask('/users/669684f8-0e15-5ed6-9efb-99e9fc929454?$select=id,mail', { shape: 'user' });
    expect(byId.body).toMatchObject({ mail: 'freya.langmoor@hertland.example' });
    expect((await graph.ask('/users/samira.holtashby@icb.hertland.example')).status).toBe(404);
  });

  test('are found in the User Information List by address with the preference named', async () => {
    const path = `${graph.list('User Information List')}/items?$expand=fields($select=EMail,Title,Name)&$filter=fields/EMail eq 'freya.langmoor@hertland.example'`;
    expect((await graph.ask(path)).status).toBe(400);
    const { body } = await graph.ask(path, {
      shape: 'listItemCollectionResponse',
      headers: { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' },
    });
    expect(objectOf(valuesOf(body)[0]?.['fields'])).toMatchObject({
      Title: 'Freya Langmoor',
      Name: 'i:0#.f|membership|freya.langmoor@hertland.example',
    });
  });
});

describe('what is not part of it', () => {
  test('is a 501 that names the path', async () => {
    const answer = await graph.ask('/me/calendar/events');
    expect(answer.status).toBe(501);
    expect(messageOf(answer)).toContain('GET /me/calendar/events');
  });

  test('is a 400 for an address or body that cannot be read', async () => {
    expect((await graph.ask('/sites/%E0%A4%A')).status).toBe(400);
    const response = await fetch(`${graph.local.url}/v1.0${graph.list('Areas')}/items`, {
      method: 'POST',
      headers: { authorization: `Bearer ${graph.token}`, 'content-type': 'application/json' },
      body: '{"fields":',
    });
    expect(response.status).toBe(400);
  });
});
