// The applications that the local tenant knows without a registration: one with every permission, and some with fewer.
import type { SiteAccess } from './permissions';

export interface LocalApp {
  readonly name: string;
  /** Permissions of its application token. */
  readonly roles: readonly string[];
  /** What the site grants it, where it has Sites.Selected. */
  readonly granted: SiteAccess;
}

const least = ['Sites.Selected', 'User.Read.All', 'Mail.Send'];
const most = [
  'Sites.Manage.All',
  'Sites.FullControl.All',
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
];

/** `local` has every permission that the local Graph knows; the others show what fewer come to. Their secret is `local`. */
export const apps: Readonly<Record<string, LocalApp>> = {
  local: { name: 'Board Assistant', roles: [...least, ...most], granted: 'manage' },
  'local-selected': { name: 'Board Assistant, selected site', roles: least, granted: 'write' },
  'local-reader': { name: 'Board Assistant, reading only', roles: least, granted: 'read' },
  'local-none': { name: 'Board Assistant, not granted', roles: least, granted: 'none' },
};
