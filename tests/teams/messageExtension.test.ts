import fc from 'fast-check';
import { createMemoryRecords } from '../fixtures/memoryPorts';
import { buttonsOf, cardProblems, inputsOf, textOf } from '../cards/checkCard';
import type { CardJson } from '../../bot/cards/kit';
import { filled, house, openForm, sample } from './house';

interface Extension {
  readonly type: string;
  readonly text?: string;
  readonly attachments?: readonly {
    readonly contentType: string;
    readonly content: CardJson;
    readonly preview: {
      readonly contentType: string;
      readonly content: { readonly title: string; readonly text: string };
    };
  }[];
}

const shared = house();
const owner = 'P10';

async function ask(personRef: string, value: unknown, it = shared): Promise<Extension> {
  const [answer] = await it.turn(personRef, { type: 'invoke', name: 'composeExtension/query', value });
  const response = answer?.value as { status: number; body: { composeExtension: Extension } };
  expect(response.status).toBe(200);
  return response.body.composeExtension;
}
const typed = (words: string, over: Record<string, unknown> = {}) => ({
  commandId: 'searchBoard',
  parameters: [{ name: 'words', value: words }],
  queryOptions: { skip: 0, count: 25 },
  ...over,
});
const firstRun = { commandId: 'searchBoard', parameters: [{ name: 'initialRun', value: 'true' }] };
const titles = (answer: Extension): readonly string[] =>
  (answer.attachments ?? []).map((one) => one.preview.content.title);

