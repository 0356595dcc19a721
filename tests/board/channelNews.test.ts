// What the board's channel is told beside the steps: meetings that moved or are cancelled, the log after a meeting; each once.
import { describe, expect, test } from '@jest/globals';
import { channelNews, channelNoticeOf, meetingsToCome, movedFrom, whyNotToChannel } from '../../bot/board/channelNews';
import { calendarOf } from '../../bot/board/cycle';
import type { BoardSnapshot, ChannelRow, Meeting } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { papersSentStep } from '../../bot/board/released';
import { channelOf, channelRef, channelWords, isChannel, recipientName } from '../../bot/board/recipients';
import { aLoggedRow, aMeeting, aSnapshot } from '../fixtures/builders';

const calendar = calendarOf({ ...defaultPolicy, quietDays: [] });
const on = '2025-06-11';
const at = '2025-06-11T09:00:00.000Z';
const b4 = aMeeting({ ref: 'B4', on: '2025-06-25', startsAtTime: '10:00' });
const chosen = { channelId: '19:c', name: 'Board papers', byRef: 'P8', at: '2025-06-02T09:00:00.000Z' };

function board(meetings: readonly Meeting[], known: readonly Meeting[], over: Partial<BoardSnapshot> = {}) {
  const channel: ChannelRow = { key: 'channel@b', channel: chosen, meetings: meetingsToCome({ meetings: known }, on) };
  return aSnapshot({ meetings, running: { planned: [], channel }, ...over });
}

const steps = (snapshot: BoardSnapshot) => channelNews(snapshot, on, calendar).notices.map((one) => one.step);

describe('the channel is told', () => {
  test.each<[string, Meeting, Meeting, readonly string[]]>([
    ['nothing while a meeting stays', b4, b4, []],
    ['of another day', b4, { ...b4, on: '2025-07-02' }, ['notice:meeting:2025-06-25T10:00>2025-07-02T10:00']],
    ['of another hour', b4, { ...b4, startsAtTime: '14:00' }, ['notice:meeting:2025-06-25T10:00>2025-06-25T14:00']],
    ['that it is cancelled', b4, { ...b4, state: 'cancelled' }, ['notice:meeting:2025-06-25T10:00>cancelled']],
    ['that it takes place after all', { ...b4, state: 'cancelled' }, b4, ['notice:meeting:cancelled>2025-06-25T10:00']],
    [
      'nothing when the day of a cancelled one is changed',
      { ...b4, state: 'cancelled' },
      { ...b4, state: 'cancelled', on: '2025-07-02' },
      [],
    ],
  ])('%s', (_what, before, now, expected) => {
    expect(steps(board([now], [before]))).toEqual(expected);
  });

  test('of a new meeting nothing, and knows it from then on', () => {
    const next = aMeeting({ ref: 'B5', on: '2025-07-23' });
    const news = channelNews(board([next, b4], [b4]), on, calendar);
    expect(news.notices).toEqual([]);
    expect(news.meetings?.map((one) => one.ref)).toEqual(['B4', 'B5']);
    expect(channelNews(board([next, b4], [next, b4]), on, calendar).meetings).toBeUndefined();
  });

  test('of the log after a meeting, once a log, while it is news and since there is a channel', () => {
    const row = (over: object) =>
      aLoggedRow({ meetingRef: 'B3', kind: 'after the meeting', frozenOn: '2025-06-10', ...over });
    const hash = 'a'.repeat(64);
    const rows = [
      row({ logHash: hash, subjectRef: 'A1.01' }),
      row({ logHash: hash, subjectRef: 'A1.02' }),
      row({ logHash: 'b'.repeat(64), kind: 'for the meeting' }),
      row({ logHash: 'c'.repeat(64), frozenOn: '2025-06-01' }),
      row({ logHash: 'd'.repeat(64), frozenOn: '2025-06-03' }),
    ];
    const news = channelNews(board([b4], [b4], { loggedRows: rows }), on, calendar);
    expect(news.notices).toEqual([{ meetingRef: 'B3', step: `notice:log-after:${'a'.repeat(24)}` }]);
  });

  test('nothing where the board has no channel', () => {
    expect(channelNews(aSnapshot({ meetings: [b4] }), on, calendar)).toEqual({ notices: [] });
    const stopped = aSnapshot({ meetings: [b4], running: { planned: [], channel: { key: 'k', meetings: [] } } });
    expect(channelNews(stopped, on, calendar)).toEqual({ notices: [] });
  });

  test('knows no meeting that was held or has passed, and those of one day in the order of their references', () => {
    const meetings = [
      aMeeting({ ref: 'B9', on: '2025-06-25' }),
      b4,
      aMeeting({ ref: 'B6', on: '2025-06-25' }),
      aMeeting({ ref: 'B8', on: '2025-07-25' }),
      aMeeting({ ref: 'B1', on: '2025-06-10' }),
      aMeeting({ ref: 'B2', on: '2025-06-11', state: 'held' }),
    ];
    expect(meetingsToCome({ meetings }, on).map((one) => one.ref)).toEqual(['B4', 'B6', 'B9', 'B8']);
  });
});

