// What the use cases need of a mailbox: one message to one person, with an honest outcome. Calendars are apart.

/** The same words as a card, for a person whom no chat reaches. `html` and `text` say the same. */
export interface OutgoingMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** What became of one attempt to mail. Accepted by the mailbox is sent; whether it arrives only a bounce can tell. */
export type MailOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  /** Definitely not sent. */
  | { readonly kind: 'failed'; readonly detail: string; readonly mayRetry: boolean }
  /** May have been sent; never repeated by itself. */
  | { readonly kind: 'uncertain'; readonly detail: string };

/** Sends from the board's service mailbox. Never throws for what a mailbox can answer. */
export interface Mailer {
  send(to: { readonly name: string; readonly address: string }, mail: OutgoingMail): Promise<MailOutcome>;
}
