// The app registration as the product needs it, and what one that is there lacks of it: values in, values out.
import { z } from 'zod';

const scopeShape = z.looseObject({ id: z.string(), value: z.string().nullish(), isEnabled: z.boolean().optional() });
const preAuthorizedShape = z.looseObject({ appId: z.string(), delegatedPermissionIds: z.array(z.string()) });
const accessShape = z.looseObject({
  resourceAppId: z.string(),
  resourceAccess: z.array(z.looseObject({ id: z.string(), type: z.string() })),
});

export const applicationShape = z.looseObject({
  id: z.string().optional(),
  appId: z.string().optional(),
  displayName: z.string(),
  signInAudience: z.string().nullish(),
  identifierUris: z.array(z.string()).default([]),
  api: z
    .looseObject({
      requestedAccessTokenVersion: z.number().nullish(),
      oauth2PermissionScopes: z.array(scopeShape).default([]),
      preAuthorizedApplications: z.array(preAuthorizedShape).default([]),
    })
    .prefault({}),
  requiredResourceAccess: z.array(accessShape).default([]),
});
/** Without ids while it is only planned. */
export type TenantApplication = z.infer<typeof applicationShape>;

export interface WishedApplication {
  readonly name: string;
  /** Where the service is reached: `board.contoso.example`. */
  readonly publicDomain: string;
  /** Teams, Outlook and Microsoft 365: clients that get a token for the tab without asking the person. */
  readonly clients: readonly string[];
  readonly graphAppId: string;
  /** Ids of the application permissions of Graph. */
  readonly roleIds: readonly string[];
  readonly newId: () => string;
}

const exposedScope = 'access_as_user';

/** What a new registration begins with; addresses and clients follow, because they name ids that do not exist yet. */
export function newApplication(wish: WishedApplication): Readonly<Record<string, unknown>> {
  return {
    displayName: wish.name,
    signInAudience: 'AzureADMyOrg',
    api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [scopeOf(wish.newId())] },
    requiredResourceAccess: [{ resourceAppId: wish.graphAppId, resourceAccess: wish.roleIds.map(role) }],
  };
}

/** What to change at Entra, as the body of a PATCH and in words; nothing where nothing lacks. */
export function lackingIn(
  app: TenantApplication,
  wish: WishedApplication,
): { readonly change: Readonly<Record<string, unknown>>; readonly why: readonly string[] } {
  const change: Record<string, unknown> = {};
  const api: Record<string, unknown> = {};
  const why: string[] = [];

  const uri = identifierUri(wish.publicDomain, app.appId ?? '{appId}');
  const others = app.identifierUris.filter((one) => one !== uri && !isOurs(one, app.appId));
  if (app.identifierUris.length !== others.length + 1 || !app.identifierUris.includes(uri)) {
    change['identifierUris'] = [...others, uri];
    why.push('the address under which Teams asks for the token of the tab');
  }

  if (app.api.requestedAccessTokenVersion !== 2) {
    api['requestedAccessTokenVersion'] = 2;
    why.push('tokens of version 2, the only ones that are taken');
  }

  const scopes = app.api.oauth2PermissionScopes;
  const exposed = scopes.find((one) => one.value === exposedScope);
  const scopeId = exposed?.id ?? wish.newId();
  if (!exposed) {
    api['oauth2PermissionScopes'] = [...scopes, scopeOf(scopeId)];
    why.push(`the scope ${exposedScope}, which the token of the tab carries`);
  }

  const known = app.api.preAuthorizedApplications;
  const allowed = (client: string): boolean =>
    known.some((one) => one.appId === client && one.delegatedPermissionIds.includes(scopeId));
  const missing = wish.clients.filter((client) => !allowed(client));
  if (missing.length > 0) {
    const rest = known.filter((one) => !missing.includes(one.appId));
    const added = missing.map((client) => {
      const before = known.find((one) => one.appId === client)?.delegatedPermissionIds ?? [];
      return { appId: client, delegatedPermissionIds: [...before, scopeId] };
    });
    api['preAuthorizedApplications'] = [...rest, ...added];
    why.push('Teams, Outlook and Microsoft 365, so that nobody is asked for consent');
  }

  const forGraph = app.requiredResourceAccess.find((one) => one.resourceAppId === wish.graphAppId);
  const asked = forGraph?.resourceAccess ?? [];
  const unasked = wish.roleIds.filter((id) => !asked.some((one) => one.id === id && one.type === 'Role'));
  if (unasked.length > 0) {
    const rest = app.requiredResourceAccess.filter((one) => one !== forGraph);
    const access = [...asked, ...unasked.map(role)];
    change['requiredResourceAccess'] = [...rest, { resourceAppId: wish.graphAppId, resourceAccess: access }];
    why.push('the permissions it asks for, as the portal shows them');
  }

  return { change: { ...change, ...(Object.keys(api).length > 0 ? { api } : {}) }, why };
}

/** Source: Teams, "Configure your tab app in Microsoft Entra ID": domain first; `botid-` where the app has a bot, too. */
function identifierUri(publicDomain: string, appId: string): string {
  return `api://${publicDomain}/botid-${appId}`;
}

/** An address of an earlier domain, such as a tunnel that ended. */
function isOurs(uri: string, appId: string | undefined): boolean {
  return appId !== undefined && new RegExp(`^api://[^/]+/(botid-)?${appId}$`, 'i').test(uri);
}

function role(id: string): { readonly id: string; readonly type: 'Role' } {
  return { id, type: 'Role' };
}

function scopeOf(id: string): Readonly<Record<string, unknown>> {
  return {
    id,
    type: 'User',
    value: exposedScope,
    isEnabled: true,
    adminConsentDisplayName: 'Use Board Assistant as the signed-in person',
    adminConsentDescription: "Lets Teams open the board's tab as the person who is signed in.",
    userConsentDisplayName: 'Use Board Assistant as you',
    userConsentDescription: "Lets Teams open the board's tab as you.",
  };
}
