// The board's own figures over the defaults: what fits is used, what does not is a finding.
import { describe, expect, test } from '@jest/globals';
import { defaultPolicy, resolvePolicy } from '../../bot/board/policy';

describe('the policy', () => {
  test('is the default where the board sets nothing', () => {
    expect(resolvePolicy({})).toEqual({ policy: defaultPolicy, findings: [] });
  });

  test.each([
    ['behindPoints', 25],
    ['behindPoints', 0],
    ['ownersDeadlineTime', '09:30'],
    ['timeZone', 'Europe/Dublin'],
    ['secretaryDecidesDates', true],
    ['quietDays', 'default'],
    ['quietDays', []],
    ['quietDays', [{ fromOn: '2025-08-04', toOn: '2025-08-15' }]],
    ['agenda', [{ topic: 'slow', title: 'Slow', minutes: 5, lead: 'chair' }]],
  ])('takes %s = %j', (key, value) => {
    const { policy, findings } = resolvePolicy({ [key]: value });
    expect(policy).toEqual({ ...defaultPolicy, [key]: value });
    expect(findings).toEqual([]);
  });

  test.each([
    ['behindPoints', '25'],
    ['behindPoints', -1],
    ['behindPoints', Number.NaN],
    ['ownersDeadlineTime', '24:00'],
    ['ownersDeadlineTime', 17],
    ['secretaryDecidesDates', 'yes'],
    ['quietDays', 'none'],
    ['quietDays', [null]],
    ['quietDays', ['2025-08-04']],
    ['quietDays', [{ fromOn: '4 August', toOn: '2025-08-15' }]],
    ['quietDays', [{ fromOn: '2025-08-04' }]],
    ['quietDays', [{ toOn: '2025-08-04' }]],
    ['quietDays', [{ fromOn: '2025-08-04', toOn: '15 August' }]],
    ['quietDays', [{ fromOn: '2025-08-15', toOn: '2025-08-04' }]],
    ['agenda', 'default'],
  ])('keeps the default of %s for %j, and says so', (key, value) => {
    const { policy, findings } = resolvePolicy({ [key]: value });
    expect(policy).toEqual(defaultPolicy);
    expect(findings).toMatchObject([{ rule: 'policy-not-understood', level: 'finding', ref: key }]);
  });

  test('does not use a setting that it does not know', () => {
    const { policy, findings } = resolvePolicy({ colour: 'red' });
    expect(policy).not.toHaveProperty('colour');
    expect(findings[0]?.text).toContain('a setting "colour" that is not known');
  });
});
