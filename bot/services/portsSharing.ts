// What the use cases need to let people outside the tenant read papers: one person at a time, with an honest outcome.
import type { Instant, Ref } from '../board/model';

export type ShareOutcome =
  /** They may read it now. `endsAt`: until when; absent where the tenant sets its own end or none. */
  | { readonly kind: 'shared'; readonly webUrl: string; readonly endsAt?: Instant }
  /** The tenant does not share it with this person. */
  | { readonly kind: 'refused'; readonly detail: string }
  /** May have been shared; asking again gives nothing twice. */
  | { readonly kind: 'uncertain'; readonly detail: string };

/** Read access to papers of the board's library. Never throws for what SharePoint can answer about a person or a paper. */
export interface PaperSharing {
  share(
    boardId: string,
    meetingRef: Ref,
    paperName: string,
    reader: { readonly address: string; readonly endsAt?: Instant },
  ): Promise<ShareOutcome>;
}
