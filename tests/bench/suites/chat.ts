// Fifty people press at once: what the service takes to answer each, with SharePoint 100 ms away, beside one that reads it for each press.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { startedSchema, thisTree } from '../contenders';
import { quantile } from '../measure';
import type { Outcome, Suite } from '../report';
import { figuresOf, startWorker, type Worker } from '../workers';

const latencyMs = 100;
const atOnce = 50;
/** A service that runs has its code compiled. */
const warmUpRounds = 5;
const board = 'bench';
/** The secretary of the sample, who may answer for every action. */
const secretaryId = '020094dc-fd52-571a-8a4b-379d0b63a284';
const plan = z
  .object({ actions: z.array(z.object({ id: z.string() })) })
  .parse(JSON.parse(readFileSync(path.join(__dirname, '../../../infra/local/seed/sample-plan.json'), 'utf8')));
const refs = plan.actions.map((one) => one.id);
const endpointSchema = z.object({ endpoint: z.string() });

interface Answered {
  readonly ms: number;
  readonly body: unknown;
}
interface Connector {
  readonly port: number;
  /** Cards changed and messages sent after the turn they belong to had ended. */
  readonly later: string[];
  close(): Promise<void>;
}

export const suite: Suite = {
  title: `${atOnce} invokes at once over HTTP with SharePoint ${latencyMs} ms away, in time that passes`,
  async run({ full }): Promise<Outcome> {
    const local = await startWorker('clients/localServer.ts');
    const connector = await startConnector();
    const [service, reader] = [
      await startWorker('clients/chatService.ts'),
      await startWorker('clients/chatService.ts'),
    ];
    try {
      const { url } = startedSchema.parse((await local.work('start', { latencyMs })).facts);
      const ours = await endpointOf(service, { url, connectorPort: connector.port });
      const each = await endpointOf(reader, { url, connectorPort: connector.port, withoutReplica: true });
      const rounds = full ? 40 : 10;
      const ways = {
        'open a form': (at: number) => press('open', { boardId: board, kind: 'action', ref: refOf(at) }),
        'read a card': (at: number) => press('read', { boardId: board, about: `action:${refOf(at)}` }),
        search: (at: number) => query(refOf(at)),
      };
      const samples = new Map<string, number[]>();
      const peer: number[] = [];
      for (let round = 0; round < warmUpRounds; round += 1) {
        for (const make of Object.values(ways)) await together(ours, make);
      }
      await together(each, ways['open a form']);
      for (let round = 0; round < rounds; round += 1) {
        for (const [name, make] of Object.entries(ways)) {
          const answers = await together(ours, make);
          samples.set(name, [...(samples.get(name) ?? []), ...answers.map((one) => one.ms)]);
        }
        if (round % 5 === 0) peer.push(...(await together(each, ways['open a form'])).map((one) => one.ms));
      }
      const saves = await savedTogether(ours, connector);
      const reads = [...samples.values()].flat();
      const of = (name: string): readonly number[] => samples.get(name) ?? [];
      const p99 = (values: readonly number[]): number => Math.round(quantile(values, 0.99));
      const opened = figuresOf('open a form', thisTree, of('open a form'), { p99: p99(of('open a form')) });
      return {
        ours: opened,
        peers: [
          figuresOf('read a card', thisTree, of('read a card'), { p99: p99(of('read a card')) }),
          figuresOf('search', thisTree, of('search'), { p99: p99(of('search')) }),
          figuresOf('open a form, SharePoint read for each', thisTree, peer, { p99: p99(peer) }),
          figuresOf('save, acknowledged', thisTree, saves.ms, { p99: p99(saves.ms), saved: saves.saved }),
        ],
        ratios: { 'open a form, SharePoint read for each': quantile(peer, 0.5) / opened.median },
        targets: [
          {
            what: `reads and form opens, ${atOnce} at once: p99 at most 250 ms`,
            atMost: 250,
            measured: quantile(reads, 0.99),
          },
          {
            what: `saves, ${atOnce} at once: each acknowledged within 2,000 ms`,
            atMost: 2_000,
            measured: Math.max(...saves.ms),
          },
          {
            what: `saves, ${atOnce} at once: all of them shown as saved in the end`,
            atLeast: atOnce,
            measured: saves.saved,
          },
          {
            what: 'reading SharePoint for each press takes at least twice as long',
            atLeast: 2,
            measured: quantile(peer, 0.5) / opened.median,
          },
        ],
      };
    } finally {
      for (const one of [service, reader]) {
        await one.work('stop');
        one.end();
      }
      await local.work('stop');
      local.end();
      await connector.close();
    }
  },
};

