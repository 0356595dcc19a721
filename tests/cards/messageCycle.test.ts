// What people are told when the cycle itself changes, word by word: moved, cancelled, a plan to confirm, a review, news.
import { assess } from '../../bot/board/assess';
import type { BoardSnapshot } from '../../bot/board/model';
import { reviewNotice, reviewTrack } from '../../bot/board/reviewTrack';
import { newsStep } from '../../bot/board/secretaryNews';
import { cycleContent } from '../../bot/cards/messageCycle';
import type { MessageContent } from '../../bot/cards/messageShape';
import { sampleSnapshot } from '../fixtures/samplePlan';

const plan = sampleSnapshot();
const actions = [{ title: 'Your actions on the board', url: 'https://board.example/tab/actions' }];
const board = [{ title: 'The board', url: 'https://board.example/tab/board' }];

function content(
  step: `notice:${string}`,
  over: { at?: string; meetingRef?: string; snapshot?: BoardSnapshot; subjectRefs?: readonly string[] } = {},
): MessageContent | undefined {
  const { at = '2025-01-06T09:00:00.000Z', snapshot = plan, subjectRefs = ['APA1.04', 'R03'] } = over;
  const meeting = over.meetingRef === undefined ? {} : { meetingRef: over.meetingRef };
  const assessment = assess(snapshot, { at, ...meeting });
  const input = { boardId: 'send', snapshot, assessment, personRef: 'P10', step, subjectRefs };
  return cycleContent(input, { actions, board });
}

const textOf = (one: MessageContent | undefined): readonly string[] =>
  (one?.parts ?? []).flatMap((part) => (part.kind === 'text' ? [part.text] : []));

test('a meeting that moved asks for answers by the new day', () => {
  const told = content('notice:moved:x');
  expect(told?.title).toBe('The date for your answers has changed');
  expect(told?.summary).toBe('Please answer by Monday 6 January 2025, 17:00: 2 items still open.');
  expect(textOf(told)).toEqual([
    'The meeting is on Wednesday 15 January 2025, 10:00.',
    'It is about APA1.04, R03. What you have answered already stays.',
  ]);
  expect(told?.links).toEqual(actions);
});

test('where the new day has passed already it asks at once', () => {
  const told = content('notice:moved:x', { at: '2025-01-07T09:00:00.000Z', subjectRefs: ['APA1.04'] });
  expect(told?.title).toBe('The meeting was moved: please answer now');
  expect(told?.summary).toBe(
    'The new date for answers has passed already, so please answer at once what you can: 1 item still open.',
  );
});

test('a cancelled meeting asks nothing any more, a meeting that is gone likewise', () => {
  const told = content('notice:cancelled:x');
  expect(told?.title).toBe('The meeting is cancelled');
  expect(told?.summary).toBe(
    'The meeting on Wednesday 15 January 2025 does not take place, so nothing is asked of you for it any more.',
  );
  expect(textOf(told)).toEqual(['You had been asked about APA1.04, R03. What you have answered stays on record.']);
  expect(told?.links).toEqual([]);
  const gone = content('notice:moved:x', { snapshot: { ...plan, meetings: [] } });
  expect(gone?.summary).toBe('You were asked about 2 items for a meeting that is not in the list any more.');
});

test('a plan to confirm names the days and what to type', () => {
  const told = content('notice:confirm:request', { at: '2025-03-03T10:00:00.000Z', meetingRef: 'B11' });
  expect(told?.title).toBe('Please confirm the plan for Wednesday 26 March 2025');
  expect(told?.summary).toBe('Nobody is asked for anything until you confirm these days.');
  expect(textOf(told)).toContain('Answers are due by Monday 17 March 2025, 17:00.');
  expect(textOf(told).at(-1)).toBe(
    'Type "confirm plan" to Board Assistant. To choose other days, write them with the meeting in the list Meetings.',
  );
  const gone = content('notice:confirm:request', { snapshot: { ...plan, meetings: [] } });
  expect(gone?.summary).toBe('Its meeting is not in the list any more.');
});

test('a review says what is to be done and lists its steps; one that is not planned any more says so', () => {
  const at = '2025-01-06T09:00:00.000Z';
  const { policy } = assess(plan, { at });
  const [first] = reviewTrack(plan, policy, at);
  if (first === undefined) throw new Error('the sample has no review');
  const told = content(reviewNotice(first));
  expect(told?.title).toBe(`A review is coming: ${first.reviewRef}`);
  expect(told?.summary).toBe(first.what);
  expect(told?.parts[0]).toMatchObject({ kind: 'facts', heading: 'Its steps' });
  expect(content('notice:review:none')?.summary).toBe('It is not planned any more.');
});

test('what happened by itself stands under its meeting, at most twelve, the rest counted', () => {
  const on = '2025-01-06';
  const note = (n: number) => ({
    meetingRef: n === 1 ? 'B08' : 'B09',
    at: `${on}T08:00:00.000Z`,
    text: `Thing ${n}.`,
    toldOn: on,
  });
  const notes = Array.from({ length: 14 }, (_, n) => note(n + 1));
  const running = { planned: [], news: { key: 'news@send', notes } };
  const told = content(newsStep(on), { snapshot: { ...plan, running } });
  expect(told?.title).toBe('For you to know: 14 things about papers and invitations');
  expect(told?.parts[0]).toMatchObject({
    heading: 'What happened',
    more: 'And 2 more.',
    items: [
      { ref: 'B08', lines: ['Thing 1.'] },
      { ref: 'B09', title: 'the meeting on Wednesday 15 January 2025' },
    ],
  });
});

test('another notice is none of these', () => {
  expect(content('notice:hand-over:x')).toBeUndefined();
});
