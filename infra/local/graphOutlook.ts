// Mail of the local tenant: accepted as JSON or as MIME, kept, found in Sent Items, shown in the console, delivered to nobody.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { invalidRequest } from './graphError';
import { contextOf } from './graphLists';
import type { Mailboxes } from './mailboxes';
import { readMime } from './mime';
import { readFilter, readQuery } from './odata';
import type { Mail } from './records';

const recipients = z.array(z.object({ emailAddress: z.object({ address: z.string() }).loose() }));
const messageSchema = z.object({
  subject: z.string(),
  body: z.object({ contentType: z.string().optional(), content: z.string() }).loose(),
  toRecipients: recipients.min(1),
  ccRecipients: recipients.optional(),
  attachments: z.array(z.object({ name: z.string() }).loose()).optional(),
});
/** A boolean, or its word as the documents write it. */
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]).optional();
const settings = { saveToSentItems: flag, SaveToSentItems: flag };
/** The metadata spells `Message`, the documents `message`: both are taken. */
const bodySchema = z.union([
  z.strictObject({ message: messageSchema, ...settings }).transform((one) => ({ ...one, message: one.message })),
  z.strictObject({ Message: messageSchema, ...settings }).transform((one) => ({ ...one, message: one.Message })),
]);

type Sending = Omit<Mail, 'id' | 'sentAt' | 'from'>;

export function graphOutlookOperations(mailboxes: Mailboxes): readonly Operation[] {
  async function sendMail(call: GraphCall): Promise<GraphResponse> {
    const from = mailboxes.addressOf(call.param('user'));
    const asMime = (call.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() === 'text/plain';
    await mailboxes.send({ from, ...(asMime ? fromMime(call) : fromJson(call, from)) });
    return { status: 202 };
  }

  /** One property can be asked for here: what a client that wants to know whether its mail left has to ask. */
  function sentItems(call: GraphCall): GraphResponse {
    const mailbox = mailboxes.addressOf(call.param('user'));
    const query = readQuery(call.query, ['filter', 'select', 'top']);
    const filter = query.filter === undefined ? undefined : readFilter(query.filter);
    const found = mailboxes.sentBy(mailbox).filter((one) => {
      const valueOf = (path: string): string => {
        if (path === 'internetMessageId') return one.internetMessageId ?? '';
        throw invalidRequest(`Messages cannot be filtered by '${path}' here.`);
      };
      return one.internetMessageId !== undefined && (filter?.matches(valueOf) ?? true);
    });
    const shown = found.slice(0, query.top ?? 10).map((one) => {
      const { id, internetMessageId, sentAt, subject } = one;
      const all = { id, internetMessageId, sentDateTime: sentAt, subject };
      const wanted = query.select;
      return wanted === undefined
        ? all
        : Object.fromEntries(Object.entries(all).filter(([name]) => name === 'id' || wanted.includes(name)));
    });
    return { status: 200, body: { ...contextOf(call, 'messages'), value: shown } };
  }

  return [
    { method: 'POST', pattern: 'users/:user/sendMail', units: 2, handle: sendMail },
    { method: 'GET', pattern: 'users/:user/mailFolders/sentitems/messages', units: 2, handle: sentItems },
    {
      method: 'GET',
      pattern: 'users/:user/mailFolders/inbox/messages',
      units: 2,
      handle: (call) => mailboxes.inbox.messages(call, mailboxes.addressOf(call.param('user'))),
    },
  ];
}

function fromJson(call: GraphCall, from: string): Sending {
  const parsed = bodySchema.safeParse(call.json());
  if (!parsed.success) throw invalidRequest('A message with subject, body and toRecipients is expected.');
  const { message, saveToSentItems, SaveToSentItems } = parsed.data;
  const { subject, body, toRecipients, ccRecipients = [], attachments = [] } = message;
  const addresses = (list: z.infer<typeof recipients>): string[] => list.map((one) => one.emailAddress.address);
  const isSaved = String(saveToSentItems ?? SaveToSentItems ?? true) === 'true';
  return {
    to: addresses(toRecipients),
    ...(ccRecipients.length === 0 ? {} : { cc: addresses(ccRecipients) }),
    ...(attachments.length === 0 ? {} : { attachments: attachments.map((one) => one.name) }),
    subject,
    body: body.content,
    ...(body.contentType?.toLowerCase() === 'html' ? { html: body.content } : {}),
    ...(isSaved ? { internetMessageId: newMessageId(from) } : {}),
  };
}

/** Source: Microsoft Graph, "user: sendMail" and "Send messages with MIME content": base64, always saved to Sent Items. */
function fromMime(call: GraphCall): Sending {
  const base64 = Buffer.from(call.request.body).toString('latin1').replace(/\s/g, '');
  const message = /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? readMime(Buffer.from(base64, 'base64')) : undefined;
  if (message === undefined) throw invalidRequest('Invalid base64 string for MIME content.');
  const to = addressesIn(message.header('to'));
  const cc = addressesIn(message.header('cc'));
  if (to.length === 0) throw invalidRequest('At least one recipient is expected.');
  const { text, html, attachments } = message;
  return {
    to,
    ...(cc.length === 0 ? {} : { cc }),
    ...(attachments.length === 0 ? {} : { attachments: [...attachments] }),
    subject: message.header('subject') ?? '',
    body: text ?? html ?? '',
    ...(html === undefined ? {} : { html }),
    internetMessageId: message.header('message-id') ?? newMessageId(call.param('user')),
  };
}

/** Names may hold commas where they stand in quotation marks. */
function addressesIn(header: string | undefined): string[] {
  const parts = (header ?? '').match(/(?:"[^"]*"|[^",])+/g) ?? [];
  return parts.flatMap(
    (one) => /<([^<>\s]+@[^<>\s]+)>|([^<>\s",]+@[^<>\s",]+)/.exec(one)?.slice(1).find(Boolean) ?? [],
  );
}

function newMessageId(from: string): string {
  return `<${randomUUID()}@${from.split('@')[1] ?? 'mail.example'}>`;
}
