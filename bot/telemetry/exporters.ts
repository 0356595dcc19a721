// Where figures and spans go: a collector by OTLP over HTTP, Application Insights; one line in the log when it does not take them.
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { ConfigError } from '../errors';
import type { Logger } from '../logger';

export interface Destinations {
  /** `url` without the path of a signal. */
  readonly otlp?: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  readonly azureConnectionString?: string;
  /** How long a destination is asked for one export, repeats included. */
  readonly exportWithinMs: number;
}

export interface Exporters {
  readonly metrics: readonly PushMetricExporter[];
  readonly spans: readonly SpanExporter[];
}

/** Throws ConfigError when Application Insights is named and its package is not installed. */
export async function openExporters(to: Destinations, logger: Logger): Promise<Exporters> {
  const open: Exporters[] = [];
  if (to.otlp) open.push(watched(await otlpExporters(to.otlp, to.exportWithinMs), 'otlp', logger));
  if (to.azureConnectionString !== undefined)
    open.push(watched(await azureExporters(to.azureConnectionString), 'azure', logger));
  return { metrics: open.flatMap((one) => one.metrics), spans: open.flatMap((one) => one.spans) };
}

async function otlpExporters(to: NonNullable<Destinations['otlp']>, timeoutMillis: number): Promise<Exporters> {
  const { url, headers } = to;
  const [{ OTLPMetricExporter }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/exporter-metrics-otlp-http'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  return {
    metrics: [new OTLPMetricExporter({ url: `${url}/v1/metrics`, headers, timeoutMillis })],
    spans: [new OTLPTraceExporter({ url: `${url}/v1/traces`, headers, timeoutMillis })],
  };
}

async function azureExporters(connectionString: string): Promise<Exporters> {
  const { AzureMonitorMetricExporter, AzureMonitorTraceExporter } = await loadAzure();
  // Else what could not be sent is kept in files of the system's temporary folder.
  const options = { connectionString, disableOfflineStorage: true };
  return { metrics: [new AzureMonitorMetricExporter(options)], spans: [new AzureMonitorTraceExporter(options)] };
}

/** The package is an optional dependency: an installation may have left it out. */
async function loadAzure() {
  try {
    return await import('@azure/monitor-opentelemetry-exporter');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new ConfigError(
      [
        'APPLICATIONINSIGHTS_CONNECTION_STRING is set, but the package @azure/monitor-opentelemetry-exporter is not installed: ' +
          'install with npm ci, without --omit=optional, or remove the variable',
      ],
      { cause },
    );
  }
}

interface Exporting<Item> {
  export(items: Item, done: (result: { readonly code: number; readonly error?: Error }) => void): void;
}

/** A destination that is down is said once, and once when it takes something again; what is under way goes on regardless. */
function watched(exporters: Exporters, telemetry: string, logger: Logger): Exporters {
  const down = new Set<unknown>();
  function watch<Item>(exporter: Exporting<Item>): void {
    const send = exporter.export.bind(exporter);
    exporter.export = (items, done) =>
      send(items, (result) => {
        const wasDown = down.size > 0;
        if (result.code === 0) down.delete(exporter);
        else down.add(exporter);
        if (!wasDown && down.size > 0) logger.warn('telemetry.notExported', { telemetry }, result.error);
        if (wasDown && down.size === 0) logger.info('telemetry.exportedAgain', { telemetry });
        done(result);
      });
  }
  exporters.metrics.forEach((one) => watch(one));
  exporters.spans.forEach((one) => watch(one));
  return exporters;
}
