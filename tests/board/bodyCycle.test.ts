// The cycle by a body's own working days: its quiet days are not counted, and its people are asked before them.
import fc from 'fast-check';
import { assess } from '../../bot/board/assess';
import { bodyPlans, planOf } from '../../bot/board/bodyCycle';
import { calendarOf, planCycle, type CyclePlan } from '../../bot/board/cycle';
import { newlyUnsent } from '../../bot/board/cycleRow';
import { planFor, viewCycle } from '../../bot/board/cycleView';
import type { BoardSnapshot, Meeting, QuietPeriod } from '../../bot/board/model';
import { defaultPolicy } from '../../bot/board/policy';
import { aBody, aMeeting, anAction, aPerson, aQuietBoard, aRequest } from '../fixtures/builders';
import { board as boardOf, planAt, told } from '../fixtures/reminders';

const policy = { ...defaultPolicy, quietDays: [] };
const calendar = calendarOf(policy);
const halfTerm = { fromOn: '2025-02-17', toOn: '2025-02-21' };
const before = aMeeting({ ref: 'B09', on: '2025-01-15', state: 'held' });

function plans(quietDays: readonly QuietPeriod[], over: Partial<Meeting> = {}, previous: Meeting | undefined = before) {
  const meeting = aMeeting({ ref: 'B10', on: '2025-02-26', ...over });
  const meetings = previous ? [previous, meeting] : [meeting];
  const snapshot = aQuietBoard({ meetings, policy: {}, bodies: [aBody({ name: 'Schools', quietDays })] });
  const plan = planCycle(meeting, previous, calendar, policy);
  return { plan, own: planOf({ body: 'Schools' }, plan, snapshot, policy), snapshot };
}

const days = ({ deadlines: one }: CyclePlan) => [
  one.requestOn,
  one.reminderOn,
  one.finalReminderOn,
  one.ownersDeadlineOn,
];

