// What the board's channel gets: numbers, dates and links, each right; and nothing by which anybody or anything is named.
import { assess } from '../../bot/board/assess';
import type { BoardSnapshot } from '../../bot/board/model';
import { papersSentStep } from '../../bot/board/released';
import { channelCard, channelContent, type ChannelMessage } from '../../bot/cards/messageChannel';
import { cardProblems, textOf } from '../cards/checkCard';
import { aDecision } from '../fixtures/builders';
import { sampleLog } from '../fixtures/sampleLog';
import { sampleSnapshot } from '../fixtures/samplePlan';

const plan = sampleSnapshot();
const at = '2025-01-14T09:00:00.000Z';
const moved = 'notice:meeting:2025-01-22T10:00>2025-01-15T10:00' as const;
const cancelled = 'notice:meeting:2025-01-15T10:00>cancelled' as const;
const papers = papersSentStep('4f2a'.repeat(16));
const released = {
  log: sampleLog(),
  shortCode: 'B09-before, 4F2A',
  papers: [{ title: 'Log', url: 'https://x.example/log' }],
};

function message(step: ChannelMessage['step'], over: Partial<ChannelMessage> = {}, meetingRef = 'B09'): ChannelMessage {
  const snapshot = over.snapshot ?? plan;
  const assessment = assess(snapshot, { at, meetingRef });
  const tabAddress = (page: string) => `https://board.example${page}`;
  return { boardId: 'send', snapshot, assessment, step, tabAddress, ...over };
}

const all: readonly ChannelMessage[] = [
  message('digest'),
  message(papers, { released }),
  message('arising', {}, 'B08'),
  message(moved),
  message(cancelled),
  message('notice:log-after:4f2a', {}, 'B08'),
];

test.each(all.map((one) => [one.step, one] as const))('%s names nobody and nothing of the board', (_step, one) => {
  const said = textOf(channelCard(one).card);
  const secret = [
    ...plan.people.flatMap((person) => [person.name, person.ref, person.email ?? person.name]),
    ...plan.bodies.map((body) => body.name),
    ...plan.areas.flatMap((area) => [area.title, area.ref]),
    ...plan.actions.flatMap((action) => [action.title, action.ref]),
    ...plan.risks.flatMap((risk) => [risk.title, risk.ref]),
    ...plan.measures.flatMap((measure) => [measure.name, measure.ref]),
    ...plan.decisions.flatMap((decision) => [decision.text, decision.ref]),
    ...plan.meetings.flatMap((meeting) => meeting.place ?? []),
  ];
  expect(secret.filter((words) => new RegExp(`\\b${escaped(words)}\\b`, 'u').test(said))).toEqual([]);
  expect(cardProblems(channelCard(one).card)).toEqual([]);
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

test('the digest says when, and how the board stands, each number with its base', () => {
  const { assessment } = message('digest');
  const content = channelContent(message('digest'));
  expect(content.title).toBe('Before the board on Wednesday 15 January');
  expect(content.summary).toMatch(/^The board meets on Wednesday 15 January 2025, 10 am to /u);
  const [facts] = content.parts;
  if (facts?.kind !== 'facts') throw new TypeError('no numbers');
  const { headline, measures, risks } = assessment;
  const behind = measures.filter((one) => one.state === 'behind').length;
  const above = risks.filter((one) => one.aboveTolerance).length;
  expect(facts.rows).toEqual([
    { name: 'Slow to progress', value: `${headline.slow} of ${headline.open} open actions` },
    { name: 'Measures behind', value: `${behind} of ${measures.length}` },
    { name: 'Risks above tolerance', value: `${above} of ${risks.length} (scores over 12)` },
    { name: 'Answers in', value: expect.stringMatching(/^\d+ of \d+$/u) },
    { name: 'Dates to decide', value: expect.stringMatching(/^(none|\d+)$/u) },
  ]);
  expect(content.links).toEqual([{ title: 'Open the board', url: 'https://board.example/tab/board' }]);
});

test('the papers are told of with the log’s code, but none of them is linked', () => {
  const content = channelContent(message(papers, { released }));
  expect(content.summary).toContain('Log code: B09-before, 4F2A.');
  expect(content.links).toEqual([{ title: 'Open the log on the board', url: 'https://board.example/tab/log' }]);
  expect(channelContent(message(papers)).summary).not.toContain('Log code');
});

test('after the meeting it says how many decisions there are, and of how many it is known who and when', () => {
  const decisions = [
    aDecision({ ref: 'D1', meetingRef: 'B08', ownerRef: 'P10', dueOn: '2025-02-01' }),
    aDecision({ ref: 'D2', meetingRef: 'B08', ownerRef: 'P10', state: 'done' }),
    aDecision({ ref: 'D3', meetingRef: 'B07' }),
  ].map((one) => (one.ref === 'D2' ? without(one, 'dueOn') : one));
  const content = channelContent(message('arising', { snapshot: { ...plan, decisions } }, 'B08'));
  expect(content.summary).toBe('2 decisions are recorded.');
  expect(content.parts[0]).toEqual({
    kind: 'text',
    text: '2 with an owner, 1 of them with a date; 1 carried out already. Each owner is told of their own.',
  });
  const one: BoardSnapshot = { ...plan, decisions: decisions.slice(0, 1) };
  expect(channelContent(message('arising', { snapshot: one }, 'B08')).summary).toBe('1 decision is recorded.');
});

function without<T extends object, K extends keyof T>(from: T, name: K): T {
  const { [name]: _left, ...rest } = from;
  return rest as T;
}

test('a move names the old day and the new, a cancelled meeting its day', () => {
  const content = channelContent(message(moved));
  expect([content.title, content.summary]).toEqual([
    'The meeting has moved',
    expect.stringContaining('Wednesday 15 January 2025, 10 am'),
  ]);
  expect(content.parts).toEqual([{ kind: 'text', text: 'It was to be on Wednesday 22 January 2025, 10 am.' }]);
  const back = channelContent(message('notice:meeting:cancelled>2025-01-15T10:00'));
  expect([back.title, back.parts]).toEqual([
    'The meeting takes place after all',
    [{ kind: 'text', text: 'It had been cancelled.' }],
  ]);
  expect(channelContent(message(cancelled)).summary).toBe(
    'The meeting on Wednesday 15 January 2025 does not take place.',
  );
});

test('without a tab there is no link, without a meeting no date', () => {
  const bare = { ...message('digest'), snapshot: { ...plan, meetings: [] }, tabAddress: undefined };
  expect(channelContent(bare)).toMatchObject({ links: [], summary: 'No meeting is planned.' });
  expect(channelContent({ ...bare, step: moved }).summary).toBe('Its new date is on the board.');
  expect(channelContent({ ...bare, step: cancelled }).summary).toBe('The meeting does not take place.');
});
