// Sharing of files in the local Graph: people with an address are invited, and what they may do is listed and ended.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { graphInstant, inWords } from './clock';
import { placePatterns, type DrivePlaces } from './drivePlaces';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { invalidRequest, notFound } from './graphError';
import { contextOf } from './graphLists';
import { graphEditor } from './graphPeople';
import type { LocalList } from './localItems';
import { readQuery } from './odata';
import { editorSchema, type DriveNode } from './records';
import { openShelf, type Shelf } from './shelf';
import { site, type Tenant } from './tenant';

const shareSchema = z.object({
  id: z.string(),
  nodeId: z.string(),
  email: z.string(),
  role: z.enum(['read', 'write']),
  requireSignIn: z.boolean(),
  invitedBy: editorSchema,
  /** An instant by the local clock. */
  expiresAt: z.string().optional(),
});
export type Share = z.infer<typeof shareSchema>;

const inviteBody = z.strictObject({
  recipients: z
    .array(z.strictObject({ email: z.string().optional(), objectId: z.string().optional() }))
    .min(1)
    .max(100),
  roles: z.array(z.string()).min(1).max(1),
  requireSignIn: z.boolean().default(false),
  sendInvitation: z.boolean().default(false),
  message: z.string().max(2000).optional(),
  expirationDateTime: z.string().optional(),
});
const changeBody = z.strictObject({
  roles: z.array(z.string()).min(1).max(1).optional(),
  expirationDateTime: z.string().nullish(),
});
const sender = `no-reply@${site.host}`;

export interface Sharing {
  readonly operations: readonly Operation[];
  /** Those who may open a file or folder now, by what was shared of itself. */
  sharesOf(nodeId: string): readonly Share[];
}

