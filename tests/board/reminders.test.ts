// Who is reminded of what, on which day, by which way: nobody twice, nobody who has answered, nobody on quiet days.
import fc from 'fast-check';
import { assess } from '../../bot/board/assess';
import { calendarOf, meetingAt, planCycle } from '../../bot/board/cycle';
import { cycleStepNames } from '../../bot/board/cycleSteps';
import type { BoardSnapshot, Person } from '../../bot/board/model';
import { channelRef } from '../../bot/board/recipients';
import { planReminders, stepWords } from '../../bot/board/reminders';
import { aBody, aDecision, aMitigation, anAction, anUpdate, aPerson, aRequest } from '../fixtures/builders';
import {
  board,
  deadlineDayAt,
  escalationAt,
  planAt as plan,
  reminderAt,
  requestAt,
  told,
  who,
} from '../fixtures/reminders';
import { sampleSnapshot } from '../fixtures/samplePlan';

describe('the sample board on its owners’ deadline', () => {
  const at = '2025-01-06T09:00:00.000Z';

  test('reminds each owner with something outstanding, and their deputies, once', () => {
    const reminders = plan(sampleSnapshot(), at);
    expect(reminders.step).toBe('deadline-day');
    expect(reminders.messages.map((one) => [one.personRef, one.subjectRefs.join(' '), one.route])).toEqual([
      ['P03', 'R12', 'e-mail'],
      ['P07', 'AFI2.04', 'chat'],
      ['P08', 'AFI2.04', 'chat'],
      ['P10', 'APA1.04', 'chat'],
      ['P11', 'AFI1.02 AFI4.01', 'e-mail'],
      ['P12', 'AFI4.05', 'e-mail'],
      ['P17', 'APA1.04', 'chat'],
    ]);
    expect(reminders.messages.map((one) => one.why).slice(1, 3)).toEqual([
      '1 to answer by Monday 6 January 2025, 17:00: AFI2.04.',
      'As deputy of Callum Wraysbury, 1 unanswered: AFI2.04.',
    ]);
    expect(reminders.why).toBe(
      "The message of the owners' deadline day has been due since Monday 6 January 2025, 09:00, 7 working days before the meeting.",
    );
    expect(reminders.nothingFor.map((one) => one.personRef)).toEqual([
      'P01',
      'P02',
      'P04',
      'P05',
      'P09',
      'P13',
      'P14',
      'P15',
    ]);
    expect(reminders.missed).toEqual(['reminder', 'final-reminder']);
  });

  test('escalates to each body’s senior person with a copy to the owner, chief executives never', () => {
    const reminders = plan(sampleSnapshot(), '2025-01-07T10:00:00.000Z');
    expect(reminders.step).toBe('escalation');
    const subjects = new Map(reminders.messages.map((one) => [one.personRef, one.subjectRefs]));
    expect(subjects.get('P03')).toEqual(['APA2.05', 'AFI1.02', 'AFI4.01']);
    expect(subjects.get('P11')).toEqual(['AFI1.02', 'AFI4.01']);
    expect([...subjects.values()].flat()).not.toContain('R12');
  });
});

