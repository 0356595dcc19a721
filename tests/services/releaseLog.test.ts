// The secretary releases exactly the draft that was looked at; a board that moved since is shown again, never released unseen.
import { InvalidInputError, NotAuthorisedError, UpstreamError } from '../../bot/errors';
import type { ReleaseRequest } from '../../bot/services/releaseLog';
import { anUpdate, aDecision } from '../fixtures/builders';
import { aReleasingBoard, releasingBoardId as boardId } from '../fixtures/releasing';

const request: ReleaseRequest = { boardId, meetingRef: 'M4', kind: 'for the meeting', byRef: 'P8' };
const noon = '2025-06-18T11:00:00.000Z';

describe('the preview', () => {
  test('shows the draft and the exact papers and rows, and files nothing', async () => {
    const { releaseLog, records, fileNames } = aReleasingBoard();
    const preview = await releaseLog.preview(request);
    expect(preview).toMatchObject({ previousShortCode: 'M3-before, FFFF', rows: 3, blocked: [] });
    expect(preview.alreadyFrozen).toBeUndefined();
    expect([fileNames(), records.operations]).toEqual([[], []]);
    const result = await releaseLog.release({ ...request, seen: preview.seen });
    expect(result).toMatchObject({ kind: 'released', by: 'Sam Orchard', alreadyFrozen: false });
    expect(fileNames()).toEqual(preview.fileNames);
    const rows = (await records.snapshot(boardId)).loggedRows.filter((one) => one.meetingRef === 'M4');
    expect(rows).toHaveLength(preview.rows);
  });

  test('names the record that holds an identifier of a child, and the release is refused', async () => {
    const { releaseLog, fileNames } = aReleasingBoard({
      updates: [anUpdate({ narrative: 'Child 943 476 5919 waits.' })],
    });
    const preview = await releaseLog.preview(request);
    expect(preview.blocked).toContainEqual({ ref: 'A1.01', text: 'in “What happened”: an NHS number' });
    await expect(releaseLog.release({ ...request, seen: preview.seen })).rejects.toBeInstanceOf(InvalidInputError);
    expect(fileNames()).toEqual([]);
  });

  test('of a log after the meeting waits for the meeting, then says what was agreed about what is slow', async () => {
    const { releaseLog, clock } = aReleasingBoard({
      decisions: [aDecision({ ref: 'D7', meetingRef: 'M4', subjectRef: 'A1.01', text: 'Weekly calls.' })],
    });
    const after = { ...request, kind: 'after the meeting' as const };
    await expect(releaseLog.preview(after)).rejects.toThrow('can be released once it was held');
    clock.set('2025-07-02T09:00:00.000Z');
    const { outcomes, rows } = await releaseLog.preview(after);
    expect(outcomes?.decisionRefs).toEqual(['D7']);
    expect(rows).toBe(3);
  });
});

describe('who', () => {
  test.each([
    ['P9', true, false],
    ['P1', false, false],
    ['P2', false, false],
    ['X1', false, false],
    ['P8', true, true],
  ])('%s may look: %s, may release: %s', async (byRef, looks, releases) => {
    const { releaseLog, fileNames } = aReleasingBoard();
    const { seen } = await releaseLog.preview(request);
    const looked = releaseLog.preview({ ...request, byRef });
    const released = releaseLog.release({ ...request, byRef, seen });
    const [look, release] = await Promise.allSettled([looked, released]);
    expect([look.status === 'fulfilled', release.status === 'fulfilled']).toEqual([looks, releases]);
    const refusals = [look, release].flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refusals.every((one) => one instanceof NotAuthorisedError)).toBe(true);
    expect(fileNames()).toHaveLength(releases ? 4 : 0);
  });

  test('is nobody whom the board does not have, and no meeting that it does not have', async () => {
    const { releaseLog } = aReleasingBoard();
    await expect(releaseLog.preview({ ...request, byRef: 'P77' })).rejects.toThrow('There is no person P77.');
    await expect(releaseLog.preview({ ...request, meetingRef: 'M99' })).rejects.toThrow('There is no meeting M99.');
  });

  test('released it stands in the frozen record', async () => {
    const { releaseLog, library } = aReleasingBoard();
    const { seen } = await releaseLog.preview(request);
    await releaseLog.release({ ...request, seen });
    const json = [...library.papers].find(([name]) => name.endsWith('.json'))?.[1];
    expect(JSON.parse(new TextDecoder().decode(json))).toMatchObject({ released: { byRef: 'P8', by: 'Sam Orchard' } });
  });
});

