// release and diff as an operator runs them: what was shown is what is filed, and refusals, codes and JSON are as told.
import { createOperatorCommands, type CommandDeps, type CommandResult } from '../../bot/commands';
import { InvalidInputError, NotAuthorisedError, NotFoundError } from '../../bot/errors';
import { anAction, aDecision, anUpdate } from '../fixtures/builders';
import { aReleasingBoard } from '../fixtures/releasing';

function operator(over: Parameters<typeof aReleasingBoard>[0] = {}) {
  const board = aReleasingBoard(over);
  const { records, clock, compileLog, releaseLog, compareFrozen } = board;
  // These commands need no more than this.
  const deps = { records, clock, compileLog, releaseLog, compareFrozen } as unknown as CommandDeps;
  const commands = createOperatorCommands(deps);
  const run = async (name: 'release' | 'diff', args: Readonly<Record<string, unknown>>): Promise<CommandResult> => {
    const found = commands.get(name);
    if (!found) throw new TypeError(`no command ${name}`);
    return found(args);
  };
  const release = (args: Readonly<Record<string, unknown>> = {}) => run('release', { meeting: 'M4', ...args });
  const diff = (args: Readonly<Record<string, unknown>>) => run('diff', args);
  /** Looks, then releases what was seen. */
  const released = async (args: Readonly<Record<string, unknown>> = {}) =>
    release({ ...args, seen: seenIn(await release(args)) });
  return { ...board, release, diff, released };
}

/** The code in the words, as an operator copies it. */
function seenIn({ text }: CommandResult): string {
  return /--seen (\S+)/.exec(text)?.[1] ?? 'none';
}

/** As `--json` prints it. */
const printed = ({ data }: CommandResult): unknown => JSON.parse(JSON.stringify(data));

describe('release without a code', () => {
  test('shows the draft and what would be filed, files nothing, and ends with the command that releases it', async () => {
    const { release, fileNames, records } = operator({ actions: [anAction({ dueOn: '2025-05-01' })] });
    const { exitCode, text } = await release();
    expect(exitCode).toBe(1);
    expect(text).toMatch(/^Draft of the action and impact log for the meeting M4\n/);
    expect(text).toMatch(/Slow to progress, worst first:\n {2}A1\.01 /);
    expect(text).toContain('It is compared with M3-before, FFFF.');
    expect(text).toMatch(/M4 action and impact log, for the meeting, [0-9A-F]{8}\.docx/);
    expect(text).toContain('and 3 rows in the list ActionImpactLog.');
    expect(text.split('\n').slice(-2)).toEqual([
      'Nothing was released. To release what you see:',
      expect.stringMatching(
        /^ {2}npm run board -- release --meeting M4 --kind before --by P8 --seen [0-9a-f]{64}@\S+Z$/,
      ),
    ]);
    expect([fileNames(), records.operations]).toEqual([[], []]);
  });

  test('as a dry run is done with exit code 0, and even a code that was seen files nothing', async () => {
    const { release, fileNames } = operator();
    const shown = await release({ dryRun: true });
    expect(shown.exitCode).toBe(0);
    expect(shown.text).toContain('Nothing was released.');
    const again = await release({ dryRun: true, seen: seenIn(shown) });
    expect([again.exitCode, again.text, fileNames()]).toEqual([0, shown.text, []]);
  });

  test('names what keeps it from going out, and what to look at first', async () => {
    const { release } = operator({ updates: [anUpdate({ narrative: 'Child 943 476 5919 of LS1 4AB waits.' })] });
    const { text } = await release();
    expect(text).toContain('It cannot be released: A1.01, in “What happened”: an NHS number. Redact it in SharePoint.');
    expect(text).toContain('Look at this before it is shared: A1.01, in “What happened”: ');
    expect(text).not.toContain('943 476 5919');
  });

  test('says that there is nothing to compare where no log was frozen before', async () => {
    const { text } = await operator({ loggedRows: [] }).release();
    expect(text).toContain('There is no frozen log before it, so nothing is compared.');
    expect(text).toContain('Nothing is slow to progress.');
  });

  test('after the meeting tells what came of it, item by item', async () => {
    const { release, clock } = operator({
      actions: [anAction({ dueOn: '2025-05-01' }), anAction({ ref: 'A1.02', title: 'Open it', dueOn: '2025-05-01' })],
      decisions: [aDecision({ ref: 'D7', meetingRef: 'M4', subjectRef: 'A1.01', text: 'Weekly calls.' })],
    });
    clock.set('2025-07-02T09:00:00.000Z');
    const { text } = await release({ kind: 'after' });
    expect(text).toContain('What came of the meeting: Who came is not recorded yet.');
    expect(text).toMatch(/ {2}A1\.01 [^\n]+: Weekly calls\.\n/);
    expect(text).toContain('  A1.02 Open it: no response of the board is recorded\n');
    expect(text).toContain('--kind after');
  });
});

