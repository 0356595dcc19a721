// What the product may do in a tenant, and nothing more: the table in docs/install.md says why, and a test compares the two.

export interface NeededPermission {
  /** As Microsoft Graph names the application permission. */
  readonly name: string;
  /** Without it the product works, but for one thing. */
  readonly isOptional: boolean;
  readonly why: string;
}

/** Application permissions of Graph, consented in Entra. Least by Graph's own pages of the operations. */
export const applicationPermissions: readonly NeededPermission[] = [
  {
    name: 'Sites.Selected',
    isOptional: false,
    why: 'reading and writing the one site that an administrator grants, and no other',
  },
  {
    name: 'TeamsAppInstallation.ReadWriteSelfForUser.All',
    isOptional: true,
    why: 'installing this app, and no other, for an owner who never opened the chat',
  },
];

/**
 * Roles of RBAC for Applications in Exchange Online, limited to the one mailbox. Never the permissions of these names in
 * Entra, which reach every mailbox (Graph, "Limiting application permissions to specific mailboxes").
 */
export const mailboxRoles: readonly string[] = [
  'Application Mail.Send',
  'Application Mail.ReadBasic',
  'Application Mail.Read',
  'Application Calendars.ReadWrite',
];

/** What the administrator who signs in for the setup needs, as delegated permissions of Graph for this one run. */
export const setupPermissions: readonly string[] = [
  'Application.ReadWrite.All',
  'AppRoleAssignment.ReadWrite.All',
  'Sites.FullControl.All',
];

/** The steps for Exchange Online PowerShell, which has no Graph: printed, not run. */
export function mailboxCommands(ids: {
  readonly appId: string;
  readonly servicePrincipalId: string;
  readonly mailbox: string;
  readonly name: string;
}): readonly string[] {
  const { appId, servicePrincipalId, mailbox, name } = ids;
  const scope = `${name} mailbox`;
  return [
    'Connect-ExchangeOnline',
    `New-ServicePrincipal -AppId ${appId} -ObjectId ${servicePrincipalId} -DisplayName ${quoted(name)}`,
    `New-ManagementScope -Name ${quoted(scope)} -RecipientRestrictionFilter ${quoted(`PrimarySmtpAddress -eq '${mailbox}'`)}`,
    ...mailboxRoles.map(
      (role) =>
        `New-ManagementRoleAssignment -App ${appId} -Role ${quoted(role)} -CustomResourceScope ${quoted(scope)}`,
    ),
    `Test-ServicePrincipalAuthorization -Identity ${appId} -Resource ${mailbox}`,
  ];
}

/** PowerShell expands `$` and the backtick inside double quotes. */
function quoted(text: string): string {
  return `"${text.replace(/[`$"]/g, '`$&')}"`;
}
