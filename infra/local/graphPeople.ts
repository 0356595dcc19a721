// Users of the local tenant, and who made a change as Graph shows it.
import { linkTo, type GraphCall, type GraphResponse, type Operation } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import { compareValues, readFilter, readQuery, readSkiptoken, writeSkiptoken } from './odata';
import type { Editor, User } from './records';
import type { Tenant } from './tenant';

/** `createdBy` and `lastModifiedBy`: an application shows as "SharePoint App" beside its own name. */
export function graphEditor(tenant: Tenant, editor: Editor): Record<string, unknown> {
  if (editor.kind === 'app')
    return { application: { id: editor.id, displayName: editor.name }, user: { displayName: 'SharePoint App' } };
  const user = tenant.userByLookupId(editor.lookupId);
  if (!user) return { user: { displayName: 'Deleted user' } };
  const through = editor.app && { application: { id: editor.app.id, displayName: editor.app.name } };
  return { ...through, user: { id: user.id, displayName: user.displayName, email: user.mail } };
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

// Source: Microsoft Graph, "List users".
const defaultPage = 100;
const largestPage = 999;

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
    const query = readQuery(call.query, ['select', 'top', 'filter', 'orderby', 'skiptoken']);
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
    const start = Number(query.skiptoken === undefined ? 0 : readSkiptoken(query.skiptoken).get('p_Row'));
    const end = start + Math.min(query.top ?? defaultPage, largestPage);
    const next =
      end < sorted.length
        ? { '@odata.nextLink': linkTo(call, { $skiptoken: writeSkiptoken({ p_Row: String(end) }) }) }
        : {};
    return {
      status: 200,
      body: {
        '@odata.context': `${call.request.base}/v1.0/$metadata#users`,
        ...next,
        value: sorted.slice(start, end).map((one) => select(one, query.select)),
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
