// pause, resume, hand-over and leaves as an operator types them: what they say, what they write, and when they refuse.
import { startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { memoryManaging } from '../fixtures/managing';
import { startOperator, type OperatorProcess } from './operatorProcess';

// A whole tenant runs beneath, and each command is a process that loads the program anew.
jest.setTimeout(180_000);

let board: LocalBoard;
let operator: OperatorProcess;
beforeAll(async () => {
  board = await startLocalBoard();
  const { records, clock, logger } = board;
  const { manageItems, pauseSending } = memoryManaging({ records, clock, logger });
  operator = await startOperator(board, { manageItems, pauseSending });
});
afterAll(async () => {
  await operator.close();
  await board.close();
});

const cli = (...args: readonly string[]) => operator.cli(...args);
const run = (name: string, args: Readonly<Record<string, unknown>> = {}) => operator.run(name, args);
const now = () => board.records.refresh(board.boards[0]?.id ?? '');
const ownerOf = async (ref: string) => (await now()).actions.find((one) => one.ref === ref)?.ownerRef;
const dry = 'Nothing was changed: this is a dry run.\n';

describe('pause and resume', () => {
  test('say what they would do, do it, and say that there is nothing to do', async () => {
    const why = ['--why', 'Between two secretaries', '--until', '2025-01-20'];
    const tried = await run('pause', { why: 'Between two secretaries', until: '2025-01-20', dryRun: true });
    expect(tried).toMatchObject({ code: 0, err: '' });
    expect(tried.out.endsWith(dry)).toBe(true);
    expect((await now()).running?.sending?.pause).toBeUndefined();

    const paused = await cli('pause', ...why);
    expect(paused).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toBe(`${paused.out}\n${dry}`);
    expect((await now()).running?.sending?.pause).toMatchObject({
      byRef: 'P15',
      why: 'Between two secretaries',
      untilAt: '2025-01-21T00:00:00.000Z',
    });
    expect((await now()).running?.sending?.key).toMatch(/^sending@/);

    const still = await run('resume', { dryRun: true });
    expect([still.code, still.out.endsWith(dry), still.out.includes('Between two secretaries')]).toEqual([
      0,
      true,
      true,
    ]);
    const resumed = await cli('resume', '--json');
    expect(resumed).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(resumed.out)).toMatchObject({ subjectRef: 'sending' });
    expect((await now()).running?.sending?.pause).toBeUndefined();
    expect(await run('resume', { dryRun: true })).toMatchObject({ code: 0, out: `Sending is not paused.\n\n${dry}` });
    expect(await run('resume')).toEqual({ code: 1, out: 'Nothing was changed:\n  Sending is not paused.\n', err: '' });
  });

  test('refuse a day that is over, and whoever is not the secretary', async () => {
    const [over, other, noWhy] = [
      await run('pause', { why: 'For a while', until: '2025-01-01' }),
      await run('pause', { why: 'For a while', by: 'Freya Langmoor' }),
      await cli('pause'),
    ];
    expect(over).toMatchObject({ code: 1, out: 'Nothing was changed:\n  Choose a moment that is still to come.\n' });
    expect(other).toMatchObject({ code: 1, out: expect.stringContaining("Only the board's secretary") });
    expect(noWhy).toMatchObject({ code: 2, err: expect.stringContaining("required option '--why <words>'") });
    expect((await now()).running?.sending?.pause).toBeUndefined();
  });
});

