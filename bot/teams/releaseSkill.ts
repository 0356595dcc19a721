// Release in chat: the secretary looks at the draft of the log and releases exactly what was seen; the chair may look.
import { z } from 'zod';
import { meetingAt } from '../board/cycle';
import type { LogKind, Ref } from '../board/model';
import { typedIn } from '../cards/manageForm';
import type { TabAddress } from '../cards/messageShape';
import { noticeCard } from '../cards/notice';
import { releaseCard, releasedCard, releaseFields, type ReleaseCardInput } from '../cards/release';
import { InvalidInputError } from '../errors';
import type { OutgoingCard } from '../services/ports';
import type { ReleaseLog, ReleasePreview } from '../services/releaseLog';
import type { Seat } from './seat';
import { cardReply, messageReply, unreadableCard } from './skills';
import type { ChatTurn, PressReply, PressTurn, Skill } from './skills';

const pressed = z.object({
  meetingRef: z.string().min(1).max(60),
  kind: z.enum(['for the meeting', 'after the meeting']),
  seen: z.string().min(1).max(120),
});
const phrases = /^(?:release|publish)(?: (?:the )?(?:papers|log|pack))?(?: (after)(?: the meeting)?)?$/;

export function createReleaseSkill(releaseLog: ReleaseLog, tabAddress: TabAddress | undefined): Skill {
  return {
    offers: [
      { phrase: 'release', does: 'look at the papers of the meeting and release them', for: ['secretary'] },
      { phrase: 'release after', does: 'the same for the log after the meeting', for: ['secretary'] },
      { phrase: 'release', does: 'look at the papers before the secretary releases them', for: ['chair'] },
    ],
    verbs: ['release', 'release-look'],
    saving: { release: 'Release and send' },
    message: (turn) => messageFor(turn),
    press: (turn) => pressFor(turn),
  };

  async function messageFor({ words, seats, deps }: ChatTurn): Promise<readonly OutgoingCard[] | undefined> {
    const found = phrases.exec(words);
    if (!found) return undefined;
    const kind: LogKind = found[1] === undefined ? 'for the meeting' : 'after the meeting';
    const looking = seats.filter((one) => one.viewer.role === 'secretary' || one.viewer.role === 'chair');
    if (looking.length === 0) return [forSecretary()];
    const at = deps.clock.now().toISOString();
    return Promise.all(
      looking.map(async (seat) => {
        const ahead = meetingAt(seat.view.snapshot, at);
        const meeting = kind === 'for the meeting' ? ahead.meeting : ahead.previous;
        if (!meeting)
          return noticeCard({ title: 'No meeting', lines: ['There is no meeting whose log could be released.'] });
        return look(seat, meeting.ref, kind);
      }),
    );
  }

  async function look(seat: Seat, meetingRef: Ref, kind: LogKind): Promise<OutgoingCard> {
    const preview = await releaseLog.preview({ boardId: seat.boardId, meetingRef, kind, byRef: seat.person.ref });
    const input = inputOf(seat, preview);
    return { card: releaseCard(input), summary: `The log ${kind}: ${input.meetingWords}` };
  }

  function inputOf(seat: Seat, preview: ReleasePreview): ReleaseCardInput {
    const { snapshot, calendar } = seat.view;
    const meeting = snapshot.meetings.find((one) => one.ref === preview.meetingRef);
    const on = meeting === undefined ? preview.meetingRef : calendar.longDate(meeting.on);
    return {
      boardId: seat.boardId,
      meetingRef: preview.meetingRef,
      kind: preview.kind,
      meetingWords: `the meeting on ${on}`,
      preview,
      mayRelease: seat.viewer.role === 'secretary',
      url: tabAddress?.('/tab/log', seat.boardId),
    };
  }

  async function pressFor({ seat, verb, data }: PressTurn): Promise<PressReply> {
    const read = pressed.safeParse(data);
    if (!read.success) return messageReply(unreadableCard);
    const { meetingRef, kind, seen } = read.data;
    const { role } = seat.viewer;
    if (role !== 'secretary' && (role !== 'chair' || verb === 'release')) return cardReply(forSecretary().card);
    const request = { boardId: seat.boardId, meetingRef, kind, byRef: seat.person.ref };
    if (verb === 'release-look') return cardReply((await look(seat, meetingRef, kind)).card);
    const reason = typedIn(releaseFields, data)['reason']?.trim() ?? '';
    const preview = await releaseLog.preview(request);
    if (preview.corrects && reason === '' && preview.seen.slice(0, 64) === seen.slice(0, 64)) {
      const issues = [{ field: 'reason', message: `Say why ${preview.corrects.shortCode} is corrected.` }];
      return cardReply(releaseCard({ ...inputOf(seat, preview), issues }));
    }
    try {
      const result = await releaseLog.release({ ...request, seen, ...(reason === '' ? {} : { reason }) });
      if (result.kind === 'moved')
        return cardReply(releaseCard({ ...inputOf(seat, result.preview), moved: result.changed, typed: { reason } }));
      return cardReply(
        releasedCard({
          ...result,
          goesTo: preview.goesTo.length,
          ...(preview.waits === undefined ? {} : { waits: preview.waits }),
        }),
      );
    } catch (error) {
      // Somebody wrote an identifier of a child meanwhile: shown with what stands in the way.
      if (!(error instanceof InvalidInputError)) throw error;
      return cardReply(releaseCard(inputOf(seat, await releaseLog.preview(request))));
    }
  }
}

function forSecretary(): OutgoingCard {
  return noticeCard({
    title: 'That is for the secretary',
    lines: ['The secretary looks at the papers and releases them. Type "log" for the latest released log.'],
  });
}
