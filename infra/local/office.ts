// What the local Microsoft 365 has beside lists: files and their sharing, calendar and mail, Teams, notifications, the directory.
import type { Faults } from './faults';
import { createDrivePlaces } from './drivePlaces';
import type { Operation } from './graph';
import { createCalendar, type Calendar } from './graphCalendar';
import { graphDirectoryOperations } from './graphDirectory';
import { graphFilesOperations } from './graphFiles';
import { graphOutlookOperations } from './graphOutlook';
import { createSharing, type Sharing } from './graphSharing';
import { graphSiteGrantOperations } from './graphSiteGrants';
import { createSubscriptions, type Subscriptions } from './graphSubscriptions';
import { createTeams, type Teams } from './graphTeams';
import { graphUploadsOperations } from './graphUploads';
import type { Inbox } from './inbox';
import { createMailboxes } from './mailboxes';
import type { NotifierOptions } from './notifier';
import type { Tenant } from './tenant';

export interface OfficeOptions {
  /** How change notifications are paced. */
  readonly notifications?: NotifierOptions;
  /** Mailboxes without a Teams licence: their meetings get no link to join. */
  readonly mailboxesWithoutTeams?: readonly string[];
  /** Types of activity that the app's manifest declares. */
  readonly activityTypes?: readonly string[];
}

export interface Office {
  readonly operations: readonly Operation[];
  readonly subscriptions: Subscriptions;
  readonly sharing: Sharing;
  readonly calendar: Calendar;
  readonly inbox: Inbox;
  readonly teams: Teams;
  close(): void;
}

export function createOffice(tenant: Tenant, faults: Faults, options: OfficeOptions): Office {
  const places = createDrivePlaces(tenant);
  const mailboxes = createMailboxes(tenant, options.mailboxesWithoutTeams);
  const sharing = createSharing(tenant, places);
  const calendar = createCalendar(tenant, mailboxes);
  const teams = createTeams(tenant, options.activityTypes);
  const subscriptions = createSubscriptions({ tenant, faults, options: options.notifications ?? {} });
  return {
    operations: [
      ...graphFilesOperations(tenant, places),
      ...graphUploadsOperations(places),
      ...sharing.operations,
      ...graphOutlookOperations(mailboxes),
      ...calendar.operations,
      ...teams.operations,
      ...subscriptions.operations,
      ...graphDirectoryOperations(tenant),
      ...graphSiteGrantOperations(tenant),
    ],
    subscriptions,
    sharing,
    calendar,
    inbox: mailboxes.inbox,
    teams,
    close: () => subscriptions.close(),
  };
}
