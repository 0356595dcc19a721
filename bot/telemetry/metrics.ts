// Figures made of lines of the log: each event that an operator watches counts into an instrument; nobody is named in any.
import type { Attributes, Histogram, Meter } from '@opentelemetry/api';
import { ofBoard, ofGraphCall, ofRequest, statusCode, statusOf } from './lineAttributes';
import type { HeardFacts, Level } from './listen';

/** Upper bounds in seconds; those of HTTP are OpenTelemetry's own advice for it. */
const httpSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const wakeSeconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];

/** What became of messages, as `delivery.drained` counts them. */
const outcomes = ['sent', 'failed', 'uncertain', 'unreachable', 'cancelled'] as const;
/** A queue that was not counted for so long is another instance's to tell of. */
const queueHoldsMs = 5 * 60_000;

interface Queue {
  readonly count: number;
  readonly oldestMs: number;
  readonly atMs: number;
}

/** Docs: docs/operations.md lists every instrument; a test compares. `nowMs` is replaced in tests. */
export function createMetrics(
  meter: Meter,
  nowMs: () => number = () => performance.now(),
): (level: Level, event: string, facts: HeardFacts) => void {
  const seconds = (name: string, description: string, bounds: readonly number[]): Histogram =>
    meter.createHistogram(name, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: [...bounds] },
    });
  const counter = (name: string, description: string, unit: string) =>
    meter.createCounter(`board_assistant.${name}`, { description, unit });

  const requests = seconds('http.server.request.duration', 'Requests to the service.', httpSeconds);
  const calls = seconds('http.client.request.duration', 'Round trips to Microsoft Graph.', httpSeconds);
  const units = counter('graph.units', 'Resource units of SharePoint that were used.', '{unit}');
  const throttled = counter('graph.throttled', 'Answers of Graph that asked to wait.', '{answer}');
  const waited = counter('graph.retry.wait', 'Waiting before another try.', 's');
  const messages = counter('delivery.messages', 'Messages by what became of them.', '{message}');
  const readings = counter('board.readings', 'Readings of a board from SharePoint.', '{reading}');
  const missed = counter('cycle.steps.missed', 'Steps of a cycle that went to nobody in time.', '{step}');
  const errors = counter('errors', 'Lines of level 50: what a person has to mend.', '{line}');
  const wakes = seconds('board_assistant.scheduler.wake.duration', 'Wakes of a board by the scheduler.', wakeSeconds);
  const late = seconds('board_assistant.scheduler.wake.lateness', 'From the minute due to the wake.', wakeSeconds);

  const readAtMs = new Map<string, number>();
  meter
    .createObservableGauge('board_assistant.board.age', { description: 'Since the last reading began.', unit: 's' })
    .addCallback((result) => {
      for (const [boardId, atMs] of readAtMs) result.observe((nowMs() - atMs) / 1000, ofBoard(boardId));
    });
  const queues = new Map<string, Queue>();
  const observeQueues = (name: string, description: string, unit: string, figure: (queue: Queue) => number): void => {
    meter.createObservableGauge(`board_assistant.${name}`, { description, unit }).addCallback((result) => {
      for (const [boardId, queue] of queues)
        if (nowMs() - queue.atMs < queueHoldsMs) result.observe(figure(queue), ofBoard(boardId));
    });
  };
  observeQueues('delivery.queue.size', 'Messages that have not left yet.', '{message}', (queue) => queue.count);
  observeQueues('delivery.queue.age', 'The longest wait of a message that might leave.', 's', (queue) =>
    queue.count === 0 || queue.oldestMs === 0 ? 0 : (queue.oldestMs + nowMs() - queue.atMs) / 1000,
  );

  const on: Readonly<Record<string, (facts: HeardFacts) => void>> = {
    'api.answered': (facts) => record(requests, facts, 'tookMs', ofRequest(facts)),
    'graph.answered': called,
    'graph.notAnswered': called,
    'graph.retry': retried,
    'graph.retryParts': retried,
    'board.read'(facts) {
      const boardId = String(facts['boardId']);
      readAtMs.set(boardId, nowMs() - (figure(facts, 'tookMs') ?? 0));
      readings.add(1, { ...ofBoard(boardId), outcome: 'read' });
    },
    'board.notRead'(facts) {
      readings.add(1, { ...ofBoard(facts['boardId']), outcome: 'not-read' });
    },
    'delivery.drained'(facts) {
      for (const outcome of outcomes)
        messages.add(figure(facts, outcome) ?? 0, { ...ofBoard(facts['boardId']), outcome });
      const [count, oldestMs] = [figure(facts, 'queued'), figure(facts, 'oldestMs')];
      if (count !== undefined && oldestMs !== undefined)
        queues.set(String(facts['boardId']), { count, oldestMs, atMs: nowMs() });
    },
    'cycle.stepsMissed'(facts) {
      missed.add(String(facts['steps']).split(' ').length, ofBoard(facts['boardId']));
    },
    'scheduler.woke': (facts) => woke(facts, 'done'),
    'scheduler.failed': (facts) => woke(facts, 'failed'),
  };

  function called(facts: HeardFacts): void {
    record(calls, facts, 'tookMs', ofGraphCall(facts));
    units.add(figure(facts, 'units') ?? 0);
  }

  function retried(facts: HeardFacts): void {
    const status = statusOf(facts);
    if (status === 429 || status === 503) throttled.add(1, { [statusCode]: status });
    waited.add((figure(facts, 'waitMs') ?? 0) / 1000);
  }

  function woke(facts: HeardFacts, outcome: 'done' | 'failed'): void {
    record(wakes, facts, 'tookMs', { ...ofBoard(facts['boardId']), outcome });
    record(late, facts, 'lateMs', ofBoard(facts['boardId']));
  }

  return (level, event, facts) => {
    if (level === 'error') errors.add(1, { event });
    on[event]?.(facts);
  };
}

function figure(facts: HeardFacts, name: string): number | undefined {
  const value = facts[name];
  return typeof value === 'number' ? value : undefined;
}

/** Milliseconds of the log are seconds of the conventions. */
function record(histogram: Histogram, facts: HeardFacts, name: string, attributes: Attributes): void {
  const ms = figure(facts, name);
  if (ms !== undefined) histogram.record(ms / 1000, attributes);
}
