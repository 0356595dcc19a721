// A client that knows nothing of this project reads, pages, filters, creates and updates lists.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startGraph } from './localGraph';

test('PnPjs works unmodified', async () => {
  const { local, token } = await startGraph();
  const script = join(__dirname, 'foreignClient.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [script, local.url, token]);
  await local.close();
  expect(JSON.parse(stdout)).toEqual({
    site: 'SEND Improvement Board',
    lists: 25,
    pages: [100, 100, 51],
    rows: 251,
    firstSubject: 'APA2.01',
    columns: true,
    filtered: true,
    updated: 'two classrooms',
    versions: ['2.0', '1.0'],
    left: 0,
    refused: 400,
  });
}, 60_000);
