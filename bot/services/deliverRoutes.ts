// By which way a message reaches one person: the chat, the app installed for them first, or e-mail; what each outcome means.
// The board's channel is reached through Teams alone. Claim, pace, record and outcome are the same for both.
import type { BoardAssessment } from '../board/assessment';
import type { BoardSnapshot, Person, Ref } from '../board/model';
import { channelOf, channelWords, isChannel } from '../board/recipients';
import type { ReleasedPapers } from '../cards/messageShape';
import type { Logger } from '../logger';
import { attemptedInChat, withDeadline, type Settled } from './chatAttempt';
import { whyNotAnyMore, whyNotToChannelAnyMore, type DeliveryView } from './deliverView';
import { createMailRoom, type Attempted } from './mailRoom';
import type { Pace } from './pace';
import type { RealTime } from './portsPace';
import type { Channels } from './portsChannels';
import type {
  Clock,
  Conversations,
  Ledger,
  LedgerEntry,
  LedgerOutcome,
  Messenger,
  OutgoingCard,
  SendOutcome,
} from './ports';
import type { AppInstaller } from './portsInstall';
import type { Mailer, OutgoingMail, OwnedKind } from './portsMail';
import type { TellSecretary } from './tellSecretary';

/** For whom and about what a message is made. */
export interface MessageFor {
  readonly boardId: string;
  readonly subjectRefs: readonly Ref[];
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly personRef: Ref;
  readonly step: LedgerEntry['step'];
  /** What was released, for the message that tells of it. */
  readonly released?: ReleasedPapers;
}

/** About what a public message is made: nobody's in particular. */
export type PublicMessage = Omit<MessageFor, 'personRef' | 'subjectRefs'>;

/** Builds what the board's channel gets. Pure. */
export type ChannelCardBuilder = (input: PublicMessage) => OutgoingCard;
/** Builds what one person gets in one step. Pure. */
export type CardBuilder = (input: MessageFor) => OutgoingCard;
/** The same words as an e-mail; undefined: there is nothing to say in one. Pure. */
export type MailBuilder = (input: MessageFor & { readonly myItemsUrl?: string }) => OutgoingMail | undefined;

export interface RoutePorts {
  readonly ledger: Ledger;
  readonly messenger: Messenger;
  readonly conversations: Conversations;
  readonly cards: CardBuilder;
  /** With `mails`, people whom no chat reaches get an e-mail; without, they are listed as not reached. */
  readonly mailer?: Mailer;
  readonly mails?: MailBuilder;
  /** Where somebody outside the tenant answers, in the list of most concern; undefined when nobody can say. Never throws. */
  readonly myItemsUrl?: (boardId: string, person: Person, kind: OwnedKind) => Promise<string | undefined>;
  /** Absent: the app is installed by people or by a policy of Teams alone. */
  readonly installer?: AppInstaller;
  /** Absent: no board has a channel here. */
  readonly channel?: {
    readonly channels: Pick<Channels, 'find'>;
    readonly cards: ChannelCardBuilder;
    /** That a channel cannot be reached is for the secretary to mend. */
    readonly tellSecretary: TellSecretary;
  };
  readonly clock: Clock;
  readonly logger: Logger;
}

export type DeliveryResult = 'sent' | 'failed' | 'uncertain' | 'unreachable' | 'cancelled' | 'waiting';

/** Nothing when the claim was lost; `retryAtMs` when it went back to be tried then. */
export interface Delivered {
  readonly result?: DeliveryResult;
  readonly retryAtMs?: number;
}

const mostAttempts = 5;
/** A message that Teams asked us to wait with was surely not delivered: a minute's storm must not use it up. */
const mostThrottled = 60;
/** How long Teams may take to tell the app of a chat that an installation opened. */
const chatOpensMs = 10_000;

const gone = 'No longer among the people of the board.';
const notMade = 'The message could not be made.';
const askThem = 'Please ask them yourself.';
const outside = 'Outside the council, so Teams does not reach them';
const noAccount = 'Their Microsoft 365 account is not known here, so Teams does not reach them.';
const neverSpoke = 'Has not opened a chat with Board Assistant';
const notKept = 'the way to it is not known here. Say "@Board Assistant use this channel" there once more.';
const removed =
  'Teams no longer lets the app write there. Add Board Assistant to the team again, or choose another channel with "use this channel".';
