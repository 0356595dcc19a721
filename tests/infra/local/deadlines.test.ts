// The console's clock leads through every step of a cycle: by the board's policy, its quiet days, and those of its bodies.
import { bodyPlans } from '../../../bot/board/bodyCycle';
import { calendarOf, planCycle } from '../../../bot/board/cycle';
import type { Meeting, QuietPeriod } from '../../../bot/board/model';
import { resolvePolicy } from '../../../bot/board/policy';
import { deadlines } from '../../../infra/local/deadlines';
import { aBody, aMeeting, aQuietBoard } from '../../fixtures/builders';

const halfTerm = { fromOn: '2025-02-17', toOn: '2025-02-21' };

/** As the list Meetings holds it: a day is its midnight in London. */
function row(meeting: Meeting): Readonly<Record<string, unknown>> {
  const day = (on: string): string => `${on}T00:00:00Z`;
  return {
    Ref: meeting.ref,
    HeldOn: day(meeting.on),
    StartsAt: meeting.startsAtTime,
    State: meeting.state,
    ...(meeting.updateRequestOn === undefined ? {} : { UpdateRequestOn: day(meeting.updateRequestOn) }),
    ...(meeting.firstReminderOn === undefined ? {} : { FirstReminderOn: day(meeting.firstReminderOn) }),
    ...(meeting.ownersDeadlineOn === undefined ? {} : { OwnersDeadlineOn: day(meeting.ownersDeadlineOn) }),
    ...(meeting.papersDeadlineOn === undefined ? {} : { PapersDeadlineOn: day(meeting.papersDeadlineOn) }),
    ...(meeting.minutesDueOn === undefined ? {} : { MinutesDueOn: day(meeting.minutesDueOn) }),
  };
}

const last = aMeeting({ ref: 'B1', on: '2025-01-15', state: 'held' });
const next = (over: Partial<Meeting> = {}): Meeting => aMeeting({ ref: 'B2', on: '2025-02-26', ...over });

test.each<[string, Partial<Meeting>, Readonly<Record<string, unknown>>, readonly QuietPeriod[]]>([
  ['by the defaults', {}, {}, []],
  [
    'by other days and hours',
    {},
    { requestWorkingDaysBefore: 12, papersDeadlineTime: '12:30', sendingFromTime: '09:30' },
    [],
  ],
  ['around the quiet days of the board', {}, { quietDays: [halfTerm] }, []],
  ['with a deadline moved before quiet days', {}, { quietDays: [{ fromOn: '2025-02-12', toOn: '2025-02-14' }] }, []],
  ['over a Christmas that is quiet', { on: '2025-01-14' }, {}, []],
  ['around the quiet days of a body', {}, { quietDays: [] }, [halfTerm]],
  [
    'by stored days, around the quiet days of a body',
    {
      updateRequestOn: '2025-02-05',
      firstReminderOn: '2025-02-12',
      ownersDeadlineOn: '2025-02-17',
      papersDeadlineOn: '2025-02-19',
    },
    { quietDays: [] },
    [halfTerm],
  ],
  ['of meetings close together', { on: '2025-02-12' }, {}, []],
])('%s', (_, over, stored, quietDays) => {
  const meeting = next(over);
  const { policy } = resolvePolicy(stored);
  const plan = planCycle(meeting, last, calendarOf(policy), policy);
  const bodies = [aBody({ name: 'Schools', quietDays })];
  const snapshot = aQuietBoard({ meetings: [last, meeting], bodies, policy: stored });
  const plans = [plan, ...bodyPlans(plan, snapshot, policy).values()];
  const led = deadlines({
    meetings: [last, meeting].map(row),
    settings: [{ Key: 'policy', Json: JSON.stringify(stored) }],
    bodies: [{ Name: 'Schools', QuietDays: JSON.stringify(quietDays) }],
  });
  const stops = led.filter((one) => one.what.startsWith('B2')).map((one) => Date.parse(one.at));
  const steps = plans.flatMap((one) => one.steps.filter((step) => step.dropped === undefined));
  expect(steps.length).toBeGreaterThan(7);
  expect(steps.filter((one) => !stops.includes(Date.parse(one.at))).map((one) => `${one.step} ${one.at}`)).toEqual([]);
});

test('what cannot be read leaves the defaults, and a cancelled meeting leads nowhere', () => {
  const meetings = [row(next()), row(next({ ref: 'B3', state: 'cancelled' })), { Ref: 'B4' }];
  const settings = [{ Key: 'policy', Json: '{ "quietDays": 5, "requestWorkingDaysBefore": "soon" }' }];
  const plain = deadlines({ meetings: [row(next())], settings: [], bodies: [] });
  expect(deadlines({ meetings, settings, bodies: [{ Name: 'Schools', QuietDays: 'not JSON' }] })).toEqual(plain);
});
