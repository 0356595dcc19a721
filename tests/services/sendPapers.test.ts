// After the release: the pack, access for people outside, one message each, a record of each; nothing twice, nothing unseen.
import type { BoardSnapshot } from '../../bot/board/model';
import { papersSentStep } from '../../bot/board/released';
import { InvalidInputError } from '../../bot/errors';
import type { LedgerEntry, RecordWrite } from '../../bot/services/ports';
import type { PaperSharing, ShareOutcome } from '../../bot/services/portsSharing';
import { createFindReleased } from '../../bot/services/releasedPapers';
import { createSendPapers, withPapers } from '../../bot/services/sendPapers';
import { aPerson, aQuietBoard } from '../fixtures/builders';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { aReleasingBoard, releasingBoardId as boardId } from '../fixtures/releasing';

const quiet = aQuietBoard();
const people = [
  ...quiet.people.map(({ email, ...one }) => {
    if (!one.external) return { ...one, ...(email === undefined ? {} : { email }) };
    return one.ref === 'X1' ? { ...one, email: 'lee@dfe.example' } : one;
  }),
  aPerson({ ref: 'P5', name: 'Ira Colebrook', role: 'Head of school', boardRole: 'member', deputyRefs: [] }),
  aPerson({ ref: 'P6', name: 'Uma Vance', role: 'Member', boardRole: 'member', leavesOn: '2025-06-01' }),
];

function aSendingBoard(
  answer: (address: string) => ShareOutcome = () => ({ kind: 'shared', webUrl: 'https://x.example/p' }),
) {
  const board = aReleasingBoard({ people });
  const { records, library, clock, logger, releaseLog } = board;
  const ledger = createMemoryLedger();
  const shares: string[] = [];
  const sharing: PaperSharing = {
    share: (_board, _meeting, name, { address, endsAt }) => {
      shares.push(`${address} ${name.replace(/[0-9A-F]{8}/, 'CODE')} until ${endsAt?.slice(0, 10) ?? 'no end'}`);
      return Promise.resolve(answer(address));
    },
  };
  let pack: 'files' | 'fails' = 'files';
  let held = false;
  const sendPapers = createSendPapers({
    ...{ records, library, ledger, sharing, clock, logger },
    filePack: async (_board, meetingRef) => {
      if (pack === 'fails') throw new InvalidInputError('An identifier of a child stands in the pack.');
      const code = [...library.papers.keys()].map((one) => /, ([0-9A-F]{8})\./.exec(one)?.[1]).find(Boolean) ?? '';
      const name = `${meetingRef} board pack, ${code}.docx`;
      await library.file(boardId, meetingRef, name, new Uint8Array(4), 'application/octet-stream');
    },
    deliver: { drain: () => (held ? Promise.resolve(nothingSent) : sendAll(ledger)) },
  });
  async function release() {
    const request = { boardId, meetingRef: 'M4', kind: 'for the meeting' as const, byRef: 'P8' };
    const { seen } = await releaseLog.preview(request);
    const result = await releaseLog.release({ ...request, seen });
    if (result.kind !== 'released') throw new TypeError('it was not released');
    return { boardId, meetingRef: 'M4', hash: result.hash };
  }
  /** The row about sending, as the pause and its end leave it. */
  async function setSending(value: unknown) {
    const { stamp } = (await records.refresh(boardId)).running?.sending ?? {};
    const key = `sending@${boardId}`;
    const json = JSON.stringify(value);
    const write: RecordWrite = stamp
      ? { kind: 'change', record: 'setting', ref: key, ...stamp, changes: { json } }
      : { kind: 'add', record: 'setting', operationKey: key, values: { key, json } };
    await records.write({ boardId, operationId: json, writes: [write] });
  }
  const dispatches = async () => (await records.refresh(boardId)).dispatches;
  return {
    ...board,
    ledger,
    shares,
    sendPapers,
    release,
    dispatches,
    setSending,
    packFails: () => (pack = 'fails'),
    hold: () => (held = true),
  };
}