describe('the step', () => {
  test.each([
    ['2025-06-04T07:59:00.000Z', undefined],
    [requestAt, 'request'],
    ['2025-06-10T15:00:00.000Z', 'request'],
    [reminderAt, 'reminder'],
    ['2025-06-13T08:00:00.000Z', 'final-reminder'],
    [deadlineDayAt, 'deadline-day'],
    [escalationAt, 'escalation'],
    ['2025-06-18T07:00:00.000Z', 'papers'],
    ['2025-06-20T08:00:00.000Z', 'briefing'],
    ['2025-06-24T08:00:00.000Z', 'digest'],
    ['2025-06-26T08:00:00.000Z', 'arising'],
  ])('at %s is %s', (at, step) => {
    expect(plan(board(), at, { meetingRef: 'M4' }).step).toBe(step);
  });

  test('that is not due yet sends nothing and says when', () => {
    const early = plan(board(), '2025-06-03T09:00:00.000Z');
    expect(early).toMatchObject({ messages: [], nothingFor: [] });
    expect(early.why).toBe('Nothing is due yet: the update request goes out on Wednesday 4 June 2025, 09:00.');
    const later = plan(board(), requestAt, { step: 'digest' });
    expect(later.why).toBe('Nothing is due yet: the digest goes out on Tuesday 24 June 2025, 09:00.');
  });

  test('asks nobody after the owners’ deadline for what would be late at once', () => {
    const minuteBefore = plan(sampleSnapshot(), '2025-01-06T16:59:00.000Z');
    expect(minuteBefore.messages).toHaveLength(7);
    const late = plan(sampleSnapshot(), '2025-01-06T17:00:00.000Z');
    expect(late).toMatchObject({
      messages: [],
      nothingFor: [],
      missed: ['reminder', 'final-reminder', 'deadline-day'],
    });
    expect(late.step).toBeUndefined();
    expect(late.why).toBe(
      "The owners' deadline passed on Monday 6 January 2025, 17:00, so nobody is asked any more; the escalation goes out on Tuesday 7 January 2025, 10:00.",
    );
    const sent = [{ step: 'deadline-day', personRef: 'P10', state: 'sent' }];
    expect(plan(sampleSnapshot(), '2025-01-06T17:00:00.000Z', { already: sent }).missed).not.toContain('deadline-day');
    const last = plan(sampleSnapshot(), '2025-01-17T10:00:00.000Z', { step: 'reminder', meetingRef: 'B09' });
    expect(last.why).toBe("The owners' deadline passed on Monday 6 January 2025, 17:00, so nobody is asked any more.");
  });

  test('asked for by name is sent though a later one is due', () => {
    expect(plan(board(), deadlineDayAt, { step: 'reminder' }).step).toBe('reminder');
  });

  test('that falls away says why', () => {
    const meetings = board().meetings.map((one) => (one.ref === 'M3' ? { ...one, on: '2025-05-28' } : one));
    const squeezed = plan(board({ meetings }), deadlineDayAt, { step: 'reminder' });
    expect(squeezed.why).toBe('The step falls away. It falls away because the meetings are close together.');
    const none = planReminders({
      snapshot: board(),
      assessment: assess(board(), { at: requestAt }),
      plan: { ...cycleOf(board()), steps: [] },
      at: requestAt,
      already: [],
    });
    expect(none.why).toBe('Nothing is due.');
  });

  test.each([
    ['2025-06-04T17:00:00.000Z', 'Thursday 5 June 2025'],
    ['2025-06-07T10:00:00.000Z', 'Monday 9 June 2025'],
    ['2025-06-16T06:59:00.000Z', 'Monday 16 June 2025'],
  ])('waits at %s, outside the sending hours, until %s', (at, day) => {
    const reminders = plan(board(), at);
    expect(reminders.step).toBeUndefined();
    expect(reminders.messages).toEqual([]);
    expect(reminders.why).toBe(
      `Messages go out from 08:00 to 18:00 on working days; the next may go out on ${day}, 08:00.`,
    );
  });

  test('before it, without a message, is missed', () => {
    const already = [{ step: 'reminder', personRef: 'P1', state: 'sent' }];
    expect(plan(board(), deadlineDayAt, { already }).missed).toEqual(['final-reminder']);
    expect(plan(board({ requests: [] }), deadlineDayAt, { already }).missed).toEqual(['request', 'final-reminder']);
  });

  test('has words of its own', () => {
    expect(Object.keys(stepWords)).toEqual([...cycleStepNames]);
  });
});

function cycleOf(snapshot: BoardSnapshot) {
  const { meeting, previous } = meetingAt(snapshot, requestAt);
  const policy = assess(snapshot, { at: requestAt }).policy;
  if (!meeting) throw new Error('no meeting in this test');
  return planCycle(meeting, previous, calendarOf(policy), policy);
}

