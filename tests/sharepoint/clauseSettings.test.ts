// The setting `clauses` is read entry by entry: what does not fit is said with its place, and the rest still counts.
import { clausePrivacyProblems, readClauseSettings } from '../../bot/sharepoint/clauseSettings';
import { settingProblems } from '../../bot/sharepoint/settingsSchema';

const good = {
  confirmations: [
    {
      clause: '5c',
      byRef: 'P8',
      on: '2025-06-05',
      text: 'Looked at with the chair.',
      link: 'https://northam.example/1',
    },
  ],
  timetableAgreedOn: '2024-12-11',
  timetableLink: 'https://northam.example/letter',
  planVersions: [{ ref: 'V1', on: '2025-01-10', changed: 'The first plan.' }],
  noticeState: { text: 'In force.', on: '2025-05-01', byRef: 'P8' },
};

test('nothing entered is nothing read', () => {
  expect(readClauseSettings(undefined)).toEqual({ findings: [] });
});

test('what fits is read as it was entered', () => {
  expect(readClauseSettings(good)).toEqual({ records: good, findings: [] });
  expect(settingProblems('clauses', good)).toEqual([]);
});

test.each([
  [
    'an unknown clause',
    { ...good, confirmations: [...good.confirmations, { ...good.confirmations[0], clause: '99' }] },
    'confirmations.1.clause',
  ],
  [
    'a day that is none',
    { ...good, planVersions: [...good.planVersions, { ...good.planVersions[0], on: '31/01/2025' }] },
    'planVersions.1.on',
  ],
])('%s is a finding, and the other entries still count', (_what, given, where) => {
  const read = readClauseSettings(given);
  expect(read.records).toEqual(good);
  expect(read.findings).toMatchObject([
    {
      rule: 'setting-not-understood',
      ref: 'clauses',
      text: `The setting "clauses" does not fit in ${where}: that entry does not count.`,
    },
  ]);
  expect(settingProblems('clauses', given)).toHaveLength(1);
});

test.each([
  ['timetableAgreedOn', 'soon'],
  ['timetableLink', 'javascript:alert(1)'],
  ['noticeState', { text: 'In force.' }],
] as const)('a %s that does not fit is left out', (name, value) => {
  const read = readClauseSettings({ ...good, [name]: value });
  expect(read.records).not.toHaveProperty(name);
  expect(read.findings).toHaveLength(1);
});

test.each([['a text'], [['a list']]])('what is no set of values is not used: %j', (given) => {
  expect(readClauseSettings(given)).toMatchObject({ findings: [{ ref: 'clauses' }] });
  expect(readClauseSettings(given)).not.toHaveProperty('records');
});

test('a list that is none, and a name that is not known, are findings', () => {
  expect(readClauseSettings({ confirmations: 'many', met: true }).findings.map((one) => one.text)).toEqual([
    'The setting "clauses" has met, which it does not know.',
    'The setting "clauses" does not fit in confirmations: that entry does not count.',
  ]);
  expect(settingProblems('clauses', { met: true })).toEqual(['clauses: there is no setting "met" here.']);
});

test('an identifier of a child is refused with its place, and the text is not repeated', () => {
  const given = { ...good, noticeState: { ...good.noticeState, text: 'About 943 476 5919.' } };
  const problems = settingProblems('clauses', given);
  expect(problems).toEqual([
    'clauses.noticeState.text: it seems to hold an NHS number; boards hold no data on a child.',
  ]);
  expect(clausePrivacyProblems({ a: 1, b: null })).toEqual([]);
});
