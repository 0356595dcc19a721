// The secretary is told what happened by itself: one notice a day, through the ledger, with all of the day before.
import { newsStep } from '../../bot/board/secretaryNews';
import { messageContent } from '../../bot/cards/messageContent';
import { assess } from '../../bot/board/assess';
import { createRunCycle } from '../../bot/services/runCycle';
import { createTellSecretary } from '../../bot/services/tellSecretary';
import { aQuietBoard } from '../fixtures/builders';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';

const board = 'northam';

function setUp() {
  const records = createMemoryRecords({ [board]: aQuietBoard({ actions: [] }) });
  const ledger = createMemoryLedger();
  const clock = createFixedClock('2025-05-20T19:00:00.000Z');
  const logger = createMemoryLogger();
  const tell = createTellSecretary({ records, clock, logger });
  const runCycle = createRunCycle({ records, ledger, clock, logger });
  const notices = async () =>
    (await ledger.entries(board, 'M4'))
      .filter((one) => one.step.startsWith('notice:news:'))
      .map((one) => `${one.step} ${one.personRef}`);
  return { records, ledger, clock, logger, tell, notices, remind: () => runCycle.remind(board) };
}

test('what came in the evening is one notice of the next morning, what comes later that day the day after', async () => {
  const { tell, clock, notices, remind, records } = setUp();
  await Promise.all([tell(board, 'M4', ['The board pack was not filed.']), tell(board, 'M4', ['Lee was invited.'])]);
  await remind();
  expect(await notices()).toEqual([]);
  clock.set('2025-05-21T07:00:00.000Z');
  await remind();
  await remind();
  expect(await notices()).toEqual(['notice:news:2025-05-21 P8']);
  await tell(board, 'M4', ['Lee was invited again.']);
  await remind();
  expect(await notices()).toHaveLength(1);
  const snapshot = await records.refresh(board);
  const step = newsStep('2025-05-21');
  const assessment = assess(snapshot, { at: clock.now().toISOString(), meetingRef: 'M4' });
  const content = messageContent({ boardId: board, snapshot, assessment, personRef: 'P8', step, subjectRefs: ['M4'] });
  expect(content.title).toBe('For you to know: 2 things about papers and invitations');
  expect(JSON.stringify(content.parts)).toContain('Lee was invited.');
  expect(JSON.stringify(content.parts)).not.toContain('again');
  clock.set('2025-05-22T07:00:00.000Z');
  await remind();
  expect((await notices()).sort()).toEqual(['notice:news:2025-05-21 P8', 'notice:news:2025-05-22 P8']);
});

test('a notice whose planning a stop cut off is made up', async () => {
  const { tell, clock, notices, remind, ledger } = setUp();
  await tell(board, 'M4', ['Lee was invited.']);
  clock.set('2025-05-21T07:00:00.000Z');
  const { plan } = ledger;
  ledger.plan = async () => Promise.reject(new Error('the service stopped'));
  await expect(remind()).rejects.toThrow('stopped');
  ledger.plan = plan;
  clock.set('2025-05-22T07:00:00.000Z');
  await remind();
  expect(await notices()).toEqual(['notice:news:2025-05-21 P8']);
});

test('nothing is kept where there is nothing to tell, and a list that does not answer holds up nobody', async () => {
  const { tell, records, logger } = setUp();
  await tell(board, 'M4', []);
  expect((await records.refresh(board)).running?.news).toBeUndefined();
  records.write = async () => Promise.reject(new Error('no answer'));
  await tell(board, 'M4', ['Lee was invited.']);
  expect(JSON.stringify(logger.lines)).toContain('secretary.notTold');
});
