// Spans made of lines that say how long something took: requests and wakes as roots, calls to Graph and readings under them.
import type { Attributes, SpanContext } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { correlationId } from '../logger';
import { ofBoard, ofGraphCall, ofRequest, statusOf } from './lineAttributes';
import type { HeardFacts } from './listen';
import type { Sdk } from './load';

export interface SpanSettings {
  readonly resource: Resource;
  readonly exporters: readonly SpanExporter[];
  readonly ratio: number;
}

export interface Spans {
  /** A line that stands for a span becomes one, ended now. */
  hear(event: string, facts: HeardFacts): void;
  /** The trace of what is under way; undefined where there is none, or where it is not among those that are kept. */
  traceIdOf(correlation: string | undefined): string | undefined;
  end(): Promise<void>;
}

interface Told {
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  /** Begins the trace; others stand under the root of what is under way. */
  readonly isRoot: boolean;
  readonly failed: boolean;
  readonly attributes: Attributes;
}

/**
 * The trace of a request or wake is its correlation id without hyphens, so that log and trace are found by each other. Nobody
 * outside gives it: a traceparent that comes in is not read, and none is sent to Graph.
 */
export function createSpans(sdk: Sdk, { resource, exporters, ratio }: SpanSettings): Spans {
  const { api, trace } = sdk;
  const sampler = new trace.TraceIdRatioBasedSampler(ratio);
  const random = new trace.RandomIdGenerator();
  let root: Pick<SpanContext, 'traceId' | 'spanId'> | undefined;
  const provider = new trace.BasicTracerProvider({
    resource,
    sampler,
    idGenerator: {
      generateTraceId: () => root?.traceId ?? random.generateTraceId(),
      generateSpanId: () => root?.spanId ?? random.generateSpanId(),
    },
    spanProcessors: exporters.map((exporter) => new trace.BatchSpanProcessor(exporter)),
  });
  const tracer = provider.getTracer('board-assistant');
  const kinds = { server: api.SpanKind.SERVER, client: api.SpanKind.CLIENT, internal: api.SpanKind.INTERNAL };

  function make(told: Told, tookMs: number): void {
    const of = rootOf(correlationId());
    const endMs = Date.now();
    const options = { kind: kinds[told.kind], startTime: endMs - tookMs, attributes: told.attributes };
    const parent =
      of === undefined || told.isRoot
        ? api.ROOT_CONTEXT
        : api.trace.setSpanContext(api.ROOT_CONTEXT, { ...of, traceFlags: api.TraceFlags.SAMPLED });
    root = told.isRoot ? of : undefined;
    const span = tracer.startSpan(told.name, options, parent);
    root = undefined;
    if (told.failed) span.setStatus({ code: api.SpanStatusCode.ERROR });
    span.end(endMs);
  }

  return {
    hear(event, facts) {
      const told = spanOf(event, facts);
      if (told !== undefined && typeof facts['tookMs'] === 'number') make(told, facts['tookMs']);
    },
    traceIdOf(correlation) {
      const traceId = rootOf(correlation)?.traceId;
      if (traceId === undefined) return undefined;
      const { decision } = sampler.shouldSample(api.ROOT_CONTEXT, traceId);
      return decision === trace.SamplingDecision.NOT_RECORD ? undefined : traceId;
    },
    end: () => provider.shutdown(),
  };
}

/** The ids of the root span of what has this correlation id; undefined when no UUID is in it. */
function rootOf(correlation: string | undefined): Pick<SpanContext, 'traceId' | 'spanId'> | undefined {
  const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(correlation ?? '')?.[0];
  if (uuid === undefined) return undefined;
  const traceId = uuid.replaceAll('-', '');
  // The second half of a UUID begins with its variant and so is never zero, which a span id must not be.
  return { traceId, spanId: traceId.slice(16) };
}

/** The line as a span; undefined for lines that are none. */
function spanOf(event: string, facts: HeardFacts): Told | undefined {
  const method = facts['method'];
  const status = statusOf(facts);
  switch (event) {
    case 'api.answered':
      return {
        name: `${method} ${facts['route']}`,
        kind: 'server',
        isRoot: true,
        failed: (status ?? 0) >= 500,
        attributes: ofRequest(facts),
      };
    case 'graph.answered':
    case 'graph.notAnswered':
      return {
        name: `${method} ${facts['path']}`,
        kind: 'client',
        isRoot: false,
        failed: status === undefined || status >= 400,
        attributes: {
          ...ofGraphCall(facts),
          'board_assistant.graph.client_request_id': facts['requestId'],
          'board_assistant.graph.units': facts['units'],
          'board_assistant.graph.parts': facts['parts'],
        },
      };
    case 'board.read':
      return {
        name: 'read board',
        kind: 'internal',
        isRoot: false,
        failed: false,
        attributes: ofBoard(facts['boardId']),
      };
    case 'scheduler.woke':
    case 'scheduler.failed':
      return {
        name: 'wake board',
        kind: 'internal',
        isRoot: true,
        failed: event === 'scheduler.failed',
        attributes: ofBoard(facts['boardId']),
      };
    default:
      return undefined;
  }
}
