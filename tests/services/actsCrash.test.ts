// Undo, moving dates, deputies and evidence have one effect, wherever the service ends, however often and by how many
// they are pressed. On the real adapters over the local Microsoft 365.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { calendarOf } from '../../bot/board/cycle';
import type { BoardSnapshot } from '../../bot/board/model';
import { resolvePolicy } from '../../bot/board/policy';
import type { Answer } from '../../bot/board/update';
import type { Ledger, Operations } from '../../bot/services/ports';
import { lists } from '../../bot/sharepoint/lists';
import { provision } from '../../bot/sharepoint/provision';
import { parseBinding } from '../../bot/sharepoint/binding';
import { findSite } from '../../bot/sharepoint/siteLists';
import { failureWords } from '../../bot/teams/failureWords';
import { startService } from '../fixtures/cutService';
import { localBoardId, localSiteUrl, startLocalBoard, type LocalBoard } from '../fixtures/localBoard';
import { writeSetting } from '../fixtures/localSite';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createMemoryOperations } from '../fixtures/memoryPorts';
import { editByHand } from '../fixtures/siteEditing';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(180_000);

let board: LocalBoard;
let operations: Operations;
let ledger: Ledger;
beforeAll(async () => {
  board = await startLocalBoard();
  // Two people decide about dates then.
  await writeSetting(board.graph, 'policy', { secretaryDecidesDates: true });
});
afterAll(() => board.close());
beforeEach(() => {
  operations = createMemoryOperations();
  ledger = createMemoryLedger();
});

const start = (passes?: () => boolean) => startService(board, { operations, ledger }, passes);
type Service = ReturnType<typeof start>;

/** P10 owns APA1.04 and P11 answers for nothing of it; P01 is the chair and P15 the secretary. */
const by = (personRef: string) => ({ boardId: localBoardId, actor: { personRef, route: 'chat card' } }) as const;
const look = () => start().records.refresh(localBoardId);

let runs = 0;
/** A working day that no run before asked for. */
const newDay = () => calendarOf(resolvePolicy({}).policy).addWorkingDays('2025-09-01', runs);
async function answered(answer?: Answer): Promise<string> {
  runs += 1;
  const given = answer ?? {
    kind: 'action',
    ref: 'APA1.04',
    percentComplete: (runs % 40) + 1,
    narrative: `What happened, run ${runs}.`,
    blocker: { text: `In the way, run ${runs}`, waitingOnBody: 'Hertland ICB' },
  };
  const result = await start().updateItem.answer({ ...by('P10'), nonce: `nonce-${runs}`, answer: given });
  if (result.kind !== 'saved') throw new TypeError(`not saved: ${JSON.stringify(result)}`);
  return result.receipt.updateKey;
}

/** An action whose date nobody waits to have moved. */
async function openDate() {
  const now = await look();
  const waits = new Set(now.dateChanges.filter((one) => one.decision === 'pending').map((one) => one.subjectRef));
  const action = now.actions.find(
    ({ ref, dueOn, completedOn }) => dueOn !== undefined && completedOn === undefined && !waits.has(ref),
  );
  runs += 1;
  const reason = `Why it has to move, run ${runs}.`;
  return {
    ...by(action?.ownerRef ?? ''),
    nonce: `nonce-${runs}`,
    subjectRef: action?.ref ?? '',
    toOn: newDay(),
    reason,
  };
}

async function asked(): Promise<string> {
  const result = await start().acts.decideDate.ask(await openDate());
  if (result.kind !== 'asked') throw new TypeError(`not asked: ${JSON.stringify(result)}`);
  return result.ref;
}

interface Act {
  readonly name: string;
  /** What the press needs to be there. */
  readonly prepare: () => Promise<{
    readonly press: (service: Service) => Promise<{ readonly kind: string }>;
    /** What there is of it, each part by itself: all or nothing is to be seen. */
    readonly seen: (now: BoardSnapshot) => readonly number[];
    readonly whole: readonly number[];
  }>;
}

