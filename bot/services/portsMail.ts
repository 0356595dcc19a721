// What the use cases need of a mailbox: one message to one person, with an honest outcome. Calendars are apart.
import type { Instant } from '../board/model';

/** The same words as a card, for a person whom no chat reaches. `html` and `text` say the same. */
export interface OutgoingMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What became of one attempt to mail. Accepted by the mailbox is sent; whether it arrives only a bounce can tell. */
export type MailOutcome =
  /** `messageId` is the mail's own, by which it is found in Sent Items. */
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** Definitely not sent. */
  | { readonly kind: 'failed'; readonly detail: string; readonly mayRetry: boolean }
  /** May have been sent; never repeated by itself. */
  | { readonly kind: 'uncertain'; readonly detail: string };

export interface MailAddress {
  readonly name: string;
  readonly address: string;
}

/** A mail as it lies in Sent Items. */
export interface FoundMail {
  readonly messageId: string;
  readonly sentAt: Instant;
}

/** What somebody may answer for, each kind in a list of its own. */
export type OwnedKind = 'action' | 'risk' | 'mitigation' | 'measure' | 'decision';

/** Sends from the board's service mailbox. Never throws for what a mailbox can answer. */
export interface Mailer {
  /** `key` names the message for ever: the same key gives the same Message-ID. */
  send(to: MailAddress, mail: OutgoingMail, key: string): Promise<MailOutcome>;
  /**
   * Looks for a mail of this key in Sent Items; undefined when the mailbox cannot be asked. That it is not there proves
   * something only where a mail known to be sent is found in the same way, and the mailbox had time to file it.
   */
  find(key: string): Promise<FoundMail | 'notFound' | undefined>;
}