describe('the request', () => {
  test('asks for all that is open and was not asked yet, mitigations only when due by the meeting', () => {
    const snapshot = board({
      requests: [],
      mitigations: [aMitigation(), aMitigation({ ref: 'R1.2', dueOn: '2025-06-25' })],
      decisions: [aDecision()],
      updates: [anUpdate({ subjectRef: 'A1.02' })],
    });
    const reminders = plan(snapshot, requestAt);
    expect(told(reminders)).toEqual([['P1', 'A1.01 D-M3-1 R1.2']]);
    expect(reminders.nothingFor).toEqual([{ personRef: 'P3', why: 'Everything asked is answered: 1 item.' }]);
  });

  test('leaves out what was asked already and is closed', () => {
    const requests = [aRequest({ state: 'answered' }), aRequest({ subjectRef: 'A1.02', state: 'open' })];
    expect(who(plan(board({ requests }), requestAt))).toEqual(['P3']);
  });

  test('that was missed is made by the next step', () => {
    expect(told(plan(board({ requests: [] }), reminderAt))).toEqual([
      ['P1', 'A1.01'],
      ['P3', 'A1.02'],
    ]);
    const cancelled = [aRequest({ state: 'cancelled' })];
    expect(who(plan(board({ requests: cancelled }), reminderAt))).toEqual(['P1', 'P3']);
  });
});

describe('a reminder', () => {
  test('goes only to those with something outstanding', () => {
    const reminders = plan(board({ updates: [anUpdate()] }), reminderAt);
    expect(who(reminders)).toEqual(['P3']);
    expect(reminders.nothingFor).toEqual([{ personRef: 'P1', why: 'Everything asked is answered: 1 item.' }]);
  });

  test('is about what was asked alone, and follows an item to its new owner', () => {
    const actions = [
      anAction({ ownerRef: 'P3' }),
      anAction({ ref: 'A1.02', ownerRef: 'P3' }),
      anAction({ ref: 'A1.03' }),
    ];
    const reminders = plan(board({ actions }), reminderAt);
    expect(told(reminders)).toEqual([['P3', 'A1.01 A1.02']]);
    expect(reminders.nothingFor).toEqual([{ personRef: 'P1', why: 'Nothing was asked of them for this meeting.' }]);
  });

  test('goes to deputies on the last day alone, in one message with their own', () => {
    const actions = [anAction(), anAction({ ref: 'A1.02', ownerRef: 'P2' })];
    const requests = [aRequest(), aRequest({ subjectRef: 'A1.02', ownerRef: 'P2' })];
    const snapshot = board({ actions, requests });
    expect(told(plan(snapshot, reminderAt))).toEqual([
      ['P1', 'A1.01'],
      ['P2', 'A1.02'],
    ]);
    const last = plan(snapshot, deadlineDayAt);
    expect(told(last)).toEqual([
      ['P1', 'A1.01'],
      ['P2', 'A1.02 A1.01'],
    ]);
    expect(last.messages[1]?.why).toBe(
      '1 to answer by Monday 16 June 2025, 17:00: A1.02; as deputy of Robin Ashdown, 1 unanswered: A1.01.',
    );
  });

  test('names an owner who left the board by their ref', () => {
    const actions = [anAction({ ownerRef: 'P99', deputyRefs: ['P2'] })];
    const reminders = plan(board({ actions }), deadlineDayAt);
    expect(reminders.messages.map((one) => one.why)).toEqual(['As deputy of P99, 1 unanswered: A1.01.']);
  });

  test('travels by chat inside the tenant, by e-mail outside, and not at all without an address', () => {
    const { entraObjectId: _id, ...noId } = aPerson();
    const { email: _mail, ...nothing } = noId;
    const routeOf = (person: Person) => plan(board({ people: [person] }), reminderAt).messages.map((one) => one.route);
    expect(routeOf(aPerson())).toEqual(['chat']);
    expect(routeOf(aPerson({ external: true }))).toEqual(['e-mail']);
    expect(routeOf(noId)).toEqual(['e-mail']);
    expect(routeOf(nothing)).toEqual(['none']);
  });

  test('that is on its way is not sent again; one that failed is', () => {
    const already = ['planned', 'claimed', 'sending', 'sent', 'uncertain', 'failed', 'cancelled'].map((state) => [
      state,
      plan(board(), reminderAt, { already: [{ step: 'reminder', personRef: 'P1', state }] }).messages[0]?.alreadySent,
    ]);
    expect(already).toEqual([
      ['planned', true],
      ['claimed', true],
      ['sending', true],
      ['sent', true],
      ['uncertain', true],
      ['failed', false],
      ['cancelled', false],
    ]);
    const other = plan(board(), reminderAt, { already: [{ step: 'request', personRef: 'P1', state: 'sent' }] });
    expect(other.messages.map((one) => one.alreadySent)).toEqual([false, false]);
  });

  test('waits for the quiet days of the person’s body', () => {
    const bodies = [aBody({ quietDays: [{ fromOn: '2025-06-09', toOn: '2025-06-13' }] }), aBody({ name: 'Other' })];
    const reminders = plan(board({ bodies }), reminderAt);
    expect(reminders.messages).toEqual([]);
    expect(reminders.nothingFor).toContainEqual({
      personRef: 'P1',
      why: 'Northam Council has quiet days until Friday 13 June 2025.',
    });
  });
});

