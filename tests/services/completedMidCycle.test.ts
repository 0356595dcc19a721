// An action completed in mid-cycle: its request closes, nobody is reminded of it, and only its effect is asked for later.
import { expect, test } from '@jest/globals';
import { assess } from '../../bot/board/assess';
import { itemsByPerson } from '../../bot/board/ownerItems';
import { createRunCycle } from '../../bot/services/runCycle';
import { createUpdateItem } from '../../bot/services/updateItem';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import {
  createFixedClock,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';
import { ownerListCard, ownerView } from '../../bot/cards/ownerView';
import { textOf } from '../cards/checkCard';
import { anAction, aQuietBoard, aRequest } from '../fixtures/builders';
import { board, deadlineDayAt, reminderAt } from '../fixtures/reminders';

const boardId = 'northam';
const completedAt = '2025-06-10T10:00:00.000Z';

/** P1 owns A1.01 alone, asked for M4 on 4 June; the owners' deadline is 16 June. */
function office() {
  const meetings = aQuietBoard().meetings.flatMap((one) =>
    one.ref === 'M4' ? [one, { ...one, ref: 'M5', on: '2025-09-17' }] : [one],
  );
  const records = createMemoryRecords({
    [boardId]: board({
      meetings,
      actions: [anAction(), anAction({ ref: 'A1.02', ownerRef: 'P3' })],
      requests: [aRequest(), aRequest({ subjectRef: 'A1.02', ownerRef: 'P3' })],
      risks: [],
      mitigations: [],
      decisions: [],
    }),
  });
  const clock = createFixedClock(completedAt);
  const logger = createMemoryLogger();
  const updateItem = createUpdateItem({ records, operations: createMemoryOperations(), clock, logger });
  const runCycle = createRunCycle({ records, ledger: createMemoryLedger(), clock, logger });
  return {
    now: () => records.snapshot(boardId),
    answer: (nonce: string, percentComplete: number, more: object) =>
      updateItem.answer({
        boardId,
        actor: { personRef: 'P1', route: 'chat card' },
        nonce,
        answer: { kind: 'action', ref: 'A1.01', percentComplete, ...more },
      }),
    remindedOf: async (at: string, meetingRef = 'M4') => {
      clock.set(at);
      const plan = await runCycle.plan(boardId, meetingRef);
      return plan.messages.flatMap((one) => one.subjectRefs);
    },
    cardOf: async (at: string) => {
      const snapshot = await records.snapshot(boardId);
      const assessment = assess(snapshot, { at, meetingRef: 'M4' });
      return textOf(ownerListCard(ownerView({ boardId, snapshot, assessment, personRef: 'P1' })));
    },
    itemOf: async (at: string, meetingRef = 'M4') => {
      const snapshot = await records.snapshot(boardId);
      return itemsByPerson(snapshot, assess(snapshot, { at, meetingRef }))('P1').find((one) => one.ref === 'A1.01');
    },
  };
}

test('is asked for before, and not after', async () => {
  const open = office();
  expect(await open.remindedOf(reminderAt)).toEqual(expect.arrayContaining(['A1.01', 'A1.02']));
  const it = office();
  const narrative = 'The standard is published.';
  expect((await it.answer('nonce-done', 100, { deliveryStatus: 'complete', narrative })).kind).toBe('saved');
  const now = await it.now();
  expect(now.actions[0]).toMatchObject({ deliveryStatus: 'complete', completedOn: '2025-06-10' });
  expect(now.requests[0]).toMatchObject({ state: 'answered', answeredByRef: 'P1' });
  for (const at of [reminderAt, deadlineDayAt]) {
    const refs = await it.remindedOf(at);
    expect(refs).toContain('A1.02');
    expect(refs).not.toContain('A1.01');
  }
  expect(await it.itemOf(reminderAt)).toMatchObject({
    ...{ answered: true, claimed: 'complete', computed: 'complete' },
    reason: expect.stringMatching(/^Done on Tuesday 10 June 2025; the record does not yet show/) as unknown,
  });
  expect(await it.cardOf(reminderAt)).toMatch(/A1\.01[^]*Complete/);
});

test('is asked for its effect alone in the next cycle, once', async () => {
  const it = office();
  await it.answer('nonce-done', 100, { deliveryStatus: 'complete', narrative: 'The standard is published.' });
  const [request, reminder] = ['2025-08-27T08:00:00.000Z', '2025-09-03T08:00:00.000Z'];
  expect(await it.remindedOf(request, 'M5')).toContain('A1.01');
  expect((await it.itemOf(request, 'M5'))?.reason).toContain('what is different for children and families');
  const effect = 'Families say that plans now come in time.';
  expect((await it.answer('nonce-effect', 100, { effect })).kind).toBe('saved');
  expect(await it.remindedOf(reminder, 'M5')).not.toContain('A1.01');
});
