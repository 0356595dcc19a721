// That no operation of the local Graph answers unwatched: each has its shape named, and the watch itself bites.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFaults } from '../../../infra/local/faults';
import { graphDeltaOperations } from '../../../infra/local/graphDelta';
import { graphItemsOperations } from '../../../infra/local/graphItems';
import { graphListsOperations } from '../../../infra/local/graphLists';
import { graphPeopleOperations } from '../../../infra/local/graphPeople';
import { createOffice } from '../../../infra/local/office';
import { openStore } from '../../../infra/local/store';
import { createTenant } from '../../../infra/local/tenant';
import { shapeOf } from '../../fixtures/graph/answerShapes';
import { problemsOf } from '../../fixtures/graph/watchAnswers';

test('each operation has the shape of its answer named', async () => {
  const tenant = createTenant(await openStore(undefined), () => new Date('2025-01-06T09:00:00Z'));
  const operations = [
    ...graphListsOperations(tenant),
    ...graphItemsOperations(tenant),
    ...graphDeltaOperations(tenant),
    ...graphPeopleOperations(tenant),
    ...createOffice(tenant, createFaults(), {}).operations,
  ];
  expect(operations.length).toBeGreaterThan(100);
  const unnamed = operations.filter((one) => shapeOf(one.method, one.pattern) === undefined);
  expect(unnamed.map((one) => `${one.method} ${one.pattern}`)).toEqual([]);
});

const seen = (pattern: string, status: number, body?: unknown, method = 'GET'): readonly string[] =>
  problemsOf({ method, url: '', pattern, answer: { status, body } });
const failure = { error: { code: 'itemNotFound', message: 'Not found.' } };

test.each([
  ['an unknown property', seen('sites/:site', 200, { id: '1', colour: 'red' })],
  ['an unknown property in a collection', seen('sites', 200, { value: [{ id: '1', colour: 'red' }] })],
  ['an unknown property beside a collection', seen('users', 200, { value: [], total: 4 })],
  ['a collection without its rows', seen('users', 200, {})],
  ['a body where there is none', seen('users/:user/sendMail', 202, {}, 'POST')],
  ['no body where there is one', seen('sites/:site', 200)],
  ['a failure in another form', seen('sites/:site', 404, { message: 'Not found.' })],
  ['an operation nobody has named', seen('planets/:planet', 200, {})],
  ['an unknown property of a chat', seen('users/:user/teamwork/installedApps/:installation/chat', 200, { colour: '' })],
])('%s is noticed', (_, problems) => {
  expect(problems).not.toEqual([]);
});

test.each([
  ['a site', seen('sites/:site', 200, { '@odata.context': 'x', id: '1' })],
  ['a page of users', seen('users', 200, { '@odata.nextLink': 'x', value: [{ id: '1' }] })],
  ['a failure', seen('sites/:site', 404, failure)],
  ['the failure of what is not there at all', seen('', 501, failure)],
])('%s in Graph’s form passes', (_, problems) => {
  expect(problems).toEqual([]);
});

test('nobody starts a local Graph in a test without watching its answers', () => {
  const tests = join(__dirname, '../..');
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter(
    (one) => one.endsWith('.ts') && !one.startsWith('bench') && !one.includes('node_modules'),
  );
  const unwatched = files.filter((one) => {
    const text = readFileSync(join(tests, one), 'utf8');
    return /\bawait startLocal\(|return startLocal\(/.test(text) && !text.includes('observe: watchAnswers');
  });
  expect(unwatched).toEqual([]);
});