describe('the people of a body', () => {
  test.each<[string, readonly QuietPeriod[], Partial<Meeting>, readonly string[]]>([
    ['with half-term in the cycle', [halfTerm], {}, ['2025-01-29', '2025-02-05', '2025-02-07', '2025-02-10']],
    [
      'with half-term on dates that are stored',
      [halfTerm],
      { updateRequestOn: '2025-02-05', firstReminderOn: '2025-02-12', ownersDeadlineOn: '2025-02-17' },
      ['2025-02-05', '2025-02-12', '2025-02-13', '2025-02-14'],
    ],
    [
      'with a stored request on a quiet day',
      [{ fromOn: '2025-02-05', toOn: '2025-02-05' }],
      { updateRequestOn: '2025-02-05' },
      ['2025-02-04', '2025-02-12', '2025-02-14', '2025-02-17'],
    ],
    [
      'with quiet days shortly before the deadline',
      [{ fromOn: '2025-02-11', toOn: '2025-02-13' }],
      {},
      ['2025-01-29', '2025-02-05', '2025-02-07', '2025-02-10'],
    ],
    [
      'with quiet days longer before it',
      [{ fromOn: '2025-02-10', toOn: '2025-02-12' }],
      {},
      ['2025-01-31', '2025-02-07', '2025-02-14', '2025-02-17'],
    ],
  ])('%s are asked on their working days', (_, quiet, over, expected) => {
    expect(days(plans(quiet, over).own)).toEqual(expected);
  });

  test('keep the board’s escalation, papers and meeting, and read why on that day', () => {
    const { plan, own } = plans([halfTerm]);
    expect(own.steps.slice(4)).toEqual(plan.steps.slice(4));
    expect(own.steps[0]).toMatchObject({ on: '2025-01-29', why: '15 working days of Schools before the meeting' });
    expect(own.deadlines.ownersDeadlineAt).toBe('2025-02-10T17:00:00.000Z');
    expect(own.body).toEqual({ name: 'Schools', board: plan });
  });

  test('are asked on no day before the minutes of the last meeting are due', () => {
    expect(plans([halfTerm], {}, { ...before, minutesDueOn: '2025-01-31' }).own.deadlines.requestOn).toBe('2025-02-03');
    const quiet = [halfTerm, { fromOn: '2025-02-03', toOn: '2025-02-03' }];
    expect(plans(quiet, {}, { ...before, minutesDueOn: '2025-01-31' }).own.deadlines.requestOn).toBe('2025-02-04');
    // The board itself asks before the minutes: so do they, no earlier.
    expect(plans([halfTerm], {}, { ...before, minutesDueOn: '2025-02-10' }).own.deadlines.requestOn).toBe('2025-02-05');
  });

  test('are asked by the board’s plan where their quiet days change nothing, or leave no time to ask apart', () => {
    const same = (quiet: readonly QuietPeriod[], over: Partial<Meeting> = {}) => {
      const { plan, own } = plans(quiet, over);
      return own === plan;
    };
    expect(same([])).toBe(true);
    expect(same([{ fromOn: '2025-04-07', toOn: '2025-04-18' }])).toBe(true);
    expect(same([{ fromOn: '2025-02-03', toOn: '2025-02-25' }])).toBe(true);
    const stored = { updateRequestOn: '2025-02-05', firstReminderOn: '2025-02-12', ownersDeadlineOn: '2025-02-17' };
    expect(same([{ fromOn: '2025-02-20', toOn: '2025-02-20' }], stored)).toBe(true);
  });

  test('are none of a meeting that is not in the list', () => {
    const { plan, snapshot } = plans([halfTerm]);
    expect(bodyPlans(plan, { ...snapshot, meetings: [] }, policy).size).toBe(0);
    expect(planOf(undefined, plan, snapshot, policy)).toBe(plan);
  });

  test('of a first meeting are asked as early as their days ask for', () => {
    const { snapshot } = plans([halfTerm]);
    const meeting = aMeeting({ ref: 'B10', on: '2025-02-26' });
    const alone = { ...snapshot, meetings: [meeting] };
    const plan = planCycle(meeting, undefined, calendar, policy);
    expect(planOf({ body: 'Schools' }, plan, alone, policy).deadlines.requestOn).toBe('2025-01-29');
    expect(bodyPlans(plan, alone, policy)).toBe(bodyPlans(plan, alone, policy));
  });

  test('are asked on no quiet day, and no later than the others', () => {
    const day = fc.integer({ min: 0, max: 60 }).map((n) => calendar.addDays('2025-01-06', n));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 12 }), (fromOn, length) => {
        const quiet = { fromOn, toOn: calendar.addDays(fromOn, length) };
        const { plan, own } = plans([quiet]);
        if (own === plan) return;
        expect(own.deadlines.ownersDeadlineOn <= plan.deadlines.ownersDeadlineOn).toBe(true);
        const asked = own.steps.slice(0, 4).filter((one) => one.dropped === undefined);
        expect(asked[0]?.step).toBe('request');
        expect(asked.filter((one) => quiet.fromOn <= one.on && one.on <= quiet.toOn)).toEqual([]);
        expect(asked.filter((one) => !calendar.isWorkingDay(one.on))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the messages', () => {
  // M4 is on 25 June: asked for on 4 June, answers by 16 June. P3's body is closed from 10 to 13 June.
  const closed = { fromOn: '2025-06-10', toOn: '2025-06-13' };
  const schools = (over: Partial<BoardSnapshot> = {}): BoardSnapshot =>
    boardOf({
      bodies: [aBody({ name: 'Schools', quietDays: [closed] })],
      people: [
        aPerson({ deputyRefs: [] }),
        aPerson({ ref: 'P3', name: 'Alex Brennan', body: 'Schools', deputyRefs: [] }),
      ],
      requests: [],
      ...over,
    });

  test('go to each by the days of their body', () => {
    const early = planAt(schools(), '2025-05-29T08:00:00.000Z');
    expect(early.step).toBeUndefined();
    expect(told(early)).toEqual([['P3', 'A1.02']]);
    expect(early.messages[0]).toMatchObject({ step: 'request' });
    expect(early.messages[0]?.why).toBe('1 to answer by Monday 9 June 2025, 17:00: A1.02.');
    expect(early.why).toContain(
      'For Schools: The update request has been due since Wednesday 28 May 2025, 09:00, 16 working days of Schools',
    );
    const asked = [{ step: 'request', personRef: 'P3', state: 'sent' }];
    const later = planAt(schools(), '2025-06-09T08:00:00.000Z', { already: asked });
    expect(later.messages.map((one) => [one.personRef, one.step])).toEqual([
      ['P1', 'request'],
      ['P3', 'deadline-day'],
    ]);
    expect(told(planAt(schools(), '2025-06-16T08:00:00.000Z'))).toEqual([['P1', 'A1.01']]);
  });

  test('of a step that was left out go to nobody, and it is not missed', () => {
    const at = '2025-06-11T08:00:00.000Z';
    const unsent = [
      { step: 'reminder', on: '2025-06-11', at, state: 'skipped', why: 'Kit left it out: Holidays.' } as const,
    ];
    const running = { planned: [], cycles: [{ key: 'cycle@b/M4', meetingRef: 'M4', unsent }] };
    const left = planAt(boardOf({ running }), at);
    expect(left).toMatchObject({ messages: [], why: 'The reminder does not go out. Kit left it out: Holidays.' });
    expect(left.step).toBeUndefined();
    expect(planAt(boardOf({ running }), '2025-06-13T08:00:00.000Z').missed).toEqual([]);
    const requests = [aRequest()];
    const snapshot = boardOf({ running, requests });
    const assessment = assess(snapshot, { at, meetingRef: 'M4' });
    const known = planFor(snapshot, assessment);
    const view = known && viewCycle({ snapshot, assessment, plan: known.plan, at, ledger: [] });
    expect(view?.steps.slice(0, 2).map((one) => `${one.state}: ${one.stateWhy}`)).toEqual([
      'on record: 1 request for this meeting is on record.',
      'skipped: Kit left it out: Holidays.',
    ]);
    expect(view?.gaps).toEqual([]);
  });

  test('ask whoever was passed over by what others got', () => {
    const requests = [
      aRequest({ subjectRef: 'A1.01', ownerRef: 'P1' }),
      aRequest({ subjectRef: 'A1.02', ownerRef: 'P3', meetingRef: 'M3' }),
    ];
    const at = '2025-06-11T08:00:00.000Z';
    const alike = (already: readonly { step: string; personRef: string; state: string }[]) =>
      told(planAt(boardOf({ requests }), at, { already }));
    expect(alike([{ step: 'request', personRef: 'P1', state: 'sent' }])).toEqual([
      ['P1', 'A1.01'],
      ['P3', 'A1.02'],
    ]);
    // Nobody was asked by a message of ours: what was asked is all there is.
    expect(alike([])).toEqual([['P1', 'A1.01']]);
  });

  test('wait where a body is closed for too long to ask it apart, and nothing goes to who has left', () => {
    const bodies = [aBody({ name: 'Schools', quietDays: [{ fromOn: '2025-05-29', toOn: '2025-06-24' }] })];
    const people = schools().people.map((one) => (one.ref === 'P1' ? { ...one, leavesOn: '2025-06-01' } : one));
    const meetings = [
      aMeeting({ ref: 'M3', on: '2025-05-07', state: 'held', minutesDueOn: '2025-06-03' }),
      aMeeting({ ref: 'M4', on: '2025-06-25' }),
    ];
    const asked = planAt(schools({ bodies, people, meetings }), '2025-06-04T08:00:00.000Z');
    expect(asked).toMatchObject({ step: 'request', messages: [] });
    expect(asked.ofBodies).toBeUndefined();
    expect(asked.nothingFor).toEqual([
      { personRef: 'P1', why: 'Robin Ashdown has left the board.' },
      { personRef: 'P3', why: 'Schools has quiet days until Tuesday 24 June 2025.' },
    ]);
  });

  test('of a step that the others share are one plan', () => {
    const at = '2025-06-17T09:00:00.000Z';
    const decided = planAt(schools(), at);
    expect(decided.step).toBe('escalation');
    expect(decided.messages.every((one) => one.step === 'escalation')).toBe(true);
  });

  test('that were missed are told apart for each', () => {
    const byBoard = [{ step: 'request', personRef: 'P1', state: 'sent' }];
    const at = '2025-06-10T08:00:00.000Z';
    const [own] = planAt(schools(), at, { already: byBoard }).ofBodies ?? [];
    expect(own?.missed).toEqual(['request', 'reminder', 'final-reminder', 'deadline-day']);
    const requests = [aRequest({ subjectRef: 'A1.02', ownerRef: 'P3' })];
    const [asked] = planAt(schools({ requests }), at, { already: byBoard }).ofBodies ?? [];
    expect(asked?.missed).toEqual(['reminder', 'final-reminder', 'deadline-day']);
    // Nothing is missed where nothing was to be asked.
    const actions = [anAction()];
    expect(planAt(schools({ actions }), at, { already: byBoard }).ofBodies?.[0]?.missed).toEqual([]);
    // After their deadline everybody is accounted for.
    const after = planAt(schools({ requests }), at, { already: byBoard });
    expect(after.nothingFor).toContainEqual({
      personRef: 'P3',
      why: 'Schools has quiet days until Friday 13 June 2025.',
    });
    const monday = planAt(schools({ requests }), '2025-06-16T08:00:00.000Z', { already: byBoard });
    expect(monday.nothingFor).toContainEqual({
      personRef: 'P3',
      why: 'For Schools answers were due by Monday 9 June 2025, 17:00.',
    });
    // What the body's people got is not what the others got.
    const byBody = [{ step: 'request', personRef: 'P3', state: 'sent' }];
    expect(planAt(schools({ requests }), '2025-06-11T08:00:00.000Z', { already: byBody }).missed).toEqual(['request']);
  });

  test('are shown in the plan, and what was missed among its gaps', () => {
    const at = '2025-06-05T09:00:00.000Z';
    const unsent = [{ step: 'reminder', on: '2025-06-04', at, state: 'missed', why: 'For Schools: Down.' } as const];
    const cycles = [{ key: 'cycle@b/M4', meetingRef: 'M4', unsent }];
    const snapshot = schools({ running: { planned: [], cycles } });
    const assessment = assess(snapshot, { at, meetingRef: 'M4' });
    const known = planFor(snapshot, assessment);
    if (!known) throw new Error('no meeting in this test');
    const ledger = [
      { step: 'request', personRef: 'P1', state: 'sent' },
      { step: 'request', personRef: 'P3', state: 'sent', sentAt: '2025-05-28T08:00:00.000Z' },
      { step: 'request', personRef: 'P77', state: 'failed' },
    ];
    const { steps, gaps } = viewCycle({ snapshot, assessment, plan: known.plan, at, ledger });
    expect(steps.map((one) => `${one.name}: ${one.people.map((person) => person.personRef).join(' ')}`)).toEqual(
      expect.arrayContaining(['update request: P1 P77', 'update request to Schools: P3']),
    );
    expect(steps.find((one) => one.name === 'reminder to Schools')?.state).toBe('missed');
    expect(gaps).toEqual(['The reminder of Wednesday 4 June 2025 was not sent. For Schools: Down.']);
    const own = bodyPlans(known.plan, snapshot, assessment.policy).get('Schools') ?? known.plan;
    const [found] = newlyUnsent({ snapshot: {}, plan: own, missed: ['request'], at, calendar });
    expect(found).toMatchObject({ on: '2025-05-28', why: expect.stringMatching(/^For Schools: Nothing was sent/u) });
  });

  test('wait for the secretary like the others', () => {
    const meetings = [
      aMeeting({ ref: 'M3', on: '2025-05-28', state: 'held', minutesDueOn: '2025-05-29' }),
      aMeeting({ ref: 'M4', on: '2025-06-25' }),
    ];
    const held = planAt(schools({ meetings }), '2025-05-30T08:00:00.000Z');
    expect(held).toMatchObject({ messages: [], held: 'request' });
    expect(held.why).toContain('For Schools');
  });
});