const nothingSent = { sent: 0, failed: 0, uncertain: 0, unreachable: 0, cancelled: 0, waiting: 0 };

/** As the delivery would: in chat inside the tenant, by e-mail outside; one of them is not certain. */
async function sendAll(ledger: ReturnType<typeof createMemoryLedger>) {
  for (const entry of await ledger.claim(boardId, 'worker', 50, 30)) {
    await ledger.sending(entry, entry.fence);
    const outcome =
      entry.personRef === 'X2'
        ? ({ state: 'uncertain', detail: 'No answer.' } as const)
        : entry.personRef === 'X3'
          ? ({ state: 'failed', detail: 'No address.' } as const)
          : ({ state: 'sent', route: entry.personRef === 'X1' ? 'e-mail' : 'chat' } as const);
    await ledger.record(entry, entry.fence, outcome, '2025-06-18T07:05:00.000Z');
  }
  return nothingSent;
}

const toldOf = (entries: readonly LedgerEntry[]) => entries.map((one) => `${one.personRef} ${one.step}`).sort();

test('members, the chair and the advisers are told once of what was released, and nobody else', async () => {
  const { sendPapers, release, ledger } = aSendingBoard();
  const released = await release();
  expect(await sendPapers.send(released)).toMatchObject({ told: 5 });
  const step = papersSentStep(released.hash);
  const told = ['P5', 'P9', 'X1', 'X2', 'X3'].map((ref) => `${ref} ${step}`);
  expect(toldOf(await ledger.entries(boardId, 'M4'))).toEqual(told);
  await sendPapers.send(released);
  expect(toldOf(await ledger.entries(boardId, 'M4'))).toEqual(told);
});

test('who is outside may read log and pack until 90 days after the meeting; who has no address is named', async () => {
  const { sendPapers, release, shares } = aSendingBoard();
  const { shared, problems } = await sendPapers.send(await release());
  expect([...shares].sort()).toEqual([
    'lee@dfe.example M4 action and impact log, for the meeting, CODE.docx until 2025-09-22',
    'lee@dfe.example M4 action and impact log, for the meeting, CODE.xlsx until 2025-09-22',
    'lee@dfe.example M4 board pack, CODE.docx until 2025-09-22',
  ]);
  expect(shared).toBe(1);
  expect(problems).toEqual([
    'Ash Dunmore has no e-mail address in the list People, so nothing was shared with them.',
    'Max Ridley has no e-mail address in the list People, so nothing was shared with them.',
  ]);
});

test('a refused share is told in words and holds up nobody', async () => {
  const { sendPapers, release, ledger, logger } = aSendingBoard(() => ({
    kind: 'refused',
    detail: 'Sharing is switched off.',
  }));
  const { problems } = await sendPapers.send(await release());
  expect(problems).toContain('Lee Fairbrook may not read every paper: Sharing is switched off.');
  expect(JSON.stringify(logger.lines)).toContain('"personRef":"X1","outcome":"refused"');
  expect(await ledger.entries(boardId, 'M4')).toHaveLength(5);
});

test('each paper that reached somebody is on record: who, when, by which way and what is known of it', async () => {
  const { sendPapers, release, dispatches } = aSendingBoard();
  await sendPapers.send(await release());
  const rows = (await dispatches()).map((one) =>
    [one.personRef, one.paper.slice(0, 13), one.route, one.delivery].join(' | '),
  );
  expect([...new Set(rows)].sort()).toEqual([
    'P5 | M4 action and | chat card | delivered',
    'P5 | M4 board pack | chat card | delivered',
    'P9 | M4 action and | chat card | delivered',
    'P9 | M4 board pack | chat card | delivered',
    'X1 | M4 action and | e-mail | sent',
    'X1 | M4 board pack | e-mail | sent',
    'X2 | M4 action and | chat card | uncertain',
    'X2 | M4 board pack | chat card | uncertain',
  ]);
  expect((await dispatches()).every((one) => one.sentAt.startsWith('2025-06-18T'))).toBe(true);
  expect(await sendPapers.record(boardId)).toBe(0);
});

