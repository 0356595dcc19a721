// What the chat asks back, in its words: a question names what was said, what is wrong with it and what to do.
import { readPhrase } from '../fixtures/readPhrase';

test.each([
  ['R03 likelihood 6', 'likelihood: "likelihood 6": likelihood is a whole number from 1 to 5.'],
  ['R03 impact up, two resigned', 'impact: "impact up" gives no figure: choose impact, 1 to 5.'],
  ['R03 score 16', 'likelihood: "score 16": a score is likelihood times impact. Choose both, 1 to 5.'],
  ['R03 can be closed', '"can be closed": the secretary closes a risk. Its scores can be changed here.'],
  ['R03 mitigation 9 done', 'R03 has no mitigation R03.9.'],
  ['APA1.04 66.5%', 'percentComplete: "66.5%": a percentage is a whole number from 0 to 100.'],
  ['APA1.06   140% ', 'percentComplete: "140%": a percentage is a whole number from 0 to 100.'],
  [
    'APA1.06 about two thirds done',
    'percentComplete: "about two thirds done" is about 67%: type the number that is right.',
  ],
  [
    'APA1.06 between 60 and 70%',
    'percentComplete: "between 60 and 70%" is no certain percentage: type a whole number from 0 to 100.',
  ],
  ['APA1.06 100%', 'deliveryStatus: 100% is not yet "complete": choose the status.'],
  [
    'APA1.06 nearly done',
    'deliveryStatus: "nearly done" says what it is not, or not how far it is: choose the status and type the percentage.',
  ],
  [
    'APA1.06 blocked by the ICB and the council',
    'waitingOnBody: It may wait for Hertland Council and Hertland ICB: choose who could help.',
  ],
  ['APA1.04 milestone 9 done', 'milestonesCompleted: APA1.04 has no milestone APA1.04-9.'],
  ['APA1.04 milestone 1 done', 'milestonesCompleted: Milestone APA1.04-1 is already recorded as done.'],
  ['M01 about 89', 'value: "about 89" is no certain reading: type the one number that is right.'],
  ['M01 Q3 89', 'value: "Q3" is no month: say which month the reading is for, for example "December".'],
  ['M01 2026-03 89', 'value: March 2026 has not begun: no reading can be given for it yet.'],
  ['M01 january 89', 'value: January 2025 is not over yet: check that the reading is for it.'],
  ['M01 december november 89', 'value: Two months were named: this is the reading for November 2024.'],
  ['M03 24', 'value: No reading is due now: say for which month this is, for example "December".'],
  ['M01 same', 'value: "same": a reading is a number for its month, also when it is the same as before.'],
  ['APA1.06 at risk. on track', 'Two different things were said; the last, "on track", is filled in: check it.'],
  [
    'APA1.06 can we move the due date to 14 march',
    '"can we move the due date to 14 march": a due date moves by request, so nothing was filled in for it. Use "Ask to move the date".',
  ],
  [
    'APA1.06 should land by yesterday',
    'forecastOn: Sunday 5 January 2025 has passed. The forecast is a day to come: choose the date.',
  ],
  [
    'APA1.06 should land by 3 january',
    'forecastOn: "3 january" may be Friday 3 January 2025 or Saturday 3 January 2026: choose the date.',
  ],
  ['APA1.06 hmm', '"Hmm." was not understood and is too short to tell the board.'],
  ['APA1.06 still stuck', 'narrative: This is worse than before: say in a line what happened.'],
  [
    'APA1.06 will be done next friday',
    'forecastOn: "next friday" may be Friday 10 January 2025 or Friday 17 January 2025: choose the date.',
  ],
])('%j', (text, expected) => {
  const [item] = readPhrase(text).items;
  const asked = (item?.questions ?? []).map((one) => `${one.field === undefined ? '' : `${one.field}: `}${one.text}`);
  expect(asked.filter((one) => one !== 'narrative: It is off track: say in a line what happened.')).toEqual([expected]);
});
