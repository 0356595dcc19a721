// A board's settings for its secretary and chair: the figures of the rules in words, quiet days, the notice, the pause.
import { pauseAt, pauseWords } from '../board/managePause';
import type { CivilDate } from '../board/model';
import { defaultPolicy, resolvePolicy } from '../board/policy';
import { policyGroups, policyValueWords, policyWords } from '../board/policyWords';
import { listed } from '../board/wording';
import type { ViewContext } from './viewContext';

/** As many days ahead as a pause may be given an end here. */
const pauseDays = 14;

export function viewSettings(context: ViewContext) {
  const { snapshot, assessment, calendar, viewer } = context;
  const pause = pauseAt(snapshot, assessment.at);
  const days = Array.from({ length: pauseDays }, (_, index) => calendar.addDays(assessment.on, index));
  return {
    asOf: context.asOf,
    mayPause: viewer.role === 'secretary',
    paused: pause && pauseWords(pause, snapshot, calendar),
    // A pause of whole days ends at midnight; people name the last day.
    pauseEnds: days.map((on) => ({
      untilAt: calendar.at(calendar.addDays(on, 1), '00:00'),
      words: `until the end of ${calendar.longDate(on)}`,
    })),
    facts: factsOf(context),
    quietDays: quietDaysOf(context),
    policy: policyGroups.map((group) => ({ group, rows: rowsOf(context, group) })),
    problems: resolvePolicy(snapshot.policy).findings.map((one) => one.text),
  };
}

function factsOf({ snapshot, calendar, nameOf }: ViewContext) {
  const { facts } = snapshot;
  const day = (on: CivilDate | undefined): string => (on === undefined ? 'Not recorded' : calendar.longDate(on));
  const person = (ref: string | undefined): string => (ref === undefined ? 'Not recorded' : nameOf(ref));
  const { quorum } = facts;
  return [
    { label: 'Local authority', value: facts.localAuthority },
    { label: 'Integrated care board', value: facts.icb },
    { label: 'Chair', value: person(facts.chairRef) },
    { label: 'Secretary', value: person(facts.secretaryRef) },
    { label: 'Notice issued', value: day(facts.noticeIssuedOn) },
    { label: 'The notice’s aim date', value: day(facts.actionsAimOn) },
    { label: 'Chair agreed with the Department', value: day(facts.chairAgreedWithDepartmentOn) },
    {
      label: 'Quorum',
      value:
        quorum === undefined
          ? 'Not recorded'
          : `${quorum.minimum}${quorum.mustInclude.length === 0 ? '' : `, with ${listed(quorum.mustInclude)}`}`,
    },
  ];
}

function quietDaysOf({ assessment, calendar }: ViewContext) {
  const { quietDays } = assessment.policy;
  if (quietDays === 'default')
    return { words: 'The default: 24 December to 1 January each year. Nothing is sent or due then.', periods: [] };
  return {
    words: quietDays.length === 0 ? 'None: the board set an empty list.' : 'Nothing is sent or due on these days.',
    periods: quietDays.map(({ fromOn, toOn }) =>
      fromOn === toOn ? calendar.longDate(fromOn) : `${calendar.longDate(fromOn)} to ${calendar.longDate(toOn)}`,
    ),
  };
}

function rowsOf({ assessment }: ViewContext, group: (typeof policyGroups)[number]) {
  const { policy } = assessment;
  const isKey = (name: string): name is keyof typeof policyWords => Object.hasOwn(policyWords, name);
  return Object.keys(policyWords)
    .filter(isKey)
    .filter((key) => policyWords[key].group === group)
    .map((key) => {
      const { words, unit } = policyWords[key];
      return {
        key,
        words,
        value: policyValueWords(unit, policy[key]),
        standard: policyValueWords(unit, defaultPolicy[key]),
        isOwn: policy[key] !== defaultPolicy[key],
      };
    });
}