const acts: readonly Act[] = [
  {
    name: 'an answer taken back',
    prepare: async () => {
      const before = (await look()).actions.find((one) => one.ref === 'APA1.04');
      const updateKey = await answered();
      return {
        press: (service) => service.acts.undoAnswer.undo({ ...by('P10'), updateKey }),
        seen: (now) => [
          now.updates.filter((one) => one.takesBack === updateKey).length,
          Number(now.actions.find((one) => one.ref === 'APA1.04')?.percentComplete === before?.percentComplete),
        ],
        whole: [1, 1],
      };
    },
  },
  {
    name: 'a date asked for',
    prepare: async () => {
      const ask = await openDate();
      return {
        press: (service) => service.acts.decideDate.ask(ask),
        seen: (then) => [then.dateChanges.filter((one) => one.reason === ask.reason).length],
        whole: [1],
      };
    },
  },
  {
    name: 'a date approved',
    prepare: async () => {
      const ref = await asked();
      const row = (await look()).dateChanges.find((one) => one.ref === ref);
      const of = (now: BoardSnapshot) => now.updates.filter((one) => one.subjectRef === row?.actionRef && moved(one));
      const moved = (one: BoardSnapshot['updates'][number]) => one.after['dueOn'] === row?.toOn;
      return {
        press: (service) => service.acts.decideDate.decide({ ...by('P01'), ref, approve: true }),
        seen: (now) => [
          Number(now.dateChanges.find((one) => one.ref === ref)?.decision === 'approved'),
          Number(now.actions.find((one) => one.ref === row?.actionRef)?.dueOn === row?.toOn),
          of(now).length,
        ],
        whole: [1, 1, 1],
      };
    },
  },
  {
    name: 'evidence added',
    prepare: async () => {
      runs += 1;
      const given = evidence(`What families said, run ${runs}.`);
      const nonce = `nonce-${runs}`;
      return {
        press: (service) => service.acts.addEvidence.add({ ...by('P10'), nonce, given }),
        seen: (now) => {
          const rows = now.evidence.filter((one) => one.heard === given.heard);
          return [rows.length, now.updates.filter((one) => `evidence.${rows[0]?.ref ?? ''}` in one.after).length];
        },
        whole: [1, 1],
      };
    },
  },
  {
    name: 'an item left to a colleague',
    prepare: async () => {
      runs += 1;
      const now = await look();
      const [to, other] = now.people.filter((one) => one.boardRole === 'owner' && one.ref !== 'P10');
      const request = { ...by('P10'), nonce: `nonce-${runs}`, ref: 'APA1.04' };
      const toRef = (runs % 2 === 0 ? to : other)?.ref ?? '';
      const naming = (then: BoardSnapshot) => then.updates.filter((one) => one.after['deputy.B09'] === toRef).length;
      const before = naming(now);
      return {
        press: (service) => service.acts.delegate.delegate({ ...request, toRef }),
        seen: (then) => [naming(then) - before],
        whole: [1],
      };
    },
  },
];

function evidence(heard: string) {
  return { actionRef: 'APA1.04', kind: 'family-voice', on: '2025-01-06', heard, contrary: false };
}

describe.each(acts)('$name', ({ prepare }) => {
  test.each([0, 2])('is whole after the service ended behind request %i of its writes', async (passing) => {
    const { press, seen, whole } = await prepare();
    expect(seen(await look()).every((one) => one === 0)).toBe(true);
    let left = passing;
    const ended = await press(start(() => (left -= 1) >= 0)).then(
      () => false,
      () => true,
    );
    const next = start();
    expect(await next.acts.resume(localBoardId)).toBe(ended ? 1 : 0);
    const then = await look();
    expect(seen(then)).toEqual(whole);
    const told = (await ledger.entries(localBoardId, 'B09')).length;
    // The same press again is the recorded answer, and nobody is told twice.
    await press(start());
    const after = await look();
    expect(seen(after)).toEqual(whole);
    expect(after.updates).toHaveLength(then.updates.length);
    expect(await ledger.entries(localBoardId, 'B09')).toHaveLength(told);
    expect(await operations.unfinished(localBoardId)).toEqual([]);
  });

  test('pressed one to five times at once on two instances has one effect and one reply', async () => {
    for (const times of [1, 2, 5]) {
      const { press, seen, whole } = await prepare();
      const services = [start(), start()];
      const pressed = Array.from({ length: times }, (_, at) => services[at % 2]).flatMap((one) => one ?? []);
      const replies = await Promise.all(pressed.map(press));
      expect(new Set(replies.map((one) => JSON.stringify(one))).size).toBe(1);
      expect(JSON.stringify(await press(start()))).toBe(JSON.stringify(replies[0]));
      expect(seen(await look())).toEqual(whole);
    }
  });
});

