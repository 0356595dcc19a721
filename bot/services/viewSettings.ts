// A board's settings for its secretary and chair: the figures of the rules in words, quiet days, the notice, the pause.
import { pauseAt, pauseWords } from '../board/managePause';
import { isSecretary } from '../board/mayAnswer';
import type { CivilDate, QuietPeriod } from '../board/model';
import { defaultPolicy, resolvePolicy } from '../board/policy';
import { hasLeft } from '../board/manageOwned';
import { isPolicyKey, rangeOf, rangeWords, type PolicyKey } from '../board/policyLimits';
import { policyGroups, policyValueWords, policyWords, type PolicyGroup } from '../board/policyWords';
import { periodWords } from '../board/settingLines';
import { quorumWords } from '../board/wording';
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
    mayChange: isSecretary(snapshot, viewer.person.ref),
    paused: pause && pauseWords(pause, snapshot, calendar),
    // A pause of whole days ends at midnight; people name the last day.
    pauseEnds: days.map((on) => ({
      untilAt: calendar.at(calendar.addDays(on, 1), '00:00'),
      words: `until the end of ${calendar.longDate(on)}`,
    })),
    facts: factsOf(context),
    ...(snapshot.facts.actionsAimOn === undefined ? {} : { aimOn: snapshot.facts.actionsAimOn }),
    quietDays: quietDaysOf(context),
    policy: policyGroups.map((group) => ({ group, source: sourceOf[group], rows: rowsOf(context, group) })),
    people: peopleOf(context),
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
      value: quorum === undefined ? 'Not recorded' : quorumWords(quorum),
    },
  ];
}

/** Where each rule and its default are written down. */
const sourceOf: Readonly<Record<PolicyGroup, string>> = {
  'The cycle of a meeting': 'The rules (docs/rules.md), “The cycle”',
  'Delivery and what is slow': 'The rules (docs/rules.md), “Delivery” and “Slow to progress”: clause 5e of the notice',
  Contributions: 'The rules (docs/rules.md), “Contributions”: clause 5e of the notice',
  Measures: 'The rules (docs/rules.md), “Measures”',
  Risks: 'The rules (docs/rules.md), “Risks”',
  'Notice and advisers': 'The rules (docs/rules.md), “The board”',
  'Who may do what': 'The rules (docs/rules.md), “The cycle”',
};

function quietDaysOf({ assessment, snapshot }: ViewContext) {
  const { quietDays } = assessment.policy;
  const shown = (periods: readonly QuietPeriod[]) =>
    periods.map((one) => ({ fromOn: one.fromOn, toOn: one.toOn, words: periodWords(one) }));
  const isDefault = quietDays === 'default';
  return {
    isDefault,
    words: isDefault
      ? 'The default: 24 December to 1 January each year. Nothing is sent or due then.'
      : quietDays.length === 0
        ? 'None: this board has chosen to keep no quiet days.'
        : 'Nothing is sent or due on these days.',
    periods: isDefault ? [] : shown(quietDays),
    bodies: snapshot.bodies.map(({ name, quietDays: own }) => ({ name, periods: shown(own) })),
  };
}

function peopleOf({ snapshot, assessment, calendar }: ViewContext) {
  return snapshot.people
    .filter((one) => !hasLeft(one, assessment.on))
    .map(({ ref, name, role, body, leavesOn }) => ({
      ...{ ref, name, words: [role, body].filter((one) => one !== '').join(', ') },
      ...(leavesOn === undefined ? {} : { leaves: `leaves on ${calendar.longDate(leavesOn)}` }),
    }));
}

function rowsOf({ assessment }: ViewContext, group: PolicyGroup) {
  const { policy } = assessment;
  return Object.keys(policyWords)
    .filter(isPolicyKey)
    .filter((key) => policyWords[key].group === group)
    .map((key) => {
      const { words, unit } = policyWords[key];
      return {
        ...{
          key,
          words,
          value: policyValueWords(unit, policy[key]),
          standard: policyValueWords(unit, defaultPolicy[key]),
        },
        isOwn: policy[key] !== defaultPolicy[key],
        unit: unit === 'none' || unit === 'time' ? '' : unit === 'per cent' ? '%' : `${unit}s`,
        ...{
          range: rangeWords(key),
          kind: kindOf(key),
          given: String(policy[key]),
          standardGiven: String(defaultPolicy[key]),
        },
      };
    });
}

function kindOf(key: PolicyKey): 'figure' | 'time' | 'text' | 'yes-no' {
  if (rangeOf(key)) return 'figure';
  if (typeof defaultPolicy[key] === 'boolean') return 'yes-no';
  return policyWords[key].unit === 'time' ? 'time' : 'text';
}
