// The sample's cycles played whole by the clock, with its own people, answers and dates: Christmas, half-term, close meetings.
import { calendarOf } from '../../bot/board/cycle';
import type { BoardSnapshot } from '../../bot/board/model';
import { resolvePolicy } from '../../bot/board/policy';
import { playedCycle, type Played } from '../fixtures/playedCycle';
import { sampleSnapshot } from '../fixtures/samplePlan';

/** Weeks are played wake by wake. */
jest.setTimeout(240_000);

const board = 'hertland';
const calendar = calendarOf(resolvePolicy(sampleSnapshot().policy).policy);

/** The sample as it was before anybody was asked for a meeting; its answers count from their day on. */
function before(meetingRef: string, over: Partial<BoardSnapshot> = {}): BoardSnapshot {
  const sample = sampleSnapshot();
  return { ...sample, requests: sample.requests.filter((one) => one.meetingRef !== meetingRef), ...over };
}

/** Day, hour and step with everybody for whom it was put into the ledger, in order of time. */
async function diary(played: Played, meetingRef: string): Promise<readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { step, personRef, plannedAt } of await played.ledger.entries(board, meetingRef)) {
    const key = `${calendar.on(plannedAt)} ${calendar.timeOf(plannedAt)} ${step}`;
    found.set(key, [...(found.get(key) ?? []), personRef]);
  }
  return [...found].map(([key, refs]) => `${key}: ${refs.sort().join(' ')}`).sort();
}

/** In winter the hours of the clock in London are those of Greenwich. */
const hours = [8, 9, 10, 14, 16];
const played = (meetingRef: string, from: string, over: Partial<BoardSnapshot> = {}): Played =>
  playedCycle({ [board]: before(meetingRef, over) }, `${from}T00:00:00.000Z`, hours);
const secretary = { personRef: 'P15', route: 'operator command' } as const;

test('B09 goes over Christmas by its stored dates, and whoever answered is reminded no more', async () => {
  const cycle = played('B09', '2024-12-19');
  await cycle.play('2025-01-16T20:00:00.000Z');
  expect(await diary(cycle, 'B09')).toEqual([
    '2024-12-20 09:00 request: P01 P02 P03 P04 P05 P07 P08 P09 P10 P11 P12 P14 P15',
    '2024-12-31 09:00 reminder: P01 P02 P03 P04 P05 P07 P08 P09 P10 P11 P12 P14 P15',
    '2025-01-03 09:00 final-reminder: P01 P02 P03 P04 P05 P07 P08 P09 P10 P11 P12 P14 P15',
    '2025-01-06 09:00 deadline-day: P01 P03 P04 P05 P07 P08 P09 P10 P11 P12 P15 P16 P17',
    '2025-01-07 10:00 escalation: P01 P02 P03 P05 P07 P08 P10 P11 P12 P15',
    '2025-01-08 08:00 papers: P15',
    '2025-01-08 14:00 papers-reminder: P01 P15',
    '2025-01-08 16:00 papers-last-call: P01 P15',
    '2025-01-10 09:00 briefing: P01',
    '2025-01-14 09:00 digest: P01 P02 P03 P04 P05 P06 P13 P14',
  ]);
  expect((await cycle.records.snapshot(board)).running?.cycles).toBeUndefined();
});

test('B09 leaves the quiet days of Christmas alone where the board has them, and asks before them', async () => {
  const sample = sampleSnapshot();
  const unstored = sample.meetings.map((one) => {
    const { updateRequestOn: _r, firstReminderOn: _f, ownersDeadlineOn: _o, papersDeadlineOn: _p, ...rest } = one;
    return one.ref === 'B09' ? rest : one;
  });
  const cycle = played('B09', '2024-12-09', { meetings: unstored, policy: {} });
  await cycle.play('2025-01-07T20:00:00.000Z');
  const steps = (await diary(cycle, 'B09')).map((one) => one.split(':', 2).join(':'));
  expect(steps).toEqual([
    '2024-12-16 09:00 request',
    '2024-12-23 09:00 reminder',
    '2025-01-03 09:00 final-reminder',
    '2025-01-06 09:00 deadline-day',
    '2025-01-07 10:00 escalation',
  ]);
});

