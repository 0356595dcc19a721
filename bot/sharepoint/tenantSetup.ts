// Registers the product in a tenant and grants it the one site: reads what stands, does what lacks, the same again does nothing.
import { z } from 'zod';
import { InvalidInputError, UpstreamError } from '../errors';
import type { Graph } from './graphClient';
import { findSite } from './siteLists';
import { applicationShape, lackingIn, newApplication, type TenantApplication } from './tenantApplication';
import { applicationPermissions } from './tenantPermissions';

export interface TenantWish {
  readonly tenantId: string;
  /** Of the app registration. */
  readonly name: string;
  /** The client id of a registration that is there and is to be used. */
  readonly appId?: string;
  readonly publicDomain: string;
  /** `host:/path` */
  readonly siteUrl: string;
  /** Object id of the managed identity that may act as the application; none for a certificate or a trial. */
  readonly identityPrincipalId?: string;
  /** Whether the app is installed for people who never opened the chat. */
  readonly installsForPeople: boolean;
  readonly clients: readonly string[];
  readonly newId: () => string;
}

/** `asked` read something, `done` and `would` change something, `stands` needs nothing, `look` is for the administrator. */
export interface SetupStep {
  readonly kind: 'asked' | 'done' | 'would' | 'stands' | 'look';
  readonly why: string;
  readonly call?: { readonly method: 'GET' | 'POST' | 'PATCH'; readonly path: string; readonly body?: unknown };
}

/** Ids that other steps need; absent while they are only planned. */
export interface TenantFacts {
  readonly appId?: string;
  readonly applicationId?: string;
  readonly servicePrincipalId?: string;
}

/** Microsoft Graph's own application, the same in every tenant. */
const graphAppId = '00000003-0000-0000-c000-000000000000';
const trustName = 'board-assistant-identity';

const principalShape = z.looseObject({
  id: z.string(),
  appRoles: z.array(z.looseObject({ id: z.string(), value: z.string().nullish() })).optional(),
});
const assignmentShape = z.looseObject({ resourceId: z.string(), appRoleId: z.string() });
const trustShape = z.looseObject({ id: z.string(), name: z.string(), issuer: z.string(), subject: z.string() });
const identity = z.looseObject({ application: z.looseObject({ id: z.string() }).nullish() });
const grantShape = z.looseObject({
  grantedToIdentities: z.array(identity).nullish(),
  grantedToIdentitiesV2: z.array(identity).nullish(),
});

/**
 * Sets the tenant up as an administrator who is signed in; `tell` hears each step as it happens. With `dryRun` it reads and
 * changes nothing. Throws InvalidInputError when the registration is not unique, and what Graph throws: what was done by
 * then stays, and the next run goes on from there.
 */
