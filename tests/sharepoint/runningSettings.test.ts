// The row about the board's channel in the list Settings: read as it was kept; changed by hand it is a finding, and nothing is public.
import type { Finding } from '../../bot/board/model';
import { readRunning } from '../../bot/sharepoint/runningSettings';
import { strangeSettings } from '../../bot/sharepoint/settingKeys';

const stamp = { itemId: '7', version: '"3"' };
const channel = { channelId: '19:papers', name: 'Board papers', byRef: 'P15', at: '2025-01-06T09:00:00.000Z' };
const meetings = [{ ref: 'B09', on: '2025-01-15', startsAtTime: '10:00', cancelled: false }];

function read(json: string | undefined) {
  const findings: Finding[] = [];
  const row = { key: 'channel@send', stamp, ...(json === undefined ? {} : { json }) };
  return { running: readRunning([row], 'send', findings), findings };
}

test.each([
  ['chosen', { channel, meetings }],
  ['given up', { meetings: [] }],
])('a channel that is %s is read as it was kept', (_what, value) => {
  const { running, findings } = read(JSON.stringify(value));
  expect(running.channel).toEqual({ ...value, key: 'channel@send', stamp });
  expect(findings).toEqual([]);
});

test.each([
  ['no JSON', '{'],
  ['empty', undefined],
  ['without its id', JSON.stringify({ channel: { ...channel, channelId: '' }, meetings })],
])('a row that is %s is a finding, and names no channel', (_what, json) => {
  const { running, findings } = read(json);
  expect(running.channel).toEqual({ meetings: [], key: 'channel@send', stamp });
  expect(findings.map((one) => [one.rule, one.ref])).toEqual([['setting-not-understood', 'channel@send']]);
});

test('the row of another board is not read, and none is taken for a slip', () => {
  expect(readRunning([{ key: 'channel@other', stamp, json: '{}' }], 'send', []).channel).toBeUndefined();
  expect(strangeSettings([{ key: 'channel@send' }])).toEqual([]);
});
