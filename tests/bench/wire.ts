// Counts what this process asks of Graph by watching fetch: requests, units by the published rule, round trips, repeats.

export interface Wire {
  /** HTTP requests to Graph. */
  readonly requests: number;
  /** What they ask for: each part of a batch counts as one. */
  readonly operations: number;
  readonly units: number;
  /** The longest row of requests of which each began after the one before had ended. */
  readonly roundTrips: number;
  /** Answers that were failures. */
  readonly failures: number;
}

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** Watches from now on; tokens and what is only of the local server are not counted. */
export function countRequests(): { clear(): void; counted(): Wire } {
  const spans: Span[] = [];
  let operations = 0;
  let units = 0;
  let failures = 0;
  const plain = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!url.pathname.startsWith('/v1.0/')) return plain(input, init);
    const method = (init?.method ?? (input instanceof Request ? input.method : 'GET')).toUpperCase();
    const parts = await partsOf(url, method, input, init);
    operations += parts.length;
    units += parts.reduce((sum, part) => sum + unitsOf(part.method, part.url), 0);
    const startMs = performance.now();
    let endMs = startMs;
    try {
      const response = await plain(input, init);
      if (response.status >= 400) failures += 1;
      return response;
    } finally {
      endMs = performance.now();
      spans.push({ startMs, endMs });
    }
  };
  return {
    clear: () => {
      spans.length = 0;
      operations = units = failures = 0;
    },
    counted: () => ({ requests: spans.length, operations, units, failures, roundTrips: longestRow(spans) }),
  };
}

interface Part {
  readonly method: string;
  readonly url: URL;
}

async function partsOf(url: URL, method: string, input: unknown, init: RequestInit | undefined): Promise<Part[]> {
  if (!url.pathname.endsWith('/$batch')) return [{ method, url }];
  const text = typeof init?.body === 'string' ? init.body : input instanceof Request ? await input.clone().text() : '';
  const body: unknown = JSON.parse(text);
  const requests = typeof body === 'object' && body !== null && 'requests' in body ? body.requests : [];
  if (!Array.isArray(requests)) return [];
  return requests.map((one: { method?: unknown; url?: unknown }) => ({
    method: String(one.method ?? 'GET').toUpperCase(),
    url: new URL(`/v1.0/${String(one.url).replace(/^\//, '')}`, url.origin),
  }));
}

const collection = /\/(items|lists|columns|drives|children|versions|users|sites)$/;

/** Source: SharePoint, "Avoid getting throttled or blocked", October 2025. Said here again: the product's own count is on trial. */
export function unitsOf(method: string, url: URL): number {
  if (/\/permissions\b/.test(url.pathname) || /expand=permissions/.test(url.search)) return 5;
  if (method !== 'GET') return 2;
  if (/\/delta(\(\))?$/.test(url.pathname))
    return url.searchParams.has('token') || url.searchParams.has('$token') ? 1 : 2;
  return collection.test(url.pathname) ? 2 : 1;
}

/** How many spans fit behind each other without overlap: earliest end first. */
export function longestRow(spans: readonly Span[]): number {
  let row = 0;
  let lastEnd = Number.NEGATIVE_INFINITY;
  for (const { startMs, endMs } of [...spans].sort((a, b) => a.endMs - b.endMs)) {
    if (startMs < lastEnd) continue;
    row += 1;
    lastEnd = endMs;
  }
  return row;
}
