// Metrics and traces by OpenTelemetry, made of the lines of the log: the one source of figures. Loaded only where it is configured.
import type { LogFacts, Logger } from '../logger';
import { correlationId } from '../logger';
import { openExporters, type Destinations } from './exporters';
import { listening } from './listen';
import { loadSdk } from './load';
import { createMetrics } from './metrics';
import { createSpans } from './spans';

export interface TelemetrySettings extends Omit<Destinations, 'exportWithinMs'> {
  /** How often figures leave. */
  readonly metricsEveryMs: number;
  /** The part of all traces that is kept, 0 to 1. */
  readonly traceRatio: number;
  /** The mode of the service. */
  readonly environment: string;
  /** Names this process among the instances: an id without a meaning. */
  readonly instanceId: string;
}

export interface Telemetry {
  /** What is said to it goes to the log as before, with the id of the trace, and is counted. */
  readonly logger: Logger;
  /** Sends what has not left yet, and ends; gives up after this time. Never throws. */
  end(withinMs: number): Promise<void>;
}

/** Longer than a collector nearby needs; figures that did not leave are sent with the next ones. */
const longestExportMs = 10_000;

/** Throws ConfigError when the package for Application Insights is needed and not installed. */
export async function startTelemetry(settings: TelemetrySettings, logger: Logger): Promise<Telemetry> {
  const sdk = await loadSdk();
  const exportWithinMs = Math.min(longestExportMs, settings.metricsEveryMs);
  const exporters = await openExporters({ ...settings, exportWithinMs }, logger);
  const resource = sdk.resources.resourceFromAttributes({
    'service.name': 'board-assistant',
    'service.instance.id': settings.instanceId,
    'deployment.environment.name': settings.environment,
  });
  const meters = new sdk.metrics.MeterProvider({
    resource,
    readers: exporters.metrics.map(
      (exporter) =>
        new sdk.metrics.PeriodicExportingMetricReader({
          exporter,
          exportIntervalMillis: settings.metricsEveryMs,
          exportTimeoutMillis: exportWithinMs,
        }),
    ),
  });
  const count = createMetrics(meters.getMeter('board-assistant'));
  const spans = createSpans(sdk, { resource, exporters: exporters.spans, ratio: settings.traceRatio });
  const traceId = (): LogFacts => ({ traceId: spans.traceIdOf(correlationId()) });
  return {
    logger: listening(logger, traceId, (level, event, facts) => {
      count(level, event, facts);
      spans.hear(event, facts);
    }),
    async end(withinMs) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, withinMs);
        timer.unref();
      });
      // What could not leave is in the log already.
      await Promise.race([late, Promise.allSettled([meters.shutdown(), spans.end()])]);
      clearTimeout(timer);
    },
  };
}
