// Loads the OpenTelemetry SDK, once something is to be measured: by default nobody pays for it, neither time nor memory.

/** The parts of the SDK that this room uses. */
export async function loadSdk() {
  const [api, resources, metrics, trace] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/sdk-metrics'),
    import('@opentelemetry/sdk-trace-base'),
  ]);
  return { api, resources, metrics, trace };
}

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;
