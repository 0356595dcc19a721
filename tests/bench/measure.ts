// Times contenders fairly: in turns within one run, in batches of like length, with medians and quartiles.

/** One way to do the work; `run` does it once and its result is kept, so that no compiler drops it. */
export interface Contender {
  readonly name: string;
  readonly version: string;
  run(): unknown;
}

/** Microseconds for doing the work once. */
export interface Figures {
  readonly name: string;
  readonly version: string;
  readonly unit: string;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly rounds: number;
  /** Times the work was done in each round. */
  readonly times: number;
  /** One figure a round, in order. */
  readonly samples: readonly number[];
  /** What can be counted beside the time: bytes, requests, rows. */
  readonly counts: Readonly<Record<string, number>>;
}

export interface Pace {
  readonly rounds: number;
  readonly batchMs: number;
  readonly warmUpMs: number;
  /** Time that passes unless the suite names another clock. */
  readonly nowMs?: () => number;
}

/** Time of the processors for this process, garbage collection on other threads included: a busy machine changes it little. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

let kept: unknown;
export function lastResult(): unknown {
  return kept;
}

/** Each round runs every contender once, the order turning by one a round, garbage collected before each batch. */
export function takeTurns(contenders: readonly Contender[], pace: Pace): readonly Omit<Figures, 'counts'>[] {
  const lanes = contenders.map((contender) => ({
    contender,
    times: calibrate(contender, pace),
    samples: [] as number[],
  }));
  for (let round = 0; round < pace.rounds; round += 1) {
    for (let turn = 0; turn < lanes.length; turn += 1) {
      const lane = lanes[(round + turn) % lanes.length];
      if (lane === undefined) continue;
      global.gc?.();
      lane.samples.push((batchMs(lane.contender, lane.times, pace) * 1000) / lane.times);
    }
  }
  return lanes.map(({ contender, times, samples }) => ({
    name: contender.name,
    version: contender.version,
    unit: 'microseconds',
    median: quantile(samples, 0.5),
    lowerQuartile: quantile(samples, 0.25),
    upperQuartile: quantile(samples, 0.75),
    rounds: pace.rounds,
    times,
    samples,
  }));
}

/** Warms up, then finds how often the work fits into a batch. */
function calibrate(contender: Contender, pace: Pace): number {
  let times = 1;
  let spentMs = 0;
  let last = 0;
  while (spentMs < pace.warmUpMs) {
    last = batchMs(contender, times, pace);
    spentMs += last;
    if (last < pace.batchMs / 2) times *= 2;
  }
  return Math.max(1, Math.round((times * pace.batchMs) / Math.max(last, 0.001)));
}

function batchMs(contender: Contender, times: number, pace: Pace): number {
  const nowMs = pace.nowMs ?? (() => performance.now());
  const startedAt = nowMs();
  for (let at = 0; at < times; at += 1) kept = contender.run();
  return nowMs() - startedAt;
}

/** Linear between neighbours; NaN for no values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** How many times as long the peer takes: the median of the rounds' ratios, each from neighbours in time. */
export function timesAsLong(peer: readonly number[], ours: readonly number[]): number {
  return quantile(
    peer.map((value, round) => value / (ours[round] ?? Number.NaN)),
    0.5,
  );
}
