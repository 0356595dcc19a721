// What the permissions of a token let it do in the board's site, as Graph documents them for each operation.
import { GraphFailure } from './graphError';

const levels = ['none', 'read', 'write', 'manage', 'full'] as const;
/** `manage` makes lists and columns, `full` says what applications may do there. */
export type SiteAccess = (typeof levels)[number];

/** What each permission gives by itself; Sites.Selected gives what the site grants the application. */
const byPermission: Readonly<Record<string, SiteAccess>> = {
  'Sites.Read.All': 'read',
  'Sites.ReadWrite.All': 'write',
  'Sites.Manage.All': 'manage',
  'Sites.FullControl.All': 'full',
};

/** The most that any of the permissions gives. */
export function siteAccess(permissions: readonly string[], granted: SiteAccess): SiteAccess {
  const given = permissions.map((one) => (one === 'Sites.Selected' ? granted : (byPermission[one] ?? 'none')));
  return levels[Math.max(0, ...given.map(rank))] ?? 'none';
}

interface Allowed {
  readonly access: SiteAccess;
  /** The permissions of the token by name. */
  readonly rights: readonly string[];
}

/** Refuses with 403 what the token does not reach; `pattern` is that of the operation. */
export function checkAccess(method: string, pattern: string, { access, rights }: Allowed): void {
  const needed = neededFor(method, pattern);
  if (needed !== undefined && rank(access) < rank(needed)) throw new GraphFailure(403, 'accessDenied', 'Access denied');
  const directory = directoryNeeds(method, pattern);
  if (directory.length > 0 && !directory.some((one) => rights.includes(one)))
    throw new GraphFailure(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

/** Any one of them serves. Source: Graph, "List applications", "Grant an appRoleAssignment to a service principal". */
function directoryNeeds(method: string, pattern: string): readonly string[] {
  if (pattern.startsWith('servicePrincipals/') && method === 'POST') return ['AppRoleAssignment.ReadWrite.All'];
  if (!/^(applications|servicePrincipals)(\/|$)/.test(pattern)) return [];
  const write = ['Application.ReadWrite.All'];
  return method === 'GET' ? ['Application.Read.All', ...write] : write;
}

function neededFor(method: string, pattern: string): SiteAccess | undefined {
  if (!/^(sites|drives)(\/|$)/.test(pattern)) return undefined;
  // Source: Graph, "Create permission" of a site: Sites.FullControl.All.
  if (pattern === 'sites/:site/permissions') return 'full';
  if (method === 'GET') return 'read';
  // Source: Graph, "Create a new list" and "Create a columnDefinition": Sites.Manage.All.
  return /^sites\/:site\/lists(\/:list(\/columns(\/:column)?)?)?$/.test(pattern) ? 'manage' : 'write';
}

function rank(access: SiteAccess): number {
  return levels.indexOf(access);
}
