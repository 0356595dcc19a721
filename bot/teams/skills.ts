// What chat can do, one skill a file: the words and the buttons each of them answers, and what is offered of it.
import type { CardJson } from '../cards/kit';
import type { AccessRole } from '../services/access';
import type { OutgoingCard } from '../services/ports';
import type { Caller, ChatDeps, Seat } from './seat';

/** A phrase that people may type, for help and for words that are not understood. */
export interface Offer {
  /** As typed; with "..." where something of one's own follows. */
  readonly phrase: string;
  /** What it does, as the end of a line of help. */
  readonly does: string;
  /** Whose; absent: everybody's. */
  readonly for?: readonly AccessRole[];
  /** Understood with a slip like the others, and suggested; help does not list it beside what it says the same as. */
  readonly unlisted?: true;
}

/** A message of somebody who is on at least one board. */
export interface ChatTurn {
  readonly caller: Caller;
  /** One for each board this person is on; never empty. */
  readonly seats: readonly Seat[];
  /** As typed, with its lines, without characters nobody sees. */
  readonly text: string;
  /** For comparing with phrases: small letters, one line, without apostrophes, "please" and closing marks. */
  readonly words: string;
  readonly deps: ChatDeps;
}

/** A button pressed by somebody who is on the board that its data name. */
export interface PressTurn {
  readonly caller: Caller;
  readonly seat: Seat;
  readonly verb: string;
  /** What the card sent back, inputs included: anything at all. */
  readonly data: unknown;
  readonly deps: ChatDeps;
}

/** `message` leaves the card as it is, with what was typed, and says a line. */
export type PressReply =
  { readonly kind: 'card'; readonly card: CardJson } | { readonly kind: 'message'; readonly text: string };

export interface Skill {
  readonly offers: readonly Offer[];
  /** Answers in groups and channels too: there it shows what everybody on the board may read, and nobody's drafts. */
  readonly inGroups?: boolean;
  /** Undefined: these words are not for this skill. */
  message?(turn: ChatTurn): Promise<readonly OutgoingCard[] | undefined>;
  /** Verbs of buttons that this skill answers; no two skills share one. The data of each button name `boardId`. */
  readonly verbs?: readonly string[];
  /** Verbs that write, each with the title of its button: named when the writing fails. */
  readonly saving?: Readonly<Record<string, string>>;
  press?(turn: PressTurn): Promise<PressReply>;
}

export const unreadableCard =
  'This card cannot be read any more. Nothing was saved. Type "my actions" for a fresh one.';

export function cardReply(card: CardJson): PressReply {
  return { kind: 'card', card };
}

export function messageReply(text: string): PressReply {
  return { kind: 'message', text };
}

/** What this person is offered, in the order of the skills. */
export function offersFor(skills: readonly Skill[], seats: readonly Seat[], personal = true): readonly Offer[] {
  const roles = new Set(seats.map((seat) => seat.viewer.role));
  return skills
    .filter((skill) => personal || skill.inGroups)
    .flatMap((skill) => skill.offers)
    .filter((offer) => !offer.for || offer.for.some((role) => roles.has(role)));
}
