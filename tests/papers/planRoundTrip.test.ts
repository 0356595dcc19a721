// Whatever a plan holds, written as a workbook and read back it is the same plan.
import { expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { decideImport } from '../../bot/board/planImport';
import { deliveryStatuses, effectStatuses, type BoardSnapshot } from '../../bot/board/model';
import { readPlanWorkbook } from '../../bot/papers/planWorkbook';
import { renderPlanWorkbook } from '../../bot/papers/planWorkbookExport';
import {
  aBody,
  anAction,
  anArea,
  aMeasure,
  aMilestone,
  aMitigation,
  aPerson,
  aQuietBoard,
  aReading,
  aRisk,
  anUpdate,
} from '../fixtures/builders';

jest.setTimeout(120_000);

/** Texts as people write them, those that look like formulas, numbers and dates among them. */
const text = fc
  .tuple(
    fc.constantFrom('', '=', '+', '-', '@', "'", "'=", "''-"),
    fc.stringMatching(/^[A-Za-zéü0-9 ,.()/&<>"'%£-]{1,40}$/),
    fc.constantFrom('', '\nand a second line', ' 31/12/2025', ' TRUE'),
  )
  .map((parts) => parts.join('').trim())
  .filter((one) => /\p{L}/u.test(one));
const on = fc
  .integer({ min: 0, max: 1500 })
  .map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10));
const score = fc.record({ likelihood: fc.integer({ min: 1, max: 5 }), impact: fc.integer({ min: 1, max: 5 }) });
const number = fc.oneof(
  fc.integer({ min: -1000, max: 10_000 }),
  fc.double({ min: 0, max: 100, noNaN: true }).map((one) => Number(one.toFixed(3))),
);

const board: fc.Arbitrary<BoardSnapshot> = fc
  .record({
    titles: fc.array(text, { minLength: 3, maxLength: 3 }),
    description: text,
    dueOn: on,
    startOn: on,
    deliveryStatus: fc.constantFrom(...deliveryStatuses),
    effectStatus: fc.constantFrom(...effectStatuses),
    percentComplete: fc.integer({ min: 0, max: 100 }),
    words: fc.array(fc.stringMatching(/^[A-Za-z][A-Za-z ,]{0,20}[a-z]$/), { maxLength: 3 }),
    blocker: fc.option(fc.record({ text, waitingOnBody: fc.constant('Northam ICB'), accepted: fc.boolean() }), {
      nil: undefined,
    }),
    current: score,
    inherent: score,
    lowerIsBetter: fc.boolean(),
    values: fc.uniqueArray(number, { minLength: 1, maxLength: 3 }),
    narrative: text,
  })
  .map((one) => {
    const [title = '', other = '', third = ''] = one.titles;
    return aQuietBoard({
      areas: [anArea({ aim: one.description })],
      bodies: [aBody({ volunteer: one.lowerIsBetter })],
      people: [aPerson(), aPerson({ ref: 'P2', name: 'Sam Ashdown' }), aPerson({ ref: 'P3', name: 'sam ashdown' })],
      actions: [
        anAction({
          title,
          description: one.description,
          dueOn: one.dueOn,
          originalDueOn: one.startOn,
          startOn: one.startOn,
          deliveryStatus: one.deliveryStatus,
          effectStatus: one.effectStatus,
          percentComplete: one.percentComplete,
          partnerBodies: one.words,
          deputyRefs: ['P2', 'P3'],
          ...(one.blocker ? { blocker: one.blocker } : {}),
        }),
        anAction({ ref: 'A1.10', title: other, ownerRef: 'P3', measureRefs: [] }),
      ],
      milestones: [aMilestone({ title: third, dueOn: one.dueOn, originalDueOn: one.startOn })],
      risks: [aRisk({ title: other, current: one.current, inherent: one.inherent })],
      mitigations: [aMitigation({ text: third })],
      measures: [aMeasure({ name: title, lowerIsBetter: one.lowerIsBetter, definition: one.description })],
      readings: one.values.map((value, at) => aReading({ value, revises: at > 0 })),
      updates: [anUpdate({ narrative: one.narrative })],
    });
  });

test('a plan comes back without a change, and without a finding', async () => {
  await fc.assert(
    fc.asyncProperty(board, async (snapshot) => {
      const { xlsx } = await renderPlanWorkbook(snapshot, 'The plan', '2025-06-10T09:00:00.000Z');
      const read = await readPlanWorkbook(xlsx);
      const plan = read.kind === 'read' ? read.workbook : { sheets: [], rows: [] };
      const { items, findings } = decideImport({
        snapshot,
        plan,
        on: '2025-06-10',
        blank: true,
        textsConfirmed: false,
      });
      expect(items.filter((one) => one.outcome !== 'same')).toEqual([]);
      expect(findings).toEqual([]);
      expect(items).toHaveLength(8 + snapshot.readings.length);
    }),
    { numRuns: 10, endOnFailure: true },
  );
});
