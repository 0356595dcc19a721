// What needs the reader: each for those who may act, as it stands now.
import type { BoardSnapshot, Invitation } from '../../bot/board/model';
import { createViewBoard } from '../../bot/services/viewBoard';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import { createFixedClock, createMemoryLibrary, createMemoryRecords } from '../fixtures/memoryPorts';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { fillLedger } from '../fixtures/sentMessages';

const id = 'send';
const sample = sampleSnapshot();
const secretary = 'P15';
const chair = 'P01';

async function needsOf(ref: string, over: Partial<BoardSnapshot> = {}, at = '2025-01-06T09:30:00.000Z') {
  const ledger = createMemoryLedger();
  await fillLedger(ledger, id);
  const records = createMemoryRecords({ [id]: { ...sample, ...over } });
  const clock = createFixedClock(at);
  const views = createViewBoard({ records, ledger, library: createMemoryLibrary(), clock });
  const entraObjectId = sample.people.find((one) => one.ref === ref)?.entraObjectId ?? 'none';
  return (await views.board({ entraObjectId })).needs;
}

/** The only row about the case lead and B09. */
const invited = (over: Partial<Invitation>): readonly Invitation[] => [
  ...sample.invitations.filter((one) => one.meetingRef !== 'B09' || one.personRef !== 'X03'),
  {
    meetingRef: 'B09',
    personRef: 'X03',
    sentOn: '2024-12-02',
    delivery: 'delivered',
    response: 'none',
    route: 'e-mail',
    ...over,
  },
];

test.each([
  ['not invited', {}, 'Adviser not invited', 'has not been sent'],
  [
    'came back',
    { invitations: invited({ delivery: 'failed' }) },
    'Invitation to an adviser did not arrive',
    'not been',
  ],
  ['declined', { invitations: invited({ response: 'declined' }) }, 'Adviser has declined', 'no deputy is named'],
])('an adviser who was %s is told to secretary and chair', async (_, over, title, text) => {
  for (const ref of [secretary, chair]) {
    const [need, ...others] = (await needsOf(ref, over)).filter((one) => one.kind === 'adviser');
    expect(need).toMatchObject({ title, text: expect.stringContaining(text) });
    expect(need?.text).toContain('Remy Hadlowe');
    expect(others).toEqual([]);
  }
  expect((await needsOf('P10', over)).map((one) => one.kind)).not.toContain('adviser');
});

test('an adviser who was sent the invitation again needs nobody', async () => {
  const again: Invitation = {
    meetingRef: 'B09',
    personRef: 'X03',
    sentOn: '2024-12-05',
    delivery: 'delivered',
    response: 'none',
    route: 'e-mail',
  };
  const invitations = [...invited({ delivery: 'failed' }), again];
  expect((await needsOf(secretary, { invitations })).map((one) => one.kind)).not.toContain('adviser');
});

test('messages that may not have arrived are the secretary’s, with where to look', async () => {
  const need = (await needsOf(secretary)).find((one) => one.kind === 'message');
  expect(need?.title).toBe('1 message may not have arrived');
  expect(need?.text).toMatch(/^It is not known of the update request to .+\. Type “delivery”/);
  expect((await needsOf(chair)).map((one) => one.kind)).not.toContain('message');
});

test('a plan to confirm is the secretary’s, until they confirm it', async () => {
  // B11 follows B10 closely: its plan is squeezed.
  const at = '2025-03-03T09:30:00.000Z';
  const plan = (await needsOf(secretary, {}, at)).find((one) => one.kind === 'plan');
  expect(plan?.title).toMatch(/^Plan to confirm for the meeting on /);
  expect(plan?.text).toContain('Type “confirm plan” to Board Assistant; nobody is asked before.');
  expect((await needsOf(chair, {}, at)).map((one) => one.kind)).not.toContain('plan');
  expect((await needsOf(secretary)).map((one) => one.kind)).not.toContain('plan');
});
