// What people of the sample board are shown and sent, and what it comes to when some leave, word for word as approved.
import { assess } from '../../bot/board/assess';
import { planFor } from '../../bot/board/cycleView';
import { decideLeaver } from '../../bot/board/manageLeaver';
import { ownerItems } from '../../bot/board/ownerItems';
import { recipients } from '../../bot/board/reminders';
import { approvedLines } from '../fixtures/approved';
import { first } from '../fixtures/judging';
import { sampleAt, sampleSnapshot } from '../fixtures/samplePlan';

const sample = sampleSnapshot();
const assessment = assess(sample, { at: sampleAt });
const { policy } = assessment;
const byRef = sample.facts.secretaryRef ?? '';

/** `P10[0] {...}`: one line an element. */
function expectApproved(name: string, told: readonly (readonly [string, readonly unknown[]])[]): void {
  const lines = told.flatMap(([of, rows]) => rows.map((row, at) => `${of}[${at}] ${JSON.stringify(row)}`));
  expect(lines).toEqual(approvedLines(name, lines));
}

test('what each owner is asked', () =>
  expectApproved(
    'sample-owners',
    sample.people.map(({ ref }) => [ref, ownerItems(sample, assessment, ref)]),
  ));

test('whom each step of the cycle reaches, and whom not', () => {
  const plan = first([planFor(sample, assessment)?.plan].flatMap((one) => one ?? []));
  expectApproved(
    'sample-messages',
    plan.steps.map(({ step, at }) => {
      const facts = { plan, snapshot: sample, assessment: assess(sample, { at }), at, already: [] };
      const { messages, nothingFor } = recipients(step, facts);
      return [step, [...messages, { nothingFor }]];
    }),
  );
});

test.each(['P10', 'P11', 'P08'])('what it comes to when %s leaves', (personRef) => {
  const leaving = { personRef, lastDayOn: '2025-01-31', toRef: 'P09' };
  const decision = decideLeaver({ snapshot: sample, policy, at: sampleAt, byRef, leaving, named: [] });
  expectApproved(`sample-leaver-${personRef}`, [['decision', Object.entries(decision)]]);
});
