// The steps after the owners' deadline: what goes to whom, and who is never escalated.
import type { Person } from '../../bot/board/model';
import { aBody, aDateChange, aDecision, anAction, aPerson, aRequest } from '../fixtures/builders';
import { board, escalationAt, planAt as plan, told, who } from '../fixtures/reminders';

describe('the later steps', () => {
  const red = anAction({ dueOn: '2025-05-30', milestones: [] } as Parameters<typeof anAction>[0]);

  test('tell the secretary, the chair and the members what is ready', () => {
    const people = [...board().people, aPerson({ ref: 'P4', boardRole: 'member' })];
    const snapshot = board({ people });
    expect(who(plan(snapshot, '2025-06-18T07:00:00.000Z'))).toEqual(['P8']);
    expect(who(plan(snapshot, '2025-06-20T08:00:00.000Z'))).toEqual(['P9']);
    expect(who(plan(snapshot, '2025-06-24T08:00:00.000Z'))).toEqual(['P4', 'P9']);
  });

  test('send decisions to their owners after the meeting', () => {
    const { ownerRef: _none, ...ownerless } = aDecision({ ref: 'D6', meetingRef: 'M4' });
    const decisions = [
      aDecision({ ref: 'D1', meetingRef: 'M4' }),
      aDecision({ ref: 'D2', meetingRef: 'M4' }),
      aDecision({ ref: 'D3', meetingRef: 'M4', state: 'done' }),
      aDecision({ ref: 'D4', meetingRef: 'M3' }),
      aDecision({ ref: 'D5', meetingRef: 'M4', ownerRef: 'P99' }),
      ownerless,
    ];
    const arising = plan(board({ decisions }), '2025-06-26T08:00:00.000Z', { meetingRef: 'M4' });
    expect(told(arising)).toEqual([['P1', 'D1 D2']]);
    expect(arising.messages[0]?.why).toBe('2 decisions of the meeting to carry out.');
  });

  test('escalate to the body’s person with a copy, once each', () => {
    const snapshot = board({ actions: [red], bodies: [aBody({ escalationPersonRef: 'P3' })] });
    const reminders = plan(snapshot, escalationAt);
    expect(told(reminders)).toEqual([
      ['P1', 'A1.01'],
      ['P3', 'A1.01'],
    ]);
    expect(reminders.messages.map((one) => one.why)).toEqual([
      "A copy: 1 item of theirs went to their body's escalation person.",
      '1 item off track, unanswered twice or waiting for a decision.',
    ]);
  });

  test.each<[string, Partial<Person>]>([
    ['volunteers', { volunteer: true }],
    ['people of a volunteer body', { body: 'Parent Forum' }],
    ['chief executives', { role: 'Chief Executive, Northam Council' }],
  ])('never escalate %s: the chair alone is told', (_name, over) => {
    const snapshot = board({
      actions: [red],
      people: board().people.map((one) => (one.ref === 'P1' ? { ...one, ...over } : one)),
      bodies: [
        aBody({ escalationPersonRef: 'P3' }),
        aBody({ name: 'Parent Forum', volunteer: true, escalationPersonRef: 'P3' }),
      ],
    });
    expect(who(plan(snapshot, escalationAt))).toEqual(['P9']);
  });

  test('go to the chair where the body names nobody else, and to nobody on a board without one', () => {
    const { escalationPersonRef: _none, ...body } = aBody();
    expect(who(plan(board({ actions: [red], bodies: [body] }), escalationAt))).toEqual(['P1', 'P9']);
    const own = [aBody({ escalationPersonRef: 'P1' })];
    expect(who(plan(board({ actions: [red], bodies: own }), escalationAt))).toEqual(['P1', 'P9']);
    const { chairRef: _chair, ...facts } = board().facts;
    expect(who(plan(board({ actions: [red], bodies: [], facts }), escalationAt))).toEqual(['P1', 'P9']);
    const people = board().people.filter((one) => one.boardRole !== 'chair');
    expect(who(plan(board({ actions: [red], bodies: [], facts, people }), escalationAt))).toEqual([]);
  });

  test('copy an owner once who is a senior person for others', () => {
    const actions = [red, { ...red, ref: 'A1.02', ownerRef: 'P3' }];
    const people = board().people.map((one) => (one.ref === 'P3' ? { ...one, body: 'Northam ICB' } : one));
    const bodies = [aBody({ escalationPersonRef: 'P3' }), aBody({ name: 'Northam ICB', escalationPersonRef: 'P1' })];
    const reminders = plan(board({ actions, people, bodies }), escalationAt);
    expect(told(reminders)).toEqual([
      ['P1', 'A1.02 A1.01'],
      ['P3', 'A1.01 A1.02'],
    ]);
  });

  test('carry what was unanswered twice running, or waits for a decision', () => {
    const requests = [
      aRequest(),
      aRequest({ meetingRef: 'M3', state: 'unanswered' }),
      aRequest({ subjectRef: 'A1.02' }),
    ];
    expect(told(plan(board({ requests }), escalationAt))).toEqual([
      ['P1', 'A1.01'],
      ['P9', 'A1.01'],
    ]);
    const dateChanges = [aDateChange({ decision: 'pending' }), aDateChange({ actionRef: 'A1.02' })];
    expect(who(plan(board({ requests: [], dateChanges }), escalationAt))).toEqual(['P1', 'P9']);
    expect(plan(board({ requests: [] }), escalationAt).messages).toEqual([]);
  });
});
