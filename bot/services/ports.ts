// The ports of the use cases, in the board's words, with their errors stated; main.ts alone plugs adapters in.
// Longer than most: the ports that nearly every use case shares are read side by side; those of one subject are in ports<Subject>.ts.
import type { BoardSnapshot, ChangedFields, Instant, Ref, UpdateRoute } from '../board/model';
import type { ChannelReference } from './portsChannels';

/** Dates of rules come from here; tokens, leases and time-outs use real time. */
export interface Clock {
  now(): Date;
}

/** The kinds of record that a use case may change or add; each is one SharePoint list (sharepoint/lists.ts). */
export type RecordKind =
  | 'area'
  | 'body'
  | 'action'
  | 'milestone'
  | 'risk'
  | 'mitigation'
  | 'measure'
  | 'reading'
  | 'evidence'
  | 'request'
  | 'update'
  | 'dateChange'
  | 'decision'
  | 'invitation'
  | 'dispatch'
  | 'attendance'
  | 'meeting'
  | 'loggedRow'
  | 'setting'
  | 'person';

/** Field values by the record's field names (board/model.ts); null empties a field. */
export type FieldChanges = Readonly<Record<string, unknown>>;

export type RecordWrite =
  | {
      readonly kind: 'change';
      readonly record: RecordKind;
      readonly ref: Ref;
      readonly itemId: string;
      /** The version the person saw; nothing is written over a newer one. */
      readonly version: string;
      readonly changes: FieldChanges;
    }
  | {
      readonly kind: 'add';
      readonly record: RecordKind;
      /** Unique for ever: adding again with the same key finds the first row. */
      readonly operationKey: string;
      readonly values: FieldChanges;
    };

/** An ordered set of writes that is carried out whole, or refused whole, however often it is tried. */
export interface WriteOperation {
  readonly boardId: string;
  /** Unique: recorded as LastOpId on every item it changes. */
  readonly operationId: string;
  readonly writes: readonly RecordWrite[];
}

export type WriteOutcome =
  | {
      readonly kind: 'written';
      readonly items: readonly { readonly itemId: string; readonly version: string }[];
    }
  /** Somebody changed `ref` since: nothing of this operation stays half done. */
  | { readonly kind: 'conflict'; readonly ref: Ref };

/** Why what is shown is older than it should be. */
export type StaleReason =
  /** SharePoint failed or has not answered yet. */
  | 'no-answer'
  /** SharePoint asked us to wait. */
  | 'throttled'
  /** Our own share of SharePoint's minute is used up: the reading waits for its turn. */
  | 'waiting';

/** How old a board in memory is. */
export interface BoardFreshness {
  /** The moment SharePoint was last asked and answered whole, by the clock of the rules; none before the first reading. */
  readonly readAt?: Instant;
  readonly stale?: StaleReason;
}

/** The board's lists. Throws UpstreamError, ThrottledError, NotAuthorisedError, NotFoundError. */
export interface BoardRecords {
  /** The boards this service looks after. */
  boardIds(): readonly string[];
  /**
   * The snapshot in memory; reads it first when there is none. Never a part: whole or an error.
   * `maxAgeMs`: how old it may be for who asks, where that is more than for a person who looks.
   */
  snapshot(boardId: string, maxAgeMs?: number): Promise<BoardSnapshot>;
  /** From when the snapshot is, without reading anything. */
  freshness(boardId: string): BoardFreshness;
  /** Reads what changed in SharePoint, then gives the snapshot. */
  refresh(boardId: string): Promise<BoardSnapshot>;
  /** Writes, then the next snapshot() shows it. */
  write(operation: WriteOperation): Promise<WriteOutcome>;
}

/** The kinds of record that a reader may be sent to. */
export type AddressedKind = RecordKind | 'coProduction' | 'adviserNote' | 'review';

/** Where rows can be opened. Throws UpstreamError, ThrottledError, NotFoundError. */
export interface RecordAddresses {
  /** The address of an item of a kind; undefined when the site has no such list. */
  addressesOf(boardId: string): Promise<(kind: AddressedKind, itemId: string) => string | undefined>;
}

/** An item of a list as the list tells of it, without what it says. */
export interface ListedItem {
  readonly itemId: string;
  readonly version: string;
  readonly changedAt: Instant;
  /** Changed after it was made. */
  readonly wasChanged: boolean;
}

/** One version of an item in SharePoint's version history. */
export interface ItemVersion {
  /** Rises by one with each change. */
  readonly number: number;
  readonly at: Instant;
  readonly editor: ItemEditor;
  /** The operation of ours that wrote it, or the last one before it. */
  readonly operationId?: string;
  /** Made by an operation of ours. */
  readonly operationKey?: string;
  /** Values by the record's field names, dotted when nested; what is empty is absent. */
  readonly fields: ChangedFields;
}

