// The cards that chat answers questions with, over the sample board: to be looked at in a browser.
import type { BoardSnapshot } from '../../bot/board/model';
import type { CardJson } from '../../bot/cards/kit';
import { createUpdateItem } from '../../bot/services/updateItem';
import { paperName } from '../../bot/services/frozenLogs';
import { createSeenVersions } from '../../bot/services/seenVersions';
import { areaSkill, overdueSkill } from '../../bot/teams/askActions';
import { changesSkill, measuresSkill, risksSkill, waitingSkill } from '../../bot/teams/askRegisters';
import { plainWords } from '../../bot/teams/commands';
import { createHelpSkill } from '../../bot/teams/helpSkill';
import { historySkill } from '../../bot/teams/historySkill';
import { itemsSkill } from '../../bot/teams/itemsSkill';
import { readSkill } from '../../bot/teams/readSkill';
import { createLogSkill } from '../../bot/teams/logSkill';
import { seatsOf } from '../../bot/teams/seat';
import type { ChatDeps, Seat } from '../../bot/teams/seat';
import type { Skill } from '../../bot/teams/skills';
import { welcomeCard } from '../../bot/teams/welcome';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryLogger,
  createMemoryOperations,
  createMemoryRecords,
} from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const skills: readonly Skill[] = [
  itemsSkill,
  overdueSkill,
  areaSkill,
  readSkill,
  historySkill,
  risksSkill,
  measuresSkill,
  changesSkill,
  waitingSkill,
  createHelpSkill(() => skills),
];

/** By name. */
export async function chatCards(
  snapshot: BoardSnapshot = sampleSnapshot(),
): Promise<Readonly<Record<string, CardJson>>> {
  const records = createMemoryRecords({ send: snapshot });
  const clock = createFixedClock('2025-01-06T09:00:00.000Z');
  const logger = createMemoryLogger();
  const seen = createSeenVersions();
  const updateItem = createUpdateItem({ records, operations: createMemoryOperations(), clock, logger, seen });
  const deps = { records, updateItem, clock, logger, newNonce: () => 'nonce-0001' };
  const seats = (ref: string) =>
    seatsOf(deps, { entraObjectId: snapshot.people.find((one) => one.ref === ref)?.entraObjectId, personal: true });
  const chair = snapshot.people.find((one) => one.boardRole === 'chair')?.ref ?? '';

  async function ask(personRef: string, text: string): Promise<CardJson> {
    const turn = {
      caller: { entraObjectId: undefined, personal: true },
      seats: await seats(personRef),
      text,
      words: plainWords(text),
      deps,
    };
    for (const skill of skills) {
      const [card] = (await skill.message?.(turn)) ?? [];
      if (card) return card.card;
    }
    return {};
  }

  const [seat] = await seats('P10');
  return {
    personal: await ask('P10', 'my actions'),
    form: await ask('P10', 'APA1.04'),
    welcome: seat ? welcomeCard(seat).card : {},
    overdue: await ask('P10', 'overdue'),
    area: await ask(chair, 'APA2'),
    action: await ask(chair, 'APA1.04'),
    history: await ask(chair, 'history APA1.04'),
    risks: await ask(chair, 'risks'),
    risk: await ask(chair, 'R03'),
    measures: await ask(chair, 'measures'),
    measure: await ask(chair, 'M01'),
    changes: await ask(chair, 'what changed'),
    waiting: await ask(chair, "who hasn't answered"),
    help: await ask(chair, 'help'),
    log: (await logCard(seat, deps)) ?? {},
  };
}

/** The log with a paper that can be opened. */
async function logCard(seat: Seat | undefined, deps: ChatDeps): Promise<CardJson | undefined> {
  const library = createMemoryLibrary();
  const last = seat?.view.snapshot.loggedRows.at(-1);
  if (!seat || !last) return undefined;
  const name = `${paperName(last.meetingRef, last.kind, last.logHash)}.docx`;
  await library.file(seat.boardId, last.meetingRef, name, new Uint8Array([1]), 'application/octet-stream');
  const turn = { caller: { entraObjectId: undefined, personal: true }, seats: [seat], text: 'log', words: 'log', deps };
  const [card] = (await createLogSkill(library).message?.(turn)) ?? [];
  return card?.card;
}
