// What was judged serves whoever looks, until a record changes or a moment comes that counts; the moment told is always theirs.
import { assess } from '../../bot/board/assess';
import type { BoardAssessment } from '../../bot/board/assessment';
import { resolvePolicy } from '../../bot/board/policy';
import { viewerOf } from '../../bot/services/access';
import { judge } from '../../bot/services/judge';
import { viewChanges } from '../../bot/services/viewChanges';
import { createContext } from '../../bot/services/viewContext';
import { viewTimeline } from '../../bot/services/viewTimeline';
import { sampleSnapshot } from '../fixtures/samplePlan';

const at = (time: string): Date => new Date(`2025-01-06T${time}Z`);

test('one judgement serves the same minute, and its rows those that follow', () => {
  const snapshot = sampleSnapshot();
  const first = judge(snapshot, at('09:00:00'));
  expect(judge(snapshot, at('09:00:59'))).toBe(first);
  const later = judge({ ...snapshot, readAt: '2025-01-06T10:00:00.000Z' }, at('10:30:00'));
  expect(later.actions).toBe(first.actions);
  expect(later).toEqual(assess(snapshot, { at: '2025-01-06T10:30:00.000Z' }));
});

test('a changed record, a moment that counts and a clock set back are judged anew', () => {
  const snapshot = sampleSnapshot();
  const first = judge(snapshot, at('09:00:00'));
  const changed = { ...snapshot, risks: snapshot.risks.slice(1) };
  expect(judge(changed, at('09:00:00')).risks).toHaveLength(first.risks.length - 1);
  for (const now of [at('17:30:00'), new Date('2025-01-07T09:00:00Z'), new Date('2025-01-03T09:00:00Z')])
    expect(judge(snapshot, now)).toEqual(assess(snapshot, { at: now.toISOString() }));
});

test('what changed and the plan in time are the same however long a judgement has stood', () => {
  const snapshot = sampleSnapshot();
  const [person] = snapshot.people;
  if (!person) throw new TypeError('nobody is on the sample board');
  const viewer = viewerOf(person, resolvePolicy(snapshot.policy).policy);
  const shownAt = (time: string, assessment: BoardAssessment) => {
    const context = createContext({ boardId: 'b', snapshot, assessment, viewer, readAt: at(time).toISOString() });
    const { asOf: _moment, ...timeline } = viewTimeline(context);
    return [viewChanges(context), timeline];
  };
  const first = shownAt('00:05:00', judge(snapshot, at('00:05:00')));
  for (const time of ['00:06:00', '09:00:00', '12:31:00', '16:59:00', '23:59:00']) {
    const anew = assess(snapshot, { at: at(time).toISOString() });
    expect(shownAt(time, judge(snapshot, at(time)))).toEqual(shownAt(time, anew));
  }
  expect(shownAt('00:07:00', judge(snapshot, at('00:07:00')))).toEqual(first);
});
