// Messages about the papers on their way: chased until the release and not after it; what was released is what is told.
import { messageCard } from '../../bot/cards/manageNoticeCard';
import { createDeliver } from '../../bot/services/deliver';
import type { CycleStep } from '../../bot/services/ports';
import { createFindReleased } from '../../bot/services/releasedPapers';
import { createSendPapers } from '../../bot/services/sendPapers';
import { aPerson, aQuietBoard } from '../fixtures/builders';
import {
  createMemoryConversations,
  createMemoryLedger,
  createMemoryMessenger,
  createTestTime,
} from '../fixtures/memoryDelivery';
import { aReleasingBoard, releasingBoardId as boardId } from '../fixtures/releasing';
import { textOf } from '../cards/checkCard';
import { noPace } from '../fixtures/noPace';

const secretary = 'sam-id';
const member = 'ira-id';
const at = '2025-06-18T07:00:00.000Z';

async function setUp() {
  const quiet = aQuietBoard();
  const people = [
    ...quiet.people.map((one) => (one.ref === 'P8' ? { ...one, entraObjectId: secretary } : one)),
    aPerson({ ref: 'P5', name: 'Ira Colebrook', boardRole: 'member', entraObjectId: member, deputyRefs: [] }),
  ];
  const board = aReleasingBoard({ people });
  const { records, library, clock, logger, releaseLog } = board;
  const time = createTestTime(Date.parse(at));
  const ledger = createMemoryLedger(time);
  const messenger = createMemoryMessenger(time);
  const deliver = createDeliver({
    ...{ records, ledger, messenger, clock, logger, time },
    conversations: createMemoryConversations([secretary, member]),
    cards: messageCard,
    pace: noPace,
    released: createFindReleased(library),
  });
  const sendPapers = createSendPapers({
    ...{ records, library, ledger, deliver, clock, logger },
    sharing: { share: () => Promise.resolve({ kind: 'refused', detail: 'Not here.' }) },
    filePack: () => Promise.resolve(),
  });
  const plan = (step: CycleStep) =>
    ledger.plan([{ boardId, meetingRef: 'M4', step, personRef: 'P8', subjectRefs: [] }], at);
  async function release() {
    const request = { boardId, meetingRef: 'M4', kind: 'for the meeting' as const, byRef: 'P8' };
    const { seen } = await releaseLog.preview(request);
    const result = await releaseLog.release({ ...request, seen });
    if (result.kind !== 'released') throw new TypeError('it was not released');
    await sendPapers.send({ boardId, meetingRef: 'M4', hash: result.hash });
    return result;
  }
  const wordsTo = (to: string) =>
    messenger.attempts.filter((one) => one.to === to).map((one) => textOf(one.message.card));
  return { ledger, deliver, plan, release, wordsTo };
}

test.each<CycleStep>(['papers', 'papers-reminder', 'papers-last-call'])(
  '%s goes to the secretary while nothing is released',
  async (step) => {
    const { deliver, plan, wordsTo } = await setUp();
    await plan(step);
    expect(await deliver.drain(boardId)).toMatchObject({ sent: 1, cancelled: 0 });
    expect(wordsTo(secretary)[0]).toContain('by 4 pm today');
  },
);

test.each<CycleStep>(['papers', 'papers-reminder', 'papers-last-call'])(
  '%s that waited is not sent once they are released',
  async (step) => {
    const { deliver, plan, release, wordsTo, ledger } = await setUp();
    await release();
    await plan(step);
    expect(await deliver.drain(boardId)).toMatchObject({ sent: 0, cancelled: 1 });
    expect(wordsTo(secretary)).toEqual([]);
    expect((await ledger.entries(boardId, 'M4')).find((one) => one.step === step)?.state).toBe('cancelled');
  },
);

test('a member reads the code and the headline of the log that was released', async () => {
  const { release, wordsTo } = await setUp();
  const { shortCode } = await release();
  const [words = ''] = wordsTo(member);
  expect(words).toContain('Papers for the board on Wednesday 25 June');
  expect(words).toContain(`Log code: ${shortCode}.`);
  expect(words).toContain('0 of 1 open action');
});