const chatFollows = 'The app was installed for them; the message follows when Teams opens the chat.';

/** Sends one claimed message by the first way that works; an uncertain one never goes on to the next way. */
export function createRoutes(
  ports: RoutePorts,
  pace: Pace,
  time: RealTime,
): (entry: LedgerEntry, view: DeliveryView) => Promise<Delivered> {
  const { ledger, messenger, conversations, clock, logger } = ports;
  const mailRoom = ports.mailer && createMailRoom({ mailer: ports.mailer, ledger });
  /** Installed by this process: a second installation would open no chat either. */
  const installed = new Set<string>();

  return async (entry, view) => {
    if (isChannel(entry.personRef)) return toChannel(entry, view);
    const person = view.person(entry.personRef);
    if (person === undefined) return close(entry, 'failed', { state: 'failed', detail: gone });
    const over = whyNotAnyMore(entry, person, view);
    if (over !== undefined) return close(entry, 'cancelled', { state: 'cancelled', detail: over });
    if (person.external)
      return byMail(entry, view, person, `${outside}.`, `${outside}; sending by e-mail is not set up. ${askThem}`);
    if (person.entraObjectId === undefined) return byMail(entry, view, person, noAccount, `${noAccount} ${askThem}`);
    const conversation = await conversations.find(person.entraObjectId);
    if (conversation === undefined)
      return installThenMail(
        entry,
        view,
        person,
        `${neverSpoke}.`,
        `${neverSpoke}, so there is nowhere to send it. Please ask them to.`,
      );
    const card = build(entry, () => ports.cards(inputOf(entry, view)));
    if (card === undefined) return close(entry, 'failed', { state: 'failed', detail: notMade });
    const outcome = await post(entry, conversation, person.entraObjectId, card);
    if (outcome?.kind === 'notInstalled') return installThenMail(entry, view, person, outcome.detail);
    if (outcome?.kind === 'blocked') return byMail(entry, view, person, outcome.detail);
    return posted(entry, outcome);
  };

  /** There is no other way to a channel: one that is lost is listed, and the secretary told. */
  async function toChannel(entry: LedgerEntry, view: DeliveryView): Promise<Delivered> {
    const over = whyNotToChannelAnyMore(entry, view);
    if (over !== undefined) return close(entry, 'cancelled', { state: 'cancelled', detail: over });
    const chosen = channelOf(view.snapshot);
    const { boardId, step } = entry;
    const { snapshot, assessment, released } = view;
    const known = chosen && (await ports.channel?.channels.find(boardId, chosen.channelId));
    if (ports.channel === undefined || known === undefined) return lost(entry, view, notKept);
    const { cards } = ports.channel;
    const input = { boardId, step, snapshot, assessment, ...(released ? { released } : {}) };
    const card = build(entry, () => cards(input));
    if (card === undefined) return close(entry, 'failed', { state: 'failed', detail: notMade });
    const outcome = await post(entry, known, known.channelId, card);
    if (outcome?.kind === 'notInstalled' || outcome?.kind === 'blocked') return lost(entry, view, removed);
    // Whichever channel it is later, the record says which one this was.
    return posted(entry, outcome, `In ${channelWords(chosen)}.`);
  }

  async function lost(entry: LedgerEntry, view: DeliveryView, why: string): Promise<Delivered> {
    const channel = channelWords(channelOf(view.snapshot));
    const detail = `${channel.charAt(0).toUpperCase()}${channel.slice(1)} was not reached: ${why}`;
    const closed = await close(entry, 'unreachable', { state: 'failed', detail });
    await ports.channel?.tellSecretary(entry.boardId, entry.meetingRef, [detail]);
    return closed;
  }

  /** Into one conversation, at its pace; nothing when the claim was lost while waiting: whoever holds it now sends. */
  async function post(
    entry: LedgerEntry,
    conversation: Parameters<Messenger['send']>[0],
    pacedAs: string,
    card: OutgoingCard,
  ): Promise<SendOutcome | undefined> {
    const departure = await pace.turn(pacedAs);
    if (!(await ledger.sending(entry, entry.fence, 'chat'))) return undefined;
    const outcome = await withDeadline(messenger.send(conversation, card, departure.leave));
    departure.answered();
    return outcome;
  }

  async function posted(entry: LedgerEntry, outcome: Settled | undefined, where?: string): Promise<Delivered> {
    if (outcome === undefined) return {};
    const delivered = await settle(entry, attemptedInChat(outcome, where));
    if (outcome.kind === 'throttled') await pace.slowDown();
    return delivered;
  }

  async function installThenMail(
    entry: LedgerEntry,
    view: DeliveryView,
    person: Person,
    why: string,
    otherwise?: string,
  ): Promise<Delivered> {
    const id = person.entraObjectId;
    if (ports.installer !== undefined && id !== undefined && !installed.has(id)) {
      installed.add(id);
      if ((await ports.installer.install(id)) === 'installed') {
        // What was known of an earlier chat leads nowhere any more.
        await conversations.forget(id);
        return again(entry, chatFollows, chatOpensMs);
      }
    }
    return byMail(entry, view, person, why, otherwise);
  }

  /** `otherwise`: what is said where there is no e-mail. */
  async function byMail(
    entry: LedgerEntry,
    view: DeliveryView,
    person: Person,
    why: string,
    otherwise = why,
  ): Promise<Delivered> {
    const unreachable = (detail: string): Promise<Delivered> =>
      close(entry, 'unreachable', { state: 'failed', detail });
    const { mails, myItemsUrl } = ports;
    if (mailRoom === undefined || mails === undefined) return unreachable(otherwise);
    if (person.email === undefined) return unreachable(`${why} No e-mail address is in the list People. ${askThem}`);
    const url = person.external ? await myItemsUrl?.(entry.boardId, person, kindAsked(entry, view)) : undefined;
    const made = build(entry, () => ({
      mail: mails({ ...inputOf(entry, view), ...(url === undefined ? {} : { myItemsUrl: url }) }),
    }));
    if (made === undefined) return close(entry, 'failed', { state: 'failed', detail: notMade });
    if (made.mail === undefined) return unreachable(`${why} This message is not sent by e-mail.`);
    const attempted = await mailRoom.send(entry, { name: person.name, address: person.email }, made.mail, why);
    return attempted === undefined ? {} : settle(entry, attempted);
  }

  async function settle(entry: LedgerEntry, attempted: Attempted): Promise<Delivered> {
    if ('outcome' in attempted) return close(entry, attempted.result, attempted.outcome);
    const attempts = entry.attempts + 1;
    const { detail, afterMs, isThrottled } = attempted;
    if (attempts < (isThrottled ? mostThrottled : mostAttempts))
      return again(entry, detail, afterMs ?? 1000 * 2 ** (attempts - 1));
    return close(entry, 'failed', { state: 'failed', detail: `${detail} Tried ${attempts} times.` });
  }

  async function again(entry: LedgerEntry, detail: string, afterMs: number): Promise<Delivered> {
    const retryAtMs = time.nowMs() + afterMs;
    const notBefore = new Date(retryAtMs).toISOString();
    const closed = await close(entry, 'waiting', { state: 'planned', detail, notBefore });
    return { ...closed, retryAtMs };
  }

  async function close(entry: LedgerEntry, result: DeliveryResult, outcome: LedgerOutcome): Promise<Delivered> {
    return (await ledger.record(entry, entry.fence, outcome, clock.now().toISOString())) ? { result } : {};
  }

  /** A fault of ours with one person's message must not hold up everybody else's. */
  function build<Made>(entry: LedgerEntry, make: () => Made): Made | undefined {
    try {
      return make();
    } catch (cause) {
      logger.error('delivery.cardFailed', { boardId: entry.boardId, personRef: entry.personRef }, cause);
      return undefined;
    }
  }
}

export function inputOf(
  entry: Pick<LedgerEntry, 'boardId' | 'subjectRefs' | 'personRef' | 'step'>,
  view: DeliveryView,
): MessageFor {
  const { boardId, subjectRefs, personRef, step } = entry;
  const { snapshot, assessment, released } = view;
  return { boardId, subjectRefs, personRef, step, snapshot, assessment, ...(released ? { released } : {}) };
}

/** The kind of the first thing that the message is about. */
export function kindAsked(
  { personRef, subjectRefs }: Pick<LedgerEntry, 'personRef' | 'subjectRefs'>,
  view: DeliveryView,
): OwnedKind {
  const first = subjectRefs.flatMap((ref) => view.items(personRef).filter((one) => one.ref === ref))[0];
  return first?.kind ?? 'action';
}
