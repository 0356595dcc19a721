// A new action or risk, whole: what is written, what the history keeps of it, who is told, and each refusal in its words.
import { decideNewItem, type NewItem } from '../../bot/board/manageNewItem';
import { resolvePolicy } from '../../bot/board/policy';
import { aMeasure, aPerson } from '../fixtures/builders';
import { board, reminderAt } from '../fixtures/reminders';

const secretary = aPerson({ ref: 'S1', name: 'Sam Secretary', boardRole: 'secretary', deputyRefs: [] });
const plain = board({ measures: [aMeasure({ ref: 'K1' })] });
const snapshot = { ...plain, people: [...plain.people, secretary] };
const [lead, partner] = snapshot.bodies.map((one) => one.name);
const decide = (item: NewItem) =>
  decideNewItem({ snapshot, policy: resolvePolicy(snapshot.policy).policy, at: reminderAt, byRef: 'S1', item });
const owner = snapshot.people.find((one) => one.ref === 'P3');
const history = { byRef: 'S1', at: reminderAt, before: {}, noChange: false };
const bareAction = { kind: 'action', areaRef: 'A1', title: 'Agree the data set' } as const;
const bareRisk = {
  kind: 'risk',
  title: 'Posts stay empty',
  current: { likelihood: 4, impact: 5 },
  target: { likelihood: 2, impact: 3 },
} as const;

test('an action with all that can be said of it is written whole', () => {
  const said = {
    ...{ description: 'One set for all bodies', leadBody: lead ?? '', partnerBodies: [partner ?? ''] },
    ...{ startOn: '2025-06-12', dueOn: '2025-09-01', measureRefs: ['K1'], successMeasure: 'It is used' },
  };
  expect(decide({ ...bareAction, ...said, ownerRef: 'P3' })).toEqual({
    kind: 'accepted',
    subjectRef: 'A1.03',
    changes: [],
    additions: [
      {
        record: 'action',
        values: {
          ...{ ref: 'A1.03', title: 'Agree the data set', ownerRef: 'P3', areaRef: 'A1', ...said, deputyRefs: [] },
          ...{ originalDueOn: '2025-09-01', deliveryStatus: 'not-started', effectStatus: 'too-early' },
          ...{ riskRefs: [], clauses: [] },
        },
      },
    ],
    updates: [
      {
        ...{ ...history, subjectKind: 'action', subjectRef: 'A1.03' },
        after: { row: 'added', title: 'Agree the data set', ownerRef: 'P3', dueOn: '2025-09-01' },
      },
    ],
    notices: [{ personRef: 'P3', subjectRefs: ['A1.03'] }],
    words: [`A1.03 Agree the data set is on the plan, owned by ${owner?.name}, due by 1 September 2025.`],
    findings: [],
    warnings: [],
  });
});

test('an action of which little is said is written with gaps, and the gaps are named', () => {
  expect(decide(bareAction)).toMatchObject({
    additions: [{ values: { ownerRef: null, description: null, leadBody: null, startOn: null, dueOn: null } }],
    updates: [{ after: { row: 'added', title: 'Agree the data set', ownerRef: null } }],
    notices: [],
    words: ['A1.03 Agree the data set is on the plan.'],
    findings: ['It has no owner, no due date, no linked measure and no partner body yet.'],
  });
  const [update] = updatesOf(decide(bareAction));
  expect(Object.keys(update?.after ?? {})).toEqual(['row', 'title', 'ownerRef']);
});

