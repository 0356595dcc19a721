// What people wrote in a log is looked through; among the clauses' sentences only identifiers tell anything.
import { checkLogTexts } from '../../bot/board/logPrivacy';
import { anUpdate } from '../fixtures/builders';
import { compile } from '../fixtures/logs';

const identifier = 'Child 943 476 5919 waits.';
const clause = { key: '5d', clause: '5d', title: 'Data', sentence: '', gaps: [], toConfirm: [], counts: {} };
const withClause = (text: string, confirmed?: string) => ({
  ...compile(),
  clauses: [
    {
      ...clause,
      evidence: [{ ref: 'E1', kind: 'voice', text }],
      ...(confirmed === undefined ? {} : { confirmedBy: { name: 'Ola', on: '2025-06-01', text: confirmed } }),
    },
  ],
});

test('an identifier in an update is found with its record and field', () => {
  expect(checkLogTexts(compile({ updates: [anUpdate({ narrative: identifier })] }))).toContainEqual({
    ...{ ref: 'A1.01', field: 'narrative', kind: 'nhs-number', level: 'refused' },
  });
});

test('an identifier under a clause is found; counts of actions and families there are none', () => {
  expect(checkLogTexts(withClause(identifier))).toEqual([
    { ref: 'E1', field: 'clause 5d', kind: 'nhs-number', level: 'refused' },
  ]);
  expect(checkLogTexts(withClause('2 voices of families.'))).toEqual([]);
  expect(checkLogTexts(withClause('Nothing.', identifier))).toMatchObject([
    { ref: 'clause 5d', field: 'confirmation' },
  ]);
});

test('an identifier in the reason of a correction is found', () => {
  const log = { ...compile(), corrects: { hash: 'a', shortCode: 'b', reason: identifier } };
  expect(checkLogTexts(log)).toMatchObject([{ ref: 'M4', field: 'reason', level: 'refused' }]);
});
