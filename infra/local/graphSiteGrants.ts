// What the one site grants applications that have Sites.Selected: listed without roles, as Graph answers a person.
import { z } from 'zod';
import { openDirectory, type SiteGrant } from './directory';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { invalidRequest } from './graphError';
import { checkSite, contextOf } from './graphLists';
import { readQuery } from './odata';
import type { Tenant } from './tenant';

const body = z.strictObject({
  roles: z.array(z.enum(['read', 'write'])).length(1),
  grantedToIdentities: z
    .array(z.strictObject({ application: z.strictObject({ id: z.guid(), displayName: z.string().min(1) }) }))
    .length(1),
});

export function graphSiteGrantOperations(tenant: Tenant): readonly Operation[] {
  const { grants } = openDirectory(tenant.documents);

  /** Source: PnP, Get-PnPEntraIDAppSitePermission: roles are shown for a single permission alone. */
  function graphGrant(one: SiteGrant, withRoles: boolean): Record<string, unknown> {
    const identity = { application: { displayName: one.displayName, id: one.appId } };
    return {
      id: one.id,
      ...(withRoles ? { roles: [one.role] } : {}),
      grantedToIdentities: [identity],
      grantedToIdentitiesV2: [identity],
    };
  }

  function list(call: GraphCall): GraphResponse {
    checkSite(call.param('site'));
    readQuery(call.query, []);
    return {
      status: 200,
      body: { ...contextOf(call, 'permissions'), value: grants.all().map((one) => graphGrant(one, false)) },
    };
  }

  async function grant(call: GraphCall): Promise<GraphResponse> {
    checkSite(call.param('site'));
    const parsed = body.safeParse(call.json());
    const [role] = parsed.data?.roles ?? [];
    const application = parsed.data?.grantedToIdentities[0]?.application;
    if (role === undefined || application === undefined)
      throw invalidRequest('A grant names one role, read or write, and one application.');
    // The id is opaque; one application has one grant.
    const id = Buffer.from(`i:0i.t|ms.sp.ext|${application.id}`).toString('base64url');
    const made: SiteGrant = { id, appId: application.id, displayName: application.displayName, role };
    await grants.change(() => ({ result: undefined, puts: [made] }));
    return { status: 201, body: { ...contextOf(call, 'permissions/$entity'), ...graphGrant(made, true) } };
  }

  return [
    { method: 'GET', pattern: 'sites/:site/permissions', units: 5, handle: list },
    { method: 'POST', pattern: 'sites/:site/permissions', units: 5, handle: grant },
  ];
}
