// Contributions over the last cycles for a reader: bodies with their owners, each with its counts; how much, their part says.
import type { ContributionAssessment } from '../board/assessment';
import { capital, count, helpOnOffer, listed } from '../board/wording';
import { shownReasons, type ViewContext } from './viewContext';

/** The chair and the secretary see all, a member their own body's row, everybody their own line. Source: docs/rules.md. */
export function viewContributions(context: ViewContext) {
  const { assessment, viewer } = context;
  const { body, ref } = viewer.person;
  const seesAll = viewer.role === 'chair' || viewer.role === 'secretary';
  const mayRead = (one: ContributionAssessment): boolean =>
    seesAll || (one.kind === 'person' ? one.ref === ref : viewer.role === 'member' && one.name === body);
  const shown = assessment.contributions.filter(mayRead);
  const bodies = shown.filter((one) => one.kind === 'body');
  const people = shown.filter((one) => one.kind === 'person');
  const named = new Set(bodies.map((one) => one.name));
  const rows = [
    ...bodies.map((one) => ({ ...rowOf(one), people: people.filter((other) => other.body === one.name).map(rowOf) })),
    ...people.filter((one) => !named.has(one.body)).map((one) => ({ ...rowOf(one), people: [] })),
  ];
  const { contributionCycles, onTimeAnswersPercent, lateAnswersMinimum } = assessment.policy;
  return {
    asOf: context.asOf,
    lead: leadOf(bodies, seesAll, contributionCycles),
    rows: rows.sort((a, b) => Number(b.needsStrengthening) - Number(a.needsStrengthening) || share(a) - share(b)),
    help: capital(helpOnOffer),
    notes: [
      `Counted are the last ${count(contributionCycles, 'cycle')} whose owners’ deadline has passed. Cancelled requests do not count.`,
      `Answers call for strengthening only when fewer than ${onTimeAnswersPercent}% came on time and ${lateAnswersMinimum} or more were late or are missing.`,
      'An overdue action that the chair accepted as waiting for another body is not held against its owner.',
      'Volunteers are never listed by name: their body’s row says what support they lack.',
    ],
  };
}

function rowOf(one: ContributionAssessment) {
  const { kind, name, volunteer, asked, onTime, late, unanswered, needsStrengthening, reasons } = one;
  return {
    ...{ kind, name, volunteer, asked, onTime, late, unanswered, needsStrengthening },
    reasons: shownReasons(reasons),
  };
}

function share(one: { readonly asked: number; readonly onTime: number }): number {
  return one.asked === 0 ? 1 : one.onTime / one.asked;
}

function leadOf(bodies: readonly ContributionAssessment[], seesAll: boolean, cycles: number): string {
  if (!seesAll) return `What was asked and answered over the last ${count(cycles, 'cycle')}.`;
  const weak = bodies.filter((one) => one.needsStrengthening).map((one) => one.name);
  return weak.length === 0
    ? `No body’s contribution needs strengthening by the rules, over the last ${count(cycles, 'cycle')}.`
    : `${weak.length} of ${count(bodies.length, 'body', 'bodies')} could contribute more: ${listed(weak)}.`;
}