describe('hand-over', () => {
  test('says in a dry run what it then does, in the same words', async () => {
    const asked = ['hand-over', '--refs', 'apa1.04', '--to', 'Sol Abberline'];
    const tried = await run('hand-over', { refs: 'apa1.04', to: 'Sol Abberline', dryRun: true });
    expect(tried).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toMatch(/^APA1\.04 .*: from Freya Langmoor to Sol Abberline\.\n/u);
    expect(await ownerOf('APA1.04')).toBe('P10');
    const done = await cli(...asked);
    expect(tried.out).toBe(`${done.out}\n${dry}`);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(await ownerOf('APA1.04')).toBe('P17');
    expect((await now()).updates.at(-1)).toMatchObject({
      ...{ subjectRef: 'APA1.04', byRef: 'P15', route: 'operator command' },
      after: { ownerRef: 'P17' },
    });
  });

  test('waits for a coming day', async () => {
    const asked = ['hand-over', '--refs', 'AFI1.01', '--to', 'P17', '--from', '2025-02-03'];
    const tried = await run('hand-over', { refs: 'AFI1.01', to: 'P17', from: '2025-02-03', dryRun: true });
    expect(tried.out).toMatch(/^From Monday 3 February 2025:\n/u);
    const before = await ownerOf('AFI1.01');
    const done = await cli(...asked, '--json');
    expect(JSON.parse(done.out)).toMatchObject({ words: ['From Monday 3 February 2025:', expect.any(String)] });
    expect(await ownerOf('AFI1.01')).toBe(before);
    expect((await now()).running?.planned).toMatchObject([{ fromOn: '2025-02-03', byRef: 'P15' }]);
  });

  test('refuses what is not there, whom nobody knows, what is theirs already, and a day that is none', async () => {
    const [noItem, noPerson, theirs, noDay, noTo] = [
      await run('hand-over', { refs: 'APA9.99', to: 'P17' }),
      await run('hand-over', { refs: 'APA1.05', to: 'Nobody At All' }),
      await run('hand-over', { refs: 'APA1.04', to: 'P17' }),
      await run('hand-over', { refs: 'APA1.05', to: 'P17', from: '31 February' }),
      await cli('hand-over', '--refs', 'APA1.05'),
    ];
    expect(noItem).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is nothing with the reference APA9.99'),
    });
    expect(noPerson).toMatchObject({ code: 1, err: expect.stringContaining('"Nobody At All"') });
    expect(theirs).toMatchObject({ code: 1, out: expect.stringContaining('it is theirs already') });
    expect(noDay).toMatchObject({ code: 1, err: expect.stringContaining('is no date: write it as 2025-02-03') });
    expect(noTo).toMatchObject({ code: 2, err: expect.stringContaining("required option '--to <person>'") });
  });
});

describe('leaves', () => {
  const asked = ['leaves', '--person', 'Tamsin Oakhurst', '--last-day', '2025-01-31'];
  const left = { person: 'P08', lastDay: '2025-01-31' };
  const theirs = async () => (await now()).actions.filter((one) => one.ownerRef === 'P08' && !one.completedOn).length;

  test('wants to know who takes over, or that nobody does', async () => {
    const silent = await run('leaves', left);
    expect(silent).toMatchObject({ code: 1, err: expect.stringContaining('Name with --to who takes over') });
    const nobody = await run('leaves', { ...left, nobody: true, dryRun: true });
    expect(nobody).toMatchObject({ code: 0, err: '' });
    expect(nobody.out).toMatch(/^From Saturday 1 February 2025:\n/u);
    expect(nobody.out).toMatch(/have no owner now; the board's findings say so\.\n\nNothing was changed/u);
    expect(await cli('leaves', '--person', 'P08')).toMatchObject({ code: 2 });
    expect(await theirs()).toBeGreaterThan(0);
  });

  test('gives everything to one successor, on the day after the last or at once', async () => {
    const planned = await run('leaves', { ...left, to: 'P07' });
    expect(planned).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^From Saturday 1 February 2025:\n/u),
    });
    expect(await theirs()).toBeGreaterThan(0);
    expect((await now()).people.find((one) => one.ref === 'P08')?.leavesOn).toBe('2025-01-31');
    const tried = await run('leaves', { ...left, to: 'P07', now: true, dryRun: true });
    const done = await cli(...asked, '--to', 'P07', '--now');
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(tried.out).toBe(`${done.out}\n${dry}`);
    expect(await theirs()).toBe(0);
  });
});
