// One large board from snapshot to log: how long, whether time grows with the board alone, and beside a plain version.
import assert from 'node:assert/strict';
import { assess } from '../../../bot/board/assess';
import { canonicalJson } from '../../../bot/board/canonical';
import { compileLog, rebuildLog, type CompiledLog } from '../../../bot/board/log';
import type { BoardSnapshot } from '../../../bot/board/model';
import { logPaper, renderLogDocument } from '../../../bot/papers/logDocument';
import type { PaperFacts } from '../../../bot/papers/logWords';
import { processorMs, quantile, takeTurns, timesAsLong, type Contender, type Pace } from '../measure';
import type { Outcome, Suite } from '../report';
import { judgedAt, judgedFor, largeBoard, meetingBefore, type BoardSize } from './data/largeBoard';
import { judgePlainly, sameOf, type PlainJudgement } from './data/straightforward';

const whole: BoardSize = { actions: 10_000, updatesEach: 10, risks: 2_000, measures: 500 };
const kind = 'for the meeting';
const version = 'this tree';
/** No warm-up and one run a batch: each run takes seconds. */
const once = { batchMs: 0.001, warmUpMs: 0, nowMs: processorMs };

function share(size: BoardSize, part: number): BoardSize {
  const of = (count: number): number => Math.round(count * part);
  return { ...size, actions: of(size.actions), risks: of(size.risks), measures: of(size.measures) };
}

function compiled(snapshot: BoardSnapshot): CompiledLog {
  const assessment = assess(snapshot, { at: judgedAt, meetingRef: judgedFor });
  const previous = rebuildLog(snapshot, meetingBefore, kind);
  assert.ok(previous);
  return compileLog({ snapshot, assessment, kind, meetingRef: judgedFor, previous });
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1e6);
}

function heapMb(): number {
  global.gc?.();
  return megabytes(process.memoryUsage().heapUsed);
}

export const suite: Suite = {
  title: 'a board of 10,000 actions from snapshot to the canonical JSON of its log, in time of the processor',
  async run({ full }): Promise<Outcome> {
    const rounds = full ? 9 : 3;
    const emptyMb = heapMb();
    const snapshot = largeBoard(whole);
    const snapshotMb = heapMb() - emptyMb;
    const half = largeBoard(share(whole, 0.5));

    const pass = (name: string, board: BoardSnapshot): Contender => ({
      name,
      version,
      run: () => canonicalJson(compiled(board)),
    });
    const inTurn: Pace = { ...once, rounds, warmUpMs: 1 };
    const [ours, smaller] = takeTurns([pass('10,000 actions', snapshot), pass('5,000 actions', half)], inTurn);
    assert.ok(ours && smaller);
    const peakMb = megabytes(process.resourceUsage().maxRSS * 1024);
    const beforeMb = heapMb();
    const log = compiled(snapshot);
    const logMb = heapMb() - beforeMb;
    const json = canonicalJson(log);
    assert.equal(log.actions.length, whole.actions);

    const plain = besidePlain(full ? whole : share(whole, 0.3), full ? 3 : 1);
    const document = await documentOf(350, rounds);
    const largeDocument = await documentOf(1_000, rounds);

    const counts = { 'snapshot MB': snapshotMb, 'log MB': logMb, 'peak MB': peakMb, 'JSON MB': megabytes(json.length) };
    const growth = 1 / timesAsLong(smaller.samples, ours.samples);
    const unit = 'microseconds of processor time';
    return {
      ours: { ...ours, unit, counts },
      peers: [
        { ...smaller, unit, counts: {} },
        ...plain.figures.map((figures) => ({ ...figures, unit, counts: {} })),
        ...[document, largeDocument].map((one) => ({
          ...figuresOf(one.name, one.passedMs),
          unit: 'microseconds that pass',
          counts: {},
        })),
      ],
      ratios: {
        [smaller.name]: 1 / growth,
        ...Object.fromEntries(plain.figures.map((one) => [one.name, one.median / ours.median])),
      },
      targets: [
        { what: 'double the board takes at most 2.2 times as long', atMost: 2.2, measured: growth },
        { what: 'filtering for each action takes at least 10 times as long', atLeast: 10, measured: plain.ratio },
        {
          what: `a ${document.name} takes at most 2 seconds that pass`,
          atMost: 2,
          measured: quantile(document.passedMs, 0.5) / 1000,
        },
      ],
    };
  },
};

/** Both judge the same board; what the plain version works out must be the same, action by action. */
function besidePlain(size: BoardSize, rounds: number) {
  const board = largeBoard(size);
  let judged: readonly PlainJudgement[] = [];
  let judgedPlainly: readonly PlainJudgement[] = [];
  const actions = size.actions.toLocaleString('en-GB');
  const figures = takeTurns(
    [
      {
        name: `judgement of ${actions} actions, whole`,
        version,
        run: () => (judged = sameOf(assess(board, { at: judgedAt, meetingRef: judgedFor }))),
      },
      {
        name: `judgement of ${actions} actions, its core, filtering for each`,
        version,
        run: () => (judgedPlainly = judgePlainly(board, judgedAt, judgedFor)),
      },
    ],
    { ...once, rounds },
  );
  assert.equal(judged.length, size.actions);
  assert.deepEqual(judgedPlainly, judged);
  const [indexed, filtering] = figures;
  assert.ok(indexed && filtering);
  return { figures, ratio: timesAsLong(filtering.samples, indexed.samples) };
}

const facts: PaperFacts = { shortCode: 'M18-before, 4F2A', hash: '4f2a'.repeat(16), state: 'frozen' };

/** Milliseconds of each rendering, after one that is not counted; a log has about three rows for each action. */
async function documentOf(
  actions: number,
  rounds: number,
): Promise<{ readonly name: string; readonly passedMs: readonly number[] }> {
  const log = compiled(largeBoard({ actions, updatesEach: 10, risks: 60, measures: 40 }));
  const blocks = logPaper(log, facts).sections.flatMap((section) => section.blocks);
  const rows = blocks.reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length : 0), 0);
  assert.ok(log.actions.length === actions && rows >= 1_000);
  const passedMs: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    global.gc?.();
    const startedAt = performance.now();
    const bytes = await renderLogDocument(log, facts);
    if (round > 0) passedMs.push(performance.now() - startedAt);
    assert.ok(bytes.length > 10_000);
  }
  return { name: `Word document of ${rows.toLocaleString('en-GB')} rows`, passedMs };
}

function figuresOf(name: string, samplesMs: readonly number[]) {
  const samples = samplesMs.map((one) => one * 1000);
  return {
    name,
    version,
    median: quantile(samples, 0.5),
    lowerQuartile: quantile(samples, 0.25),
    upperQuartile: quantile(samples, 0.75),
    rounds: samples.length,
    times: 1,
    samples,
  };
}
