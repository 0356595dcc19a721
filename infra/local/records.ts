// What the local tenant holds, as schemas: the same shapes in memory, on disk and in the checks at the edge.
import { z } from 'zod';

export const columnKinds = [
  'text',
  'note',
  'number',
  'boolean',
  'dateOnly',
  'dateTime',
  'choice',
  'person',
  'lookup',
  'hyperlink',
  'calculated',
] as const;

export const columnSchema = z.object({
  id: z.string(),
  /** The internal name. */
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  kind: z.enum(columnKinds),
  choices: z.array(z.string()).optional(),
  /** Holds several values: a choice, person or lookup. */
  multiple: z.boolean().optional(),
  /** Of a lookup: the list it points into, and the column shown of it. */
  lookup: z.object({ listId: z.string(), columnName: z.string() }).optional(),
  /** Of a calculated column: the column it repeats. */
  repeats: z.string().optional(),
  required: z.boolean(),
  indexed: z.boolean(),
  unique: z.boolean(),
  hidden: z.boolean(),
});
export type Column = z.infer<typeof columnSchema>;

export const listSchema = z.object({
  id: z.string(),
  /** The last part of its address. */
  name: z.string(),
  displayName: z.string(),
  description: z.string(),
  template: z.enum(['genericList', 'documentLibrary', 'userInformation']),
  hidden: z.boolean(),
  createdAt: z.string(),
  columns: z.array(columnSchema),
});
export type ListRecord = z.infer<typeof listSchema>;

/** Who wrote: an application, or a person by their item in the User Information List. */
export const editorSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('app'), id: z.string(), name: z.string() }),
  z.object({
    kind: z.literal('person'),
    lookupId: z.number(),
    /** The application a signed-in person wrote through; absent for an edit in SharePoint itself. */
    app: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
]);
export type Editor = z.infer<typeof editorSchema>;

/** Text, number and boolean as read; dates as UTC moments; a person under `XLookupId` as a number; several as an array. */
export const fieldsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.array(z.number())]),
);
export type Fields = z.infer<typeof fieldsSchema>;
export type FieldValue = Fields[string];

export const itemStateSchema = z.object({
  version: z.number(),
  fields: fieldsSchema,
  modifiedAt: z.string(),
  modifiedBy: editorSchema,
});
/** One version of an item. */
export type ItemState = z.infer<typeof itemStateSchema>;

export const itemSchema = itemStateSchema.extend({
  id: z.number(),
  listId: z.string(),
  guid: z.string(),
  createdAt: z.string(),
  createdBy: editorSchema,
  /** Position in the tenant's sequence of changes. */
  seq: z.number(),
  deleted: z.boolean(),
});
export type Item = z.infer<typeof itemSchema>;

export const userSchema = z.object({
  /** The Entra object id. */
  id: z.string(),
  displayName: z.string(),
  mail: z.string(),
  jobTitle: z.string(),
  /** Reference in the seed: `P10`. */
  ref: z.string(),
  /** Item in the User Information List; absent for people outside the tenant. */
  lookupId: z.number().optional(),
});
export type User = z.infer<typeof userSchema>;

export const driveNodeSchema = z.object({
  id: z.string(),
  parentId: z.string().optional(),
  name: z.string(),
  kind: z.enum(['folder', 'file']),
  size: z.number(),
  mimeType: z.string().optional(),
  sha256: z.string().optional(),
  version: z.number(),
  createdAt: z.string(),
  modifiedAt: z.string(),
  createdBy: editorSchema,
  modifiedBy: editorSchema,
});
export type DriveNode = z.infer<typeof driveNodeSchema>;

export const mailSchema = z.object({
  id: z.string(),
  /** What it is, when it is not a plain message. */
  kind: z.enum(['sharing', 'invitation', 'update', 'cancellation']).optional(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()).optional(),
  /** Names of what is attached. */
  attachments: z.array(z.string()).optional(),
  subject: z.string(),
  /** The text; the HTML where there is none. */
  body: z.string(),
  html: z.string().optional(),
  /** Of what lies in Sent Items. */
  internetMessageId: z.string().optional(),
  sentAt: z.string(),
});
export type Mail = z.infer<typeof mailSchema>;
