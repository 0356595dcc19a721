// App registrations, service principals, their roles and federated credentials in the local Graph; refuses what Entra refuses.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  graphPrincipal,
  graphRoles,
  keySchema,
  openDirectory,
  preAuthorizedSchema,
  resourceAccessSchema,
  scopeSchema,
  type Application,
  type FederatedCredential,
  type RoleAssignment,
  type ServicePrincipal,
} from './directory';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure } from './graphError';
import { readFilter, readQuery } from './odata';
import { tenantId, type Tenant } from './tenant';

const apiSchema = z.strictObject({
  requestedAccessTokenVersion: z.number().int().min(1).max(2).nullable().optional(),
  oauth2PermissionScopes: z.array(scopeSchema).optional(),
  preAuthorizedApplications: z.array(preAuthorizedSchema).optional(),
});
const changeSchema = z.strictObject({
  displayName: z.string().min(1).optional(),
  signInAudience: z.enum(['AzureADMyOrg']).optional(),
  identifierUris: z.array(z.string()).optional(),
  api: apiSchema.optional(),
  requiredResourceAccess: z.array(resourceAccessSchema).optional(),
  keyCredentials: z.array(keySchema).optional(),
});
const newFederated = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/),
  issuer: z.url(),
  subject: z.string().min(1),
  // Source: Graph, federatedIdentityCredential: one audience, at most 600 characters.
  audiences: z.array(z.string().min(1)).length(1),
  description: z.string().max(600).optional(),
});
/** Source: Graph, federatedIdentityCredential. */
const mostFederated = 20;