export type ItemEditor =
  | {
      readonly kind: 'person';
      readonly name: string;
      readonly email?: string;
      readonly entraObjectId?: string;
      /** Known by the site's own number for a person. */
      readonly personRef?: Ref;
    }
  | { readonly kind: 'program'; readonly name: string };

/** Up to where the edits made in a board's lists are accounted for; kept with the board. */
export interface HistoryMark {
  /** The first look at the board: what was there before is not told again. */
  readonly sinceAt: Instant;
  /** Every edit before this moment is in the history. */
  readonly accountedToAt: Instant;
  /** Item ids of the update history as ranges, `1-433 435`. */
  readonly historyRows: string;
}

/** Who changed what in the lists themselves. Throws UpstreamError, ThrottledError, NotAuthorisedError. */
export interface SiteHistory {
  /** Every item of a kind; none when the site has no such list. */
  items(boardId: string, record: RecordKind): Promise<readonly ListedItem[]>;
  /** All versions of an item, the first one first; undefined when there is no such item any more. */
  versions(boardId: string, record: RecordKind, itemId: string): Promise<readonly ItemVersion[] | undefined>;
  mark(boardId: string): Promise<HistoryMark | undefined>;
  /** A mark that another instance moved meanwhile stays as that one set it. */
  keepMark(boardId: string, mark: HistoryMark): Promise<void>;
}

export interface FiledPaper {
  readonly name: string;
  readonly webUrl: string;
  readonly bytes: number;
}

/** The library "Board papers": one folder a meeting. Throws UpstreamError, ThrottledError. */
export interface Library {
  file(boardId: string, meetingRef: Ref, name: string, content: Uint8Array, contentType: string): Promise<FiledPaper>;
  list(boardId: string, meetingRef: Ref): Promise<readonly FiledPaper[]>;
  read(boardId: string, meetingRef: Ref, name: string): Promise<Uint8Array | undefined>;
}

/** One adaptive card with the plain words that stand for it in notifications and logs of screen readers. */
export interface OutgoingCard {
  readonly card: Readonly<Record<string, unknown>>;
  readonly summary: string;
}

/** What became of one attempt to send. Only `delivered` may be shown as sent. */
export type SendOutcome =
  | { readonly kind: 'delivered'; readonly activityId: string }
  /** No conversation with this person: the app is not installed for them, or they are outside the tenant. */
  | { readonly kind: 'notInstalled'; readonly detail: string }
  | { readonly kind: 'blocked'; readonly detail: string }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** Definitely not delivered. */
  | { readonly kind: 'failed'; readonly detail: string; readonly mayRetry: boolean }
  /** May have been delivered; never repeated by itself. */
  | { readonly kind: 'uncertain'; readonly detail: string };

/** Sends one card into one person's chat, or into a channel of a team. Never throws for what a channel can answer. */
export interface Messenger {
  /** `departure` is waited for when all is ready for the network: it keeps the pace. */
  send(
    conversation: ConversationReference | ChannelReference,
    message: OutgoingCard,
    departure?: () => Promise<void>,
  ): Promise<SendOutcome>;
}

/** What is needed to speak to a person first; `reference` is the channel's own and opaque here. */
export interface ConversationReference {
  readonly entraObjectId: string;
  readonly reference: Readonly<Record<string, unknown>>;
}

/** Kept on install and on every message. Throws UpstreamError (storage). */
export interface Conversations {
  keep(conversation: ConversationReference): Promise<void>;
  find(entraObjectId: string): Promise<ConversationReference | undefined>;
  forget(entraObjectId: string): Promise<void>;
}

export type LedgerState = 'planned' | 'claimed' | 'sending' | 'sent' | 'failed' | 'uncertain' | 'cancelled';
/** The steps of a board cycle that reach a person. */
export type CycleStep =
  | 'request'
  | 'reminder'
  | 'final-reminder'
  | 'deadline-day'
  | 'escalation'
  | 'papers'
  | 'papers-reminder'
  | 'papers-last-call'
  | 'briefing'
  | 'digest'
  | 'arising';
/** A message that an event leads to, not a day of the cycle: `notice:hand-over:...`, once each. */
export type NoticeStep = `notice:${string}`;

/**
 * One message due to one recipient in one step of one meeting's cycle; the four together are unique. The recipient is a
 * person, or the board's channel (board/recipients.ts): the ledger keeps, claims and settles both alike.
 */
export interface LedgerKey {
  readonly boardId: string;
  readonly meetingRef: Ref;
  readonly step: CycleStep | NoticeStep;
  readonly personRef: Ref;
}

export interface LedgerDraft extends LedgerKey {
  /** Subjects of the message, for the record: refs alone. */
  readonly subjectRefs: readonly Ref[];
}