async function endpointOf(worker: Worker, settings: object): Promise<(value: object) => Promise<Answered>> {
  const { endpoint } = endpointSchema.parse((await worker.work('start', settings)).facts);
  const { connectorPort } = z.object({ connectorPort: z.number() }).parse(settings);
  return async (value) => {
    const startedAt = performance.now();
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'invoke',
        id: String(startedAt),
        channelId: 'msteams',
        serviceUrl: `http://127.0.0.1:${connectorPort}/`,
        from: { id: '29:s', name: 'S', aadObjectId: secretaryId },
        recipient: { id: '28:bot', name: 'Board Assistant' },
        conversation: { id: 'a:s', conversationType: 'personal' },
        replyToId: 'card',
        ...value,
      }),
    });
    const body: unknown = await response.json();
    assert.equal(response.status, 200, JSON.stringify(body));
    return { ms: performance.now() - startedAt, body };
  };
}

type Ask = Awaited<ReturnType<typeof endpointOf>>;

function together(ask: Ask, make: (at: number) => object): Promise<readonly Answered[]> {
  return Promise.all(Array.from({ length: atOnce }, (_, at) => ask(make(at))));
}

function refOf(at: number): string {
  return refs[at % refs.length] ?? '';
}

function press(verb: string, data: object): object {
  return { name: 'adaptiveCard/action', value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' } };
}

function query(words: string): object {
  const parameters = [{ name: 'words', value: words }];
  return { name: 'composeExtension/query', value: { commandId: 'searchBoard', parameters } };
}

/** Every form is filled and saved at once; what was only acknowledged must follow as a changed card. */
async function savedTogether(ask: Ask, connector: Connector) {
  const forms = await together(ask, (at) => press('open', { boardId: board, kind: 'action', ref: refOf(at) }));
  const filled = forms.map((form) => filledForm(form.body));
  connector.later.length = 0;
  const answers = await Promise.all(filled.map((data) => ask(press('save', data))));
  const texts = answers.map((one) => JSON.stringify(one.body));
  const acknowledged = texts.filter((one) => one.includes('This card changes when it is done')).length;
  const deadline = performance.now() + 60_000;
  while (connector.later.length < acknowledged && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const saved = [...texts, ...connector.later].filter((one) => one.includes('Recorded: ')).length;
  return { ms: answers.map((one) => one.ms), saved };
}

/** What a person would send: the button's data, the values shown, and a line of their own. */
function filledForm(body: unknown): object {
  let data: object | undefined;
  const values: Record<string, unknown> = {};
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    if ('verb' in part && part.verb === 'save' && 'data' in part && typeof part.data === 'object')
      data ??= part.data ?? {};
    if ('type' in part && 'id' in part && String(part.type).startsWith('Input.')) {
      values[String(part.id)] = 'value' in part ? part.value : '';
    }
    Object.values(part).forEach(walk);
  };
  walk(body);
  assert.ok(data, `no form in ${JSON.stringify(body).slice(0, 300)}`);
  return { ...data, ...values, narrative: 'The extract came and is checked by the locality leads.' };
}

async function startConnector(): Promise<Connector> {
  const later: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      later.push(Buffer.concat(chunks).toString('utf8'));
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"id":"card"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    later,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