describe('release with the code that was seen', () => {
  test('files exactly what was shown, and says who released it', async () => {
    const { release, fileNames } = operator();
    const shown = await release();
    const { exitCode, text } = await release({ seen: seenIn(shown) });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^Released by Sam Orchard as M4-before, [0-9A-F]{4} and filed in the library Board papers:\n/);
    expect(fileNames()).toHaveLength(4);
    for (const name of fileNames()) expect([shown.text.includes(name), text.includes(name)]).toEqual([true, true]);
  });

  test('files nothing when the board moved: exit code 1, what changed, and the draft as it is now', async () => {
    const { release, edit, fileNames } = operator();
    const seen = seenIn(await release());
    edit(65);
    const { exitCode, text } = await release({ seen });
    expect(exitCode).toBe(1);
    expect(text).toMatch(
      /^Nothing was released: the board moved since you looked\.\n {2}A1\.01: Percentage: 60, now 65\.\n/,
    );
    expect(text).toContain('Draft of the action and impact log for the meeting M4');
    expect(fileNames()).toEqual([]);
    const fresh = seenIn({ exitCode, text, data: undefined });
    expect(fresh).not.toBe(seen);
    expect((await release({ seen: fresh })).exitCode).toBe(0);
  });

  test('of the same content again files nothing new', async () => {
    const { released, fileNames, release } = operator();
    await released();
    const looked = await release();
    expect(looked.text).toMatch(/The same content was frozen as M4-before, [0-9A-F]{4}: nothing new would be filed\./);
    const { exitCode, text } = await release({ seen: seenIn(looked) });
    expect([exitCode, fileNames().length]).toEqual([0, 4]);
    expect(text).toMatch(/^The same content was frozen before as M4-before, [0-9A-F]{4}: nothing new was filed\.$/);
  });

  test('of other content corrects what is frozen, once it is said why', async () => {
    const { released, release, edit, fileNames } = operator();
    await released();
    edit(65);
    const looked = await release();
    expect(looked.text).toMatch(
      /It corrects M4-before, [0-9A-F]{4} and needs a reason \(--reason\):\n {2}\S+ +A1\.01 /,
    );
    const seen = seenIn(looked);
    await expect(release({ seen })).rejects.toThrow('so it needs a reason. Nothing was released.');
    expect((await release({ seen, reason: 'A late reading.' })).exitCode).toBe(0);
    expect(fileNames()).toHaveLength(8);
  });

  test('that is none is refused', async () => {
    await expect(operator().release({ seen: '4F2A' })).rejects.toThrow('Look at the draft first');
  });
});

describe('who releases', () => {
  test('is the secretary: the chair may look and is refused to release, others may not look', async () => {
    const { release, fileNames } = operator();
    const looked = await release({ by: 'P9' });
    expect(looked.text).toContain('--by P9');
    await expect(release({ by: 'P9', seen: seenIn(looked) })).rejects.toThrow(NotAuthorisedError);
    await expect(release({ by: 'P1' })).rejects.toThrow('The secretary and the chair look at a log');
    await expect(release({ by: 'P77' })).rejects.toThrow(NotFoundError);
    expect(fileNames()).toEqual([]);
  });

  test('must be said where the board has no secretary', async () => {
    const { records } = aReleasingBoard();
    const { facts, people } = await records.refresh('northam');
    const { secretaryRef: _none, ...others } = facts;
    const found = operator({ facts: others });
    expect((await found.release()).text).toContain('--by P8');
    const nobody = operator({ facts: others, people: people.filter((one) => one.ref !== 'P8') });
    await expect(nobody.release()).rejects.toThrow('The board has no secretary: say with --by who releases.');
  });
});

test.each([
  [{ kind: 'during' }, 'kind'],
  [{ sean: 'x' }, 'sean'],
])('release %j is not understood', async (args, word) => {
  const refusal = await operator()
    .release(args)
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(InvalidInputError);
  expect(String(refusal)).toContain(word);
});

test('release as JSON holds the code to release with, and afterwards code, hash and papers', async () => {
  const { release } = operator();
  const shown = await release({ json: true });
  expect(printed(shown)).toMatchObject({ meetingRef: 'M4', seen: seenIn(shown), rows: 3, blocked: [] });
  const done = printed(await release({ json: true, seen: seenIn(shown) }));
  expect(done).toMatchObject({ kind: 'released', by: 'Sam Orchard', hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(done).toHaveProperty('papers.length', 4);
});

describe('diff', () => {
  test('says in words what moved between two frozen logs, by kind and direction', async () => {
    const { released, diff } = operator();
    await released();
    const { exitCode, text } = await diff({ from: 'M3', to: 'M4' });
    expect(exitCode).toBe(0);
    expect(text).toMatch(/^From M3-before, FFFF to M4-before, [0-9A-F]{4}\n/);
    expect(text).toMatch(/\nActions:\n {2}better +A1\.01[^\n]*Percentage: 40, now 60\./);
    expect(text).toMatch(/The exact difference has \d+ changes \(--json\)\.$/);
    expect((await diff({ to: 'M4' })).text).toBe(text);
  });

  test('of a log with itself says that nothing moved', async () => {
    const { released, diff } = operator();
    await released();
    expect((await diff({ from: 'M4', to: 'M4-before' })).text).toContain('\nNothing moved.\n');
  });

  test('of a first log says that none was frozen before it, and is no failure', async () => {
    const result = await operator().diff({ to: 'M3' });
    expect(result).toMatchObject({
      exitCode: 0,
      text: 'No log was frozen before M3-before, FFFF, so there is nothing to compare it with.',
    });
    expect(printed(result)).toMatchObject({ kind: 'no-predecessor' });
  });

  test('as JSON holds the exact difference beside the words', async () => {
    const { released, edit, diff } = operator();
    await released();
    edit(65);
    await released({ reason: 'A late reading.' });
    const data = printed(await diff({ to: 'M4', json: true }));
    expect(data).toMatchObject({ kind: 'compared', comparison: { rows: [{ ref: 'A1.01' }] } });
    expect(JSON.stringify(data)).toContain('"exact":{"changes":[');
  });

  test.each([
    [{ from: 'M3', to: 'M4' }, 'No log "M4" is frozen. There are: M3-before, FFFF.'],
    [{ to: 'M99' }, 'There is no meeting M99.'],
    [{ from: 'M3' }, 'The command was not understood: to '],
    [{ to: 'M3', board: 'elsewhere' }, 'There is no board elsewhere.'],
  ])('%j is refused in words', async (args, words) => {
    await expect(operator().diff(args)).rejects.toThrow(words);
  });
});
