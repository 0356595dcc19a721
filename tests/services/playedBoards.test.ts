// Cycles played by the clock: a step that the secretary leaves out, and people who belong to several boards.
import type { BoardSnapshot } from '../../bot/board/model';
import { asking, before, board, boardOf, next } from '../fixtures/playedBoard';
import { playedCycle } from '../fixtures/playedCycle';

/** Weeks are played wake by wake. */
jest.setTimeout(120_000);

describe('a step that the secretary leaves out', () => {
  const meetings = [before('2025-05-07'), next('2025-06-25')];
  const asked = { boardId: board, nonce: 's1', step: 'reminder', why: 'The council is closed that week.' } as const;
  const secretary = { personRef: 'P8', route: 'operator command' } as const;

  test('goes to nobody, is no gap, and stays on record with who and why', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-06-10T00:00:00.000Z', [7, 8]);
    expect(await played.confirmCycle.skip({ ...asked, actor: secretary })).toMatchObject({ kind: 'done' });
    await played.play('2025-06-13T20:00:00.000Z');
    expect(asking(played.diary())).toEqual([
      '2025-06-10 08:00 northam request P1',
      '2025-06-13 09:00 northam final-reminder P1',
    ]);
    expect((await played.records.snapshot(board)).running?.cycles).toMatchObject([
      {
        unsent: [
          {
            step: 'reminder',
            on: '2025-06-11',
            state: 'skipped',
            why: expect.stringContaining('left it out: The council'),
          },
        ],
      },
    ]);
  });

  test('is not sent when its messages waited already', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-06-11T08:00:00.000Z');
    const due = {
      boardId: board,
      meetingRef: 'M1',
      step: 'reminder',
      personRef: 'P1',
      subjectRefs: ['A1.01'],
    } as const;
    await played.ledger.plan([due], '2025-06-11T08:00:00.000Z');
    await played.confirmCycle.skip({ ...asked, actor: secretary });
    await played.wake();
    expect(played.sent).toEqual([]);
    expect(await played.ledger.entries(board, 'M1')).toMatchObject([
      { state: 'cancelled', detail: 'The secretary left this message out, so it was not sent.' },
    ]);
  });

  test('needs a reason, a step that takes place, and the secretary; and is left out once', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-06-10T00:00:00.000Z');
    const skip = (over: object, actor = 'P8') =>
      played.confirmCycle.skip({ ...asked, ...over, actor: { ...secretary, personRef: actor } });
    expect(await skip({ why: ' ' })).toMatchObject({ issues: [{ field: 'why' }] });
    expect(await skip({}, 'P9')).toMatchObject({ issues: [{ field: 'byRef' }] });
    expect(await skip({ meetingRef: 'M9' })).toMatchObject({ issues: [{ field: 'meeting' }] });
    expect(await skip({})).toMatchObject({ kind: 'done' });
    expect(await skip({ nonce: 's2' })).toMatchObject({
      issues: [{ field: 'step', message: expect.stringContaining('on record already') }],
    });
    const close = playedCycle(
      { [board]: boardOf([before('2025-05-07'), next('2025-06-05')]) },
      '2025-05-12T00:00:00.000Z',
    );
    expect(await close.confirmCycle.skip({ ...asked, actor: secretary })).toMatchObject({
      issues: [{ field: 'step', message: expect.stringContaining('falls away') }],
    });
  });
});

describe('a person on three boards', () => {
  const meetings = [before('2025-05-07'), next('2025-06-25')];
  // P1 is the same account everywhere; the others are of one board each.
  const shared = (prefix: string): BoardSnapshot => {
    const own = boardOf(meetings, {}, prefix);
    return {
      ...own,
      people: own.people.map((one) => (one.ref === 'P1' ? { ...one, entraObjectId: 'id-of-P1' } : one)),
    };
  };

  test('gets one message a day but for the deadline, which comes on its day on each board', async () => {
    const played = playedCycle({ a: shared('a'), b: shared('b'), c: shared('c') }, '2025-06-04T00:00:00.000Z');
    await played.play('2025-06-16T20:00:00.000Z');
    expect(asking(played.diary())).toEqual([
      '2025-06-04 09:00 a request P1',
      '2025-06-05 08:00 b request P1',
      '2025-06-06 08:00 c request P1',
      '2025-06-11 09:00 a reminder P1',
      '2025-06-12 08:00 b reminder P1',
      '2025-06-13 09:00 a final-reminder P1',
      '2025-06-16 09:00 a deadline-day P1',
      '2025-06-16 09:00 b deadline-day P1',
      '2025-06-16 09:00 c deadline-day P1',
    ]);
    expect(asking(played.diary(), 'P3').filter((one) => one.includes(' b '))).toHaveLength(4);
  });

  test('is asked by every board before its deadline, though they wait for each other', async () => {
    // Deadlines on the 16th, 17th and 18th; the service comes up on the 12th, when nobody was asked yet.
    const each = (prefix: string, on: string): BoardSnapshot => ({
      ...shared(prefix),
      meetings: [before('2025-05-07'), next(on)],
    });
    const boards = { a: each('a', '2025-06-25'), b: each('b', '2025-06-26'), c: each('c', '2025-06-27') };
    const played = playedCycle(boards, '2025-06-12T00:00:00.000Z', [7, 8, 9]);
    await played.play('2025-06-18T20:00:00.000Z');
    for (const [name, deadlineOn] of [
      ['a', '2025-06-16'],
      ['b', '2025-06-17'],
      ['c', '2025-06-18'],
    ]) {
      const own = asking(played.diary()).filter((one) => one.includes(` ${name} `));
      expect(own.at(-1)).toBe(`${deadlineOn} 09:00 ${name} deadline-day P1`);
    }
    const days = asking(played.diary()).map((one) => one.slice(0, 10));
    expect(days.filter((one) => one < '2025-06-16')).toEqual([...new Set(days.filter((one) => one < '2025-06-16'))]);
  });

  test('as chair of all three gets each briefing before its digest', async () => {
    const chaired = (prefix: string): BoardSnapshot => {
      const own = shared(prefix);
      return {
        ...own,
        people: own.people.map((one) => (one.ref === 'P9' ? { ...one, entraObjectId: 'id-of-P9' } : one)),
      };
    };
    const played = playedCycle(
      { a: chaired('a'), b: chaired('b'), c: chaired('c') },
      '2025-06-20T08:00:00.000Z',
      [7, 8, 9],
    );
    await played.play('2025-06-24T20:00:00.000Z');
    expect(asking(played.diary(), 'P9')).toEqual([
      '2025-06-20 09:00 a briefing P9',
      '2025-06-23 08:00 b briefing P9',
      '2025-06-23 08:00 c briefing P9',
      '2025-06-24 09:00 a digest P9',
      '2025-06-24 09:00 b digest P9',
      '2025-06-24 09:00 c digest P9',
    ]);
  });
});
