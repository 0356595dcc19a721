// Hand-overs in the log: said with both names and the day, never taken for what the owner said.
import { handOversSince, handOverWords, isHandOver } from '../../bot/board/handOvers';
import { compareLogs } from '../../bot/board/diffWords';
import type { ActionImpactLog } from '../../bot/board/log';
import type { Update } from '../../bot/board/model';
import { aMeasure, aMitigation, anAction, anUpdate, aPerson, aRisk } from '../fixtures/builders';
import { calendar } from '../fixtures/judging';
import { at, before, compile, first } from '../fixtures/logs';

const robin = aPerson({ deputyRefs: [] });
const jo = aPerson({ ref: 'P5', name: 'Jo Ashdown', deputyRefs: [] });
const people = [robin, jo, aPerson({ ref: 'S1', name: 'Sam Secretary', boardRole: 'secretary', deputyRefs: [] })];
const longDate = calendar.longDate;

function handed(over: Partial<Update> = {}): Update {
  const { narrative: _said, ...row } = anUpdate({
    key: 'H1',
    byRef: 'S1',
    at: '2025-06-03T10:00:00.000Z',
    before: { ownerRef: 'P1' },
    after: { ownerRef: 'P5' },
    ...over,
  });
  return row;
}
const row = (updates: readonly Update[], more: Parameters<typeof compile>[1] = before(), ownerRef = 'P5') =>
  first(compile({ people, actions: [anAction({ ownerRef })], updates }, more))?.detail;

describe('a row of the log', () => {
  test('says who handed over to whom, and when', () => {
    expect(row([anUpdate(), handed()])).toMatchObject({
      owner: 'Jo Ashdown',
      changed: ['Handed over from Robin Ashdown to Jo Ashdown on Tuesday 3 June 2025.'],
    });
  });

  test('keeps the last words of an owner as its last update', () => {
    const rows = [anUpdate(), handed(), handed({ key: 'D1', before: {}, after: { 'deputy.M4': 'P1' } })];
    expect(row(rows)?.lastUpdate).toEqual({
      on: '2025-05-28',
      by: 'Robin Ashdown',
      narrative: 'The draft has gone to partners.',
    });
    expect(row([handed()])?.lastUpdate).toBeUndefined();
  });

  test('says each of several, the first first, and none that was taken back', () => {
    const second = { key: 'H2', at: '2025-06-05T10:00:00.000Z', before: { ownerRef: 'P5' }, after: { ownerRef: null } };
    const third = { key: 'H3', at: '2025-06-09T10:00:00.000Z', before: { ownerRef: null }, after: { ownerRef: 'P1' } };
    expect(row([handed(third), handed(), handed(second)], before(), 'P1')?.changed).toEqual([
      'Handed over from Robin Ashdown to Jo Ashdown on Tuesday 3 June 2025.',
      'Handed over from Jo Ashdown to nobody yet on Thursday 5 June 2025.',
      'Handed over from nobody to Robin Ashdown on Monday 9 June 2025.',
    ]);
    const back = handed({ ...second, after: { ownerRef: 'P1' }, takesBack: 'H1' });
    expect(row([handed(), back], before(), 'P1')?.changed).toEqual(['Nothing changed.']);
  });

  test('leaves out what the last log knew, and what came after the moment judged', () => {
    const known = handed({ at: '2025-03-01T10:00:00.000Z' });
    const later = handed({ key: 'H2', at: '2025-06-17T10:00:00.000Z' });
    expect(row([known, later])?.changed).toEqual(['Nothing changed.']);
    expect(row([handed()], {})?.changed).toEqual(['There is no earlier log to compare with.']);
    expect(row([handed()], before({ subjectRef: 'A9.99' }))?.changed).toEqual([
      'New since the last log.',
      'Handed over from Robin Ashdown to Jo Ashdown on Tuesday 3 June 2025.',
    ]);
  });

  test('goes by the moment of the last log where that is on file', () => {
    const whole = compile({ people, actions: [anAction()], updates: [] });
    const previous: ActionImpactLog = { ...whole, judgedAt: '2025-06-03T09:59:59.000Z', judgedOn: '2025-06-03' };
    expect(row([handed()], { previous })?.changed).toEqual([
      'Handed over from Robin Ashdown to Jo Ashdown on Tuesday 3 June 2025.',
    ]);
    // The log of an hour later was made with the new owner.
    const after = compile({ people, actions: [anAction({ ownerRef: 'P5' })], updates: [handed()] });
    const later: ActionImpactLog = { ...after, judgedAt: '2025-06-03T11:00:00.000Z', judgedOn: '2025-06-03' };
    expect(row([handed()], { previous: later })?.changed).toEqual(['Nothing changed.']);
  });

  test('without a row of the history says what the two logs say', () => {
    const whole = compile({ people, actions: [anAction()], updates: [] });
    expect(row([], { previous: whole })?.changed).toEqual(['Owner: Robin Ashdown, now Jo Ashdown.']);
    expect(row([], { previous: whole }, 'P1')?.changed).toEqual(['Nothing changed.']);
  });
});