test('the day on which the papers went out is noted once', async () => {
  const { sendPapers, release, records, clock } = aSendingBoard();
  const released = await release();
  await sendPapers.send(released);
  clock.set('2025-06-20T09:00:00.000Z');
  await sendPapers.send(released);
  const meeting = (await records.refresh(boardId)).meetings.find((one) => one.ref === 'M4');
  expect(meeting?.papersSentOn).toBe('2025-06-18');
});

test('a pack that cannot be filed does not hold up the log, and is said', async () => {
  const { sendPapers, release, packFails } = aSendingBoard();
  packFails();
  const { told, problems } = await sendPapers.send(await release());
  expect(told).toBe(5);
  expect(problems[0]).toMatch(/^The board pack was not filed, so the log went out without it/);
});

test('what a crash left undone is done at the next start, once', async () => {
  const { sendPapers, release, ledger } = aSendingBoard();
  expect(await sendPapers.resume(boardId)).toBeUndefined();
  await release();
  expect(await sendPapers.resume(boardId)).toMatchObject({ told: 5 });
  expect(await ledger.entries(boardId, 'M4')).toHaveLength(5);
  expect(await sendPapers.resume(boardId)).toBeUndefined();
});

test('a log that was frozen by command, looked at by nobody, is never sent', async () => {
  const { sendPapers, compileLog, ledger } = aSendingBoard();
  await compileLog.freeze({ boardId, meetingRef: 'M4', kind: 'for the meeting' });
  expect(await sendPapers.resume(boardId)).toBeUndefined();
  expect(await ledger.entries(boardId, 'M4')).toEqual([]);
});

test('the message finds the log by the first figures of its hash, with the papers to open', async () => {
  const { sendPapers, release, library } = aSendingBoard();
  const { hash } = await release();
  await sendPapers.send({ boardId, meetingRef: 'M4', hash });
  const found = await createFindReleased(library)(boardId, 'M4', hash.slice(0, 24));
  expect(found?.papers.map((one) => one.title).sort()).toEqual([
    'Action and impact log (Excel)',
    'Action and impact log (Word)',
    'Board pack (Word)',
  ]);
  expect(found?.shortCode).toBe(`M4-before, ${hash.slice(0, 4).toUpperCase()}`);
  expect(await createFindReleased(library)(boardId, 'M4', 'ffff')).toBeUndefined();
});

/** Paused before the release, and resumed after it. */
const pause = { byRef: 'P8', at: '2025-06-18T06:00:00.000Z', why: 'Purdah' };
const notesOf = async ({ records }: { readonly records: { refresh(id: string): Promise<BoardSnapshot> } }) =>
  (await records.refresh(boardId)).running?.news?.notes.map((one) => one.text) ?? [];

test('while sending is paused nothing is shared and no day is noted; both follow once it goes on', async () => {
  const { sendPapers, release, shares, records, ledger, setSending, hold } = aSendingBoard();
  hold();
  await setSending({ pause });
  const sent = await sendPapers.send(await release());
  expect(sent).toMatchObject({ told: 5, shared: 0, problems: [] });
  expect(sent.held).toContain('Why: Purdah');
  expect(shares).toEqual([]);
  expect(await sendPapers.shareWaiting(boardId)).toBe(0);
  const noted = async () => (await records.refresh(boardId)).meetings.find((one) => one.ref === 'M4')?.papersSentOn;
  expect(await noted()).toBeUndefined();
  await setSending({});
  expect(await sendPapers.shareWaiting(boardId)).toBe(1);
  expect(shares).toHaveLength(3);
  expect(await noted()).toBe('2025-06-18');
  expect(await sendPapers.shareWaiting(boardId)).toBe(0);
  expect(shares).toHaveLength(3);
  expect(await ledger.entries(boardId, 'M4')).toHaveLength(5);
});

