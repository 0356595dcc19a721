// The shape of what one message says: written once, shown as a card in chat and as an e-mail of the same words.
import type { BoardAssessment } from '../board/assessment';
import type { CycleStepName } from '../board/cycleSteps';
import type { ActionImpactLog } from '../board/logShape';
import type { BoardSnapshot, Ref } from '../board/model';

/** The address of a page of a board's tab as people open it; `page` is from `/tab/` on. */
export type TabAddress = (page: string, boardId: string) => string;

/** For whom and about what a message is, and what it may lead to. */
export interface MessageInput {
  readonly boardId: string;
  readonly snapshot: BoardSnapshot;
  readonly assessment: BoardAssessment;
  readonly personRef: Ref;
  readonly step: CycleStepName | `notice:${string}`;
  /** What the message is about, worst first. */
  readonly subjectRefs: readonly Ref[];
  /** The address of a page of the tab; absent: no link into it. */
  readonly tabAddress?: TabAddress | undefined;
  /** The view of the board's site in which somebody outside the tenant answers. */
  readonly myItemsUrl?: string | undefined;
  /** What was released for the meeting; absent: nothing yet, or the message does not tell of it. */
  readonly released?: ReleasedPapers | undefined;
}

/** The log that was frozen and the papers beside it. */
export interface ReleasedPapers {
  readonly log: ActionImpactLog;
  readonly shortCode: string;
  readonly papers: readonly MessageLink[];
}

export interface MessageLink {
  readonly title: string;
  readonly url: string;
}

/** One thing of a list: what it is, then why it is named, what is asked and by when, a sentence each. */
export interface MessageItem {
  /** Absent where there is none to name it by. */
  readonly ref?: Ref;
  readonly title: string;
  readonly lines: readonly string[];
}

export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly heading: string; readonly rows: readonly MessageFact[] }
  | {
      readonly kind: 'list';
      readonly heading: string;
      /** One sentence before the list, or instead of it. */
      readonly note?: string;
      readonly items: readonly MessageItem[];
      /** "And 3 more.": what the list leaves out. */
      readonly more?: string;
    };

export interface MessageFact {
  readonly name: string;
  readonly value: string;
}

export interface MessageContent {
  /** Heading of the card, heading and subject of the e-mail: at most `titleLimit` characters. */
  readonly title: string;
  /** What it is about in a sentence: first line, notification and preview. */
  readonly summary: string;
  readonly parts: readonly MessagePart[];
  readonly links: readonly MessageLink[];
  /** What is opened is what the message is for: the links stand before everything else. */
  readonly linksFirst?: boolean;
}

/** A subject that a phone shows whole. */
export const titleLimit = 70;
/** More are counted, not listed: a list that is too long is not read. */
export const mostSlow = 7;
