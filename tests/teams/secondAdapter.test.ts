// The bot's handlers on two adapters: botbuilder's own over HTTP, and its test adapter without any; and presses that come again.
import { createServer } from 'node:http';
import fc from 'fast-check';
import type { CardJson } from '../../bot/cards/kit';
import { createSearch } from '../../bot/services/search';
import { createUpdateItem } from '../../bot/services/updateItem';
import { createTeams } from '../../bot/teams';
import { textOf } from '../cards/checkCard';
import { memoryManaging } from '../fixtures/managing';
import { createMemoryConversations } from '../fixtures/memoryDelivery';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';
import { close, listen, startChannel } from './channel';
import { filled, house, oidOf, openForm, sample } from './house';

const owner = 'P10';
const narrative = 'The extract came and is checked.';
type Press = (verb: string, data: unknown) => Promise<CardJson>;

/** A whole answer: the list, the form, the receipt, and the answer taken back. */
async function wholeAnswer(press: Press): Promise<readonly CardJson[]> {
  const list = await press('list', { boardId: 'send' });
  const form = await press('open', { boardId: 'send', kind: 'action', ref: 'APA1.04' });
  const receipt = await press('save', filled(form, 'save', { percentComplete: '70', narrative }));
  return [list, form, receipt, await press('undo', filled(receipt, 'undo'))];
}

/** Nonces and the keys made from them differ from run to run. */
function withoutKeys(cards: readonly CardJson[]): unknown {
  return JSON.parse(JSON.stringify(cards).replace(/"(nonce|updateKey|[a-z]+-[0-9a-f]{40})":"[^"]*"/g, '"$1":"key"'));
}

test('a whole answer is the same over HTTP and on an adapter without it', async () => {
  const channel = await startChannel();
  const [records, clock, logger] = [
    createMemoryRecords({ send: sample }),
    createFixedClock('2025-01-06T09:00:00.000Z'),
    createMemoryLogger(),
  ];
  const library = createMemoryLibrary();
  const teams = createTeams({
    config: channel.config,
    records,
    ...memoryManaging({ records, clock, logger }),
    updateItem: createUpdateItem({ records, operations: createMemoryOperations(), clock, logger }),
    conversations: createMemoryConversations(),
    library,
    search: createSearch({ library }),
    clock,
    logger,
  });
  const server = createServer((request, response) => void teams.handleMessages(request, response));
  const endpoint = `http://127.0.0.1:${await listen(server)}/api/messages`;
  const overHttp: Press = async (verb, data) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        type: 'invoke',
        name: 'adaptiveCard/action',
        id: verb,
        channelId: 'msteams',
        serviceUrl: channel.serviceUrl,
        from: { id: '29:x', name: 'X', aadObjectId: oidOf(owner) },
        recipient: { id: '28:bot', name: 'Board Assistant' },
        conversation: { id: 'a:x', conversationType: 'personal' },
        value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      }),
    });
    expect(response.status).toBe(200);
    return ((await response.json()) as { value: CardJson }).value;
  };
  try {
    const it = house();
    const [over, without] = [
      await wholeAnswer(overHttp),
      await wholeAnswer((verb, data) => it.press(owner, verb, data)),
    ];
    expect(without.map(textOf)).toEqual(over.map(textOf));
    expect(withoutKeys(without)).toEqual(withoutKeys(over));
    expect(textOf(without[2] ?? {})).toContain('Recorded: percentage: 67 → 70');
  } finally {
    await close(server);
    await channel.close();
  }
});

test('presses that come once to five times, in any order and at once, have one effect and one answer', async () => {
  const refs = ['APA1.04', 'APA1.01', 'APA2.03'];
  const secretary = sample.facts.secretaryRef ?? '';
  const presses = fc.array(
    fc.array(fc.record({ at: fc.integer({ min: 0, max: 2 }), newId: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    { minLength: 1, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(presses, async (groups) => {
      const it = house();
      const forms = await Promise.all(refs.map((ref) => openForm(it, secretary, 'action', ref)));
      const typed = forms.map((form, at) => filled(form, 'save', { percentComplete: String(80 + at), narrative }));
      const answers = new Map<number, Set<string>>();
      let ids = 0;
      for (const group of groups) {
        await Promise.all(
          group.map(async ({ at, newId }) => {
            const over = { id: newId ? `again-${(ids += 1)}` : `press-${at}` };
            const { value } = await it.invoke(secretary, 'save', typed[at], over);
            const [said = ''] = textOf(value).match(new RegExp(`${refs[at]}[^.]*\\.? ?[^.]*Recorded: [^.]*`)) ?? [];
            answers.set(at, new Set([...(answers.get(at) ?? []), said]));
          }),
        );
      }
      const { actions, updates } = await it.memory.snapshot('send');
      for (const [at, said] of answers) {
        expect([...said]).toEqual([expect.stringContaining('Recorded: ')]);
        expect(actions.find((one) => one.ref === refs[at])?.percentComplete).toBe(80 + at);
      }
      expect(updates.length - sample.updates.length).toBe(answers.size);
    }),
    { numRuns: 15 },
  );
});
