// One run of a reminder over real storage and the real Teams messenger, with a hook at every labelled step.
// As a program it kills itself at one of them: node --import tsx deliveryRun.ts DATABASE BOARD PORT LABEL COUNT
import { createDeliver, type Drained } from '../../bot/services/deliver';
import type { Ledger, Messenger } from '../../bot/services/ports';
import { createRunCycle } from '../../bot/services/runCycle';
import { createConversations } from '../../bot/storage/conversations';
import { migrate } from '../../bot/storage/migrations';
import { createLedger } from '../../bot/storage/outbox';
import { openDatabase, type Database } from '../../bot/storage/sql';
import { createTeamsAdapter } from '../../bot/teams/adapter';
import { createMessenger } from '../../bot/teams/messenger';
import { aPerson, aQuietBoard, anAction } from '../fixtures/builders';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';

export const owners = ['P20', 'P21', 'P22', 'P23', 'P24', 'P25'];
export const labels = [
  'before plan',
  'after plan',
  'before claim',
  'after claim',
  'before sending',
  'after sending',
  'after post',
  'before record',
  'after record',
  'after settle',
] as const;
export type Label = (typeof labels)[number];

const at = '2025-06-11T09:00:00.000Z';
const idOf = (ref: string): string => `id-of-${ref}`;

export async function runOnce(
  db: Database,
  boardId: string,
  port: number,
  reached: (label: Label) => void = () => undefined,
): Promise<Drained> {
  await migrate(db);
  const quiet = aQuietBoard();
  const people = owners.map((ref) => aPerson({ ref, name: ref, entraObjectId: idOf(ref), deputyRefs: [] }));
  const snapshot = {
    ...quiet,
    people: [...quiet.people, ...people],
    actions: owners.map((ownerRef) => anAction({ ref: `A1.${ownerRef}`, ownerRef })),
    measures: [],
    requests: [],
    updates: [],
  };
  const conversations = createConversations(db);
  for (const ref of owners)
    await conversations.keep({
      entraObjectId: idOf(ref),
      reference: {
        channelId: 'msteams',
        serviceUrl: `http://127.0.0.1:${port}/`,
        conversation: { id: `${boardId}-${ref}`, conversationType: 'personal', isGroup: false, name: '' },
        bot: { id: '28:bot', name: 'Board Assistant' },
        user: { id: `29:${ref}`, name: ref },
      },
    });
  const config = { mode: 'local', serviceHosts: [], playgroundPorts: [port] } as const;
  const logger = createMemoryLogger();
  const messenger = createMessenger({
    adapter: createTeamsAdapter(config, logger),
    config,
    logger,
    now: () => new Date(at),
  });
  const ports = {
    records: createMemoryRecords({ [boardId]: snapshot }),
    ledger: watched(createLedger(db), reached),
    clock: createFixedClock(at),
    logger,
  };
  await createRunCycle(ports).remind(boardId);
  const deliver = createDeliver({
    ...ports,
    messenger: watchedMessenger(messenger, reached),
    conversations,
    cards: ({ personRef }) => ({ card: { type: 'AdaptiveCard', version: '1.5', body: [] }, summary: personRef }),
  });
  return deliver.drain(boardId);
}

function watched(ledger: Ledger, reached: (label: Label) => void): Ledger {
  const around = async <T>(name: 'plan' | 'claim' | 'sending' | 'record', act: () => Promise<T>): Promise<T> => {
    reached(`before ${name}`);
    const result = await act();
    reached(`after ${name}`);
    return result;
  };
  return {
    ...ledger,
    plan: async (entries, when) => around('plan', async () => ledger.plan(entries, when)),
    claim: async (...claim) => around('claim', async () => ledger.claim(...claim)),
    sending: async (key, fence, route) => around('sending', async () => ledger.sending(key, fence, route)),
    record: async (...record) => around('record', async () => ledger.record(...record)),
    settleAbandoned: async (boardId) => {
      const settled = await ledger.settleAbandoned(boardId);
      reached('after settle');
      return settled;
    },
  };
}

function watchedMessenger(messenger: Messenger, reached: (label: Label) => void): Messenger {
  return {
    send: async (conversation, message) => {
      const outcome = await messenger.send(conversation, message);
      reached('after post');
      return outcome;
    },
  };
}

async function main([database = '', boardId = '', port = '', label = '', count = '1']: readonly string[]) {
  const db = await openDatabase(database.startsWith('postgres:') ? { databaseUrl: database } : { folder: database });
  let left = Number(count);
  await runOnce(db, boardId, Number(port), (reached) => {
    if (reached !== label) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  });
  await db.close();
}

if (process.argv[1] === __filename) void main(process.argv.slice(2));
