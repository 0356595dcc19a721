// What the use cases need of the service mailbox's calendar: the one event of each meeting, and what became of its invitations.
import type { InvitationBounce } from '../board/invitationRows';
import type { MeetingEvent, WantedEvent } from '../board/invitations';
import type { Ref } from '../board/model';

/** Each throws UpstreamError, ThrottledError, NotAuthorisedError, NotFoundError (no such mailbox). */
export interface MeetingCalendar {
  /** The event of a meeting; undefined where there is none, or none any more. */
  find(boardId: string, meetingRef: Ref): Promise<MeetingEvent | undefined>;
  /** Makes the event and sends its invitations. The same `version` of a meeting makes one event, however often it is asked. */
  create(boardId: string, wanted: WantedEvent, version: number): Promise<void>;
  /** Changes what is said to have changed; asking again changes nothing more. */
  change(
    eventId: string,
    wanted: WantedEvent,
    what: { readonly moved: boolean; readonly replaced: boolean },
  ): Promise<void>;
  /** Cancels it and tells its attendees; one that is gone stays gone. */
  cancel(eventId: string, comment: string): Promise<void>;
  /** Reports that invitations to a meeting did not arrive; undefined where the mailbox may not be read. */
  bounces(
    meeting: Pick<WantedEvent, 'boardName' | 'meetingRef'>,
    addresses: readonly string[],
  ): Promise<readonly InvitationBounce[] | undefined>;
}
