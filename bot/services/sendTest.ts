// Shows the secretary or an administrator exactly what one owner would get: card and e-mail, marked as a test, nothing recorded.
import { calendarOf } from '../board/cycle';
import type { Person, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { InvalidInputError, NotFoundError } from '../errors';
import { inputOf, kindAsked, type CardBuilder, type MailBuilder, type RoutePorts } from './deliverRoutes';
import { viewOf, type DeliveryView } from './deliverView';
import { messageWords } from './deliveryLines';
import type { BoardRecords, Clock, Conversations, LedgerDraft, Messenger, OutgoingCard } from './ports';
import type { Mailer, OutgoingMail } from './portsMail';
import type { RunCycle } from './runCycle';

export interface TestSent {
  readonly step: string;
  readonly subjectRefs: readonly Ref[];
  /** A sentence for each of card and e-mail: where it went, or why not. */
  readonly words: readonly string[];
}

export interface SendTest {
  /** Throws InvalidInputError for an address that is neither the secretary's nor an administrator's; NotFoundError, UpstreamError. */
  send(request: {
    readonly boardId: string;
    readonly meetingRef: Ref;
    readonly ownerRef: Ref;
    readonly to: string;
  }): Promise<TestSent>;
}

export function createSendTest(ports: {
  readonly records: BoardRecords;
  readonly runCycle: Pick<RunCycle, 'plan'>;
  readonly messenger: Messenger;
  readonly conversations: Pick<Conversations, 'find'>;
  readonly cards: CardBuilder;
  readonly mails: MailBuilder;
  readonly mailer?: Mailer;
  readonly myItemsUrl?: RoutePorts['myItemsUrl'];
  /** Addresses that may see a test beside the secretary's. */
  readonly administrators: readonly string[];
  readonly clock: Clock;
}): SendTest {
  const { records, messenger, conversations, mailer, clock } = ports;

  return {
    async send({ boardId, meetingRef, ownerRef, to }) {
      const snapshot = await records.refresh(boardId);
      const owner = snapshot.people.find((one) => one.ref === ownerRef);
      if (!owner) throw new NotFoundError('person', ownerRef);
      const reader = readerOf(snapshot.people, to, ports.administrators);
      const view = viewOf(snapshot, meetingRef, clock.now().toISOString());
      const draft = await draftOf(boardId, meetingRef, owner, view);
      const url = owner.external ? await ports.myItemsUrl?.(boardId, owner, kindAsked(draft, view)) : undefined;
      const input = inputOf(draft, view);
      const mail = ports.mails({ ...input, ...(url === undefined ? {} : { myItemsUrl: url }) });
      const calendar = calendarOf(resolvePolicy(snapshot.policy).policy);
      const mark = `Test: what ${owner.name} would get`;
      const at = clock.now().toISOString();
      return {
        step: draft.step,
        subjectRefs: draft.subjectRefs,
        words: [
          await sendCard(reader, markedCard(ports.cards(input), mark)),
          await sendMail(
            { name: reader?.name ?? to, address: to },
            mail && markedMail(mail, mark),
            `test/${boardId}/${meetingRef}/${draft.step}/${ownerRef}/${at}`,
          ),
          `It is the ${messageWords(draft.step)} as the board is on ${calendar.longDateTime(at)}. Nothing was recorded; ${owner.name} got nothing.`,
        ],
      };
    },
  };

  /** The message of the step that is due; the request of what is open where none is due for them. */
  async function draftOf(boardId: string, meetingRef: Ref, owner: Person, view: DeliveryView): Promise<LedgerDraft> {
    const key = { boardId, meetingRef, personRef: owner.ref };
    const { messages } = await ports.runCycle.plan(boardId, meetingRef);
    const due = messages.find((one) => one.personRef === owner.ref);
    if (due) return { ...key, step: due.step, subjectRefs: due.subjectRefs };
    const open = view.items(owner.ref).filter((one) => !one.asDeputy && !one.answered);
    if (open.length > 0) return { ...key, step: 'request', subjectRefs: open.map((one) => one.ref) };
    throw new InvalidInputError(`${owner.name} would get nothing: nothing is open that they answer for.`);
  }

  async function sendCard(reader: Person | undefined, card: OutgoingCard): Promise<string> {
    if (reader?.entraObjectId === undefined) return 'Card: not sent, because an administrator’s address has no chat.';
    const conversation = await conversations.find(reader.entraObjectId);
    if (!conversation) return `Card: not sent, because ${reader.name} has not opened a chat with Board Assistant.`;
    const outcome = await messenger.send(conversation, card);
    if (outcome.kind === 'delivered') return `Card: sent to the chat of ${reader.name}.`;
    return `Card: not sent. ${outcome.kind === 'throttled' ? 'Teams asked us to wait.' : outcome.detail}`;
  }

  async function sendMail(
    to: { readonly name: string; readonly address: string },
    mail: OutgoingMail | undefined,
    key: string,
  ): Promise<string> {
    if (!mailer) return 'E-mail: not sent, because no service mailbox is set up (SERVICE_MAILBOX).';
    if (!mail) return 'E-mail: not sent, because this message is not sent by e-mail.';
    const outcome = await mailer.send(to, mail, key);
    if (outcome.kind === 'accepted') return `E-mail: sent to ${to.address}.`;
    if (outcome.kind === 'throttled') return 'E-mail: not sent. The mailbox asked us to wait.';
    return `E-mail: ${outcome.kind === 'uncertain' ? 'uncertain' : 'not sent'}. ${outcome.detail}`;
  }
}

/** The secretary of that address; undefined for an administrator. Throws InvalidInputError for anybody else. */
function readerOf(people: readonly Person[], to: string, administrators: readonly string[]): Person | undefined {
  const isIt = (address: string | undefined): boolean => address?.toLowerCase() === to.toLowerCase();
  const secretary = people.find((one) => one.boardRole === 'secretary' && isIt(one.email));
  if (secretary || administrators.some(isIt)) return secretary;
  throw new InvalidInputError(
    `${to} is neither the address of the board's secretary nor of an administrator (ADMINISTRATOR_ADDRESSES): what an owner would get is not shown to others.`,
  );
}

function markedCard({ card, summary }: OutgoingCard, mark: string): OutgoingCard {
  const body: readonly unknown[] = Array.isArray(card['body']) ? card['body'] : [];
  const line = { type: 'TextBlock', text: mark, wrap: true, weight: 'Bolder', color: 'Attention' };
  return { card: { ...card, body: [line, ...body] }, summary: `${mark}. ${summary}` };
}

function markedMail({ subject, html, text }: OutgoingMail, mark: string): OutgoingMail {
  const safe = mark.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const note = `<p style="margin:0;padding:12px 16px;font-family:Segoe UI,Helvetica,Arial,sans-serif;font-weight:600;">${safe}</p>`;
  const marked = /<body[^>]*>/.test(html)
    ? html.replace(/<body[^>]*>/, (start) => `${start}${note}`)
    : `${note}${html}`;
  return { subject: `Test: ${subject}`, html: marked, text: `${mark}\n\n${text}` };
}
