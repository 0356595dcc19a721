import { assess } from '../../bot/board/assess';
import { cycleStepNames } from '../../bot/board/cycle';
import { cycleCard } from '../../bot/cards/cycleCard';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { cardProblems, textOf } from './checkCard';

const snapshot = sampleSnapshot();
const assessment = assess(snapshot, { at: '2025-01-06T09:00:00.000Z', meetingRef: 'B09' });
const base = { boardId: 'hertland', snapshot, assessment, personRef: 'P10', subjectRefs: ['APA1.04'] };

describe('the card of a step', () => {
  test.each(cycleStepNames)('is a card that Teams shows, with words for its notification: %s', (step) => {
    const message = cycleCard({ ...base, step });
    expect(cardProblems(message.card)).toEqual([]);
    expect(message.summary.length).toBeGreaterThan(10);
  });

  test('asks with the whole list and the deadline', () => {
    const { card, summary } = cycleCard({ ...base, step: 'deadline-day' });
    expect(summary).toMatch(/^Today is the last day: Update for the board on Wednesday 15 January\. \d+ to answer/);
    expect(textOf(card)).toContain('APA1.04');
  });

  test('escalates with the item and why', () => {
    const { card } = cycleCard({ ...base, step: 'escalation' });
    expect(textOf(card)).toContain('APA1.04 Locality profiles. The due date passed 23 working days ago.');
  });

  test('names a decision by its words, and a reference that is gone by itself', () => {
    const { card } = cycleCard({ ...base, step: 'arising', subjectRefs: ['D-B08-1', 'D-GONE'] });
    expect(textOf(card)).toContain('D-B08-1 Escalate the neurodiversity contract');
    expect(textOf(card)).toContain('D-GONE');
  });

  test('gives chair and members the headline of the board', () => {
    for (const step of ['briefing', 'digest', 'papers'] as const) {
      expect(textOf(cycleCard({ ...base, step }).card)).toContain(assessment.headline.text);
    }
  });
});