describe('risks, their mitigations and measures', () => {
  const measure = aMeasure({ ownerRef: 'P5' });
  const ofAll = (updates: readonly Update[], more: Parameters<typeof compile>[1] = before()) =>
    compile({ people, risks: [aRisk()], mitigations: [aMitigation()], measures: [measure], updates }, more);
  const each = [
    handed({ subjectKind: 'risk', subjectRef: aRisk().ref }),
    handed({ key: 'H2', subjectKind: 'mitigation', subjectRef: aMitigation().ref }),
    handed({ key: 'H3', subjectKind: 'measure', subjectRef: measure.ref }),
  ];
  const words = 'Handed over from Robin Ashdown to Jo Ashdown on Tuesday 3 June 2025.';

  test('say who handed over to whom', () => {
    const log = ofAll(each);
    const [risk] = log.risks;
    expect(risk?.detail.handedOver).toEqual([words, `${aMitigation().ref}: ${words}`]);
    expect(log.sections.measures[0]?.handedOver).toEqual([words]);
  });

  test('say nothing where nothing was handed over, or there is no log to compare with', () => {
    for (const log of [ofAll([]), ofAll(each, {})]) {
      expect(log.risks[0]?.detail).not.toHaveProperty('handedOver');
      expect(log.sections.measures[0]).not.toHaveProperty('handedOver');
    }
  });
});

test('two frozen logs are compared by owner, where both know who it was', () => {
  const then = compile({ people, actions: [anAction()], updates: [] });
  const now = compile({ people, actions: [anAction({ ownerRef: 'P5' })], updates: [] });
  const rows = compareLogs(then, now, longDate).rows.filter((one) => one.kind === 'action');
  expect(rows).toMatchObject([{ direction: 'changed', texts: ['Owner: Robin Ashdown, now Jo Ashdown.'] }]);
  const { previous = then } = before();
  expect(compareLogs(now, previous, longDate).rows.flatMap((one) => one.texts)).not.toContain(
    'Owner: Jo Ashdown, now Robin Ashdown.',
  );
});

test('two volunteers of one body are not named', () => {
  const forum = { body: 'Northam Parent Carer Forum', volunteer: true };
  const volunteers = [aPerson({ ...forum, deputyRefs: [] }), aPerson({ ...forum, ref: 'P5', deputyRefs: [] })];
  const log = compile({ people: volunteers, actions: [anAction({ ownerRef: 'P5' })], updates: [handed()] }, before());
  expect(first(log)?.detail.changed).toEqual(['Handed over within Northam Parent Carer Forum on Tuesday 3 June 2025.']);
});

test('a row that was added with an owner is no hand-over; two of one moment keep their order', () => {
  expect(isHandOver({ before: {}, after: { row: 'added', ownerRef: 'P1' } })).toBe(false);
  expect(isHandOver({ before: { percentComplete: 1 }, after: { percentComplete: 2 } })).toBe(false);
  const twice = [handed(), handed({ key: 'H2', before: { ownerRef: 'P5' }, after: { ownerRef: 'P1' } })];
  const found = handOversSince({ updates: twice }, { on: '2025-06-02' }, at, calendar).get('A1.01') ?? [];
  expect(found.map((one) => one.key)).toEqual(['H1', 'H2']);
  expect(handOverWords(handed({ after: { ownerRef: 'P99' } }), (ref) => ref, calendar)).toBe(
    'Handed over from P1 to P99 on Tuesday 3 June 2025.',
  );
});
