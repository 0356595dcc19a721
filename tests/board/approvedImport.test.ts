// Each column of a plan with cells as councils fill them: what an import takes and what it says, word for word as approved.
import { planFields, type PlanField, type PlanFieldType } from '../../bot/board/planFields';
import type { PlanKind, PlanValue } from '../../bot/board/planRecords';
import { approvedLines } from '../fixtures/approved';
import { aMeasure, anArea, aPerson, aRisk } from '../fixtures/builders';
import { board } from '../fixtures/reminders';
import { aPlanRow, decided } from '../fixtures/planRows';

type Cell = string | number | PlanValue | null;

const percent = (value: number): PlanValue => ({ kind: 'number', value, percent: true });
const words: readonly Cell[] = ['x', ' Two  words\r\nand a line ', 7, null];
const names: readonly Cell[] = [
  'Alex Brennan',
  'brennan, alex',
  'Nobody Known',
  'Alex Brennan; Nobody Known',
  'tbc',
  null,
];
const cells: Readonly<Record<PlanFieldType, readonly Cell[]>> = {
  text: [...words, 'Tom Smith (DOB 3/4/2015) was unhappy', 'y'.repeat(300)],
  ref: ['A1.01', 'a1.1', 'A1 / 02', 1.1, 'R1', 'K9', null],
  refs: ['A1.01; A1.02', 'A1.01, X9', 'none', null],
  words: ['One; Two', 'One / Two\nThree', '-', null],
  person: names,
  people: names,
  date: [
    ...['30/06/2025', '30 June 2025', 'Mon 30 June 2025', 'end of June 2025', 'June 2025', '2025-06-30', '31/02/2025'],
    ...['asap', 'ongoing', 'Q2 2025/26', 'tbc', 45838, { kind: 'date', on: '2025-06-30' } as const, null],
  ],
  month: ['June 2025', 'Jun-25', '2025-06', '30/06/2025', 'summer', null],
  number: ['12', '1,204', '12.5 weeks', '-3', 'about 12', '12%', 12, percent(0.12), null],
  percent: ['60', '60%', '0.6', '160%', 60, 0.6, 1, percent(0.6), percent(1.6), 'half', null],
  score: ['4', 'high', 'High (4)', '6', '4.5', 4, 2.5, 'critical', null],
  flag: ['yes', 'Y', 'no', 'x', 'maybe', 1, 0, null],
  delivery: ['on track', 'Amber', 'AMBER/RED', 'Completed', 'not yet', 'blue', 'G', 3, null],
  effect: ['too early', 'Some evidence', 'clear evidence of impact', 'none', 'green', null],
  areaKind: ['area for priority action', 'APA', 'improvement', 'other', null],
  riskStatus: ['open', 'closed', 'live', 'gone', null],
  stepStatus: ['done', 'in progress', 'not started', 'overdue', null],
  frequency: ['monthly', 'quarterly', 'termly', 'often', null],
  polarity: ['higher is better', 'lower', 'up', 'sideways', null],
  months: ['1', '3 months', 'three', 2, null],
  trajectory: ['2025 Q1: 10; 2025 Q2 = 20', '2025-06: 30', '10, 20, 30', null],
};
/** A sound cell for what a row cannot do without. */
const needed: Readonly<Record<PlanFieldType, Cell>> = {
  ...{ text: 'A title', ref: 'A1.01', refs: 'A1.01', words: 'One', person: 'Alex Brennan', people: 'Alex Brennan' },
  ...{ date: '2025-06-30', month: '2025-06', number: 12, percent: 60, score: 4, flag: 'yes', delivery: 'on track' },
  ...{ effect: 'too early', areaKind: 'APA', riskStatus: 'open', stepStatus: 'done', frequency: 'monthly' },
  ...{ polarity: 'higher', months: 1, trajectory: '2025 Q1: 10' },
};
/** Where a new row of a kind belongs. */
const parents: Readonly<Partial<Record<PlanKind, Readonly<Record<string, string>>>>> = {
  action: { areaRef: 'A1' },
  milestone: { actionRef: 'A1.01' },
  mitigation: { riskRef: 'R1' },
  reading: { measureRef: 'K1' },
  measure: { areaRef: 'A1' },
  risk: { 'current.likelihood': '3', 'current.impact': '4' },
};
const snapshot = board({
  risks: [aRisk({ ref: 'R1' })],
  measures: [aMeasure({ ref: 'K1' })],

  areas: [anArea(), anArea({ ref: 'A2' })],
  people: [...board().people, aPerson({ ref: 'P77' })],
});

/** What is said of every such row is left out. */
function lineOf(kind: PlanKind, { field }: PlanField, cell: Cell): string {
  const required = planFields[kind].filter((one) => one.required === true);
  const sound = { ...Object.fromEntries(required.map((one) => [one.field, needed[one.type]])), ...parents[kind] };
  const usual = new Set(decided([aPlanRow(kind, sound)], { snapshot }).findings.map((one) => one.text));
  const { items, findings } = decided([aPlanRow(kind, { ...sound, [field]: cell })], { snapshot });
  const told = items.map((one) => [one.outcome, one.ref, one.values]);
  const texts = findings.map((one) => one.text).filter((one) => !usual.has(one));
  return `${field} ${JSON.stringify(cell).slice(0, 90)} ${JSON.stringify([...told, ...texts])}`;
}

test.each(Object.keys(planFields))('%s', (name) => {
  const kind = Object.keys(planFields).find((one): one is PlanKind => one === name) ?? 'action';
  const lines = planFields[kind].flatMap((field) => cells[field.type].map((cell) => lineOf(kind, field, cell)));
  expect(lines).toEqual(approvedLines(`import-${kind}`, lines));
});
