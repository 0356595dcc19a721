// Any two frozen logs are compared by the names people use; where there is none before, nothing is invented.
import { applyDiff } from '../../bot/board/diff';
import { aLoggedRow } from '../fixtures/builders';
import { aReleasingBoard, releasingBoardId as boardId } from '../fixtures/releasing';

const freeze = { boardId, meetingRef: 'M4', kind: 'for the meeting' } as const;

test('a log of rows alone is compared with a filed one, exactly and in words', async () => {
  const { compareFrozen, compileLog } = aReleasingBoard();
  const { log } = await compileLog.freeze(freeze);
  const result = await compareFrozen.compare({ boardId, from: 'M3', to: 'M4' });
  if (result.kind !== 'compared') throw new TypeError(result.text);
  expect(result.from).toMatchObject({ shortCode: 'M3-before, FFFF', rowsAlone: true });
  expect(result.to).toMatchObject({ meetingRef: 'M4', kind: 'for the meeting', rowsAlone: false });
  expect(result.comparison.rows).toContainEqual(
    expect.objectContaining({ ref: 'A1.01', texts: expect.arrayContaining(['Percentage: 40, now 60.']) }),
  );
  expect(applyDiff({}, { changes: [] })).toEqual({});
  expect(result.exact.changes.length).toBeGreaterThan(0);
  expect(log.meetingRef).toBe('M4');
});

test('without a first log the one before it is taken, whichever of the two logs of a meeting that is', async () => {
  const { compareFrozen, compileLog, clock, edit } = aReleasingBoard();
  const before = await compileLog.freeze(freeze);
  edit(65);
  clock.set('2025-07-02T09:00:00.000Z');
  const after = await compileLog.freeze({ ...freeze, kind: 'after the meeting' });
  expect(await compareFrozen.compare({ boardId, to: 'M4-after' })).toMatchObject({
    from: { shortCode: before.shortCode },
    to: { shortCode: after.shortCode },
  });
  expect(await compareFrozen.compare({ boardId, to: 'M4' })).toMatchObject({ to: { hash: after.hash } });
});

test('the code that was read out finds a log that was corrected', async () => {
  const { compareFrozen, compileLog, edit } = aReleasingBoard();
  const first = await compileLog.freeze(freeze);
  edit(65);
  const second = await compileLog.freeze({ ...freeze, corrects: first.shortCode, reason: 'A late reading.' });
  const result = await compareFrozen.compare({ boardId, from: first.shortCode, to: second.shortCode });
  expect(result).toMatchObject({ from: { hash: first.hash }, to: { hash: second.hash } });
  if (result.kind !== 'compared') throw new TypeError(result.text);
  expect(result.comparison.rows).toMatchObject([{ ref: 'A1.01', texts: ['Percentage: 60, now 65.'] }]);
  expect(applyDiff(first.log, result.exact)).toEqual(second.log);
});

test('a first log says that there is none before it', async () => {
  const { compareFrozen } = aReleasingBoard();
  expect(await compareFrozen.compare({ boardId, to: 'M3' })).toMatchObject({
    kind: 'no-predecessor',
    text: 'No log was frozen before M3-before, FFFF, so there is nothing to compare it with.',
  });
});

test.each([
  ['M99', 'There is no meeting M99.'],
  ['M3-after', 'No log "M3-after" is frozen. There are: M3-before, FFFF.'],
  ['M3-before, 1234', 'No log "M3-before, 1234" is frozen.'],
  ['the one before last', 'is no frozen log. Write B08'],
])('%s is refused in words', async (to, words) => {
  const { compareFrozen } = aReleasingBoard();
  await expect(compareFrozen.compare({ boardId, to })).rejects.toThrow(words);
});

test('no frozen log at all is said, and of many the latest are named', async () => {
  const none = aReleasingBoard({ loggedRows: [] });
  await expect(none.compareFrozen.compare({ boardId, to: 'M3' })).rejects.toThrow('No log is frozen yet.');
  const rows = Array.from({ length: 9 }, (_row, n) => aLoggedRow({ logHash: `${n}`.repeat(64) }));
  const many = aReleasingBoard({ loggedRows: rows });
  await expect(many.compareFrozen.compare({ boardId, to: 'M4' })).rejects.toThrow('M3-before, 8888, and earlier ones.');
});

describe('a correction by command', () => {
  test('names the log that it corrects: another one, or none at all, is refused', async () => {
    const { compileLog, edit, fileNames } = aReleasingBoard();
    await expect(compileLog.freeze({ ...freeze, corrects: '4F2A' })).rejects.toThrow('there is nothing to correct');
    const first = await compileLog.freeze(freeze);
    edit(65);
    const wrong = first.hash.startsWith('0000') ? '1111' : '0000';
    await expect(compileLog.freeze({ ...freeze, corrects: wrong })).rejects.toThrow(
      `that is ${first.shortCode}. Nothing was frozen.`,
    );
    expect(fileNames()).toHaveLength(4);
    const second = await compileLog.freeze({ ...freeze, corrects: first.hash.slice(0, 4), reason: 'A late reading.' });
    expect(second.log.corrects).toEqual({ hash: first.hash, shortCode: first.shortCode, reason: 'A late reading.' });
  });

  test('with an identifier of a child in its reason is refused', async () => {
    const { compileLog, edit } = aReleasingBoard();
    await compileLog.freeze(freeze);
    edit(65);
    await expect(compileLog.freeze({ ...freeze, reason: 'About 943 476 5919.' })).rejects.toThrow(
      'identifiers of a child',
    );
  });
});
