// The plan in time: what is drawn of the sample's actions, in which span, and for whom.
import { timelineResponse } from '../../bot/api/contract';
import type { BoardSnapshot } from '../../bot/board/model';
import { createViewBoard } from '../../bot/services/viewBoard';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLibrary, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const id = 'hertland-send';
const sample = sampleSnapshot();

function views(change: (board: BoardSnapshot) => BoardSnapshot = (one) => one) {
  return createViewBoard({
    records: createMemoryRecords({ [id]: change(sample) }),
    ledger: createMemoryLedger(),
    library: createMemoryLibrary(),
    clock: createFixedClock('2025-01-06T17:30:00.000Z'),
  });
}
const as = (ref: string) => ({ entraObjectId: sample.people.find((one) => one.ref === ref)?.entraObjectId ?? 'none' });
const timeline = async (change?: (board: BoardSnapshot) => BoardSnapshot, who = 'P01') =>
  timelineResponse.parse(JSON.parse(JSON.stringify(await views(change).timeline(as(who)))));
const planOf = async (ref: string, change?: (board: BoardSnapshot) => BoardSnapshot) =>
  (await timeline(change)).areas.flatMap((one) => one.plans).find((one) => one.ref === ref);

test('holds every action once, under its area in the order of the board, by start', async () => {
  const { areas, elsewhere } = await timeline();
  expect(areas.map((one) => one.ref)).toEqual(sample.areas.map((one) => one.ref));
  const refs = areas.flatMap((one) => one.plans.map((plan) => plan.ref));
  expect([...refs].sort()).toEqual(sample.actions.map((one) => one.ref).sort());
  const starts = areas[0]?.plans.map((one) => one.startOn ?? one.dueOn ?? '') ?? [];
  expect(starts).toEqual([...starts].sort());
  expect(elsewhere).toEqual([]);
});

test('spans whole months around every date that is drawn', async () => {
  const { fromOn, toOn, areas, today, aim, meetings } = await timeline();
  const dates = areas.flatMap((one) => one.plans).flatMap((one) => [one.startOn, one.dueOn, one.forecastOn]);
  const known = dates.filter((one) => one !== undefined).sort();
  expect(fromOn.slice(8)).toBe('01');
  expect([fromOn <= (known[0] ?? ''), (known.at(-1) ?? '') <= toOn]).toEqual([true, true]);
  expect(today).toEqual({ on: '2025-01-06', words: 'Monday 6 January 2025' });
  expect(aim?.on).toBe('2025-01-31');
  expect(meetings.map((one) => one.on)).toEqual(meetings.map((one) => one.on).sort());
});

test('shows the dates an action had, the one it has, the forecast, and which milestones are late', async () => {
  expect(await planOf('APA1.04')).toMatchObject({
    earlierDueOn: ['2024-09-30'],
    dueOn: '2024-11-29',
    forecastOn: '2025-02-28',
    milestones: [
      { title: 'Template tested in two localities', completedOn: expect.any(String), late: true },
      { title: 'All six published', late: true },
    ],
  });
});

test('shows a date that was asked for apart from the one that stands', async () => {
  const asked = sample.dateChanges.find((one) => one.decision === 'pending');
  const plan = await planOf(asked?.actionRef ?? '', (board) => ({
    ...board,
    dateChanges: board.dateChanges.map((one) => (one.ref === asked?.ref ? { ...one, subjectRef: one.actionRef } : one)),
  }));
  expect([plan?.dueOn, plan?.askedDueOn]).toEqual([asked?.fromOn, asked?.toOn]);
});

test('leaves the forecast of a complete action out', async () => {
  const done = (await timeline()).areas.flatMap((one) => one.plans).filter((one) => one.completedOn !== undefined);
  expect(done.length).toBeGreaterThan(0);
  expect(done.map((one) => one.forecastOn)).toEqual(done.map(() => undefined));
});

test('keeps actions whose area the board does not list', async () => {
  const { areas, elsewhere } = await timeline((board) => ({
    ...board,
    areas: board.areas.filter((one) => one.ref !== 'APA1'),
  }));
  expect(areas.map((one) => one.ref)).not.toContain('APA1');
  expect(elsewhere.map((one) => one.ref)).toContain('APA1.04');
});

test('of a board without actions spans the month of today', async () => {
  const shown = await timeline((board) => ({
    ...board,
    facts: { ...board.facts, actionsAimOn: '2025-01-31' },
    actions: [],
    milestones: [],
  }));
  expect([shown.fromOn, shown.toOn]).toEqual(['2025-01-01', '2025-01-31']);
});

test('one action has its own span, and none without a date', async () => {
  const one = await views().action(as('P10'), 'APA1.04');
  expect(one.plan).toMatchObject({ todayOn: '2025-01-06', toOn: '2025-02-28', plan: { ref: 'APA1.04' } });
  const undated = await views((board) => ({
    ...board,
    milestones: [],
    dateChanges: [],
    actions: board.actions.map(
      ({ startOn: _s, dueOn: _d, originalDueOn: _o, forecastOn: _f, completedOn: _c, ...rest }) => rest,
    ),
  })).action(as('P01'), 'APA1.04');
  expect(undated.plan).toBeUndefined();
});

test('is not for advisers, like the actions', async () => {
  const change = (board: BoardSnapshot): BoardSnapshot => ({
    ...board,
    people: board.people.map((one) => (one.ref === 'X01' ? { ...one, entraObjectId: 'guest' } : one)),
  });
  await expect(views(change).timeline({ entraObjectId: 'guest' })).rejects.toMatchObject({ kind: 'notAuthorised' });
});
