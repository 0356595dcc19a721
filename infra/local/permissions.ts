// What the permissions of a token let it do in the board's site, as Graph documents them for each operation.
import { GraphFailure } from './graphError';

const levels = ['none', 'read', 'write', 'manage'] as const;
/** `manage` makes lists and columns. */
export type SiteAccess = (typeof levels)[number];

/** What each permission gives by itself; Sites.Selected gives what the site grants the application. */
const byPermission: Readonly<Record<string, SiteAccess>> = {
  'Sites.Read.All': 'read',
  'Sites.ReadWrite.All': 'write',
  'Sites.Manage.All': 'manage',
  'Sites.FullControl.All': 'manage',
};

/** The most that any of the permissions gives. */
export function siteAccess(permissions: readonly string[], granted: SiteAccess): SiteAccess {
  const given = permissions.map((one) => (one === 'Sites.Selected' ? granted : (byPermission[one] ?? 'none')));
  return levels[Math.max(0, ...given.map(rank))] ?? 'none';
}

/** Refuses with 403 what the access does not reach; `pattern` is that of the operation. */
export function checkAccess(method: string, pattern: string, access: SiteAccess): void {
  const needed = neededFor(method, pattern);
  if (needed !== undefined && rank(access) < rank(needed)) throw new GraphFailure(403, 'accessDenied', 'Access denied');
}

function neededFor(method: string, pattern: string): SiteAccess | undefined {
  if (!/^(sites|drives)(\/|$)/.test(pattern)) return undefined;
  if (method === 'GET') return 'read';
  // Source: Graph, "Create a new list" and "Create a columnDefinition": Sites.Manage.All.
  return /^sites\/:site\/lists(\/:list(\/columns(\/:column)?)?)?$/.test(pattern) ? 'manage' : 'write';
}

function rank(access: SiteAccess): number {
  return levels.indexOf(access);
}
