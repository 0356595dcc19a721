// Mail of the local tenant: accepted, kept, shown in the console, delivered to nobody.
import { z } from 'zod';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { invalidRequest } from './graphError';
import type { Mailboxes } from './mailboxes';

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
  z.strictObject({ message: messageSchema, ...settings }).transform((one) => one.message),
  z.strictObject({ Message: messageSchema, ...settings }).transform((one) => one.Message),
]);

export function graphOutlookOperations(mailboxes: Mailboxes): readonly Operation[] {
  async function sendMail(call: GraphCall): Promise<GraphResponse> {
    const from = mailboxes.addressOf(call.param('user'));
    const parsed = bodySchema.safeParse(call.json());
    if (!parsed.success) throw invalidRequest('A message with subject, body and toRecipients is expected.');
    const { subject, body, toRecipients, ccRecipients = [], attachments = [] } = parsed.data;
    const addresses = (list: z.infer<typeof recipients>): string[] => list.map((one) => one.emailAddress.address);
    await mailboxes.send({
      from,
      to: addresses(toRecipients),
      ...(ccRecipients.length === 0 ? {} : { cc: addresses(ccRecipients) }),
      ...(attachments.length === 0 ? {} : { attachments: attachments.map((one) => one.name) }),
      subject,
      body: body.content,
    });
    return { status: 202 };
  }
  return [{ method: 'POST', pattern: 'users/:user/sendMail', units: 2, handle: sendMail }];
}
