// Every message of the cycle on the sample plan: what it says to whom, as a card and as an e-mail of the same words.
import { assess } from '../../bot/board/assess';
import { cycleStepNames } from '../../bot/board/cycleSteps';
import { messageCard } from '../../bot/cards/manageNoticeCard';
import { messageMail } from '../../bot/cards/messageMail';
import { sampleSnapshot } from '../fixtures/samplePlan';
import { cardProblems, textOf } from './checkCard';

const snapshot = sampleSnapshot();
const assessment = assess(snapshot, { at: '2025-01-06T09:00:00.000Z', meetingRef: 'B09' });
const base = { boardId: 'hertland', snapshot, assessment, personRef: 'P10', subjectRefs: ['APA1.04'] };

describe('the message of a step', () => {
  test.each(cycleStepNames)('is a card that Teams shows, with words for its notification: %s', (step) => {
    const message = messageCard({ ...base, step });
    expect(cardProblems(message.card)).toEqual([]);
    expect(message.summary.length).toBeGreaterThan(10);
  });

  test.each(cycleStepNames)('is an e-mail with a subject a phone shows whole: %s', (step) => {
    const mail = messageMail({ ...base, step });
    expect(mail?.subject.length).toBeLessThanOrEqual(70);
    expect(mail?.html).toContain('<html lang="en-GB">');
    expect(mail?.text).toContain(mail?.subject);
  });

  test('asks with the whole list and the deadline', () => {
    const { card, summary } = messageCard({ ...base, step: 'deadline-day' });
    expect(summary).toMatch(/^Today is the last day: update for the board on Wednesday 15 January\. \d+ to answer/);
    expect(textOf(card)).toContain('APA1.04');
  });

  test('escalates with the item, whose it is and why', () => {
    const { card } = messageCard({ ...base, personRef: 'P03', step: 'escalation' });
    expect(textOf(card)).toContain('APA1.04 Locality profiles');
    expect(textOf(card)).toContain('Off track: due date passed 23 working days ago.');
  });

  test('names a decision by its words, and leaves out one that is gone', () => {
    const { card } = messageCard({ ...base, step: 'arising', subjectRefs: ['D-B08-1', 'D-GONE'] });
    expect(textOf(card)).toContain('D-B08-1 Escalate the neurodiversity contract');
    expect(textOf(card)).not.toContain('D-GONE');
  });

  test('gives chair and members the headline of the board', () => {
    for (const step of ['briefing', 'digest', 'papers'] as const) {
      expect(textOf(messageCard({ ...base, step }).card)).toContain(assessment.headline.text);
    }
  });
});

describe('the message about who answers for an owner this cycle', () => {
  const step = 'notice:deputy:manage-1' as const;
  const named = (subjectRef: string, to: string | null) => ({
    ...{ key: `D-${subjectRef}`, subjectKind: 'action' as const, subjectRef, byRef: 'P15', noChange: false },
    ...{ at: '2025-01-06T08:00:00.000Z', route: 'chat card' as const, before: {}, after: { 'deputy.B09': to } },
  });
  const told = (personRef: string, subjectRefs: readonly string[], to: string | null = 'P17') => {
    const updates = [...snapshot.updates, ...subjectRefs.map((ref) => named(ref, to))];
    const input = { ...base, personRef, subjectRefs, snapshot: { ...snapshot, updates }, step };
    expect(cardProblems(messageCard(input).card)).toEqual([]);
    expect(messageMail(input)?.text.length).toBeGreaterThan(10);
    return textOf(messageCard(input).card);
  };

  test.each([
    ['the colleague', 'P17', 'P17', 'Please answer APA1.04 for Freya Langmoor'],
    ['a colleague of before', 'P11', 'P17', 'APA1.04 is no longer yours to answer'],
    ['the owner, when it ends', 'P10', null, 'APA1.04 is yours to answer again'],
  ])('says to %s what holds now', (_who, personRef, to, words) => {
    expect(told(personRef, ['APA1.04'], to)).toContain(words);
  });

  test('says of several items what holds for each', () => {
    const text = told('P10', ['APA1.04', 'APA2.02'], null);
    expect(text).toContain('Who answers 2 items has changed');
    expect(text).toContain('APA1.04 is yours to answer again.');
    expect(text).toContain('APA2.02');
  });
});