describe('a notice', () => {
  test.each([
    [papersSentStep('f'.repeat(64)), 'papers'],
    ['notice:log-after:ab', 'log-after'],
    ['notice:meeting:2025-06-25T10:00>2025-07-02T10:00', 'moved'],
    ['notice:meeting:2025-06-25T10:00>cancelled', 'cancelled'],
    ['digest', undefined],
  ])('%s tells of %s', (step, kind) => {
    expect(channelNoticeOf(step)).toBe(kind);
  });

  test('says from when a meeting was moved, unless it had been cancelled', () => {
    expect(movedFrom('notice:meeting:2025-06-25T10:00>2025-07-02T10:00')).toEqual({ on: '2025-06-25', time: '10:00' });
    expect(movedFrom('notice:meeting:cancelled>2025-07-02T10:00')).toBeUndefined();
  });

  const why = (step: string, meeting: Meeting, when = at) =>
    whyNotToChannel(board([meeting], [meeting]), { step, meetingRef: 'B4' }, when, calendar);

  test('stands while the meeting is as it says, and has not begun', () => {
    expect(why('notice:meeting:2025-06-18T10:00>2025-06-25T10:00', b4)).toBeUndefined();
    expect(why('notice:meeting:2025-06-18T10:00>2025-06-24T10:00', b4)).toMatch(/changed again/);
    expect(why('notice:meeting:2025-06-18T10:00>cancelled', b4)).toMatch(/changed again/);
    expect(why('notice:meeting:2025-06-18T10:00>2025-06-25T10:00', b4, '2025-06-25T09:00:00.000Z')).toMatch(/begun/);
    expect(why('notice:meeting:2025-06-25T10:00>cancelled', { ...b4, state: 'cancelled' })).toBeUndefined();
    expect(why('notice:meeting:2025-06-18T10:00>2025-06-25T10:00', { ...b4, ref: 'B5' })).toMatch(/changed again/);
    expect(why('digest', b4)).toBeUndefined();
  });

  test('goes nowhere once the board has no channel', () => {
    const snapshot = aSnapshot({ meetings: [b4] });
    expect(whyNotToChannel(snapshot, { step: 'digest', meetingRef: 'B4' }, at, calendar)).toMatch(
      /no channel any more/,
    );
  });
});

describe('who gets a message', () => {
  test('is a person by name, or the channel by what people call it', () => {
    const snapshot = board([b4], [b4]);
    expect(isChannel(channelRef)).toBe(true);
    expect(isChannel('P1')).toBe(false);
    expect(recipientName(snapshot, channelRef)).toBe('Channel Board papers');
    expect(recipientName(snapshot, snapshot.people[0]?.ref ?? '')).toBe(snapshot.people[0]?.name);
    expect(recipientName(snapshot, 'nobody')).toBeUndefined();
    expect(recipientName(aSnapshot(), channelRef)).toBe("The board's channel");
    expect(channelWords(channelOf(snapshot))).toBe('the channel Board papers');
    expect(channelWords(undefined)).toBe("the board's channel");
  });
});
