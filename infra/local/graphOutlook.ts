// Mail of the local tenant: accepted, kept, shown in the console, delivered to nobody.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { graphInstant } from './clock';
import type { GraphCall, GraphResponse, Operation } from './graph';
import { GraphFailure, invalidRequest } from './graphError';
import type { Tenant } from './tenant';

const messageSchema = z.object({
  subject: z.string(),
  body: z.object({ contentType: z.string().optional(), content: z.string() }).loose(),
  toRecipients: z.array(z.object({ emailAddress: z.object({ address: z.string() }).loose() })).min(1),
});
/** The metadata spells `Message`, the documents `message`: both are taken. */
const bodySchema = z.union([
  z.object({ message: messageSchema }).transform((one) => one.message),
  z.object({ Message: messageSchema }).transform((one) => one.Message),
]);

export function graphOutlookOperations(tenant: Tenant): readonly Operation[] {
  async function sendMail(call: GraphCall): Promise<GraphResponse> {
    const from = call.param('user');
    if (!from.includes('@')) throw new GraphFailure(404, 'ErrorInvalidUser', 'The requested user is invalid.');
    const parsed = bodySchema.safeParse(call.json());
    if (!parsed.success) throw invalidRequest('A message with subject, body and toRecipients is expected.');
    await tenant.addMail({
      id: randomUUID(),
      from,
      to: parsed.data.toRecipients.map((one) => one.emailAddress.address),
      subject: parsed.data.subject,
      body: parsed.data.body.content,
      sentAt: graphInstant(tenant.now()),
    });
    return { status: 202 };
  }
  return [{ method: 'POST', pattern: 'users/:user/sendMail', units: 2, handle: sendMail }];
}
