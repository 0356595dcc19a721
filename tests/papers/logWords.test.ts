// The words that document and workbook share, cell by cell.
import type { CompiledRow, LogMeasure } from '../../bot/board/logShape';
import { notRecorded } from '../../bot/board/logShape';
import {
  askedCell,
  changedCell,
  deliveryCell,
  dueCell,
  effectCell,
  linkedCell,
  measureNotes,
  measureState,
  movementWords,
  progressCell,
  riskRemarks,
  whoCell,
} from '../../bot/papers/logWords';
import { sampleLog } from '../fixtures/sampleLog';

const first = sampleLog().actions[0];
const row = (over: Partial<CompiledRow> = {}, detail: Partial<CompiledRow['detail']> = {}): CompiledRow => {
  if (!first) throw new Error('the sample has no action');
  const {
    disagreement: _d,
    reply: _r,
    effectText: _e,
    blocker: _b,
    lastUpdate: _l,
    originalDueOn: _o,
    ...plain
  } = first.detail;
  return {
    ...first,
    claimedDelivery: 'on-track',
    computedDelivery: 'on-track',
    claimedEffect: 'too-early',
    computedEffect: 'too-early',
    dueOn: '2025-03-31',
    forecastOn: null,
    milestonesDone: 1,
    milestonesTotal: 3,
    percent: 33,
    asked: 'Note the progress.',
    ...over,
    detail: {
      ...plain,
      owner: 'Robin Ashdown',
      leadBody: 'Northam Council',
      partnerBodies: [],
      dateMoves: 0,
      dateMovedCalendarDays: 0,
      then: { percent: 33, milestonesDone: 1, milestonesTotal: 3 },
      changed: [],
      evidenceFor: [],
      evidenceAgainst: [],
      askedLastTime: notRecorded,
      saidLastTime: [],
      riskRefs: [],
      decisionRefs: [],
      ...detail,
    },
  };
};

describe('delivery', () => {
  test('is one word when owner and record agree', () => expect(deliveryCell(row())).toBe('On track'));
  test('names both, the disagreement and the reply when they do not', () => {
    const cell = deliveryCell(
      row({ computedDelivery: 'off-track' }, { disagreement: 'They differ.', reply: 'Signed since.' }),
    );
    expect(cell).toBe("Owner: On track\nRecord: Off track\nThey differ.\nOwner's reply: Signed since.");
  });
});

describe('effect', () => {
  test('says who claims what, and names evidence for and against', () => {
    const evidence = {
      ref: 'E1',
      on: '2025-01-03',
      kind: 'family-voice',
      sourceBody: 'Forum',
      summary: 'Calls returned.',
    };
    expect(
      effectCell(row({ claimedEffect: 'clear-evidence' }, { evidenceFor: [evidence], evidenceAgainst: [evidence] })),
    ).toBe(
      "Owner: Clear evidence of effect\nRecord: Too early to say\nFor: E1, family's voice, 3 January 2025, Forum: Calls returned.\nAgainst: E1, family's voice, 3 January 2025, Forum: Calls returned.",
    );
  });
});

describe('the due date', () => {
  test('stands alone when nothing moved', () => expect(dueCell(row())).toBe('31 March 2025'));
  test('shows the first date, the moves and the forecast', () => {
    const cell = dueCell(
      row({ forecastOn: '2025-04-30' }, { originalDueOn: '2024-12-31', dateMoves: 2, dateMovedCalendarDays: 90 }),
    );
    expect(cell).toBe('31 March 2025\nfirst 31 December 2024\nmoved twice, by 90 days\nforecast 30 April 2025');
  });
  test('is said to be missing', () => expect(dueCell(row({ dueOn: null }))).toBe('No due date'));
});