test('law: nobody gets two messages, nobody who answered gets one, and everybody with items is accounted for', () => {
  const sample = sampleSnapshot();
  const subjects = sample.requests.filter((one) => one.meetingRef === 'B09').map((one) => one.subjectRef);
  const moments = fc.constantFrom(
    '2024-12-20T09:00:00.000Z',
    '2024-12-31T09:00:00.000Z',
    '2025-01-03T09:00:00.000Z',
    '2025-01-06T09:00:00.000Z',
  );
  fc.assert(
    fc.property(fc.subarray(subjects), moments, (answeredRefs, at) => {
      const updates = answeredRefs.map((subjectRef, index) =>
        anUpdate({
          key: `L${index}`,
          subjectRef,
          subjectKind: subjectRef.startsWith('R') ? 'risk' : 'action',
          at: '2024-12-19T10:00:00.000Z',
        }),
      );
      const requests = sample.requests.map((one) =>
        one.meetingRef === 'B09' ? { ...one, state: 'open' as const } : one,
      );
      const reminders = plan({ ...sample, updates, requests }, at);
      const people = who(reminders);
      const asked = reminders.messages.flatMap((one) => one.subjectRefs);
      expect(new Set(people).size).toBe(people.length);
      expect(asked.filter((ref) => answeredRefs.includes(ref))).toEqual([]);
      const owners = new Set(requests.filter((one) => one.meetingRef === 'B09').map((one) => one.ownerRef));
      const accounted = new Set([...people, ...reminders.nothingFor.map((one) => one.personRef)]);
      expect([...owners].filter((ref) => !accounted.has(ref))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

describe('the board’s channel', () => {
  const channel = { channelId: '19:c', name: 'Board papers', byRef: 'P8', at: '2025-06-02T09:00:00.000Z' };
  const running = { planned: [], channel: { key: 'channel@b', channel, meetings: [] } };
  const digestAt = '2025-06-24T08:00:00.000Z';
  const afterAt = '2025-06-26T08:00:00.000Z';

  test('gets the digest beside the members, with the reason, and not twice', () => {
    const planned = plan(board({ running }), digestAt);
    expect(planned.messages.find((one) => one.personRef === channelRef)).toMatchObject({
      step: 'digest',
      route: 'chat',
      subjectRefs: [],
      alreadySent: false,
      why: expect.stringContaining('in numbers'),
    });
    const already = [{ step: 'digest', personRef: channelRef, state: 'sent' }];
    const again = plan(board({ running }), digestAt, { already });
    expect(again.messages.find((one) => one.personRef === channelRef)?.alreadySent).toBe(true);
  });

  test('gets nothing that is for one person, and nothing where there is none', () => {
    for (const at of [requestAt, reminderAt, deadlineDayAt, escalationAt])
      expect(who(plan(board({ running }), at))).not.toContain(channelRef);
    expect(who(plan(board(), digestAt))).not.toContain(channelRef);
  });

  test('gets the summary after a meeting that decided something', () => {
    const decisions = [aDecision({ meetingRef: 'M4', ownerRef: 'P1' })];
    const after = (over: Partial<BoardSnapshot>) =>
      who(plan(board({ running, ...over }), afterAt, { meetingRef: 'M4', step: 'arising' }));
    expect(after({ decisions })).toEqual([channelRef, 'P1']);
    expect(after({ decisions: [] })).toEqual([]);
  });
});
