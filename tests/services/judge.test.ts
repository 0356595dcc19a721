// What was judged serves whoever looks, until a record changes or a moment comes that counts; the moment told is always theirs.
import { assess } from '../../bot/board/assess';
import { judge } from '../../bot/services/judge';
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
