// What became wrong of what was asked: who is told of it, and what the requests say afterwards.
import { cycleChanges } from '../../bot/board/cycleChanges';
import { resolvePolicy } from '../../bot/board/policy';
import { reviewNotice, reviewStepsDue, reviewTrack } from '../../bot/board/reviewTrack';
import type { BoardSnapshot } from '../../bot/board/model';
import { aBody, aMeeting, anAction, aPerson, aRequest, aReview, fourMeetings } from '../fixtures/builders';
import { board } from '../fixtures/reminders';

const at = '2025-06-11T10:00:00.000Z';
const changes = (snapshot: BoardSnapshot, moment = at) =>
  cycleChanges(snapshot, resolvePolicy(snapshot.policy).policy, moment);
const told = (snapshot: BoardSnapshot, moment = at) =>
  changes(snapshot, moment).notices.map((one) => [one.change[0], one.personRef, one.subjectRefs.join(' ')]);
const meetings = (over: Parameters<typeof aMeeting>[0]) => [...fourMeetings().slice(0, 3), aMeeting(over)];

describe('changes in the middle of a cycle', () => {
  test('are none while meeting and owners are as they were, or nothing is asked', () => {
    expect(changes(board())).toEqual({ notices: [], changes: [], additions: [] });
    expect(
      told(board({ requests: [aRequest({ state: 'answered' })], meetings: meetings({ on: '2025-07-09' }) })),
    ).toEqual([]);
    expect(told(board({ meetings: [] }))).toEqual([]);
  });

  test('of the deadline go to each owner once, and into the requests', () => {
    const stamp = { itemId: '1', version: 'v1' };
    const requests = [aRequest({ stamp }), aRequest({ subjectRef: 'A1.02', ownerRef: 'P3' })];
    const moved = changes(board({ meetings: meetings({ on: '2025-07-09' }), requests }));
    expect(moved.changes.map((one) => one.stamp)).toEqual([stamp, undefined]);
    expect(moved.notices).toMatchObject([
      { meetingRef: 'M4', change: ['moved', '2025-06-16>2025-06-30'], personRef: 'P1', subjectRefs: ['A1.01'] },
      { personRef: 'P3', subjectRefs: ['A1.02'] },
    ]);
    expect(moved.changes.map((one) => one.changes)).toEqual([{ dueOn: '2025-06-30' }, { dueOn: '2025-06-30' }]);
  });

  test('of a cancelled meeting take back what was asked; one whose day has passed is history', () => {
    const cancelled = board({ meetings: meetings({ state: 'cancelled' }) });
    expect(told(cancelled)).toEqual([
      ['cancelled', 'P1', 'A1.01'],
      ['cancelled', 'P3', 'A1.02'],
    ]);
    expect(changes(cancelled).changes[0]).toMatchObject({ record: 'request', changes: { state: 'cancelled' } });
    expect(told(cancelled, '2025-06-26T10:00:00.000Z')).toEqual([]);
  });

  test('of an owner tell both, move the request, and keep its own deadline notice away', () => {
    const stamp = { itemId: '1', version: 'v1' };
    const requests = [aRequest({ stamp }), aRequest({ stamp }), aRequest({ subjectRef: 'A1.02', ownerRef: 'P3' })];
    const handed = changes(
      board({ actions: [anAction({ ownerRef: 'P3' }), anAction({ ref: 'A1.02', ownerRef: 'P3' })], requests }),
    );
    expect(handed.notices).toMatchObject([
      { change: ['owner', 'A1.01 P1>P3'], personRef: 'P1', subjectRefs: ['A1.01'] },
      { personRef: 'P3', subjectRefs: ['A1.01'] },
    ]);
    expect(handed.changes[0]).toMatchObject({ stamp, changes: { state: 'cancelled' } });
    expect(handed.additions).toMatchObject([{ record: 'request', values: { ownerRef: 'P3', state: 'open' } }]);
  });

  test('of several items are one notice a person, and an item that is nobody’s tells its former owner', () => {
    const requests = [aRequest(), aRequest({ subjectRef: 'A1.02' })];
    const { ownerRef: _none, ...nobodys } = anAction({ ref: 'A1.02' });
    expect(told(board({ actions: [anAction({ ownerRef: 'P3' }), nobodys], requests }))).toEqual([
      ['owner', 'P1', 'A1.01 A1.02'],
      ['owner', 'P3', 'A1.01'],
    ]);
  });

  test('of an owner after the deadline are told to nobody: what was asked stays as it was', () => {
    expect(
      told(board({ actions: [anAction({ ownerRef: 'P3' })], requests: [aRequest()] }), '2025-06-17T10:00:00.000Z'),
    ).toEqual([]);
  });
});

describe('the track of a review', () => {
  const people = [
    aPerson({ ref: 'P8', boardRole: 'secretary' }),
    aPerson({ ref: 'P9', boardRole: 'chair', body: 'Board' }),
    aPerson({ ref: 'P4', role: 'Director (accountable officer)', boardRole: 'member' }),
    aPerson({ ref: 'P13', boardRole: 'member', body: 'Parent Carer Forum' }),
    aPerson({ ref: 'P14', boardRole: 'member', body: 'Schools', volunteer: true }),
  ];
  const bodies = [aBody(), aBody({ name: 'Parent Carer Forum', volunteer: true })];
  const reviewed = (over: Parameters<typeof aReview>[0] = {}, of = people) =>
    board({ people: of, bodies, reviews: [aReview({ on: '2025-07-16', state: 'planned', ...over })] });
  const track = (snapshot: BoardSnapshot) => reviewTrack(snapshot, resolvePolicy(snapshot.policy).policy, at);
  const due = (snapshot: BoardSnapshot, moment: string) =>
    reviewStepsDue(snapshot, resolvePolicy(snapshot.policy).policy, moment).map(reviewNotice);

  test('is counted back from its day, each step to those who act', () => {
    expect(track(reviewed()).map((one) => [one.step, one.on, one.personRefs.join(' ')])).toEqual([
      ['collect', '2025-06-25', 'P8'],
      ['draft', '2025-07-02', 'P13 P9'],
      ['sign-off', '2025-07-08', 'P4'],
      ['send', '2025-07-09', 'P8'],
    ]);
    expect(track(reviewed({ selfAssessmentDueOn: '2025-07-10' })).at(-1)?.on).toBe('2025-07-10');
    expect(track(reviewed({}, people.slice(0, 2)))[2]?.personRefs).toEqual(['P9']);
    expect(track(reviewed({ state: 'held' }))).toEqual([]);
    expect(track(board({ policy: { sendingFromTime: '09:30' }, reviews: reviewed().reviews }))[0]?.at).toBe(
      '2025-06-25T08:30:00.000Z',
    );
  });

  test('sends the latest step that is due, and none once it is signed off or sent', () => {
    expect(due(reviewed(), '2025-06-24T10:00:00.000Z')).toEqual([]);
    expect(due(reviewed(), '2025-07-02T10:00:00.000Z')).toEqual(['notice:review:draft:S1']);
    expect(due(reviewed({ signedOffByRef: 'P4' }), '2025-07-08T10:00:00.000Z')).toEqual([]);
    expect(due(reviewed({ signedOffByRef: 'P4' }), '2025-07-09T10:00:00.000Z')).toEqual(['notice:review:send:S1']);
    expect(due(reviewed({ sentOn: '2025-07-08' }), '2025-07-09T10:00:00.000Z')).toEqual([]);
  });
});