export function graphDirectoryOperations(tenant: Tenant): readonly Operation[] {
  const directory = openDirectory(tenant.documents);
  const { applications, principals, assignments, federated } = directory;

  const context = (call: GraphCall, kind: string): Record<string, string> => ({
    '@odata.context': `${call.request.base}/v1.0/$metadata#${kind}`,
  });

  /** The collection by `$filter`, on the properties named; Entra refuses others. */
  function found(
    call: GraphCall,
    all: readonly object[],
    filterable: readonly string[],
  ): readonly Record<string, unknown>[] {
    const { filter, select } = readQuery(call.query, ['filter', 'select']);
    const condition = filter === undefined ? undefined : readFilter(filter);
    return all
      .map((one): Record<string, unknown> => Object.fromEntries(Object.entries(one)))
      .filter(
        (one) =>
          condition?.matches((path) => {
            const value = one[path];
            if (!filterable.includes(path) || typeof value !== 'string')
              throw badRequest(`Unsupported or invalid query filter clause specified for property '${path}'.`);
            return value;
          }) ?? true,
      )
      .map((one) => (select ? Object.fromEntries(Object.entries(one).filter(([name]) => select.includes(name))) : one));
  }

  function applicationOf(call: GraphCall): Application {
    const id = call.param('application');
    const one = applications.get(id);
    if (!one) throw missing(id);
    return one;
  }

  /** What Entra checks of a registration as a whole. */
  function checked(one: Application): Application {
    const scopes = one.api.oauth2PermissionScopes.map(({ id }) => id);
    const unknown = one.api.preAuthorizedApplications
      .flatMap((client) => client.delegatedPermissionIds)
      .find((id) => !scopes.includes(id));
    if (unknown !== undefined)
      throw badRequest(`Property api.preAuthorizedApplications names the permission ${unknown}, which is not exposed.`);
    const values = one.api.oauth2PermissionScopes.map(({ value }) => value);
    if (new Set(values).size !== values.length) throw badRequest('A value of oauth2PermissionScopes stands twice.');
    for (const uri of one.identifierUris) {
      // Source: Entra, "Restrictions on identifier URIs of applications": with an api:// scheme, the app's or the tenant's id is in it.
      if (!/^(api|https):\/\/[^\s?#]+[^\s?#/]$/.test(uri) || !(uri.includes(one.appId) || uri.includes(tenantId)))
        throw badRequest(
          `Failed to add identifier URI ${uri}. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID.`,
        );
      if (applications.all().some((other) => other.id !== one.id && other.identifierUris.includes(uri)))
        throw badRequest(`Another object with the same value for property identifierUris already exists: ${uri}.`);
    }
    return one;
  }

  function merged(before: Application, call: GraphCall): Application {
    const { api, ...rest } = bodyOf(call, changeSchema);
    return checked({ ...changed(before, rest), api: changed(before.api, api ?? {}) });
  }

  async function createApplication(call: GraphCall): Promise<GraphResponse> {
    const body = bodyOf(call, changeSchema);
    if (body.displayName === undefined) throw badRequest('A displayName is needed.');
    const made = merged(
      {
        ...{ id: randomUUID(), appId: randomUUID(), displayName: body.displayName, signInAudience: 'AzureADMyOrg' },
        ...{ identifierUris: [], requiredResourceAccess: [], keyCredentials: [] },
        api: { requestedAccessTokenVersion: null, oauth2PermissionScopes: [], preAuthorizedApplications: [] },
      },
      call,
    );
    await applications.change(() => ({ result: undefined, puts: [made] }));
    return { status: 201, body: { ...context(call, 'applications/$entity'), ...made } };
  }

  async function changeApplication(call: GraphCall): Promise<GraphResponse> {
    const next = merged(applicationOf(call), call);
    await applications.change(() => ({ result: undefined, puts: [next] }));
    return { status: 204 };
  }

  async function createPrincipal(call: GraphCall): Promise<GraphResponse> {
    const { appId } = bodyOf(call, z.strictObject({ appId: z.guid() }));
    const application = applications.all().find((one) => one.appId === appId);
    if (!application)
      throw badRequest(`The appId '${appId}' of the service principal does not reference a valid application object.`);
    const made = await principals.change((kept) => {
      if (kept.some((one) => one.appId === appId))
        throw new GraphFailure(
          409,
          'Request_MultipleObjectsWithSameKeyValue',
          `The service principal cannot be created: the appId ${appId} is already in use.`,
        );
      const one: ServicePrincipal = { id: randomUUID(), appId, displayName: application.displayName };
      return { result: one, puts: [one] };
    });
    return { status: 201, body: { ...context(call, 'servicePrincipals/$entity'), ...made } };
  }

  function principalOf(call: GraphCall): ServicePrincipal {
    const id = call.param('principal');
    const one = [graphPrincipal, ...principals.all()].find((other) => other.id === id);
    if (!one) throw missing(id);
    return one;
  }

  function graphAssignment(one: RoleAssignment): Record<string, unknown> {
    const principal = principals.get(one.principalId);
    return {
      ...one,
      principalType: 'ServicePrincipal',
      principalDisplayName: principal?.displayName ?? null,
      resourceDisplayName: graphPrincipal.displayName,
    };
  }

  async function assignRole(call: GraphCall): Promise<GraphResponse> {
    const principal = principalOf(call);
    const shape = z.strictObject({ principalId: z.guid(), resourceId: z.guid(), appRoleId: z.guid() });
    const body = bodyOf(call, shape);
    if (body.principalId !== principal.id) throw badRequest('principalId is not that of the address.');
    if (body.resourceId !== graphPrincipal.id) throw missing(body.resourceId);
    if (!Object.values(graphRoles).includes(body.appRoleId))
      throw badRequest('Permission being assigned was not found on application.');
    const made = await assignments.change((kept) => {
      const there = kept.some((one) => one.principalId === principal.id && one.appRoleId === body.appRoleId);
      if (there) throw badRequest('Permission being assigned already exists on the object.');
      const one = { id: randomUUID(), ...body };
      return { result: one, puts: [one] };
    });
    return { status: 201, body: { ...context(call, 'appRoleAssignments/$entity'), ...graphAssignment(made) } };
  }

  const trustOf = (application: Application): readonly FederatedCredential[] =>
    federated.all().filter((one) => one.applicationId === application.id);
  const graphTrust = ({ applicationId, ...one }: FederatedCredential): Record<string, unknown> => {
    void applicationId;
    return one;
  };

  async function addTrust(call: GraphCall): Promise<GraphResponse> {
    const application = applicationOf(call);
    const body = bodyOf(call, newFederated);
    const there = trustOf(application);
    if (there.length >= mostFederated)
      throw badRequest(`An application has ${mostFederated} federated credentials at most.`);
    if (there.some((one) => one.name === body.name))
      throw new GraphFailure(409, 'Request_MultipleObjectsWithSameKeyValue', `The name ${body.name} is taken.`);
    if (there.some((one) => one.issuer === body.issuer && one.subject === body.subject))
      throw badRequest('The combination of issuer and subject must be unique on the application.');
    const made: FederatedCredential = {
      ...{ id: randomUUID(), applicationId: application.id, name: body.name, issuer: body.issuer },
      ...{ subject: body.subject, audiences: body.audiences },
      ...(body.description === undefined ? {} : { description: body.description }),
    };
    await federated.change(() => ({ result: undefined, puts: [made] }));
    return { status: 201, body: { ...context(call, 'federatedIdentityCredentials/$entity'), ...graphTrust(made) } };
  }

  async function changeTrust(call: GraphCall): Promise<GraphResponse> {
    const before = trustOf(applicationOf(call)).find((one) => one.id === call.param('credential'));
    if (!before) throw missing(call.param('credential'));
    // The name cannot change.
    const body = bodyOf(call, newFederated.omit({ name: true }).partial());
    await federated.change(() => ({ result: undefined, puts: [changed(before, body)] }));
    return { status: 204 };
  }

  const ofPrincipal = (call: GraphCall): readonly Record<string, unknown>[] => {
    const principal = principalOf(call);
    return assignments.all().flatMap((one) => (one.principalId === principal.id ? [graphAssignment(one)] : []));
  };
  const graphRolesShown = Object.entries(graphRoles).map(([value, id]) => ({
    ...{ id, value, displayName: value, description: value, isEnabled: true },
    ...{ allowedMemberTypes: ['Application'], origin: 'Application' },
  }));
  const shownPrincipals = (): readonly object[] => [
    { ...graphPrincipal, appRoles: graphRolesShown },
    ...principals.all().map((one) => ({ ...one, appRoles: [] })),
  ];
  const list = (kind: string, values: (call: GraphCall) => readonly object[]) => (call: GraphCall) => ({
    status: 200,
    body: { ...context(call, kind), value: values(call) },
  });
  const trust = 'applications/:application/federatedIdentityCredentials';
  const roles = 'servicePrincipals/:principal/appRoleAssignments';
  return [
    {
      ...{ method: 'GET', pattern: 'applications', units: 1 },
      handle: list('applications', (call) => found(call, applications.all(), ['appId', 'displayName', 'id'])),
    },
    { method: 'POST', pattern: 'applications', units: 1, handle: createApplication },
    { method: 'PATCH', pattern: 'applications/:application', units: 1, handle: changeApplication },
    {
      ...{ method: 'GET', pattern: trust, units: 1 },
      handle: list('federatedIdentityCredentials', (call) => trustOf(applicationOf(call)).map(graphTrust)),
    },
    { method: 'POST', pattern: trust, units: 1, handle: addTrust },
    { method: 'PATCH', pattern: `${trust}/:credential`, units: 1, handle: changeTrust },
    {
      ...{ method: 'GET', pattern: 'servicePrincipals', units: 1 },
      handle: list('servicePrincipals', (call) => found(call, shownPrincipals(), ['appId', 'displayName', 'id'])),
    },
    { method: 'POST', pattern: 'servicePrincipals', units: 1, handle: createPrincipal },
    { method: 'GET', pattern: roles, units: 1, handle: list('appRoleAssignments', ofPrincipal) },
    { method: 'POST', pattern: roles, units: 1, handle: assignRole },
  ];
}

function bodyOf<T>(call: GraphCall, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(call.json());
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badRequest(`Invalid value specified for property '${issue?.path.join('.') ?? ''}': ${issue?.message ?? ''}`);
}

/** `before` with what is given; what is not given stays. */
function changed<T extends object>(before: T, values: { readonly [K in keyof T]?: T[K] | undefined }): T {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.assign({ ...before }, Object.fromEntries(given));
}

function badRequest(message: string): GraphFailure {
  return new GraphFailure(400, 'Request_BadRequest', message);
}

function missing(id: string): GraphFailure {
  return new GraphFailure(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}
