// A person leaves and stays after all: deputies of this cycle end with a record, and a word brings everything back.
import { describe, expect, test } from '@jest/globals';
import { cycleDeputies } from '../../bot/board/cycleDeputies';
import type { BoardSnapshot, Leaving } from '../../bot/board/model';
import { memoryManaging } from '../fixtures/managing';
import { createFixedClock, createMemoryLogger, createMemoryRecords, stamped } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const boardId = 'send';
const secretary = { personRef: 'P15', route: 'chat card' } as const;
/** P10 owns APA1.04 and leaves; P17 takes over; P11 answers APA1.04 this cycle, P10 answers an item of P08. */
const leaving: Leaving = { personRef: 'P10', lastDayOn: '2025-01-03', toRef: 'P17' };

/** P10 is also deputy of P02 and of an action, and escalations of the first body go to them. */
function boardOfP10(): BoardSnapshot {
  const sample = sampleSnapshot();
  const { people, bodies, actions } = sample;
  const first = actions.find((one) => one.ownerRef === 'P08');
  return {
    ...sample,
    people: people.map((one) => (one.ref === 'P02' ? { ...one, deputyRefs: ['P10', 'P04'] } : one)),
    actions: actions.map((one) => (one === first ? { ...one, deputyRefs: ['P10'] } : one)),
    bodies: bodies.map((one, index) => (index === 0 ? { ...one, escalationPersonRef: 'P10' } : one)),
  };
}

async function office() {
  const records = createMemoryRecords({ [boardId]: boardOfP10() });
  const clock = createFixedClock('2025-01-06T09:30:00.000Z');
  const { acts, manageItems, ledger } = memoryManaging({ records, clock, logger: createMemoryLogger() });
  let presses = 0;
  const letAnswer = async (byRef: string, ref: string, toRef?: string) => {
    const actor = { personRef: byRef, route: 'chat text' } as const;
    const nonce = `delegate-${(presses += 1)}`;
    return acts.delegate.delegate({ boardId, actor, nonce, ref, ...(toRef === undefined ? {} : { toRef }) });
  };
  const now = () => records.snapshot(boardId);
  const theirs =
    (await now()).actions.find((one) => one.ownerRef === 'P08' && one.completedOn === undefined)?.ref ?? '';
  await letAnswer('P10', 'APA1.04', 'P11');
  await letAnswer('P08', theirs, 'P10');
  clock.set('2025-01-06T09:40:00.000Z');
  return {
    records,
    clock,
    theirs,
    now,
    letAnswer,
    manageItems,
    deputies: async () => cycleDeputies(await now(), clock.now().toISOString()),
    leave: (more: Partial<Leaving> = {}, takeOverNow = true) =>
      manageItems.leave({
        ...{ boardId, actor: secretary, nonce: 'nonce-of-leaving', named: [], takeOverNow },
        leaving: { ...leaving, ...more },
      }),
    back: async () => {
      clock.set(new Date(clock.now().getTime() + 60_000).toISOString());
      return manageItems.takeBack({ boardId, actor: secretary });
    },
    told: async (step: string) =>
      (await ledger.entries(boardId, 'B09'))
        .filter((one) => one.step.startsWith(step))
        .map((one) => [one.personRef, one.subjectRefs] as const),
  };
}

/** What the board holds, whatever version it is in; who was asked counts, not how often that changed. */
function held(board: BoardSnapshot) {
  const plain = (rows: readonly object[]) => rows.map((one) => ({ ...one, stamp: undefined }));
  const { people, bodies, actions, risks, mitigations, measures, decisions } = board;
  return {
    lists: [people, bodies, actions, risks, mitigations, measures, decisions].map(plain),
    asked: board.requests
      .filter((one) => one.state === 'open')
      .map((one) => `${one.meetingRef} ${one.subjectRef} ${one.ownerRef}`)
      .sort(),
  };
}

describe('who leaves', () => {
  test('answers for nobody any more, and nobody for them: ended on record, and told', async () => {
    const { leave, deputies, theirs, now, told } = await office();
    expect((await deputies()).size).toBe(2);
    const done = await leave();
    expect((await deputies()).size).toBe(0);
    const rows = (await now()).updates.filter((one) => one.after['deputy.B09'] === null);
    expect(rows.map((one) => [one.subjectRef, one.byRef, one.forOwnerRef, one.before['deputy.B09']])).toEqual([
      ['APA1.04', 'P15', 'P10', 'P11'],
      [theirs, 'P15', 'P08', 'P10'],
    ]);
    const words = done.kind === 'done' ? done.receipt.words : [];
    expect(words.filter((one) => one.includes('no longer answers'))).toEqual([
      expect.stringMatching(/^\S+ \S+ no longer answers APA1\.04 for Freya Langmoor this cycle\.$/),
      expect.stringContaining(`Freya Langmoor no longer answers ${theirs} for `),
    ]);
    // P11 was told when they were named, and now that it ends; who leaves is told by people.
    const heard = await told('notice:deputy:');
    expect(heard.filter(([, refs]) => refs.includes('APA1.04')).map(([person]) => person)).toEqual(['P11', 'P11']);
    expect(heard.filter(([, refs]) => refs.includes(theirs)).map(([person]) => person)).toEqual(['P10', 'P08']);
  });

  test('keeps it until the last day is over', async () => {
    const { leave, deputies, clock, manageItems } = await office();
    await leave({ lastDayOn: '2025-01-10' }, false);
    expect((await deputies()).size).toBe(2);
    clock.set('2025-01-11T09:00:00.000Z');
    expect(await manageItems.carryOutDue(boardId)).toBe(1);
    expect((await deputies()).size).toBe(0);
  });

  test('is no colleague to leave an item to', async () => {
    const { leave, letAnswer, theirs } = await office();
    await leave();
    expect(await letAnswer('P08', theirs, 'P10')).toMatchObject({
      kind: 'refused',
      issues: [{ field: 'to', message: 'Freya Langmoor has left the board. Please choose somebody else.' }],
    });
  });
});

