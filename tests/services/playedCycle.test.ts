// Whole cycles played by the clock through the real scheduler: each message once, on its civil day, in every weather.
import type { BoardSnapshot } from '../../bot/board/model';
import { aDecision, aMeeting, aReview } from '../fixtures/builders';
import { asking, before, board, boardOf, next } from '../fixtures/playedBoard';
import { playedCycle } from '../fixtures/playedCycle';

/** Weeks are played wake by wake. */
jest.setTimeout(120_000);

describe('a cycle that is played', () => {
  test.each([
    // The clocks go forward on 30 March 2025, between request and reminder; Good Friday and Easter Monday follow.
    [
      'over the start of summer time and Easter',
      '2025-01-08',
      '2025-04-30',
      [
        '2025-04-07 09:00 northam request P1',
        '2025-04-14 09:00 northam reminder P1',
        '2025-04-16 09:00 northam final-reminder P1',
        '2025-04-17 09:00 northam deadline-day P1',
      ],
    ],
    [
      'over the end of summer time',
      '2025-07-09',
      '2025-11-05',
      [
        '2025-10-15 09:00 northam request P1',
        '2025-10-22 09:00 northam reminder P1',
        '2025-10-24 09:00 northam final-reminder P1',
        '2025-10-27 09:00 northam deadline-day P1',
      ],
    ],
    [
      'on both sides of a clock change in one week',
      '2025-01-08',
      '2025-04-09',
      [
        '2025-03-19 09:00 northam request P1',
        '2025-03-26 09:00 northam reminder P1',
        '2025-03-28 09:00 northam final-reminder P1',
        '2025-03-31 09:00 northam deadline-day P1',
      ],
    ],
    [
      'over leap day',
      '2024-01-10',
      '2024-03-13',
      [
        '2024-02-21 09:00 northam request P1',
        '2024-02-28 09:00 northam reminder P1',
        '2024-03-01 09:00 northam final-reminder P1',
        '2024-03-04 09:00 northam deadline-day P1',
      ],
    ],
    [
      'on leap day itself',
      '2024-01-10',
      '2024-03-14',
      [
        '2024-02-22 09:00 northam request P1',
        '2024-02-29 09:00 northam reminder P1',
        '2024-03-04 09:00 northam final-reminder P1',
        '2024-03-05 09:00 northam deadline-day P1',
      ],
    ],
  ])('goes %s with each message once on its day', async (_, heldOn, on, expected) => {
    const played = playedCycle(
      { [board]: boardOf([before(heldOn), next(on)], { policy: { quietDays: [] } }) },
      `${expected[0]?.slice(0, 10)}T00:00:00.000Z`,
    );
    await played.play(`${on}T20:00:00.000Z`);
    expect(asking(played.diary())).toEqual(expected);
  });

  test('keeps Christmas quiet, and puts the deadline before it', async () => {
    const played = playedCycle(
      { [board]: boardOf([before('2025-10-08'), next('2026-01-13')], { policy: {} }) },
      '2025-12-08T00:00:00.000Z',
    );
    await played.play('2026-01-13T20:00:00.000Z');
    expect(asking(played.diary())).toEqual([
      '2025-12-11 09:00 northam request P1',
      '2025-12-18 09:00 northam reminder P1',
      '2025-12-22 09:00 northam final-reminder P1',
      '2025-12-23 09:00 northam deadline-day P1',
    ]);
    expect(played.diary().filter((one) => one > '2025-12-24' && one < '2026-01-02')).toEqual([]);
  });

  test('sends each message once when the clock jumps an hour back and forth', async () => {
    const played = playedCycle(
      { [board]: boardOf([before('2025-05-07'), next('2025-06-25')]) },
      '2025-06-04T07:30:00.000Z',
    );
    for (const at of ['08:05', '07:05', '08:05', '09:05', '08:10']) {
      played.down(`2025-06-04T${at}:00.000Z`);
      await played.wake();
    }
    expect(played.diary()).toEqual(['2025-06-04 09:05 northam request P1', '2025-06-04 09:05 northam request P3']);
  });
});

