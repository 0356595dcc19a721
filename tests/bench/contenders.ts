// Who takes part in the suites of Graph and of sending: the module each runs in, and the version it is.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export interface Client {
  readonly name: string;
  /** Below tests/bench. */
  readonly module: string;
  readonly version: string;
}

const root = path.join(__dirname, '../..');

function versionOf(packageName: string, from = root): string {
  const file = path.join(from, 'node_modules', packageName, 'package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}

export const thisTree = 'this tree';
export const ours: Client = { name: 'ours', module: 'clients/ours.ts', version: thisTree };
export const ourSending: Client = { name: 'ours', module: 'clients/ourSending.ts', version: thisTree };
export const plainSending: Client = { name: 'fetch', module: 'clients/plainSending.mjs', version: process.version };
export const queueSending: Client = { ...plainSending, name: 'p-queue', version: versionOf('p-queue', __dirname) };
export const loop: Client = { name: 'fetch loop', module: 'clients/fetchLoop.mjs', version: process.version };
export const pnp: Client = { name: 'PnPjs', module: 'clients/pnpjs.mjs', version: versionOf('@pnp/graph') };
export const graphClient: Client = {
  name: 'PageIterator',
  module: 'clients/graphClient.mjs',
  version: versionOf('@microsoft/microsoft-graph-client'),
};
export const kiota: Client = {
  name: 'msgraph-sdk',
  module: 'clients/kiota.mjs',
  version: versionOf('@microsoft/msgraph-sdk', __dirname),
};

/** What the local server says when it has started. */
export const startedSchema = z.object({
  url: z.string(),
  token: z.string(),
  rows: z.record(z.string(), z.number()),
});

/** What the plain loop finds out of a site. */
export const siteFactsSchema = z.object({ siteId: z.string(), listIds: z.record(z.string(), z.string()) });

/** Address of the board's site in Graph's paths. */
export const siteAddress = 'hertland.sharepoint.example:/sites/send-board';