export async function setUpTenant(
  graph: Graph,
  wish: TenantWish,
  dryRun: boolean,
  tell: (step: SetupStep) => void,
): Promise<TenantFacts> {
  const read = async <T>(path: string, why: string, shape: z.ZodType<T>): Promise<readonly T[]> => {
    tell({ kind: 'asked', why, call: { method: 'GET', path } });
    return parsed(z.array(shape), await graph.getAll(path));
  };
  const write = async (method: 'POST' | 'PATCH', path: string, body: unknown, why: string): Promise<unknown> => {
    const call = { method, path, body };
    if (dryRun) return void tell({ kind: 'would', why, call });
    const answer = await (method === 'POST' ? graph.post(path, body) : graph.patch(path, body));
    tell({ kind: 'done', why, call });
    return answer;
  };

  const byAppId = (appId: string): string => `$filter=${encodeURIComponent(`appId eq '${appId}'`)}`;
  const [service] = await read(
    `servicePrincipals?${byAppId(graphAppId)}&$select=id,appId,appRoles`,
    'the ids of the permissions of Graph',
    principalShape,
  );
  const needed = applicationPermissions
    .filter((one) => wish.installsForPeople || !one.isOptional)
    .map((one) => ({ ...one, id: service?.appRoles?.find((role) => role.value === one.name)?.id ?? '' }));
  const unknown = needed.filter((one) => one.id === '').map((one) => one.name);
  if (!service || unknown.length > 0)
    throw new UpstreamError('Microsoft Entra', `The tenant does not know ${unknown.join(', ') || 'Microsoft Graph'}.`);

  const application = { ...wish, graphAppId, roleIds: needed.map((one) => one.id) };
  let app = await findApplication();
  if (app) tell({ kind: 'stands', why: `the registration "${app.displayName}" (${app.appId ?? ''})` });
  else {
    const body = newApplication(application);
    const made = await write('POST', 'applications', body, 'one registration for Graph, the bot and the tab');
    app = parsed(applicationShape, made ?? body);
  }
  const { change, why } = lackingIn(app, application);
  if (why.length === 0) tell({ kind: 'stands', why: 'address, scope and clients of the tab' });
  else await write('PATCH', `applications/${app.id ?? '{applicationId}'}`, change, why.join('; '));

  const servicePrincipalId = await settlePrincipal(app);
  await settleRoles(service.id, servicePrincipalId);
  if (wish.identityPrincipalId !== undefined) await settleTrust(app, wish.identityPrincipalId);
  await settleGrant(app);
  return {
    ...(app.appId === undefined ? {} : { appId: app.appId }),
    ...(app.id === undefined ? {} : { applicationId: app.id }),
    ...(servicePrincipalId === undefined ? {} : { servicePrincipalId }),
  };

  async function findApplication(): Promise<TenantApplication | undefined> {
    const condition = wish.appId ? `appId eq '${wish.appId}'` : `displayName eq '${wish.name.replaceAll("'", "''")}'`;
    const path = `applications?$filter=${encodeURIComponent(condition)}`;
    const found = await read(path, 'is there a registration already?', applicationShape);
    if (found.length > 1) {
      const ids = found.map((one) => one.appId).join(', ');
      throw new InvalidInputError(`Several registrations are called "${wish.name}" (${ids}): name the one with --app.`);
    }
    if (found.length === 0 && wish.appId !== undefined)
      throw new InvalidInputError(`There is no registration with the client id ${wish.appId}.`);
    return found[0];
  }

  async function settlePrincipal({ appId }: TenantApplication): Promise<string | undefined> {
    const [there] = appId
      ? await read(
          `servicePrincipals?${byAppId(appId)}&$select=id,appId`,
          'is it an enterprise application?',
          principalShape,
        )
      : [];
    if (there) {
      tell({ kind: 'stands', why: `the enterprise application (${there.id})` });
      return there.id;
    }
    const body = { appId: appId ?? '{appId}' };
    const made = await write(
      'POST',
      'servicePrincipals',
      body,
      'the enterprise application, which holds what is granted',
    );
    return made === undefined ? undefined : parsed(principalShape, made).id;
  }

  async function settleRoles(resourceId: string, principalId: string | undefined): Promise<void> {
    const path = `servicePrincipals/${principalId ?? '{servicePrincipalId}'}/appRoleAssignments`;
    const there = principalId ? await read(path, 'which permissions does it have?', assignmentShape) : [];
    const held = there.filter((one) => one.resourceId === resourceId).map((one) => one.appRoleId);
    for (const { id, name, why: reason } of needed) {
      if (held.includes(id)) tell({ kind: 'stands', why: name });
      else {
        const body = { principalId: principalId ?? '{servicePrincipalId}', resourceId, appRoleId: id };
        await write('POST', path, body, `${name}: ${reason}`);
      }
    }
    const ids = needed.map((one) => one.id);
    const more = held
      .filter((id) => !ids.includes(id))
      .map((id) => service?.appRoles?.find((one) => one.id === id)?.value);
    if (more.length > 0)
      tell({ kind: 'look', why: `it also has ${more.join(', ')}, which nothing here needs: take it away in Entra` });
  }

  async function settleTrust({ id }: TenantApplication, subject: string): Promise<void> {
    const path = `applications/${id ?? '{applicationId}'}/federatedIdentityCredentials`;
    const issuer = `https://login.microsoftonline.com/${wish.tenantId}/v2.0`;
    const there = id ? await read(path, 'which identities may act as it?', trustShape) : [];
    const reason = 'the managed identity of the web app signs in as the application, so that no secret exists';
    const named = there.find((one) => one.name === trustName);
    if (there.some((one) => one.issuer === issuer && one.subject === subject))
      tell({ kind: 'stands', why: 'the trust in the managed identity' });
    else if (named)
      await write('PATCH', `${path}/${named.id}`, { issuer, subject }, `${reason} (another one until now)`);
    else {
      const body = { name: trustName, issuer, subject, audiences: ['api://AzureADTokenExchange'] };
      await write('POST', path, body, reason);
    }
  }

  async function settleGrant({ appId }: TenantApplication): Promise<void> {
    tell({ kind: 'asked', why: 'which site is it?', call: { method: 'GET', path: `sites/${wish.siteUrl}` } });
    const site = await findSite(graph, wish.siteUrl);
    const path = `sites/${site.id}/permissions`;
    const there = await read(path, 'what does the site grant to applications?', grantShape);
    const isGranted = there
      .flatMap((one) => [...(one.grantedToIdentities ?? []), ...(one.grantedToIdentitiesV2 ?? [])])
      .some((one) => appId !== undefined && one.application?.id === appId);
    // Graph shows a person no roles in this collection, and lets nobody but an application change a grant.
    if (isGranted)
      tell({ kind: 'stands', why: `a grant on ${site.name}; "doctor" says whether it lets the product write` });
    else {
      const application = { id: appId ?? '{appId}', displayName: wish.name };
      const body = { roles: ['write'], grantedToIdentities: [{ application }] };
      await write(
        'POST',
        path,
        body,
        `Sites.Selected alone opens no site: this opens ${site.name}, for rows and files`,
      );
    }
  }
}

function parsed<T>(shape: z.ZodType<T>, value: unknown): T {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new UpstreamError('Microsoft Entra', 'An answer has not the expected form.', { cause: result.error });
}