describe('a service that was down', () => {
  const meetings = [before('2025-05-07'), next('2025-06-25')];

  test('for two days sends what is still right, and puts on record what is not', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-06-04T00:00:00.000Z');
    await played.play('2025-06-10T20:00:00.000Z');
    // The reminder was due on the 11th, the final reminder on the 13th.
    played.down('2025-06-13T10:30:00.000Z');
    await played.play('2025-06-13T16:00:00.000Z');
    expect(asking(played.diary())).toEqual([
      '2025-06-04 09:00 northam request P1',
      '2025-06-13 11:30 northam final-reminder P1',
    ]);
    const { running } = await played.records.snapshot(board);
    expect(running?.cycles).toMatchObject([
      { meetingRef: 'M1', unsent: [{ step: 'reminder', on: '2025-06-11', state: 'missed' }] },
    ]);
  });

  test('sends a step late whose successor is not yet due, and nothing is missed', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-06-04T00:00:00.000Z');
    await played.play('2025-06-10T20:00:00.000Z');
    played.down('2025-06-12T08:00:00.000Z');
    await played.play('2025-06-12T20:00:00.000Z');
    expect(asking(played.diary())).toEqual([
      '2025-06-04 09:00 northam request P1',
      '2025-06-12 09:00 northam reminder P1',
    ]);
    expect((await played.records.snapshot(board)).running?.cycles).toBeUndefined();
  });

  test('leaves the record alone when it looks again', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-06-13T10:00:00.000Z');
    await played.wake();
    const operations = played.records.operations.length;
    await played.wake();
    expect(played.records.operations).toHaveLength(operations);
  });
});

describe('meetings close together', () => {
  // 20 working days after the meeting before; its minutes are due on 14 May.
  const meetings = [before('2025-05-07'), next('2025-06-05')];

  test('ask nobody until the secretary confirms, and the secretary once a step', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-05-12T00:00:00.000Z');
    await played.play('2025-05-19T20:00:00.000Z');
    expect(played.diary()).toEqual(['2025-05-15 09:00 northam notice:confirm:request P8']);
    const actor = { personRef: 'P8', route: 'operator command' } as const;
    const asked = { boardId: board, actor, nonce: 'confirm-1' };
    expect(await played.confirmCycle.confirm(asked)).toMatchObject({ kind: 'done' });
    expect(await played.confirmCycle.confirm({ ...asked, nonce: 'confirm-2' })).toMatchObject({ kind: 'refused' });
    await played.play('2025-06-05T08:00:00.000Z');
    expect(asking(played.diary())).toEqual([
      '2025-05-20 08:00 northam request P1',
      '2025-05-23 09:00 northam final-reminder P1',
      '2025-05-27 09:00 northam deadline-day P1',
    ]);
  });

  test('are confirmed by the secretary alone', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-05-12T00:00:00.000Z');
    const asked = { boardId: board, nonce: 'confirm-1' };
    const by = (personRef: string) => ({ ...asked, actor: { personRef, route: 'operator command' } as const });
    expect(await played.confirmCycle.confirm(by('P9'))).toMatchObject({
      kind: 'refused',
      issues: [{ field: 'byRef' }],
    });
    expect(await played.confirmCycle.confirm({ ...by('P8'), meetingRef: 'M9' })).toMatchObject({ kind: 'refused' });
    expect(await played.confirmCycle.confirm({ ...by('P8'), meetingRef: 'M0' })).toMatchObject({
      issues: [{ message: expect.stringContaining('needs no confirmation') }],
    });
  });

  test('say in the record that a plan was not confirmed in time', async () => {
    const played = playedCycle({ [board]: boardOf(meetings) }, '2025-05-12T00:00:00.000Z');
    await played.play('2025-06-05T08:00:00.000Z');
    expect(asking(played.diary())).toEqual([]);
    const [row] = (await played.records.snapshot(board)).running?.cycles ?? [];
    expect(row?.unsent.filter((one) => one.state === 'missed').map((one) => [one.step, one.why])).toContainEqual([
      'request',
      'The plan of this meeting was not confirmed in time.',
    ]);
  });
});

