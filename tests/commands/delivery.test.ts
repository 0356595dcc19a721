// The operator's commands about delivery: what they print, refuse and end with.
import { createOperatorCommands, type CommandDeps, type CommandResult } from '../../bot/commands';
import { memoryManaging } from '../fixtures/managing';
import { createFixedClock, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { fillLedger } from '../fixtures/sentMessages';

const plan = sampleSnapshot();

async function setUp(snapshot = plan) {
  const records = createMemoryRecords({ send: snapshot });
  const clock = createFixedClock('2025-01-06T09:30:00.000Z');
  const managing = memoryManaging({ records, clock });
  await fillLedger(managing.ledger, 'send');
  const tests: unknown[] = [];
  const sendTest = {
    send: async (asked: unknown) => (tests.push(asked), { step: 'request', subjectRefs: [], words: ['Sent.'] }),
  };
  // These commands need no more than this.
  const deps = { records, clock, ...managing, sendTest } as unknown as CommandDeps;
  const run = async (command: string, args: Readonly<Record<string, unknown>>): Promise<CommandResult> => {
    const found = createOperatorCommands(deps).get(command);
    if (!found) throw new TypeError(`no command ${command}`);
    return found({ meeting: 'B09', ...args });
  };
  return { run, ledger: managing.ledger, tests };
}

test('delivery prints each step, each person, and who is not reached', async () => {
  const { text, data } = await (await setUp()).run('delivery', {});
  expect(text).toContain(
    'B09, update request: 2 of 6 sent (1 by chat, 1 by e-mail), 1 waiting, 1 uncertain, 1 not reached',
  );
  expect(text).toContain('Imran Selwood (P09): Sent, by e-mail, Monday 6 January 2025, 09:05. Outside the council.');
  expect(text).toMatch(/Not reached, or nobody knows:\n {2}Callum Wraysbury \(P07\)\n {2}Tamsin Oakhurst \(P08\)/);
  expect(data).toMatchObject({ meetingRef: 'B09', isWhole: true });
});

test('delivery begins with the pause, and says when nothing was sent', async () => {
  const pause = { byRef: 'P15', at: '2025-01-06T09:00:00.000Z', why: 'Between two secretaries' };
  const paused = await setUp({ ...plan, running: { sending: { key: 'sending@send', pause }, planned: [] } });
  expect((await paused.run('delivery', {})).text).toMatch(/^Sending is paused since/);
  expect((await (await setUp()).run('delivery', { meeting: 'B10' })).text).toContain('B10: nothing has been sent yet.');
});

test('resend sends what failed, and warns before what may arrive twice', async () => {
  const { run, ledger } = await setUp();
  const p08 = { person: 'P08', step: 'request' };
  expect(await run('resend', p08)).toMatchObject({
    exitCode: 0,
    text: 'The update request to Tamsin Oakhurst is sent again.',
  });
  const warned = await run('resend', { ...p08, person: 'P07' });
  expect(warned).toMatchObject({ exitCode: 1, text: expect.stringContaining('add --may-arrive-twice') });
  expect(await run('resend', { ...p08, person: 'P07', mayArriveTwice: true })).toMatchObject({ exitCode: 0 });
  const states = (await ledger.entries('send', 'B09')).map((one) => [one.personRef, one.state]);
  expect(Object.fromEntries(states)).toMatchObject({ P07: 'planned', P08: 'planned' });
});

test('a test names its owner, and is sent as asked', async () => {
  const { run, tests } = await setUp();
  await expect(run('remind', { testTo: 'a@b.example' })).rejects.toThrow('add --owner P05');
  expect(await run('remind', { testTo: 'a@b.example', owner: 'P09' })).toMatchObject({ exitCode: 0, text: 'Sent.' });
  expect(tests).toEqual([{ boardId: 'send', meetingRef: 'B09', ownerRef: 'P09', to: 'a@b.example' }]);
});
