// The computed effect: kinds, sources, measures and contrary evidence, and claims against it.
import { describe, expect, test } from '@jest/globals';
import { compareEffect } from '../../bot/board/effect';
import type { Action, BoardSnapshot, Evidence } from '../../bot/board/model';
import { anAction, aReading, someEvidence } from '../fixtures/builders';
import { findingsOf, first, judged, judgedAction } from '../fixtures/judging';

const noMeasure = { measureRefs: [] };
const effect = (action: Partial<Action>, evidence: readonly Evidence[], over: Partial<BoardSnapshot> = {}) =>
  judgedAction(action, { evidence, ...over });

const ownAudit = someEvidence();
const ownData = someEvidence({ ref: 'E2', kind: 'data' });
const voice = someEvidence({ ref: 'E3', kind: 'family-voice', sourceBody: 'Parent Forum' });
const against = someEvidence({ ref: 'E4', kind: 'child-voice', contrary: true, summary: 'No change seen.' });

describe('evidence', () => {
  test.each<[string, Partial<Action>, readonly Evidence[], string, string]>([
    ['of two kinds, one from outside', noMeasure, [ownAudit, voice], 'clear-evidence', 'evidence-of-two-kinds'],
    [
      'of two kinds, both from the lead body',
      noMeasure,
      [ownAudit, ownData],
      'some-evidence',
      'evidence-not-yet-clear',
    ],
    ['of one kind', noMeasure, [ownAudit], 'some-evidence', 'evidence-not-yet-clear'],
    [
      'of one kind twice, from outside',
      noMeasure,
      [voice, { ...voice, ref: 'E5' }],
      'some-evidence',
      'evidence-not-yet-clear',
    ],
    ['of one kind and a measure not behind', {}, [ownAudit], 'clear-evidence', 'evidence-of-two-kinds'],
    ['of data and a measure not behind, which is data too', {}, [ownData], 'some-evidence', 'evidence-not-yet-clear'],
    ['a measure not behind alone', {}, [], 'some-evidence', 'evidence-not-yet-clear'],
    [
      'of two kinds with some against it',
      noMeasure,
      [ownAudit, voice, against],
      'some-evidence',
      'evidence-not-yet-clear',
    ],
    ['only against it', noMeasure, [against], 'too-early', 'open-without-evidence'],
    ['dated tomorrow', noMeasure, [{ ...voice, on: '2025-06-11' }], 'too-early', 'open-without-evidence'],
  ])('%s', (_, action, evidence, rating, rule) => {
    const judgedOne = effect(action, evidence);
    expect([judgedOne.computedEffect, first(judgedOne.effectReasons).rule]).toEqual([rating, rule]);
  });

  test('is described with what is missing', () => {
    expect(first(effect(noMeasure, [ownAudit, against]).effectReasons)).toMatchObject({
      text: '1 kind of evidence (audit); a second kind is needed, none comes from outside the lead body and evidence against it is open.',
      records: ['A1.01', 'E1', 'E4'],
    });
    expect(first(effect({}, [ownAudit]).effectReasons).text).toBe(
      '2 kinds of evidence (audit and data), not all from the lead body, and none open against it.',
    );
  });

  test('against an action counts no more from the day it is resolved', () => {
    const resolved = (resolvedOn: string) =>
      effect(noMeasure, [ownAudit, voice, { ...against, resolvedOn }]).computedEffect;
    expect(resolved('2025-06-11')).toBe('some-evidence');
    expect(resolved('2025-06-10')).toBe('clear-evidence');
  });

  test('of a measure needs a last reading that is not behind', () => {
    const readings = [aReading({ value: 20 })];
    expect(effect({}, [ownAudit], { readings }).computedEffect).toBe('some-evidence');
    expect(effect({}, [], { readings: [] }).computedEffect).toBe('too-early');
    const ahead = [aReading({ value: 90 })];
    expect(effect({}, [ownAudit], { readings: ahead }).computedEffect).toBe('clear-evidence');
  });
});

describe('without evidence', () => {
  test.each([
    ['complete the day before the last meeting', '2025-05-06', 'no-evidence', 'complete-without-evidence'],
    ['complete on its day', '2025-05-07', 'too-early', 'complete-lately'],
    ['complete after it', '2025-05-08', 'too-early', 'complete-lately'],
  ])('%s', (_, completedOn, rating, rule) => {
    const action = effect({ ...noMeasure, completedOn }, []);
    expect([action.computedEffect, first(action.effectReasons).rule]).toEqual([rating, rule]);
  });

  test('it is too early before any meeting was held', () => {
    expect(effect({ ...noMeasure, completedOn: '2025-05-06' }, [], { meetings: [] }).computedEffect).toBe('too-early');
  });
});

describe('a claim', () => {
  test.each([
    ['too-early', 'no-evidence', 'same'],
    ['no-evidence', 'too-early', 'same'],
    ['some-evidence', 'too-early', 'better'],
    ['clear-evidence', 'some-evidence', 'better'],
    ['some-evidence', 'clear-evidence', 'worse'],
  ] as const)('of %s against %s is %s', (claimed, computed, expected) => {
    expect(compareEffect(claimed, computed)).toBe(expected);
  });

  test('that is better than the evidence is a finding with the measures and the reasons', () => {
    const action = anAction({ effectStatus: 'clear-evidence', measureRefs: ['K1'] });
    const readings = [aReading({ value: 60 }), aReading({ period: '2025-05', value: 20, reportedOn: '2025-06-02' })];
    const assessment = judged({ actions: [action], evidence: [ownAudit, areaVoice], readings });
    expect(findingsOf(assessment, 'finding')).toEqual(['effect-claim-not-supported A1.01']);
    expect(first(assessment.findings)).toMatchObject({
      text: 'The owner claims clear evidence of effect, which the record does not support: some evidence of effect. 1 kind of evidence (audit); a second kind is needed and none comes from outside the lead body.',
      records: ['A1.01', 'K1', 'E1'],
    });
  });
});

const areaVoice = { ...someEvidence({ ref: 'E9', kind: 'family-voice' }), actionRef: 'A1.99', areaRef: 'A1' };

describe('evidence against', () => {
  test('an action is a finding until it is resolved, whatever was claimed', () => {
    const more = { ...against, ref: 'E5', summary: 'Waits are longer.' };
    const assessment = judged({ evidence: [more, against, areaVoice] });
    const finding = assessment.findings.find((one) => one.rule === 'contrary-evidence-open');
    expect(finding).toMatchObject({
      ref: 'A1.01',
      text: '2 pieces of evidence against it are open. E4: No change seen. E5: Waits are longer.',
      records: ['A1.01', 'E4', 'E5'],
    });
  });

  test('an area is a finding under the area', () => {
    const { actionRef: _, ...rest } = against;
    const over = (more: object) =>
      findingsOf(judged({ evidence: [areaVoice, { ...rest, areaRef: 'A1', ...more }] }), 'finding');
    expect(over({})).toEqual(['contrary-evidence-open A1']);
    const two = [areaVoice, { ...rest, ref: 'E6', areaRef: 'A1' }, { ...rest, areaRef: 'A1' }];
    expect(judged({ evidence: two }).findings[0]?.records).toEqual(['A1', 'E4', 'E6']);
    expect(over({ resolvedOn: '2025-06-01' })).toEqual([]);
    expect(over({ on: '2025-06-11' })).toEqual([]);
  });
});
