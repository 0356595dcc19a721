// The pattern of a Graph address for log and telemetry: the words of the API stay, every id, name and address in it is masked.

/** The parts of addresses that Graph itself names; whatever else stands in one is somebody's. */
const words: ReadonlySet<string> = new Set([
  ...['sites', 'lists', 'items', 'delta', 'versions', 'columns', 'drives', 'root', 'children', 'content', 'invite'],
  ...['subscriptions', 'permissions', 'users', 'teamwork', 'installedApps', 'sendMail', 'mailFolders', 'messages'],
  ...['events', 'cancel', 'applications', 'federatedIdentityCredentials', 'servicePrincipals', 'appRoleAssignments'],
]);

/** `/v1.0/sites/a,b/lists/Actions/items/7` as `sites/:id/lists/:id/items/:id`; a batch as `batch`. */
export function maskedPath(path: string): string {
  const parts = path
    .replace(/^\/v1\.0\//, '')
    .split('/')
    .filter((part) => part !== '');
  if (parts.length === 1 && parts[0] === '$batch') return 'batch';
  const masked = parts.map((part) => (words.has(part) ? part : part === 'root:' ? 'root' : ':id'));
  // A path inside a library is as long as somebody made it.
  return masked.filter((part, at) => part !== ':id' || masked[at - 1] !== ':id').join('/');
}
