// Senders killed at every labelled step, instances killed every second, and a channel that fails in every way it can:
// who got a message twice, who is lost from sight, and how long a restart takes.
import type { Fault } from '../../fixtures/connector/faults';
import { mostWithin } from '../../fixtures/connector/limits';
import {
  besiege,
  crashAt,
  judge,
  severalAtOnce,
  startGround,
  type Crashed,
  type Verdict,
} from '../../fixtures/crash/crash';
import { keepConversations, runOnce } from '../../fixtures/crash/deliveryRun';
import { allLabels, crashPoints, everyFault } from '../../fixtures/crash/points';
import { thisTree } from '../contenders';
import type { Figures } from '../measure';
import type { Outcome, Suite, Target } from '../report';
import { figuresOf } from '../workers';

const atOnce = 4;
/** Longer than one request may take. */
const stall: Fault = { kind: 'stall', ms: 30_000, commit: true };

type Start = Awaited<ReturnType<typeof startGround>>;

interface Faulty {
  readonly name: string;
  readonly ms: number;
  readonly verdict: Verdict;
}

export const suite: Suite = {
  title: 'senders killed at every step, over a channel with faults: who got two, who got lost',
  async run({ full }): Promise<Outcome> {
    const seed = Number(process.env['CRASH_SEED'] ?? Date.now() % 1_000_000);
    console.log(`Seed ${seed}; CRASH_SEED=${seed} has the same points again.`);
    const start = await startGround();
    const { ground, faults } = start;
    try {
      const points = crashPoints(full ? 1000 : 200, seed);
      const crashed = await severalAtOnce(points, atOnce, async (point) => crashAt(ground, faults, point));
      const siege = await besiege(ground, faults, {
        boardId: 'siege',
        owners: full ? 1200 : 400,
        instances: 3,
        seconds: full ? 60 : 20,
        seed,
      });
      const faulty = await everyFaultOnce(start, full ? 60 : 20);
      tellWrongs([
        ...crashed.map((one) => ({ name: one.point.boardId, verdict: one.verdict })),
        { name: 'siege', ...siege },
        ...faulty,
      ]);
      return {
        ours: byLabel('all points', crashed),
        peers: allLabels.map((label) =>
          byLabel(
            label,
            crashed.filter((one) => one.point.label === label),
          ),
        ),
        ratios: {},
        targets: [
          {
            what: `senders killed, of ${points.length}`,
            atLeast: points.length,
            measured: crashed.filter((one) => one.killed).length,
          },
          ...wrongs(
            'after a kill',
            crashed.map((one) => one.verdict),
          ),
          {
            what: 'slowest restart until nothing was left to send, ms',
            atMost: 5000,
            measured: Math.max(...crashed.map((one) => one.drainedMs)),
          },
          { what: 'three instances, kills', atLeast: full ? 55 : 17, measured: siege.kills },
          ...wrongs('three instances', [siege.verdict]),
          ...wrongs(
            'faults of the channel',
            faulty.map((one) => one.verdict),
          ),
          { what: 'messages tried again before their Retry-After', atMost: 0, measured: ground.connector.early.length },
          { what: 'requests that are not of the protocol', atMost: 0, measured: ground.connector.malformed.length },
          {
            what: 'requests over the limits of one conversation',
            atMost: 0,
            measured: ground.connector.limited.conversation,
          },
          { what: 'most requests in any second', atMost: 50, measured: mostWithin(ground.connector.arrivals, 1000) },
        ],
      };
    } finally {
      await start.close();
    }
  },
};

function wrongs(where: string, verdicts: readonly Verdict[]): readonly Target[] {
  const sum = (of: (verdict: Verdict) => readonly string[]): number =>
    verdicts.reduce((total, verdict) => total + of(verdict).length, 0);
  return [
    { what: `${where}: messages sent twice`, atMost: 0, measured: sum((one) => one.twice) },
    { what: `${where}: people lost from sight`, atMost: 0, measured: sum((one) => one.lost) },
    { what: `${where}: states that are not true`, atMost: 0, measured: sum((one) => one.untrue) },
    { what: `${where}: uncertain and not listed`, atMost: 0, measured: sum((one) => one.unlisted) },
    { what: `${where}: left open`, atMost: 0, measured: sum((one) => one.open) },
  ];
}

function tellWrongs(all: readonly { readonly name: string; readonly verdict: Verdict }[]): void {
  for (const { name, verdict } of all) {
    const { states, ...lists } = verdict;
    for (const [what, names] of Object.entries(lists))
      if (names.length > 0) console.log(`${name}: ${what}: ${names.join(', ')}`, states);
  }
}

/** Time of the restarts, and what became of the messages. */
function byLabel(name: string, crashed: readonly Crashed[]): Figures {
  const counts: Record<string, number> = { kills: crashed.length, sent: 0, uncertain: 0, failed: 0 };
  for (const { verdict } of crashed)
    for (const [state, number] of Object.entries(verdict.states)) counts[state] = (counts[state] ?? 0) + number;
  return figuresOf(
    name,
    thisTree,
    crashed.map((one) => one.drainedMs),
    counts,
  );
}

/** Each fault at the first attempt of every message of a board; then a storm of 429, in seconds and in dates. */
async function everyFaultOnce({ ground, db, faults }: Start, stormSeconds: number): Promise<readonly Faulty[]> {
  const kinds = [...everyFault.definite, ...everyFault.ambiguous, ...everyFault.passing, stall];
  const boards = kinds.map((fault) => ({
    name: JSON.stringify(fault),
    fault: (attempt: number) => (attempt === 1 ? fault : undefined),
  }));
  let stormEndsAt = Number.POSITIVE_INFINITY;
  const storm = (attempt: number): Fault | undefined => {
    if (performance.now() > stormEndsAt) return undefined;
    return { kind: 'status', status: 429, retryAfter: attempt % 2 === 0 ? 5 : { dateInSeconds: 5 } };
  };
  const one = async ({ name, fault }: (typeof boards)[number], number: number): Promise<Faulty> => {
    const run = { db, boardId: `fault-${number}`, port: ground.connector.port, owners: 4 };
    await keepConversations(run);
    faults.set(run.boardId, ({ attempt }) => fault(attempt));
    const startedAt = performance.now();
    await runOnce(run);
    return { name, ms: performance.now() - startedAt, verdict: await judge(db, ground.connector, run) };
  };
  const each = await severalAtOnce([...boards.entries()], 3, async ([number, board]) => one(board, number));
  stormEndsAt = performance.now() + stormSeconds * 1000;
  return [...each, await one({ name: `429 for ${stormSeconds} s`, fault: storm }, kinds.length)];
}