describe('what changes in the middle', () => {
  const meetings = [before('2025-05-07'), next('2025-06-25')];
  const upTo = async (until: string, over: Partial<BoardSnapshot> = {}) => {
    const played = playedCycle({ [board]: boardOf(meetings, over) }, '2025-06-04T00:00:00.000Z');
    await played.play(until);
    const seen = played.sent.length;
    return { played, since: () => played.diary().slice(seen) };
  };

  test('a meeting that moves: those asked hear of it once, sent steps are not repeated', async () => {
    const { played, since } = await upTo('2025-06-11T12:00:00.000Z');
    played.records.editInSharePoint(board, 'meeting', 'M1', { on: '2025-07-09' });
    await played.play('2025-06-12T12:00:00.000Z');
    expect(since().map((one) => one.replace(/:[0-9a-f]{24}/u, ''))).toEqual([
      '2025-06-11 13:00 northam notice:moved P1',
      '2025-06-11 13:00 northam notice:moved P3',
    ]);
    expect((await played.records.snapshot(board)).requests.map((one) => one.dueOn)).toEqual([
      '2025-06-30',
      '2025-06-30',
    ]);
    await played.play('2025-07-09T08:00:00.000Z');
    expect(asking(since()).slice(1)).toEqual([
      '2025-06-27 09:00 northam final-reminder P1',
      '2025-06-30 09:00 northam deadline-day P1',
    ]);
  });

  test('a meeting moved to tomorrow: one notice each, nobody is asked late', async () => {
    const { played, since } = await upTo('2025-06-11T12:00:00.000Z');
    played.records.editInSharePoint(board, 'meeting', 'M1', { on: '2025-06-12' });
    await played.play('2025-06-12T08:00:00.000Z');
    expect(asking(since())).toHaveLength(1);
    expect(asking(since())[0]).toContain('notice:moved');
    expect(asking(since(), 'P9')).toEqual(['2025-06-11 13:00 northam digest P9']);
  });

  test('a meeting that is cancelled: those asked hear of it once, and nothing more goes out', async () => {
    const { played, since } = await upTo('2025-06-11T12:00:00.000Z');
    played.records.editInSharePoint(board, 'meeting', 'M1', { state: 'cancelled' });
    await played.play('2025-06-26T20:00:00.000Z');
    expect(since().map((one) => one.replace(/:[0-9a-f]{24}/u, ''))).toEqual([
      '2025-06-11 13:00 northam notice:cancelled P1',
      '2025-06-11 13:00 northam notice:cancelled P3',
    ]);
    expect((await played.records.snapshot(board)).requests.map((one) => one.state)).toEqual(['cancelled', 'cancelled']);
  });

  test('an owner changed in SharePoint: both hear of it once, and the new one is asked from then on', async () => {
    const { played, since } = await upTo('2025-06-11T12:00:00.000Z');
    played.records.editInSharePoint(board, 'action', 'A1.01', { ownerRef: 'P3' });
    await played.play('2025-06-16T20:00:00.000Z');
    expect(asking(since()).map((one) => one.slice(17, 37))).toEqual(['northam notice:owner']);
    expect(asking(since(), 'P3').map((one) => one.replace(/:[0-9a-f]{24}/u, ''))).toEqual([
      '2025-06-11 13:00 northam notice:owner P3',
      '2025-06-13 09:00 northam final-reminder P3',
      '2025-06-16 09:00 northam deadline-day P3',
    ]);
  });

  test('somebody who left: nothing goes to them any more', async () => {
    const { played, since } = await upTo('2025-06-11T12:00:00.000Z');
    played.records.editInSharePoint(board, 'person', 'P1', { leavesOn: '2025-06-11' });
    await played.play('2025-06-16T20:00:00.000Z');
    expect(asking(since())).toEqual([]);
  });
});

describe('beside the steps', () => {
  test('what was decided goes to its owner the day after, although another meeting is prepared by then', async () => {
    const played = playedCycle(
      {
        [board]: boardOf([before('2025-05-07'), aMeeting({ ref: 'M2', on: '2025-07-30' })], {
          decisions: [aDecision({ meetingRef: 'M0' })],
        }),
      },
      '2025-05-07T13:00:00.000Z',
    );
    await played.play('2025-05-20T20:00:00.000Z');
    expect(played.diary()).toEqual(['2025-05-08 09:00 northam arising P1']);
  });

  test('a review has its own track, one message a step and person', async () => {
    const review = aReview({ on: '2025-07-16', state: 'planned' });
    const played = playedCycle(
      { [board]: boardOf([before('2025-05-07')], { reviews: [review] }) },
      '2025-06-24T00:00:00.000Z',
    );
    await played.play('2025-07-16T20:00:00.000Z');
    expect(played.diary()).toEqual([
      '2025-06-25 09:00 northam notice:review:collect:S1 P8',
      '2025-07-02 09:00 northam notice:review:draft:S1 P9',
      '2025-07-08 09:00 northam notice:review:sign-off:S1 P9',
      '2025-07-09 09:00 northam notice:review:send:S1 P8',
    ]);
  });
});