describe('what was seen', () => {
  test('is what is released, though an hour has passed', async () => {
    const { releaseLog, clock } = aReleasingBoard();
    const { seen, judgedAt } = await releaseLog.preview(request);
    clock.set(noon);
    expect(await releaseLog.release({ ...request, seen })).toMatchObject({ kind: 'released' });
    expect(judgedAt).toBe('2025-06-18T07:00:00.000Z');
  });

  test('and moved since is shown again with what changed; then it is released', async () => {
    const { releaseLog, clock, edit, fileNames } = aReleasingBoard();
    const { seen } = await releaseLog.preview(request);
    clock.set(noon);
    edit(65);
    const result = await releaseLog.release({ ...request, seen });
    if (result.kind !== 'moved') throw new TypeError('it was released');
    expect(result.changed).toEqual(['A1.01: Percentage: 60, now 65.']);
    expect(fileNames()).toEqual([]);
    expect(await releaseLog.release({ ...request, seen: result.preview.seen })).toMatchObject({ kind: 'released' });
  });

  test('on another day is judged anew and shown again', async () => {
    const { releaseLog, clock } = aReleasingBoard();
    const { seen } = await releaseLog.preview(request);
    clock.set('2025-06-19T07:00:00.000Z');
    const result = await releaseLog.release({ ...request, seen });
    expect(result).toMatchObject({
      kind: 'moved',
      changed: expect.arrayContaining(['It was judged on Wednesday 18 June 2025.']),
    });
  });

  test('before a restart is known not to be the same, and what changed is not invented', async () => {
    const { releaseLog, edit } = aReleasingBoard();
    const { judgedAt } = await releaseLog.preview(request);
    edit(65);
    const result = await releaseLog.release({ ...request, seen: `${'a'.repeat(64)}@${judgedAt}` });
    expect(result).toMatchObject({ kind: 'moved', changed: [expect.stringContaining('no longer kept here')] });
  });

  test.each(['', '4F2A', `${'g'.repeat(64)}@2025-06-18T07:00:00.000Z`, `${'a'.repeat(64)}@yesterday`])(
    'must be a code of a preview: %j',
    async (seen) => {
      const { releaseLog } = aReleasingBoard();
      await expect(releaseLog.release({ ...request, seen })).rejects.toThrow('Look at the draft first');
    },
  );
});

describe('releasing again', () => {
  test('the same content files nothing new', async () => {
    const { releaseLog, clock, fileNames } = aReleasingBoard();
    const { seen } = await releaseLog.preview(request);
    const first = await releaseLog.release({ ...request, seen });
    clock.set(noon);
    const preview = await releaseLog.preview(request);
    expect(preview).toMatchObject({
      alreadyFrozen: first.kind === 'released' ? first.shortCode : '',
      fileNames: [],
      rows: 0,
    });
    expect(await releaseLog.release({ ...request, seen: preview.seen })).toMatchObject({
      kind: 'released',
      alreadyFrozen: true,
    });
    expect(fileNames()).toHaveLength(4);
  });

  test('other content corrects the frozen log, and needs a reason', async () => {
    const { releaseLog, edit, fileNames, library } = aReleasingBoard();
    const { seen } = await releaseLog.preview(request);
    const first = await releaseLog.release({ ...request, seen });
    if (first.kind !== 'released') throw new TypeError('it was not released');
    edit(65);
    const preview = await releaseLog.preview(request);
    expect(preview.corrects?.shortCode).toBe(first.shortCode);
    expect(preview.corrects?.changed).toMatchObject([{ ref: 'A1.01', texts: ['Percentage: 60, now 65.'] }]);
    expect(preview.fileNames[0]).toBe('M4 action and impact log, for the meeting, ????????.docx');
    await expect(releaseLog.release({ ...request, seen: preview.seen, reason: ' ' })).rejects.toThrow('needs a reason');
    expect(fileNames()).toHaveLength(4);
    const told = await releaseLog.preview({ ...request, reason: 'A late reading.' });
    const second = await releaseLog.release({ ...request, seen: told.seen, reason: 'A late reading.' });
    expect(fileNames().slice(4)).toEqual(told.fileNames);
    const json = [...library.papers].filter(([name]) => name.endsWith('.json')).at(-1)?.[1];
    expect(JSON.parse(new TextDecoder().decode(json))).toMatchObject({
      corrects: { hash: first.hash, shortCode: first.shortCode, reason: 'A late reading.' },
    });
    expect(second.kind).toBe('released');
  });

  test('after a crash between papers and rows completes what was begun, under the same code', async () => {
    const { releaseLog, records, fileNames } = aReleasingBoard();
    const { seen } = await releaseLog.preview(request);
    records.failNextWrite(new UpstreamError('SharePoint', 'Gone away.'), 'before');
    await expect(releaseLog.release({ ...request, seen })).rejects.toThrow('Gone away.');
    const begun = fileNames();
    expect(begun).toHaveLength(4);
    expect(await releaseLog.release({ ...request, seen })).toMatchObject({ kind: 'released', alreadyFrozen: true });
    expect(fileNames()).toEqual(begun);
    expect((await records.snapshot(boardId)).loggedRows.filter((one) => one.meetingRef === 'M4')).toHaveLength(3);
  });

  test('after a crash between the papers files the same names again', async () => {
    const { releaseLog, library, fileNames } = aReleasingBoard();
    const { seen, fileNames: names } = await releaseLog.preview(request);
    const file = jest.spyOn(library, 'file').mockRejectedValueOnce(new UpstreamError('SharePoint', 'Gone away.'));
    await expect(releaseLog.release({ ...request, seen })).rejects.toThrow('Gone away.');
    file.mockRestore();
    expect(await releaseLog.release({ ...request, seen })).toMatchObject({ kind: 'released' });
    expect(fileNames()).toEqual(names);
  });
});

test('a board that moves between the two looks is shown again', async () => {
  const { releaseLog, records, edit, fileNames } = aReleasingBoard();
  const { seen } = await releaseLog.preview(request);
  const { refresh } = records;
  let reads = 0;
  jest.spyOn(records, 'refresh').mockImplementation((id) => {
    reads += 1;
    if (reads === 3) edit(65);
    return refresh(id);
  });
  expect(await releaseLog.release({ ...request, seen })).toMatchObject({
    kind: 'moved',
    changed: ['A1.01: Percentage: 60, now 65.'],
  });
  expect(fileNames()).toEqual([]);
});
