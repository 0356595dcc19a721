// Two years of a large board in minutes: 24 cycles of 500 owners through the real planning, sending and database, the clock
// moved on; whether anybody gets a message twice or none, and whether memory or open handles grow.
import { createDeliver } from '../../../bot/services/deliver';
import { createPace } from '../../../bot/services/pace';
import { createPlaces } from '../../../bot/services/places';
import type { BoardRecords, Messenger } from '../../../bot/services/ports';
import { createRunCycle } from '../../../bot/services/runCycle';
import { createClaims } from '../../../bot/storage/claims';
import { createConversations } from '../../../bot/storage/conversations';
import { createLedger } from '../../../bot/storage/outbox';
import { createSendPlaces } from '../../../bot/storage/sendPlaces';
import type { BoardSnapshot } from '../../../bot/board/model';
import { aPerson, aQuietBoard, anAction } from '../../fixtures/builders';
import { openTestDatabase } from '../../fixtures/databases';
import { createTestTime } from '../../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../../fixtures/memoryPorts';
import { thisTree } from '../contenders';
import type { Outcome, Suite } from '../report';
import { figuresOf } from '../workers';

const cycles = 24;
const owners = 500;
const boardId = 'soak';
/** From one meeting to the next: four weeks, so that weekdays stay. */
const cycleDays = 28;
const firstWakeAt = '2025-06-11T09:00:00.000Z';
/** Days after the first wake of a cycle on which the service wakes; twice on the first, when everything has been sent. */
const wakeDays = [0, 0, 1];
/** Memory is compared from here on: caches are warm. */
const settledCycle = 4;

interface Cycle {
  readonly number: number;
  readonly ms: number;
  readonly heapBytes: number;
  readonly handles: number;
  readonly sent: number;
  readonly twice: number;
  /** Owners without the message that says what is asked of them. */
  readonly without: number;
}

export const suite: Suite = {
  title: `${cycles} cycles of ${owners} owners, the clock moved on: messages twice or missing, memory, open handles`,
  async run({ full }): Promise<Outcome> {
    const all = await soak(full ? 4 * owners : owners);
    const sum = (of: (one: Cycle) => number): number => all.reduce((total, one) => total + of(one), 0);
    const [settled, last] = [at(all, settledCycle), at(all, cycles)];
    return {
      ours: figuresOf(
        'this tree',
        thisTree,
        all.map((one) => one.ms),
        {
          messages: sum((one) => one.sent),
          'heap MB settled': megabytes(settled.heapBytes),
          'heap MB at the end': megabytes(last.heapBytes),
          handles: last.handles,
          'resident MB': megabytes(process.memoryUsage().rss),
        },
      ),
      peers: [],
      ratios: {},
      targets: [
        { what: 'cycles played', atLeast: cycles, measured: all.length },
        { what: 'messages that somebody got twice', atMost: 0, measured: sum((one) => one.twice) },
        { what: 'owners who were not asked', atMost: 0, measured: sum((one) => one.without) },
        {
          what: `heap after cycle ${cycles}, of that after cycle ${settledCycle}, %`,
          atMost: 105,
          measured: (last.heapBytes * 100) / settled.heapBytes,
        },
        {
          what: `open handles after cycle ${cycles}, more than after cycle ${settledCycle}`,
          atMost: 0,
          measured: last.handles - settled.handles,
        },
      ],
    };
  },
};

async function soak(count: number): Promise<readonly Cycle[]> {
  const { db, remove } = await openTestDatabase('embedded');
  try {
    const refs = Array.from({ length: count }, (_, number) => `P${number + 20}`);
    const conversations = createConversations(db);
    for (const ref of refs) await conversations.keep({ entraObjectId: idOf(ref), reference: { of: ref } });
    const clock = createFixedClock(firstWakeAt);
    const time = createTestTime();
    const got = new Map<string, number>();
    /** What the service reads; a new list each cycle, as a new reading of SharePoint would be. */
    let records = createMemoryRecords({ [boardId]: boardIn(0, refs) });
    const current: BoardRecords = new Proxy(records, {
      get: (_, name) => Reflect.get(records, name) as unknown,
    });
    // What is logged is not kept: a log in memory would grow by itself.
    const quiet = { ...createMemoryLogger(), debug: nothing, info: nothing, warn: nothing, error: nothing };
    const ports = { records: current, ledger: createLedger(db), clock, logger: quiet };
    const messenger: Messenger = {
      send: async (conversation, { summary }, departure) => {
        await departure?.();
        const to = 'channelId' in conversation ? conversation.channelId : conversation.entraObjectId;
        const message = `${to} ${summary}`;
        got.set(message, (got.get(message) ?? 0) + 1);
        return { kind: 'delivered', activityId: message };
      },
    };
    const cycle = createRunCycle(ports);
    const deliver = createDeliver({
      ...ports,
      messenger,
      conversations,
      cards: ({ personRef, step }) => ({ card: { type: 'AdaptiveCard' }, summary: `${step} ${personRef}` }),
      pace: createPace(createPlaces(createSendPlaces(db, 'tenant')), time),
      claims: createClaims(db),
      time,
    });
    const played: Cycle[] = [];
    for (let number = 1; number <= cycles; number += 1) {
      const startedMs = performance.now();
      got.clear();
      records = createMemoryRecords({ [boardId]: boardIn(number, refs) });
      for (const days of wakeDays) {
        clock.set(shifted(firstWakeAt, number * cycleDays + days));
        await cycle.remind(boardId);
        await deliver.drain(boardId);
      }
      const asked = new Set([...got.keys()].map((one) => one.split(' ')[0]));
      played.push({
        number,
        ms: performance.now() - startedMs,
        heapBytes: heapBytes(),
        handles: process.getActiveResourcesInfo().filter((one) => one !== 'Immediate').length,
        sent: [...got.values()].reduce((total, times) => total + times, 0),
        twice: [...got.values()].filter((times) => times > 1).length,
        without: refs.filter((ref) => !asked.has(idOf(ref))).length,
      });
    }
    return played;
  } finally {
    await remove();
  }
}

const idOf = (ref: string): string => `id-${ref}`;
const nothing = (): void => undefined;

/** The same board so many cycles later: every date moved on, the meeting ahead another one. */
function boardIn(number: number, refs: readonly string[]): BoardSnapshot {
  const quiet = aQuietBoard();
  const people = refs.map((ref) =>
    aPerson({ ref, name: ref, entraObjectId: idOf(ref), deputyRefs: [], external: false }),
  );
  const board: BoardSnapshot = {
    ...quiet,
    people: [...quiet.people, ...people],
    actions: refs.map((ownerRef) => anAction({ ref: `A1.${ownerRef}`, ownerRef })),
    measures: [],
    requests: [],
    updates: [],
  };
  const moved = JSON.stringify(board)
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (date) => shifted(`${date}T00:00:00.000Z`, number * cycleDays).slice(0, 10))
    .replaceAll('"M4"', `"M4.${number}"`);
  return JSON.parse(moved) as BoardSnapshot;
}

function shifted(at: string, days: number): string {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString();
}

function heapBytes(): number {
  if (globalThis.gc === undefined) throw new TypeError('Run with --expose-gc.');
  for (let turn = 0; turn < 3; turn += 1) globalThis.gc();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 104_857.6) / 10;
}

function at(all: readonly Cycle[], number: number): Cycle {
  const one = all[number - 1];
  if (one === undefined) throw new RangeError(`There is no cycle ${number}.`);
  return one;
}
