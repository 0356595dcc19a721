// The inbox of a mailbox: reports of Exchange that a mail could not be delivered, for addresses that are said to take none.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { graphInstant } from './clock';
import { linkTo, type GraphCall, type GraphResponse } from './graph';
import { invalidRequest } from './graphError';
import { contextOf, pick } from './graphLists';
import { readFilter, readQuery, readSkiptoken, writeSkiptoken } from './odata';
import type { Mail } from './records';
import { openShelf } from './shelf';
import type { Tenant } from './tenant';

const reportSchema = z.object({
  id: z.string(),
  mailbox: z.string(),
  subject: z.string(),
  body: z.string(),
  receivedAt: z.string(),
});
type Report = z.infer<typeof reportSchema>;
const unreachableSchema = z.object({ address: z.string(), why: z.string() });

export interface Inbox {
  /** From now on mail to the address comes back with this report; no words: it arrives again. */
  refuse(address: string, why: string | undefined): Promise<void>;
  /** Puts a report into the sender's inbox for every recipient that takes no mail. */
  deliver(mail: Pick<Mail, 'from' | 'to' | 'cc' | 'subject'>): Promise<void>;
  /** GET users/{user}/mailFolders/inbox/messages; `mailbox` is that user's. */
  messages(call: GraphCall, mailbox: string): GraphResponse;
}

export function createInbox(tenant: Tenant): Inbox {
  const reports = openShelf(tenant.documents, 'report', reportSchema, (one) => one.id);
  const unreachable = openShelf(tenant.documents, 'unreachable', unreachableSchema, (one) => one.address);

  return {
    refuse: (given, why) =>
      unreachable.change(() => {
        const address = given.toLowerCase();
        return { result: undefined, ...(why === undefined ? { removed: [address] } : { puts: [{ address, why }] }) };
      }),
    async deliver({ from, to, cc = [], subject }) {
      const at = graphInstant(tenant.now());
      const puts = [...to, ...cc].flatMap((address): Report[] => {
        const why = unreachable.get(address.toLowerCase())?.why;
        if (why === undefined) return [];
        const body = `<html><body><p>Your message to ${address} couldn't be delivered.</p><p>${why}</p></body></html>`;
        return [{ id: randomUUID(), mailbox: from, subject: `Undeliverable: ${subject}`, body, receivedAt: at }];
      });
      if (puts.length > 0) await reports.change(() => ({ result: undefined, puts }));
    },
    messages(call, mailbox) {
      const query = readQuery(call.query, ['filter', 'select', 'top', 'orderby', 'skiptoken']);
      const filter = query.filter === undefined ? undefined : readFilter(query.filter);
      if (query.orderby?.some((one) => one.path !== 'receivedDateTime' || one.descending) === true)
        throw invalidRequest('The inbox is read in the order of receivedDateTime here.');
      const start = Number(query.skiptoken === undefined ? 0 : readSkiptoken(query.skiptoken).get('p_Row'));
      const own = reports
        .all()
        .filter((one) => one.mailbox.toLowerCase() === mailbox.toLowerCase())
        .filter((one) => filter?.matches((path) => propertyOf(one, path)) ?? true)
        .sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1));
      const end = start + (query.top ?? 10);
      const next =
        end < own.length
          ? { '@odata.nextLink': linkTo(call, { $skiptoken: writeSkiptoken({ p_Row: String(end) }) }) }
          : {};
      const select = query.select && ['id', ...query.select];
      const value = own.slice(start, end).map((one) => pick(messageOf(one), select));
      return { status: 200, body: { ...contextOf(call, 'messages'), ...next, value } };
    },
  };
}

function propertyOf(report: Report, path: string): string {
  if (path === 'receivedDateTime') return report.receivedAt;
  if (path === 'subject') return report.subject;
  throw invalidRequest(`Messages of the inbox cannot be filtered by '${path}' here.`);
}

function messageOf(report: Report): Record<string, unknown> {
  const postmaster = {
    emailAddress: { name: 'Microsoft Outlook', address: `postmaster@${report.mailbox.split('@')[1]}` },
  };
  return {
    id: report.id,
    receivedDateTime: report.receivedAt,
    subject: report.subject,
    body: { contentType: 'html', content: report.body },
    from: postmaster,
    toRecipients: [{ emailAddress: { name: report.mailbox, address: report.mailbox } }],
    isRead: false,
    // Exchange marks its own reports with this header.
    internetMessageHeaders: [{ name: 'X-MS-Exchange-Message-Is-Ndr', value: '' }],
  };
}