describe('hand back after somebody left', () => {
  test('brings all of it back: things, deputies, escalations, who answers this cycle, and the person', async () => {
    const it = await office();
    const [before, deputies] = [held(stamped(await it.now())), await it.deputies()];
    await it.leave();
    expect(held(await it.now())).not.toEqual(before);
    const back = await it.back();
    expect(back).toMatchObject({ kind: 'done', receipt: { subjectRef: 'P10' } });
    expect(held(await it.now())).toEqual(before);
    expect(await it.deputies()).toEqual(deputies);
    const words = back.kind === 'done' ? back.receipt.words : [];
    expect(words[0]).toBe('Freya Langmoor stays on the board.');
    expect(words.join('\n')).toMatch(/Escalations of .* go to Freya Langmoor again\./);
    expect(words.join('\n')).toMatch(/answers APA1\.04 for Freya Langmoor this cycle again\./);
    expect(words.join('\n')).not.toContain('Changed since');
    // The history keeps both; nothing is left to take back.
    const rows = (await it.now()).updates;
    expect(rows.filter((one) => one.takesBack !== undefined).length).toBeGreaterThan(3);
    expect((await it.back()).kind).toBe('refused');
    expect(held(await it.now())).toEqual(before);
  });

  test('holds after the last day too, and where leaving was planned', async () => {
    const it = await office();
    const [before, deputies] = [held(stamped(await it.now())), await it.deputies()];
    await it.leave({ lastDayOn: '2025-01-10' }, false);
    it.clock.set('2025-01-12T09:00:00.000Z');
    expect(await it.manageItems.carryOutDue(boardId)).toBe(1);
    expect((await it.back()).kind).toBe('done');
    const after = held(await it.now());
    expect(after.lists).toEqual(before.lists);
    expect(await it.deputies()).toEqual(deputies);
  });

  test('said twice at once is done once', async () => {
    const it = await office();
    await it.leave();
    it.clock.set('2025-01-06T10:00:00.000Z');
    const both = await Promise.all([1, 2].map(() => it.manageItems.takeBack({ boardId, actor: secretary })));
    expect(both[1]).toEqual(both[0]);
    expect(it.records.operations.filter((one) => one.operationId.startsWith('manage-'))).toHaveLength(2);
  });

  test('said again takes back no leaving of before', async () => {
    const it = await office();
    await it.leave({ personRef: 'P02', toRef: 'P04' });
    it.clock.set('2025-01-06T09:45:00.000Z');
    await it.leave();
    expect((await it.back()).kind).toBe('done');
    expect((await it.back()).kind).toBe('refused');
    const { people } = await it.now();
    expect(people.filter((one) => one.leavesOn !== undefined).map((one) => one.ref)).toEqual(['P02']);
  });

  test('leaves what somebody changed since as it is, and says so', async () => {
    const it = await office();
    await it.leave();
    it.clock.set('2025-01-06T09:45:00.000Z');
    await it.letAnswer('P17', 'APA1.04', 'P08');
    it.records.editInSharePoint(boardId, 'person', 'P02', { deputyRefs: ['P04'] });
    const deputised = (await it.now()).people.find((one) => one.ref === 'P02');
    const back = await it.back();
    const words = back.kind === 'done' ? back.receipt.words : [];
    expect(words.at(-1)).toBe(`Changed since, so as it is now: the deputies of ${deputised?.name ?? ''}.`);
    expect((await it.deputies()).get('APA1.04')?.deputyRef).toBe('P08');
    const now = await it.now();
    expect(now.people.find((one) => one.ref === 'P02')?.deputyRefs).toEqual(['P04']);
    expect(now.people.find((one) => one.ref === 'P10')?.leavesOn).toBeUndefined();
  });

  test('a later hand-over is the one that goes back', async () => {
    const it = await office();
    await it.leave();
    it.clock.set('2025-01-06T09:50:00.000Z');
    const moves = [{ kind: 'action', ref: 'APA1.04', toRef: 'P08' }] as const;
    await it.manageItems.handOver({ boardId, actor: secretary, nonce: 'nonce-later', moves });
    expect(await it.back()).toMatchObject({ kind: 'done', receipt: { subjectRef: 'APA1.04' } });
    const now = await it.now();
    expect(now.actions.find((one) => one.ref === 'APA1.04')?.ownerRef).toBe('P17');
    expect(now.people.find((one) => one.ref === 'P10')?.leavesOn).toBe('2025-01-03');
  });
});