describe('two who decide about one date at once', () => {
  test.each([
    ['both for it', true, true],
    ['one against it', true, false],
    ['both against it', false, false],
  ])('%s: one decision stands, and the other sees it', async (_name, first, second) => {
    const ref = await asked();
    const [one, other] = [start(), start()];
    await Promise.all([one.records.refresh(localBoardId), other.records.refresh(localBoardId)]);
    const decide = (service: Service, person: string, approve: boolean) =>
      service.acts.decideDate.decide({ ...by(person), ref, approve, reason: `In the words of ${person}.` });
    const results = await Promise.all([decide(one, 'P01', first), decide(other, 'P15', second)]);
    expect(results.map((result) => result.kind).sort()).toEqual(['already', 'decided']);
    const now = await look();
    const row = now.dateChanges.find((change) => change.ref === ref);
    const winner = results.findIndex((result) => result.kind === 'decided');
    const approved = winner === 0 ? first : second;
    expect(row).toMatchObject({
      decidedByRef: winner === 0 ? 'P01' : 'P15',
      decision: approved ? 'approved' : 'refused',
      decisionReason: `In the words of ${winner === 0 ? 'P01' : 'P15'}.`,
    });
    const already = results.find((result) => result.kind === 'already');
    expect(already).toMatchObject({ change: { ref, decision: row?.decision, decidedByRef: row?.decidedByRef } });
    const action = now.actions.find((action) => action.ref === row?.actionRef);
    expect(action?.dueOn).toBe(approved ? row?.toOn : row?.fromOn);
    const moved = now.updates.filter(
      (update) => update.subjectRef === row?.actionRef && update.after['dueOn'] === row?.toOn,
    );
    expect(moved).toHaveLength(approved ? 1 : 0);
  });
});

describe('a decision cut short whose action somebody changed since', () => {
  test('is refused whole, and decided by the same press again', async () => {
    const ref = await asked();
    const before = await look();
    const row = before.dateChanges.find((one) => one.ref === ref);
    let left = 1;
    const press = (service: Service) => service.acts.decideDate.decide({ ...by('P01'), ref, approve: true });
    await expect(press(start(() => (left -= 1) >= 0))).rejects.toThrow('ended');
    const action = before.actions.find((one) => one.ref === row?.actionRef);
    await editByHand(board.local.url, 'Actions', action ?? {}, 'P15', { Description: 'Written by hand since' });
    expect(await start().acts.resume(localBoardId)).toBe(0);
    const between = await look();
    expect(between.dateChanges.find((one) => one.ref === ref)).toMatchObject({ decision: 'pending' });
    expect(between.actions.find((one) => one.ref === row?.actionRef)?.dueOn).toBe(row?.fromOn);
    expect((await press(start())).kind).toBe('decided');
    const after = await look();
    expect(after.actions.find((one) => one.ref === row?.actionRef)).toMatchObject({
      dueOn: row?.toOn,
      description: 'Written by hand since',
    });
  });
});

describe('evidence that two add at once', () => {
  test('gets two references, one after the other, with a line of the history each', async () => {
    const services = [start(), start(), start()];
    await Promise.all(services.map((one) => one.records.refresh(localBoardId)));
    runs += 1;
    const heard = services.map(
      (_, at) => `What the ${['first', 'second', 'third'][at] ?? ''} family said in run ${runs}.`,
    );
    const results = await Promise.all(
      services.map((service, at) =>
        service.acts.addEvidence.add({ ...by('P10'), nonce: `nonce-${runs}`, given: evidence(heard[at] ?? '') }),
      ),
    );
    const refs = results.flatMap((one) => (one.kind === 'added' ? [one.ref] : []));
    expect(new Set(refs).size).toBe(3);
    const now = await look();
    for (const [at, ref] of refs.entries()) {
      expect(now.evidence.filter((one) => one.ref === ref)).toMatchObject([{ heard: heard[at] }]);
      expect(now.updates.filter((one) => `evidence.${ref}` in one.after)).toHaveLength(1);
    }
    expect(await operations.unfinished(localBoardId)).toEqual([]);
  });

  test('whose reference somebody took while the service was down is given up and added by the same press', async () => {
    const mine = { ...by('P10'), nonce: 'nonce-cut', given: evidence('What was said before the service ended.') };
    await expect(start(() => false).acts.addEvidence.add(mine)).rejects.toThrow('ended');
    const theirs = { ...by('P10'), nonce: 'nonce-theirs', given: evidence('What was said meanwhile.') };
    const taken = await start().acts.addEvidence.add(theirs);
    expect(await start().acts.resume(localBoardId)).toBe(0);
    expect(await operations.unfinished(localBoardId)).toEqual([]);
    const added = await start().acts.addEvidence.add(mine);
    expect([taken.kind, added.kind]).toEqual(['added', 'added']);
    const rows = (await look()).evidence.filter((one) => [mine, theirs].some((it) => it.given.heard === one.heard));
    expect(new Set(rows.map((one) => one.ref)).size).toBe(2);
  });
});

