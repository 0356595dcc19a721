// What invitations did by themselves is kept for the secretary; what the secretary did is not told back to them.
import { createInviteBoard } from '../../bot/services/inviteBoard';
import { createMemoryCalendar } from '../fixtures/memoryCalendar';
import { createFixedClock, createMemoryLogger, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';

const boardId = 'send';

async function invited() {
  const records = createMemoryRecords({ [boardId]: sampleSnapshot() });
  const clock = createFixedClock('2025-01-06T09:00:00.000Z');
  const calendar = createMemoryCalendar(clock);
  const invite = createInviteBoard({ records, calendar, clock, logger: createMemoryLogger(), hasMailbox: true });
  await invite.send({ boardId, byRef: 'P15', meetingRef: 'B10' });
  const notes = async () =>
    (await records.refresh(boardId)).running?.news?.notes.map((one) => `${one.meetingRef} ${one.text}`) ?? [];
  return { records, clock, calendar, invite, notes };
}

test('a move that followed by itself is told, once', async () => {
  const { records, clock, invite, notes } = await invited();
  expect(await notes()).toEqual([]);
  records.editInSharePoint(boardId, 'meeting', 'B10', { on: '2025-03-05' });
  clock.set('2025-01-07T09:00:00.000Z');
  await records.refresh(boardId);
  await invite.keep(boardId);
  await invite.keep(boardId);
  expect(await notes()).toEqual(['B10 Everybody is told of the date, time and place as they are now.']);
});

test('an invitation that came back is told, with what to do', async () => {
  const { clock, calendar, invite, notes } = await invited();
  calendar.report({ address: 'remy.hadlowe@dfe.example', at: '2025-01-06T10:00:00.000Z', why: 'Not found.' });
  clock.set('2025-01-07T09:00:00.000Z');
  await invite.keep(boardId);
  expect(await notes()).toEqual([
    'B10 The invitation of Remy Hadlowe did not arrive at remy.hadlowe@dfe.example. Correct the address in the list People, or type "invitations" to send it again.',
  ]);
});
