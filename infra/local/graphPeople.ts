// Users of the local tenant, and who made a change as Graph shows it.
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import { compareValues, readFilter, readQuery } from './odata';
import type { Editor, User } from './records';
import type { Tenant } from './tenant';

/** `createdBy` and `lastModifiedBy`: an application shows as "SharePoint App" beside its own name. */
export function graphEditor(tenant: Tenant, editor: Editor): Record<string, unknown> {
  if (editor.kind === 'app')
    return { application: { id: editor.id, displayName: editor.name }, user: { displayName: 'SharePoint App' } };
  const user = tenant.userByLookupId(editor.lookupId);
  if (!user) return { user: { displayName: 'Deleted user' } };
  return { user: { id: user.id, displayName: user.displayName, email: user.mail } };
}

function graphUser(user: User): Record<string, unknown> {
  const [givenName = '', ...rest] = user.displayName.split(' ');
  return {
    businessPhones: [],
    displayName: user.displayName,
    givenName,
    id: user.id,
    jobTitle: user.jobTitle,
    mail: user.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: rest.join(' '),
    userPrincipalName: user.mail,
  };
}

const more = ['accountEnabled', 'userType', 'department', 'companyName'];

function select(user: User, names: readonly string[] | undefined): Record<string, unknown> {
  const whole: Record<string, unknown> = graphUser(user);
  if (!names) return whole;
  const extra: Record<string, unknown> = {
    accountEnabled: true,
    userType: 'Member',
    department: null,
    companyName: null,
  };
  const unknown = names.find((one) => !Object.hasOwn(whole, one) && !more.includes(one));
  if (unknown !== undefined)
    throw invalidRequest(`Could not find a property named '${unknown}' on type 'microsoft.graph.user'.`);
  return Object.fromEntries(names.map((one) => [one, Object.hasOwn(whole, one) ? whole[one] : extra[one]]));
}

export function graphPeopleOperations(tenant: Tenant): readonly Operation[] {
  const inTenant = (): readonly User[] => tenant.users().filter((one) => one.lookupId !== undefined);

  function getUsers(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['select', 'top', 'filter', 'orderby']);
    const filter = query.filter === undefined ? undefined : readFilter(query.filter);
    const valueOf = (user: User) => (path: string) => {
      const value = graphUser(user)[path];
      if (typeof value !== 'string') throw invalidRequest(`Users cannot be filtered or ordered by '${path}' here.`);
      return value;
    };
    const found = inTenant().filter((one) => filter?.matches(valueOf(one)) ?? true);
    const [order] = query.orderby ?? [];
    const sorted = order
      ? [...found].sort(
          (a, b) => compareValues(valueOf(a)(order.path), valueOf(b)(order.path)) * (order.descending ? -1 : 1),
        )
      : found;
    if (query.top !== undefined && query.top < sorted.length)
      throw new GraphFailure(501, 'notSupported', 'Paging through users is not part of the local Microsoft 365.');
    return {
      status: 200,
      body: {
        '@odata.context': `${call.request.base}/v1.0/$metadata#users`,
        value: sorted.map((one) => select(one, query.select)),
      },
    };
  }

  function getUser(call: GraphCall): GraphResponse {
    const query = readQuery(call.query, ['select']);
    const wanted = call.param('user').toLowerCase();
    const user = inTenant().find((one) => one.id.toLowerCase() === wanted || one.mail.toLowerCase() === wanted);
    if (!user)
      throw new GraphFailure(404, 'Request_ResourceNotFound', `Resource '${call.param('user')}' does not exist.`);
    return {
      status: 200,
      body: { '@odata.context': `${call.request.base}/v1.0/$metadata#users/$entity`, ...select(user, query.select) },
    };
  }

  return [
    { method: 'GET', pattern: 'users', units: 2, handle: getUsers },
    { method: 'GET', pattern: 'users/:user', units: 1, handle: getUser },
  ];
}