describe('the search from a message', () => {
  test('lists what fits, each with a card of its own', async () => {
    const answer = await ask(owner, typed('apa14'));
    expect(answer).toMatchObject({ type: 'result', attachmentLayout: 'list' });
    const [first] = answer.attachments ?? [];
    expect(first).toMatchObject({
      contentType: 'application/vnd.microsoft.card.adaptive',
      preview: { contentType: 'application/vnd.microsoft.card.thumbnail' },
    });
    expect(first?.preview.content.title).toBe('APA1.04  Locality profiles');
    expect(first?.preview.content.text).toMatch(/^Off track: /);
  });

  test('gives cards that others may read: no form, no names, from when, a link', async () => {
    const names = sample.people.map((one) => one.name);
    for (const words of ['apa1', 'risks', 'measure', 'decision', 'off track']) {
      const { attachments = [] } = await ask('P01', typed(words));
      expect(attachments.length).toBeGreaterThan(0);
      for (const { content } of attachments) {
        expect(cardProblems(content)).toEqual([]);
        expect(inputsOf(content)).toEqual({});
        expect(buttonsOf(content).filter((one) => one.verb !== undefined)).toEqual([]);
        expect(textOf(content)).toContain('As of Monday 6 January 2025');
        expect(names.filter((name) => textOf(content).includes(name))).toEqual([]);
        expect(JSON.stringify(content)).toContain('https://board.example/tab/');
      }
    }
  });

  test('shows one’s own on its first run, and the board’s slow actions to who has none', async () => {
    expect(titles(await ask(owner, firstRun)).join()).toContain('APA1.04');
    expect(titles(await ask('P99', firstRun)).length).toBeGreaterThan(0);
  });

  test('pages', async () => {
    const page = async (skip: number) => titles(await ask('P01', typed('apa', { queryOptions: { skip, count: 5 } })));
    const [first, second] = [await page(0), await page(5)];
    expect(first).toHaveLength(5);
    expect(second.filter((one) => first.includes(one))).toEqual([]);
    expect(await ask('P01', typed('apa', { queryOptions: { skip: 5000, count: 5 } }))).toEqual({
      type: 'message',
      text: 'That is all.',
    });
  });

  test('says in words that nothing fits', async () => {
    expect((await ask(owner, typed('zzyzx'))).text).toMatch(/^Nothing on the board fits "zzyzx"\. Try a reference/);
  });

  test('tells a stranger and an adviser no title of what is under way', async () => {
    const stranger = await ask('nobody', typed('APA1.04'));
    expect(stranger).toEqual({
      type: 'message',
      text: 'This account is not on a board. Ask the secretary of your board to add you.',
    });
    expect((await ask('P98', typed('APA1.04'))).text).toMatch(/^Nothing in what the board has released fits/);
    expect((await ask('P98', firstRun)).text).toMatch(/^Advisers find what the board has released/);
  });

  test('says in words that SharePoint does not answer', async () => {
    const it = house({
      records: { ...createMemoryRecords({ send: sample }), snapshot: () => Promise.reject(new Error('secret')) },
    });
    const { type, text } = await ask(owner, typed('APA1.04'), it);
    expect(type).toBe('message');
    expect(text).toBe('Something went wrong here. Nothing was changed. Please try again in a minute.');
  });

  test('lets nobody’s text become a tag in the list of results', async () => {
    const title = '<b>Bold</b> &lt;i&gt; [x](https://evil.example) <at>All</at>';
    const it = house({
      snapshot: { ...sample, actions: sample.actions.map((one) => (one.ref === 'APA1.04' ? { ...one, title } : one)) },
    });
    const [first] = (await ask(owner, typed('APA1.04'), it)).attachments ?? [];
    expect(first?.preview.content.title).not.toMatch(/[<>]|&\w+;/);
    expect(textOf(first?.content ?? {})).toContain(title);
  });

  test('answers a value of any shape', async () => {
    const part = fc.oneof(
      fc.anything(),
      fc.constant(firstRun),
      fc.string().map((words) => typed(words)),
    );
    const value = fc.oneof(
      part,
      fc.record({ parameters: fc.anything(), queryOptions: fc.anything() }),
      fc.record({
        parameters: fc.array(fc.record({ name: fc.anything(), value: fc.anything() })),
        queryOptions: fc.record({ skip: fc.anything(), count: fc.anything() }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(value, async (given) => {
        expect(['result', 'message']).toContain((await ask(owner, given)).type);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    'composeExtension/selectItem',
    'composeExtension/submitAction',
    'fileConsent/invoke',
    'task/fetch',
    '',
    undefined,
  ])('an invoke named %j is not implemented, never an error', async (name) => {
    for (const value of [undefined, null, 1, 'x', {}, { action: null }]) {
      const [answer] = await shared.turn(owner, { type: 'invoke', ...(name === undefined ? {} : { name }), value });
      expect(answer?.value).toEqual({ status: 501 });
    }
  });
});

describe('a press that takes long', () => {
  const narrative = 'The extract came and is checked.';
  async function slowly(fail: boolean) {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    const memory = createMemoryRecords({ send: sample });
    const records = {
      ...memory,
      async write(operation: Parameters<typeof memory.write>[0]) {
        await gate;
        if (fail) throw new Error('secret');
        return memory.write(operation);
      },
    };
    const it = house({ records, acknowledgeAfterMs: 0 });
    const form = await openForm(house(), owner, 'action', 'APA1.04');
    const data = filled(form, 'save', { percentComplete: '70', narrative });
    const body = await it.invoke(owner, 'save', data, { replyToId: 'card-1' });
    return { it, body, go, memory };
  }
  async function shown(it: ReturnType<typeof house>) {
    while (it.later.length === 0) await new Promise((resolve) => setImmediate(resolve));
    return it.later[0];
  }

  test('is acknowledged, and its card changed when it is saved', async () => {
    const { it, body, go, memory } = await slowly(false);
    expect(body).toEqual({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: expect.stringContaining('This card changes when it is done'),
    });
    go();
    const change = await shown(it);
    expect(change).toMatchObject({ how: 'changed', activity: { id: 'card-1' } });
    expect(textOf(it.cardsOf([change?.activity ?? {}])[0] ?? {})).toContain('Recorded');
    expect((await memory.snapshot('send')).actions.find((one) => one.ref === 'APA1.04')?.percentComplete).toBe(70);
  });

  test('that fails leaves the card with what was typed and says so below', async () => {
    const { it, go } = await slowly(true);
    go();
    const change = await shown(it);
    expect(change?.how).toBe('sent');
    expect(textOf(it.cardsOf([change?.activity ?? {}])[0] ?? {})).toMatch(/^That did not work/);
  });
});