test('B10 asks a body that is closed in half-term before it, and what falls in it waits for its people', async () => {
  const halfTerm = [{ fromOn: '2025-02-17', toOn: '2025-02-21' }];
  const sample = sampleSnapshot();
  const bodies = sample.bodies.map((one) => (one.name === 'Hertland ICB' ? { ...one, quietDays: halfTerm } : one));
  const cycle = played('B10', '2025-02-04', { bodies });
  await cycle.play('2025-02-21T20:00:00.000Z');
  const escalated = async () =>
    (await cycle.ledger.entries(board, 'B10')).filter((one) => one.step === 'escalation' && one.personRef === 'P03');
  expect(await escalated()).toMatchObject([{ state: 'planned' }]);
  await cycle.play('2025-02-27T20:00:00.000Z');
  expect(await escalated()).not.toMatchObject([{ state: 'planned' }]);
  const asked = await diary(cycle, 'B10');
  expect(asked.slice(0, 6)).toEqual([
    '2025-02-05 09:00 request: P01 P02 P03 P04 P05 P07 P08 P09 P10 P11 P12 P13 P14 P15',
    '2025-02-12 09:00 reminder: P01 P02 P03 P04 P05 P07 P08 P09 P10 P11 P12 P13 P14 P15',
    '2025-02-13 09:00 final-reminder: P03 P05 P09 P11',
    '2025-02-14 09:00 deadline-day: P03 P05 P09 P11',
    '2025-02-14 09:00 final-reminder: P01 P02 P04 P07 P08 P10 P12 P13 P14 P15',
    '2025-02-17 09:00 deadline-day: P01 P02 P04 P07 P08 P10 P12 P13 P14 P15 P16 P17 P18',
  ]);
  expect(asked.slice(7)).toEqual([
    '2025-02-19 08:00 papers: P15',
    '2025-02-19 14:00 papers-reminder: P01 P15',
    '2025-02-19 16:00 papers-last-call: P01 P15',
    '2025-02-21 09:00 briefing: P01',
    '2025-02-25 09:00 digest: P01 P02 P03 P04 P05 P06 P13 P14',
  ]);
  const due = (await cycle.records.snapshot(board)).requests.filter((one) => one.meetingRef === 'B10');
  const ofIcb = due.filter((one) => ['P03', 'P05', 'P09', 'P11'].includes(one.ownerRef));
  expect([...new Set(ofIcb.map((one) => one.dueOn))]).toEqual(['2025-02-14']);
  expect([...new Set(due.filter((one) => !ofIcb.includes(one)).map((one) => one.dueOn))]).toEqual(['2025-02-17']);
});

test('B11 comes so soon that the secretary confirms it first; one reminder falls away', async () => {
  const cycle = played('B11', '2025-03-04');
  await cycle.play('2025-03-06T12:00:00.000Z');
  expect(await diary(cycle, 'B11')).toEqual(['2025-03-05 09:00 notice:confirm:request: P15']);
  expect(await cycle.confirmCycle.confirm({ boardId: board, actor: secretary, nonce: 'c1' })).toMatchObject({
    kind: 'done',
  });
  await cycle.play('2025-03-27T20:00:00.000Z');
  const steps = (await diary(cycle, 'B11')).map((one) => one.replace(/: [P\d ]+$/u, ''));
  expect(steps).toEqual([
    '2025-03-05 09:00 notice:confirm:request',
    '2025-03-06 14:00 request',
    '2025-03-12 09:00 reminder',
    '2025-03-17 09:00 deadline-day',
    '2025-03-18 10:00 escalation',
    '2025-03-19 08:00 papers',
    '2025-03-19 14:00 papers-reminder',
    '2025-03-19 16:00 papers-last-call',
    '2025-03-21 09:00 briefing',
    '2025-03-25 09:00 digest',
  ]);
  expect((await cycle.records.snapshot(board)).running?.cycles).toMatchObject([{ unsent: [] }]);
});