describe('a site made by an earlier version', () => {
  afterEach(() => writeSetting(board.graph, 'binding', {}));

  /** A list of the same columns but one, as it was made before that column was kept. */
  async function older(name: 'Updates' | 'Readings' | 'DateChanges', lacking: string) {
    const site = await findSite(board.graph, localSiteUrl);
    const list = lists.find((one) => one.name === name);
    const facet = { number: { number: {} }, boolean: { boolean: {} }, date: { dateTime: { format: 'dateOnly' } } };
    const facets = new Map<string, object>([
      ...Object.entries(facet),
      ['instant', { dateTime: { format: 'dateTime' } }],
    ]);
    const many = { text: { allowMultipleLines: true, textType: 'plain' } };
    const columns = (list?.columns ?? [])
      .filter((one) => one.name !== lacking)
      .map((one) => ({
        name: one.name,
        ...(facets.get(one.type) ?? (one.type === 'note' || one.type === 'json' ? many : { text: {} })),
      }));
    const title = `Older ${name}`;
    await board.graph.post(`sites/${site.id}/lists`, {
      displayName: title,
      list: { template: 'genericList' },
      columns,
    });
    const binding = { lists: { [name]: { title } } };
    await writeSetting(board.graph, 'binding', binding);
    return () => provision({ graph: board.graph, siteUrl: localSiteUrl, binding: parseBinding(binding).binding });
  }

  async function reading(): Promise<Answer> {
    const now = await look();
    const measure = now.measures.find((one) => one.ownerRef === 'P10' && !one.computed);
    runs += 1;
    return { kind: 'measure', ref: measure?.ref ?? '', period: '2024-12', value: 10 + runs, source: 'Dashboard' };
  }

  test.each([
    [
      'Updates',
      'TakesBack',
      async () => {
        const updateKey = await answered();
        return (service: Service) => service.acts.undoAnswer.undo({ ...by('P10'), updateKey });
      },
    ],
    [
      'Readings',
      'Withdrawn',
      async () => {
        const updateKey = await answered(await reading());
        return (service: Service) => service.acts.undoAnswer.undo({ ...by('P10'), updateKey });
      },
    ],
    [
      'DateChanges',
      'DecisionReason',
      async () => {
        const ref = await asked();
        const reason = 'The board wants the interim count first.';
        return (service: Service) => service.acts.decideDate.decide({ ...by('P01'), ref, approve: false, reason });
      },
    ],
  ] as const)('%s without %s: who presses reads what the administrator has to do', async (list, column, prepare) => {
    const complete = await older(list, column);
    const press = await prepare();
    const before = await look();
    const error: unknown = await press(start()).catch((thrown: unknown) => thrown);
    expect(failureWords(error, 'Undo')).toBe(
      `The board’s site in SharePoint lacks the column ${column} in the list ${list}, so this cannot be done yet. Ask the administrator to run "npm run board -- provision", then try again. Nothing was changed.`,
    );
    // Nothing waits to be done later behind the person's back.
    expect(await operations.unfinished(localBoardId)).toEqual([]);
    const after = await look();
    expect({ ...after, readAt: '' }).toEqual({ ...before, readAt: '' });
    expect((await complete()).steps.map((one) => one.column)).toContain(column);
    expect(['undone', 'decided']).toContain((await press(start())).kind);
  });
});