describe('progress', () => {
  test('counts milestones then and now', () => {
    expect(progressCell(row({ milestonesDone: 2 }))).toBe('Then: 1 of 3\nNow: 2 of 3 milestones');
  });
  test('is a percentage without milestones', () => {
    const cell = progressCell(
      row({ milestonesTotal: 0, percent: 40 }, { then: { percent: 20, milestonesDone: 0, milestonesTotal: 0 } }),
    );
    expect(cell).toBe('Then: 20%\nNow: 40%');
  });
  test('says when the last log did not record it', () => {
    const then = { percent: notRecorded, milestonesDone: notRecorded, milestonesTotal: notRecorded } as const;
    expect(progressCell(row({}, { then }))).toBe(`Then: ${notRecorded}\nNow: 1 of 3 milestones`);
  });
});

test('what changed is followed by what the owner said, with name and date', () => {
  expect(changedCell(row())).toBe('Nothing');
  const lastUpdate = { on: '2025-01-03', by: 'Robin Ashdown', narrative: 'Two signed.' };
  expect(changedCell(row({}, { changed: ['Percentage: 20, now 40.'], lastUpdate }))).toBe(
    'Percentage: 20, now 40.\nRobin Ashdown, 3 January 2025: Two signed.',
  );
});

test('what is asked is followed by what stands in the way and what was said before', () => {
  const cell = askedCell(
    row(
      { asked: 'Help.' },
      {
        blocker: { text: 'No venue', waitingOnBody: 'Northam ICB', accepted: false },
        askedLastTime: 'Note.',
        saidLastTime: ['Find a venue.'],
      },
    ),
  );
  expect(cell).toBe(
    'Help.\nBlocked: No venue (waiting for Northam ICB)\nAsked last time: Note.\nThe board said: Find a venue.',
  );
});

test('who answers for it comes before the bodies', () => {
  expect(whoCell(row({}, { partnerBodies: ['Northam ICB', 'Schools'] }))).toBe(
    'Robin Ashdown\nNortham Council\nwith Northam ICB and Schools',
  );
});

test('linked risks and decisions are named when there are some', () => {
  expect(linkedCell(row())).toBe('');
  expect(linkedCell(row({}, { riskRefs: ['R1', 'R2'], decisionRefs: ['D1'] }))).toBe('Risks: R1 and R2\nDecisions: D1');
});

test.each([
  [0, 'Level'],
  [4, 'Up by 4'],
  [-2, 'Down by 2'],
  [notRecorded, notRecorded],
] as const)('a movement of %s reads "%s"', (movement, said) => expect(movementWords(movement)).toBe(said));

describe('a measure', () => {
  const measure = sampleLog().sections.measures[0];
  const of = (over: Partial<LogMeasure>): LogMeasure => {
    if (!measure) throw new Error('the sample has no measure');
    return { ...measure, ...over };
  };
  test('says that it reaches its target in time, in words', () => {
    expect(measureNotes(of({ direction: 'improving', forecast: 'on-time', reasons: [] }))).toBe(
      'Direction: improving.\nOn its present trend it reaches its target in time.',
    );
  });
  test('leaves a late forecast to its reasons', () => {
    expect(measureNotes(of({ direction: 'level', forecast: 'late', reasons: ['It comes late.'] }))).toBe(
      'Direction: level.\nIt comes late.',
    );
  });
  test.each([
    ['behind', 'Behind'],
    ['no-expectation', 'Nothing to compare with'],
    ['no-reading', 'No reading'],
  ])('that is %s reads "%s"', (state, said) => expect(measureState({ state })).toBe(said));
});

test('hand-overs of risks and measures are told after why they are as they are', () => {
  const [risk] = sampleLog().risks;
  const [measure] = sampleLog().sections.measures;
  if (!risk || !measure) throw new Error('the sample has no risk or no measure');
  const handedOver = ['Handed over from Freya Langmoor to Sol Abberline on Monday 6 January 2025.'];
  expect(riskRemarks({ ...risk, detail: { ...risk.detail, handedOver } })).toEqual([
    ...risk.detail.reasons,
    ...handedOver,
  ]);
  expect(measureNotes({ ...measure, handedOver })).toContain(handedOver[0]);
  expect(riskRemarks(risk)).toEqual(risk.detail.reasons);
});