export interface LedgerEntry extends LedgerDraft {
  readonly state: LedgerState;
  /** How it went, or was tried. */
  readonly route?: DeliveryRoute;
  readonly plannedAt: Instant;
  readonly sentAt?: Instant;
  readonly activityId?: string;
  /** Why not, or why not by chat, in words for the secretary; never what people wrote. */
  readonly detail?: string;
  readonly attempts: number;
  readonly fence: number;
  /** What became of it before a person had it sent again, oldest first; after `uncertain` it may have arrived twice. */
  readonly earlier?: readonly EarlierSending[];
}

export type DeliveryRoute = 'chat' | 'e-mail';

export interface EarlierSending {
  readonly state: LedgerState;
  readonly route?: DeliveryRoute;
  readonly detail?: string;
  /** Who had it sent again, and when. */
  readonly byRef: Ref;
  readonly at: Instant;
}

/** The delivery ledger (outbox): planned -> claimed -> sending -> sent | failed | uncertain. Throws UpstreamError. */
export interface Ledger {
  /** Adds what is not there yet; what is there stays as it is. Returns the keys that were new. */
  plan(entries: readonly LedgerDraft[], at: Instant): Promise<readonly LedgerKey[]>;
  /** Claims up to `limit` planned entries (and claims whose lease ran out) for this worker; none of those `notTo`. */
  claim(
    boardId: string,
    worker: string,
    limit: number,
    leaseSeconds: number,
    notTo?: readonly Ref[],
  ): Promise<readonly LedgerEntry[]>;
  /**
   * Recorded before the POST leaves; false when the claim was lost (then do not send). Again for the next route, once the
   * one before definitely did not deliver. The route is chat when absent.
   */
  sending(key: LedgerKey, fence: number, route?: DeliveryRoute): Promise<boolean>;
  record(key: LedgerKey, fence: number, outcome: LedgerOutcome, at: Instant): Promise<boolean>;
  /** After a crash: every entry left in `sending` with an expired lease becomes `uncertain`. Returns how many. */
  settleAbandoned(boardId: string): Promise<number>;
  /** What definitely was not sent (failed, cancelled) goes back to planned, at a person's request; nothing else does. */
  reopen(entries: readonly LedgerDraft[], at: Instant): Promise<readonly LedgerKey[]>;
  /** A person has these sent again although they failed or may have arrived; what became of them before is kept. */
  resend(keys: readonly LedgerKey[], byRef: Ref, at: Instant): Promise<readonly LedgerKey[]>;
  /** Those of all meetings that may have arrived. */
  uncertain(boardId: string): Promise<readonly LedgerEntry[]>;
  entries(boardId: string, meetingRef: Ref): Promise<readonly LedgerEntry[]>;
  /** How many have not left yet, and since when the longest of those waits that might leave at `at`. */
  queue(boardId: string, at: Instant): Promise<{ readonly count: number; readonly since?: Instant }>;
}

export type LedgerOutcome =
  /** `activityId`: what the channel calls it; of an e-mail its Message-ID. `detail`: why by this route. */
  | { readonly state: 'sent'; readonly route: DeliveryRoute; readonly activityId?: string; readonly detail?: string }
  | { readonly state: 'failed'; readonly detail: string; readonly route?: DeliveryRoute }
  | { readonly state: 'uncertain'; readonly detail: string; readonly route?: DeliveryRoute }
  /** Nothing left to say to this person when their turn came. */
  | { readonly state: 'cancelled'; readonly detail: string }
  /** Back to planned, not before `notBefore`. */
  | { readonly state: 'planned'; readonly detail: string; readonly notBefore: Instant };

/** Answers already given: a repeat with the same nonce and inputs gets the recorded result. Throws UpstreamError. */
export interface Operations {
  /** Starts or finds an operation; `recorded` holds the result when it is finished. */
  begin(
    boardId: string,
    operationId: string,
    request: unknown,
  ): Promise<{ readonly state: 'new' | 'unfinished' } | { readonly state: 'done'; readonly recorded: unknown }>;
  finish(boardId: string, operationId: string, result: unknown): Promise<void>;
  /** A refusal leaves no trace, so that the person may try again. */
  abandon(boardId: string, operationId: string): Promise<void>;
  /** What a crash left unfinished, oldest first. */
  unfinished(boardId: string): Promise<readonly { readonly operationId: string; readonly request: unknown }[]>;
}

export interface NotificationKeysOfBoard {
  /** Ends the address that SharePoint calls for this board; no secret, but nobody guesses it. */
  readonly address: string;
  /** The secret that each notification of this board must carry. */
  readonly clientState: string;
}

/** By what notifications of SharePoint are known to be ours. Throws UpstreamError (storage). */
export interface NotificationKeys {
  keysOf(boardId: string): Promise<NotificationKeysOfBoard>;
}

/** Who acts, recognised by Entra object id; the route is recorded with every change. */
export interface Actor {
  readonly personRef: Ref;
  readonly route: UpdateRoute;
}
