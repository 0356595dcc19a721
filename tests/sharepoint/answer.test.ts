// An owner's answer carried through to the lists of the local Microsoft 365 and read back.
import type { Answer } from '../../bot/board/update';
import { createUpdateItem } from '../../bot/services/updateItem';
import { localBoardId, startLocalBoard } from '../fixtures/localBoard';
import type { LocalBoard } from '../fixtures/localBoard';
import { createMemoryOperations } from '../fixtures/memoryPorts';

// A whole tenant runs beneath each test; a busy machine is no failure.
jest.setTimeout(60_000);

let board: LocalBoard;
beforeAll(async () => {
  board = await startLocalBoard();
});
afterAll(() => board.close());

function answer(nonce: string, given: Answer, personRef = 'P10') {
  const { records, clock, logger } = board;
  const updateItem = createUpdateItem({ records, operations: createMemoryOperations(), clock, logger });
  return updateItem.answer({ boardId: localBoardId, actor: { personRef, route: 'chat card' }, nonce, answer: given });
}

const historyOf = async (ref: string) =>
  (await board.records.refresh(localBoardId)).updates.filter((one) => one.subjectRef === ref).at(-1);

describe('an answer', () => {
  it('about an action is in its item, in the history and on the request', async () => {
    const result = await answer('n1', {
      kind: 'action',
      ref: 'APA1.04',
      deliveryStatus: 'at-risk',
      narrative: 'Two feeds still wait for the split by locality.',
      forecastOn: '2025-03-14',
      effectStatus: 'too-early',
      blocker: { text: 'No split by locality from the provider', waitingOnBody: 'Hertland ICB' },
    });
    expect(result).toMatchObject({ kind: 'saved', receipt: { ref: 'APA1.04', noChange: false } });
    const read = await board.records.refresh(localBoardId);
    expect(read.findings).toEqual([]);
    expect(read.actions.find((one) => one.ref === 'APA1.04')).toMatchObject({
      deliveryStatus: 'at-risk',
      forecastOn: '2025-03-14',
      blocker: { text: 'No split by locality from the provider', waitingOnBody: 'Hertland ICB' },
    });
    expect(await historyOf('APA1.04')).toMatchObject({
      byRef: 'P10',
      route: 'chat card',
      at: '2025-01-06T09:00:00.000Z',
      after: { deliveryStatus: 'at-risk', forecastOn: '2025-03-14' },
      narrative: 'Two feeds still wait for the split by locality.',
    });
    const request = read.requests.find((one) => one.meetingRef === 'B09' && one.subjectRef === 'APA1.04');
    expect(request).toMatchObject({ state: 'answered', answeredOn: '2025-01-06', answeredByRef: 'P10' });
  });

  it('about a risk moves it and its mitigation', async () => {
    const before = await board.records.refresh(localBoardId);
    const risk = before.risks.find((one) => one.ownerRef === 'P10');
    const mitigation = before.mitigations.find((one) => one.riskRef === risk?.ref && one.status !== 'complete');
    if (!risk || !mitigation) throw new TypeError('P10 has no risk with an open mitigation');
    const result = await answer('n2', {
      kind: 'risk',
      ref: risk.ref,
      likelihood: risk.current.likelihood - 1,
      impact: risk.current.impact,
      reason: 'The extract is agreed and tested.',
      mitigations: [{ ref: mitigation.ref, status: 'complete' }],
    });
    expect(result.kind).toBe('saved');
    const read = await board.records.refresh(localBoardId);
    expect(read.risks.find((one) => one.ref === risk.ref)?.current).toEqual({
      ...risk.current,
      likelihood: risk.current.likelihood - 1,
    });
    expect(read.mitigations.find((one) => one.ref === mitigation.ref)).toMatchObject({
      status: 'complete',
      completedOn: '2025-01-06',
    });
    expect(read.findings).toEqual([]);
  });

  it('about a measure adds a reading', async () => {
    const before = await board.records.refresh(localBoardId);
    const measure = before.measures.find((one) => one.ownerRef === 'P10' && !one.computed);
    if (!measure) throw new TypeError('P10 has no measure');
    const given = { kind: 'measure', ref: measure.ref, period: '2024-12', value: 90, source: 'Dashboard' } as const;
    expect((await answer('n3', given)).kind).toBe('saved');
    const read = await board.records.refresh(localBoardId);
    expect(read.readings).toHaveLength(before.readings.length + 1);
    expect(read.readings.at(-1)).toMatchObject({
      measureRef: measure.ref,
      period: '2024-12',
      value: 90,
      source: 'Dashboard',
    });
    expect(read.findings).toEqual([]);
  });
});
