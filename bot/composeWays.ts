// The ways to people beside the chat, as far as the configuration gives them: the mailbox, the app installed, the link to answer.
import type { Config } from './config';
import type { Logger } from './logger';
import { realTime } from './services/pace';
import type { RoutePorts } from './services/deliverRoutes';
import type { Clock, Ledger } from './services/ports';
import { createSettleMail, type SettleMail } from './services/settleMail';
import { createAppInstaller } from './sharepoint/appInstaller';
import type { SiteBoardRecords } from './sharepoint/boardRecords';
import { createGraph, type Graph, type GraphSettings } from './sharepoint/graphClient';
import { createMailer } from './sharepoint/mail';
import { createMyItems } from './sharepoint/myItems';

export type Ways = Pick<RoutePorts, 'mailer' | 'installer' | 'myItemsUrl'> & { readonly settleMail?: SettleMail };

/** Shorter than the deadline of one delivery: after that nobody would hear the answer. */
const tryTimeoutMs = 20_000;

export function composeWays(parts: {
  readonly config: Config;
  readonly graph: Graph;
  readonly graphSettings: Omit<GraphSettings, 'unitsPerMinute' | 'retry'>;
  readonly records: Pick<SiteBoardRecords, 'placesOf'>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly logger: Logger;
}): Ways {
  const { config, graph, ledger, clock, logger } = parts;
  const myItemsUrl = createMyItems({ graph, records: parts.records, logger });
  // A refused request is not repeated here: the ledger says when, for every instance, and a mailbox costs no units of SharePoint.
  const once = createGraph({ ...parts.graphSettings, retry: { tries: 1, totalMs: 0 }, tryTimeoutMs });
  const { serviceMailbox, teamsCatalogueId } = config;
  const mailer =
    serviceMailbox === undefined ? undefined : createMailer({ graph: once, mailbox: serviceMailbox, logger });
  return {
    myItemsUrl,
    ...(mailer ? { mailer, settleMail: createSettleMail({ ledger, mailer, clock, logger, time: realTime }) } : {}),
    ...(teamsCatalogueId === undefined
      ? {}
      : { installer: createAppInstaller({ graph: once, catalogueId: teamsCatalogueId, logger }) }),
  };
}
