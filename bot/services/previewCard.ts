// What an owner's next message looks like, made by the very functions that the delivery uses; nothing is sent.
import { planOf } from '../board/bodyCycle';
import { calendarOf, planCycle } from '../board/cycle';
import { isSecretary } from '../board/mayAnswer';
import type { BoardSnapshot, Instant, Meeting, Person, Ref } from '../board/model';
import { nudgeStep } from '../board/nudges';
import { itemsByPerson } from '../board/ownerItems';
import { resolvePolicy } from '../board/policy';
import { routeOf, stepWords } from '../board/reminders';
import { askingSteps } from '../board/timely';
import { InvalidInputError, NotAuthorisedError, NotFoundError } from '../errors';
import type { CardBuilder, MailBuilder } from './deliverRoutes';
import { judge } from './judge';
import type { BoardRecords, Clock } from './ports';

export interface CardPreview {
  readonly name: string;
  /** Which message it is, by which way and when. */
  readonly what: string;
  readonly route: 'chat' | 'e-mail';
  /** The card for the chat; absent for people who are reached by e-mail alone. */
  readonly card?: Readonly<Record<string, unknown>>;
  /** The same words as text. */
  readonly text: string;
}

export interface PreviewCard {
  /** Throws NotAuthorisedError for all but the secretary, NotFoundError, InvalidInputError where nothing is asked of them. */
  preview(request: { readonly boardId: string; readonly personRef: Ref; readonly byRef: Ref }): Promise<CardPreview>;
}

export function createPreviewCard(ports: {
  readonly records: Pick<BoardRecords, 'snapshot'>;
  readonly cards: CardBuilder;
  readonly mails: MailBuilder;
  readonly clock: Clock;
}): PreviewCard {
  return {
    async preview({ boardId, personRef, byRef }) {
      const snapshot = await ports.records.snapshot(boardId);
      if (!isSecretary(snapshot, byRef))
        throw new NotAuthorisedError('The secretary looks at owners’ cards.', 'notAllowed');
      const person = snapshot.people.find((one) => one.ref === personRef);
      if (!person) throw new NotFoundError('person', personRef);
      const now = ports.clock.now();
      const assessment = judge(snapshot, now);
      const meeting = snapshot.meetings.find((one) => one.ref === assessment.meetingRef);
      if (!meeting) throw new NotFoundError('meeting', 'to prepare for');
      const subjectRefs = itemsByPerson(
        snapshot,
        assessment,
      )(personRef)
        .filter((one) => !one.answered)
        .map((one) => one.ref);
      if (subjectRefs.length === 0)
        throw new InvalidInputError(`Nothing is left to ask of ${person.name}, so they get no card.`);
      const next = nextMessage(snapshot, person, meeting, assessment.previousMeetingRef, now.toISOString());
      const input = { boardId, snapshot, assessment, personRef, subjectRefs, step: next.step };
      const route = routeOf(person) === 'chat' ? 'chat' : 'e-mail';
      const text = ports.mails(input)?.text;
      return {
        name: person.name,
        route,
        what: `${next.words} ${routeWords(person)}`,
        ...(route === 'chat' ? { card: ports.cards(input).card } : {}),
        text: text ?? ports.cards(input).summary,
      };
    },
  };
}

/** The next step that asks, with its day; after the last one a reminder at the secretary's wish. */
function nextMessage(
  snapshot: BoardSnapshot,
  person: Person,
  meeting: Meeting,
  previousRef: Ref | undefined,
  at: Instant,
) {
  const { policy } = resolvePolicy(snapshot.policy);
  const calendar = calendarOf(policy);
  const previous = snapshot.meetings.find((one) => one.ref === previousRef);
  const { steps } = planOf(person, planCycle(meeting, previous, calendar, policy), snapshot, policy);
  const next = steps.find((one) => askingSteps.includes(one.step) && one.dropped === undefined && one.at > at);
  if (next === undefined)
    return {
      step: nudgeStep(calendar.on(at)),
      words: 'The reminder that the secretary may send now, as the board is now.',
    };
  const words = `The ${stepWords[next.step]} of ${calendar.longDateTime(next.at)}, as the board is now.`;
  return { step: next.step, words };
}

function routeWords(person: Person): string {
  switch (routeOf(person)) {
    case 'chat':
      return 'It goes by chat; where Teams does not reach them, the same words go by e-mail.';
    case 'e-mail':
      return 'It goes by e-mail: Teams does not reach them.';
    case 'none':
      return 'No way to reach them is on record, so it cannot go out.';
  }
}