test('a risk with all that can be said of it is written whole, its first score as the inherent one', () => {
  const said = { cause: 'Pay is lower here', event: 'Nobody applies', effect: 'Children wait', areaRefs: ['A1'] };
  expect(decide({ ...bareRisk, ...said, ownerRef: 'P3', reviewOn: '2025-09-01' })).toEqual({
    kind: 'accepted',
    subjectRef: 'R01',
    changes: [],
    additions: [
      {
        record: 'risk',
        values: {
          ...{ ref: 'R01', title: 'Posts stay empty', ownerRef: 'P3', ...said, actionRefs: [] },
          ...{ 'inherent.likelihood': 4, 'inherent.impact': 5, 'current.likelihood': 4, 'current.impact': 5 },
          ...{ 'target.likelihood': 2, 'target.impact': 3, response: 'treat', status: 'open', reviewOn: '2025-09-01' },
        },
      },
    ],
    updates: [
      {
        ...{ ...history, subjectKind: 'risk', subjectRef: 'R01' },
        after: { row: 'added', title: 'Posts stay empty', ownerRef: 'P3', score: 20, reviewOn: '2025-09-01' },
      },
    ],
    notices: [{ personRef: 'P3', subjectRefs: ['R01'] }],
    words: [`R01 Posts stay empty is on the plan, owned by ${owner?.name}, to be reviewed by 1 September 2025.`],
    findings: [],
    warnings: [],
  });
});

test('a risk of which little is said keeps no review date, and who adds it for themselves is not told', () => {
  const decision = decide({ ...bareRisk, ownerRef: 'S1' });
  expect(decision).toMatchObject({
    additions: [{ values: { cause: null, event: null, effect: null, areaRefs: [], reviewOn: null } }],
    notices: [],
    words: ['R01 Posts stay empty is on the plan, owned by Sam Secretary.'],
    findings: ['It has no review date yet.'],
  });
  expect(updatesOf(decision)[0]?.after).toEqual({
    ...{ row: 'added', title: 'Posts stay empty', ownerRef: 'S1', score: 20 },
  });
});

test.each<[NewItem, Readonly<Record<string, string>>]>([
  [
    { ...bareAction, title: ' ', areaRef: 'A9' },
    { title: 'Please write a title.', areaRef: 'Choose an area of the notice.' },
  ],
  [{ ...bareAction, leadBody: 'Nowhere' }, { leadBody: 'Choose a body of the list Bodies.' }],
  [{ ...bareAction, partnerBodies: ['Nowhere'] }, { partnerBodies: 'Choose a body of the list Bodies.' }],
  [
    { ...bareAction, leadBody: lead ?? '', partnerBodies: [lead ?? ''] },
    { partnerBodies: 'The partner is another body than the one that leads.' },
  ],
  [{ ...bareAction, measureRefs: ['K1', 'K9'] }, { measureRefs: 'Choose measures of the list.' }],
  [{ ...bareAction, startOn: '2025-09-02', dueOn: '2025-09-01' }, { dueOn: 'The due date lies before the start.' }],
  [{ ...bareRisk, areaRefs: ['A1', 'A9'] }, { areaRefs: 'Choose areas of the notice.' }],
  [
    { ...bareRisk, current: { likelihood: 0, impact: 6 }, target: { likelihood: 1.5, impact: 5.5 } },
    Object.fromEntries(
      ['likelihood', 'impact', 'targetLikelihood', 'targetImpact'].map((one) => [one, 'Choose a number from 1 to 5.']),
    ),
  ],
])('%j is refused in words', (item, messages) => {
  const decision = decide(item);
  expect(decision.kind === 'refused' && decision.issues.map((one) => [one.field, one.message])).toEqual(
    Object.entries(messages),
  );
});

test.each([
  ['cause', 1001],
  ['event', 1001],
  ['effect', 1001],
])('a text of a risk that is too long is refused beside its own field: %s', (field, length) => {
  expect(decide({ ...bareRisk, [field]: 'x'.repeat(length) })).toMatchObject({ kind: 'refused', issues: [{ field }] });
});

test.each([
  ['description', 1001],
  ['successMeasure', 1001],
])('a text of an action that is too long is refused beside its own field: %s', (field, length) => {
  expect(decide({ ...bareAction, [field]: 'x'.repeat(length) })).toMatchObject({
    kind: 'refused',
    issues: [{ field }],
  });
});

test('an action may be due on the day on which it starts', () => {
  expect(decide({ ...bareAction, startOn: '2025-09-01', dueOn: '2025-09-01' }).kind).toBe('accepted');
});

function updatesOf(decision: ReturnType<typeof decide>) {
  return decision.kind === 'accepted' ? decision.updates : [];
}
