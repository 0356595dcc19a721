// Resource units spent on Graph in the last minute. Source: SharePoint throttling guidance (docs/permissions.md).

/** A sliding minute of resource units; the tenant's limit is 1,250 to 6,250 a minute by its size. */
export class UnitMeter {
  private readonly spent: { readonly atMs: number; readonly units: number }[] = [];
  private total = 0;
  private calls = 0;

  record(units: number, nowMs: number): void {
    this.spent.push({ atMs: nowMs, units });
    this.total += units;
    this.calls += 1;
  }

  usage(nowMs: number): UnitUsage {
    while (this.spent[0] !== undefined && this.spent[0].atMs <= nowMs - 60_000) this.spent.shift();
    const lastMinute = this.spent.reduce((sum, one) => sum + one.units, 0);
    return { lastMinute, total: this.total, calls: this.calls };
  }
}

export interface UnitUsage {
  readonly lastMinute: number;
  readonly total: number;
  readonly calls: number;
}

const collections = /\/(items|lists|columns|drives|children|versions|sites|users)$/;

/** Units of one request: 1 a single item, a download or a delta with its token, 2 a collection or a write, 5 permissions. */
export function unitsOf(method: string, url: URL): number {
  const path = url.pathname;
  if (/\/permissions(\/|$)/.test(path)) return 5;
  if (method !== 'GET') return 2;
  if (path.endsWith('/delta')) return url.searchParams.has('token') ? 1 : 2;
  return collections.test(path) ? 2 : 1;
}