export function createSharing(tenant: Tenant, places: DrivePlaces): Sharing {
  const shelf: Shelf<Share> = openShelf(tenant.documents, 'share', shareSchema, (one) => one.id);
  const isLive = (one: Share): boolean =>
    one.expiresAt === undefined || Date.parse(one.expiresAt) > tenant.now().getTime();
  const sharesOf = (nodeId: string): readonly Share[] =>
    shelf.all().filter((one) => one.nodeId === nodeId && isLive(one));

  function addressOf(recipient: {
    readonly email?: string | undefined;
    readonly objectId?: string | undefined;
  }): string {
    const user = tenant.users().find((one) => one.id === recipient.objectId && one.lookupId !== undefined);
    const address = recipient.email ?? user?.mail ?? '';
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(address))
      throw invalidRequest('Each recipient is named by a valid e-mail address, or by the id of a user.');
    return address;
  }

  function expiryOf(text: string): string {
    const at = Date.parse(text);
    if (Number.isNaN(at) || at <= tenant.now().getTime())
      throw invalidRequest('expirationDateTime must be a moment in the future.');
    return graphInstant(new Date(at));
  }

  async function invite(call: GraphCall): Promise<GraphResponse> {
    const parsed = inviteBody.safeParse(call.json());
    if (!parsed.success)
      throw invalidRequest(`The invitation is not understood: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`);
    const { recipients, roles, requireSignIn, sendInvitation, message, expirationDateTime } = parsed.data;
    if (!requireSignIn && !sendInvitation)
      throw invalidRequest('Either requireSignIn or sendInvitation must be true for a person to get in.');
    const { list, node } = places.nodeOf(call);
    const addresses = recipients.map(addressOf);
    const expiry = expirationDateTime === undefined ? {} : { expiresAt: expiryOf(expirationDateTime) };
    const role = roleOf(roles);
    const shares = await shelf.change((kept) => {
      const puts = addresses.map((email): Share => {
        const before = kept.find((one) => one.nodeId === node.id && one.email.toLowerCase() === email.toLowerCase());
        const id = before?.id ?? Buffer.from(randomUUID()).toString('base64url');
        return { id, nodeId: node.id, email, role, requireSignIn, invitedBy: call.request.caller, ...expiry };
      });
      return { result: puts, puts };
    });
    if (sendInvitation) for (const one of shares) await sendMail(list, node, one, message);
    return { status: 200, body: { ...contextOf(call, 'permission'), value: shares.map((one) => graphShare(one)) } };
  }

  async function sendMail(list: LocalList, node: DriveNode, share: Share, message: string | undefined): Promise<void> {
    const lines = [
      ...(message === undefined || message === '' ? [] : [message, '']),
      `You may ${share.role === 'read' ? 'read' : 'read and change'} “${node.name}”: ${places.webUrlOf(list, node)}`,
      ...(share.expiresAt === undefined ? [] : [`This ends on ${inWords(new Date(share.expiresAt))}.`]),
    ];
    await tenant.addMail({
      id: randomUUID(),
      kind: 'sharing',
      from: sender,
      to: [share.email],
      subject: `“${node.name}” has been shared with you`,
      body: lines.join('\n'),
      sentAt: graphInstant(tenant.now()),
    });
  }

  function graphShare(share: Share, from?: Record<string, unknown>): Record<string, unknown> {
    const account = tenant.users().find((one) => one.mail.toLowerCase() === share.email.toLowerCase());
    const user = {
      displayName: account?.displayName ?? share.email,
      email: share.email,
      ...(account?.lookupId === undefined ? {} : { id: account.id }),
    };
    return {
      id: share.id,
      roles: [share.role],
      grantedTo: { user },
      grantedToV2: { user },
      ...(share.expiresAt === undefined ? {} : { expirationDateTime: share.expiresAt }),
      invitation: {
        email: share.email,
        signInRequired: share.requireSignIn,
        invitedBy: graphEditor(tenant, share.invitedBy),
      },
      ...(from ? { inheritedFrom: from } : {}),
    };
  }

  /** Those of the item itself, and those it has from the folders around it. */
  function permissionsOf(
    call: GraphCall,
  ): readonly { readonly share: Share; readonly shown: Record<string, unknown> }[] {
    const { list, node } = places.nodeOf(call);
    const own = sharesOf(node.id).map((share) => ({ share, shown: graphShare(share) }));
    const inherited = places
      .ancestorsOf(list, node)
      .flatMap((folder) =>
        sharesOf(folder.id).map((share) => ({ share, shown: graphShare(share, places.referenceTo(list, folder)) })),
      );
    return [...own, ...inherited];
  }

  function getPermissions(call: GraphCall): GraphResponse {
    readQuery(call.query, []);
    return {
      status: 200,
      body: { ...contextOf(call, 'permissions'), value: permissionsOf(call).map((one) => one.shown) },
    };
  }

  function find(call: GraphCall): { readonly share: Share; readonly shown: Record<string, unknown> } {
    const found = permissionsOf(call).find((one) => one.share.id === call.param('permission'));
    if (!found) throw notFound('The permission was not found.');
    return found;
  }

  function getPermission(call: GraphCall): GraphResponse {
    readQuery(call.query, []);
    return { status: 200, body: { ...contextOf(call, 'permissions/$entity'), ...find(call).shown } };
  }

  /** Refuses to change what a folder around the item gives. */
  function findOwn(call: GraphCall): Share {
    const { share } = find(call);
    if (share.nodeId !== places.nodeOf(call).node.id)
      throw invalidRequest('This permission comes from a folder above; change it there.');
    return share;
  }

  async function patchPermission(call: GraphCall): Promise<GraphResponse> {
    const parsed = changeBody.safeParse(call.json());
    if (!parsed.success) throw invalidRequest('Only roles and expirationDateTime of a permission can be changed.');
    const { roles, expirationDateTime: expiry } = parsed.data;
    const after = await shelf.change(() => {
      const { expiresAt, ...before } = findOwn(call);
      const kept = expiry === undefined ? expiresAt : expiry === null ? undefined : expiryOf(expiry);
      const changed: Share = {
        ...before,
        ...(roles ? { role: roleOf(roles) } : {}),
        ...(kept === undefined ? {} : { expiresAt: kept }),
      };
      return { result: changed, puts: [changed] };
    });
    return { status: 200, body: { ...contextOf(call, 'permissions/$entity'), ...graphShare(after) } };
  }

  async function deletePermission(call: GraphCall): Promise<GraphResponse> {
    await shelf.change(() => ({ result: undefined, removed: [findOwn(call).id] }));
    return { status: 204 };
  }

  const operations = placePatterns.flatMap((place): Operation[] => [
    { method: 'POST', pattern: `${place}/invite`, units: 5, handle: invite },
    { method: 'GET', pattern: `${place}/permissions`, units: 5, handle: getPermissions },
    { method: 'GET', pattern: `${place}/permissions/:permission`, units: 5, handle: getPermission },
    { method: 'PATCH', pattern: `${place}/permissions/:permission`, units: 5, handle: patchPermission },
    { method: 'DELETE', pattern: `${place}/permissions/:permission`, units: 5, handle: deletePermission },
  ]);
  return { operations, sharesOf };
}

function roleOf(roles: readonly string[]): Share['role'] {
  const [role] = roles;
  if (role === 'read' || role === 'write') return role;
  throw invalidRequest(`The role '${role ?? ''}' cannot be given to a person; give read or write.`);
}
