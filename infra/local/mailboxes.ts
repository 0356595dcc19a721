// Mailboxes of the local tenant: whose they are, and the outbox that keeps what they send.
import { randomUUID } from 'node:crypto';
import { graphInstant } from './clock';
import { GraphFailure } from './graphError';
import { createInbox, type Inbox } from './inbox';
import type { Mail } from './records';
import type { Tenant } from './tenant';

export interface Mailboxes {
  /** The address of a user's id or of a mailbox in the tenant, shared ones too; refuses any other. */
  addressOf(idOrAddress: string): string;
  nameOf(address: string): string;
  hasTeams(address: string): boolean;
  send(mail: Omit<Mail, 'id' | 'sentAt'>): Promise<void>;
  /** What a mailbox sent, newest first. */
  sentBy(address: string): readonly Mail[];
  readonly inbox: Inbox;
}

/** `withoutTeams`: mailboxes whose online meetings Outlook makes plain ones, as it does without a licence. */
export function createMailboxes(tenant: Tenant, withoutTeams: readonly string[] = []): Mailboxes {
  const inbox = createInbox(tenant);
  return {
    inbox,
    addressOf(idOrAddress) {
      const wanted = idOrAddress.toLowerCase();
      const inTenant = tenant.users().filter((one) => one.lookupId !== undefined);
      const user = inTenant.find((one) => one.id.toLowerCase() === wanted);
      if (user) return user.mail;
      const [name, domain, ...rest] = wanted.split('@');
      const known = inTenant.some((one) => one.mail.toLowerCase().endsWith(`@${domain}`));
      if (name === '' || !known || rest.length > 0)
        throw new GraphFailure(404, 'ErrorInvalidUser', `The requested user '${idOrAddress}' is invalid.`);
      return wanted;
    },
    nameOf(address) {
      const wanted = address.toLowerCase();
      return tenant.users().find((one) => one.mail.toLowerCase() === wanted)?.displayName ?? address;
    },
    hasTeams: (address) => !withoutTeams.some((one) => one.toLowerCase() === address.toLowerCase()),
    sentBy: (address) =>
      [...tenant.mails()].reverse().filter((one) => one.from.toLowerCase() === address.toLowerCase()),
    async send(mail) {
      await tenant.addMail({ id: randomUUID(), sentAt: graphInstant(tenant.now()), ...mail });
      await inbox.deliver(mail);
    },
  };
}