test('a pause that lasts beyond the meeting: access, day and record still follow with the messages', async () => {
  const { sendPapers, release, shares, records, clock, ledger, dispatches, setSending, hold } = aSendingBoard();
  hold();
  await setSending({ pause });
  await sendPapers.send(await release());
  // The meeting was on 25 June.
  clock.set('2025-07-02T09:00:00.000Z');
  await records.refresh(boardId);
  expect(await sendPapers.shareWaiting(boardId)).toBe(0);
  await setSending({});
  const drain = async () => ({ ...(await sendAll(ledger)), sent: 1 });
  await withPapers({ drain }, sendPapers).drain(boardId);
  expect(shares).toHaveLength(3);
  expect((await records.refresh(boardId)).meetings.find((one) => one.ref === 'M4')?.papersSentOn).toBe('2025-07-02');
  expect(new Set((await dispatches()).map((one) => one.personRef))).toEqual(new Set(['P5', 'P9', 'X1', 'X2']));
});

test('access that would be over is given no more', async () => {
  const { sendPapers, release, shares, clock, setSending, hold } = aSendingBoard();
  hold();
  await setSending({ pause });
  await sendPapers.send(await release());
  clock.set('2025-09-24T09:00:00.000Z');
  await setSending({});
  expect(await sendPapers.shareWaiting(boardId)).toBe(0);
  expect(shares).toEqual([]);
});

test('access that waited is given before the messages leave', async () => {
  const { sendPapers, release, clock, shares, hold } = aSendingBoard();
  hold();
  clock.set('2025-06-18T19:00:00.000Z');
  expect((await sendPapers.send(await release())).held).toContain('Thursday 19 June 2025, 08:00');
  clock.set('2025-06-19T07:00:00.000Z');
  const order: string[] = [];
  const drained = { ...nothingSent, sent: 1 };
  const drain = () => {
    order.push(`drained with ${shares.length} shared`);
    return Promise.resolve(drained);
  };
  expect(await withPapers({ drain }, sendPapers).drain(boardId)).toEqual(drained);
  expect(order).toEqual(['drained with 3 shared']);
});

test('keeps for the secretary what was refused and that the pack is missing, once', async () => {
  const board = aSendingBoard(() => ({ kind: 'refused', detail: 'Sharing is switched off.' }));
  board.packFails();
  const released = await board.release();
  await board.sendPapers.send(released);
  const told = await notesOf(board);
  expect(told).toEqual([
    'The board pack was not filed, so the log went out without it. File it, then release the log again.',
    'Lee Fairbrook may not read every paper: Sharing is switched off.',
    'Ash Dunmore has no e-mail address in the list People, so nothing was shared with them.',
    'Max Ridley has no e-mail address in the list People, so nothing was shared with them.',
  ]);
  await board.sendPapers.send(released);
  expect(await notesOf(board)).toEqual(told);
});

test('the board’s channel is told once that there are papers, and is on no list of who got them', async () => {
  const board = aSendingBoard();
  const chosen = { channelId: '19:papers', byRef: 'P8', at: '2025-06-02T09:00:00.000Z' };
  const row = { key: `channel@${boardId}`, json: JSON.stringify({ channel: chosen, meetings: [] }) };
  const add = { kind: 'add', record: 'setting', operationKey: 'chosen', values: row } as const;
  await board.records.write({ boardId, operationId: 'chosen', writes: [add] });
  const released = await board.release();
  await board.sendPapers.send(released);
  await board.sendPapers.send(released);
  const entries = await board.ledger.entries(boardId, 'M4');
  const toChannel = entries.filter((one) => one.personRef === '@channel');
  expect(toChannel.map((one) => [one.step, one.state])).toEqual([[papersSentStep(released.hash), 'sent']]);
  expect((await board.dispatches()).map((one) => one.personRef)).not.toContain('@channel');
});
