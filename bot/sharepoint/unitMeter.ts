// Resource units spent on Graph in the last minute. Source: SharePoint throttling guidance (docs/operations.md).

/** A sliding minute of resource units. */
export class UnitMeter {
  private readonly spent: { readonly atMs: number; readonly units: number }[] = [];
  private lastMinute = 0;
  private total = 0;
  private calls = 0;

  /** One request; a batch is one request with the units of all its parts. */
  record(units: number, nowMs: number): void {
    this.spent.push({ atMs: nowMs, units });
    this.lastMinute += units;
    this.total += units;
    this.calls += 1;
  }

  count(nowMs: number): UnitCount {
    for (let first = this.spent[0]; first !== undefined && first.atMs <= nowMs - minuteMs; first = this.spent[0]) {
      this.lastMinute -= first.units;
      this.spent.shift();
    }
    return { lastMinute: this.lastMinute, total: this.total, calls: this.calls };
  }

  /** Milliseconds until at most `most` units lie in the last minute. */
  untilAtMostMs(most: number, nowMs: number): number {
    let left = this.count(nowMs).lastMinute;
    if (left <= most) return 0;
    for (const { atMs, units } of this.spent) {
      left -= units;
      if (left <= most) return atMs + minuteMs - nowMs;
    }
    return 0;
  }
}

export interface UnitCount {
  readonly lastMinute: number;
  readonly total: number;
  /** Requests over the wire. */
  readonly calls: number;
}

const minuteMs = 60_000;
const collections = /\/(items|lists|columns|drives|children|versions|sites|users)$/;

/** Units of one request: 1 a single item, a download or a delta with its token, 2 a collection or a write, 5 permissions. */
export function unitsOf(method: string, url: URL): number {
  const path = url.pathname;
  if (/\/permissions(\/|$)/.test(path)) return 5;
  if (method !== 'GET') return 2;
  if (/\/delta(\(\))?$/.test(path)) return url.searchParams.has('token') ? 1 : 2;
  return collections.test(path) ? 2 : 1;
}
