// What Entra of the local tenant holds beside people: app registrations, their service principals, roles and trust, and grants on the site.
import { z } from 'zod';
import { openShelf, type Documents, type Shelf } from './shelf';

const guid = z.guid();

export const scopeSchema = z.strictObject({
  id: guid,
  type: z.enum(['User', 'Admin']),
  value: z.string().min(1),
  isEnabled: z.boolean(),
  adminConsentDisplayName: z.string().min(1),
  adminConsentDescription: z.string().min(1),
  userConsentDisplayName: z.string().optional(),
  userConsentDescription: z.string().optional(),
});
export const preAuthorizedSchema = z.strictObject({ appId: guid, delegatedPermissionIds: z.array(guid).min(1) });
export const resourceAccessSchema = z.strictObject({
  resourceAppId: guid,
  resourceAccess: z.array(z.strictObject({ id: guid, type: z.enum(['Role', 'Scope']) })),
});
export const keySchema = z.strictObject({
  type: z.literal('AsymmetricX509Cert'),
  usage: z.literal('Verify'),
  /** The certificate, DER in base64. */
  key: z.base64(),
  displayName: z.string().optional(),
});

const applicationSchema = z.object({
  id: guid,
  appId: guid,
  displayName: z.string().min(1),
  signInAudience: z.string(),
  identifierUris: z.array(z.string()),
  api: z.object({
    requestedAccessTokenVersion: z.number().nullable(),
    oauth2PermissionScopes: z.array(scopeSchema),
    preAuthorizedApplications: z.array(preAuthorizedSchema),
  }),
  requiredResourceAccess: z.array(resourceAccessSchema),
  keyCredentials: z.array(keySchema),
});
export type Application = z.infer<typeof applicationSchema>;

const servicePrincipalSchema = z.object({ id: guid, appId: guid, displayName: z.string() });
export type ServicePrincipal = z.infer<typeof servicePrincipalSchema>;

const assignmentSchema = z.object({ id: z.string(), principalId: guid, resourceId: guid, appRoleId: guid });
export type RoleAssignment = z.infer<typeof assignmentSchema>;

const federatedSchema = z.object({
  id: guid,
  applicationId: guid,
  name: z.string(),
  issuer: z.string(),
  subject: z.string(),
  audiences: z.array(z.string()),
  description: z.string().optional(),
});
export type FederatedCredential = z.infer<typeof federatedSchema>;

const siteGrantSchema = z.object({
  id: z.string(),
  appId: z.string(),
  displayName: z.string(),
  role: z.enum(['read', 'write']),
});
export type SiteGrant = z.infer<typeof siteGrantSchema>;

/** Graph itself, as every tenant has it. Its application id is Microsoft's own; the rest is of this tenant. */
export const graphPrincipal: ServicePrincipal = {
  id: '99999999-0000-4000-8000-000000000003',
  appId: '00000003-0000-0000-c000-000000000000',
  displayName: 'Microsoft Graph',
};

/** Application permissions of Graph that the local tenant knows, by name. The ids are invented: nobody may rely on them. */
export const graphRoles: Readonly<Record<string, string>> = {
  'Sites.Selected': '99999999-0000-4000-8000-000000000101',
  'Sites.ReadWrite.All': '99999999-0000-4000-8000-000000000102',
  'Sites.Manage.All': '99999999-0000-4000-8000-000000000103',
  'Sites.FullControl.All': '99999999-0000-4000-8000-000000000104',
  'User.Read.All': '99999999-0000-4000-8000-000000000105',
  'Mail.Send': '99999999-0000-4000-8000-000000000106',
  'Calendars.ReadWrite': '99999999-0000-4000-8000-000000000107',
  'TeamsAppInstallation.ReadWriteSelfForUser.All': '99999999-0000-4000-8000-000000000108',
};

export interface Directory {
  readonly applications: Shelf<Application>;
  readonly principals: Shelf<ServicePrincipal>;
  readonly assignments: Shelf<RoleAssignment>;
  readonly federated: Shelf<FederatedCredential>;
  readonly grants: Shelf<SiteGrant>;
  principalOf(appId: string): ServicePrincipal | undefined;
  /** Names of the application permissions of Graph that its token carries. */
  rolesOf(appId: string): readonly string[];
}

export function openDirectory(documents: Documents): Directory {
  const principals = openShelf(documents, 'servicePrincipal', servicePrincipalSchema, (one) => one.id);
  const assignments = openShelf(documents, 'appRoleAssignment', assignmentSchema, (one) => one.id);
  const principalOf = (appId: string): ServicePrincipal | undefined =>
    [graphPrincipal, ...principals.all()].find((one) => one.appId === appId);
  return {
    applications: openShelf(documents, 'application', applicationSchema, (one) => one.id),
    principals,
    assignments,
    federated: openShelf(documents, 'federatedCredential', federatedSchema, (one) => one.id),
    grants: openShelf(documents, 'siteGrant', siteGrantSchema, (one) => one.id),
    principalOf,
    rolesOf(appId) {
      const id = principalOf(appId)?.id;
      const ids = assignments.all().flatMap((one) => (one.principalId === id ? [one.appRoleId] : []));
      return Object.keys(graphRoles).filter((name) => ids.includes(graphRoles[name] ?? ''));
    },
  };
}
