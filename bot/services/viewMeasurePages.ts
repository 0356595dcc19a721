// The measures as the tab shows them: the list, worst first, and one measure with its trajectory, readings and localities.
import type { MeasureAssessment } from '../board/assessment';
import type { Measure, Ref } from '../board/model';
import { expectation, monthNumber, monthOf } from '../board/trajectory';
import { count, distance, figure, measureStateWords } from '../board/wording';
import { shownReasons, type ViewContext } from './viewContext';
import { measureRow, monthWords, viewMeasures } from './viewMeasures';

const worstFirst: readonly MeasureAssessment['state'][] = [
  'behind',
  'no-reading',
  'no-expectation',
  'within-tolerance',
  'ahead',
];

export function viewMeasureList(context: ViewContext) {
  const rows = viewMeasures(context).map((one) => pageRow(context, one));
  return {
    asOf: context.asOf,
    lead: leadOf(context),
    rows: rows.sort((a, b) => worstFirst.indexOf(a.state) - worstFirst.indexOf(b.state) || (a.ref < b.ref ? -1 : 1)),
  };
}

/** One measure with all that is known of it; undefined when the plan has none of this ref. */
export function viewMeasurePage(context: ViewContext, ref: Ref) {
  const judged = context.assessment.measures.find((one) => one.ref === ref);
  const measure = context.snapshot.measures.find((one) => one.ref === ref);
  const [row] = judged ? measureRow(context, judged) : [];
  if (!judged || !measure || !row) return undefined;
  const { unit } = measure;
  const { longDate } = context.calendar;
  return {
    asOf: context.asOf,
    measure: pageRow(context, row),
    unit,
    definition: measure.definition,
    aim: measure.lowerIsBetter ? 'Lower is better' : 'Higher is better',
    asked: measure.frequency === 'monthly' ? 'A reading each month' : 'A reading each quarter',
    tolerance: `Within ${distance(measure.tolerance, unit)} of what is expected counts as on course`,
    baseline: measure.baseline && `${figure(measure.baseline.value, unit)} on ${longDate(measure.baseline.on)}`,
    target: measure.target && `${figure(measure.target.value, unit)} by ${longDate(measure.target.on)}`,
    points: judged.points.map((one) => ({
      period: one.period,
      periodWords: monthWords(context, one.period),
      value: one.value,
      asReported: one.asReported,
      expected: one.expected,
      stateWords: measureStateWords[one.state],
      reportedOn: one.reportedOn,
    })),
    expected: band(measure, judged),
    missing: judged.missingPeriods.map((one) => monthWords(context, one)),
    localities: localities(context, measure),
    localityGap:
      judged.localityGap &&
      `${distance(judged.localityGap.value, unit)} between ${judged.localityGap.best}, the best, and ${judged.localityGap.worst} in ${monthWords(context, judged.localityGap.period)}.`,
    reasons: shownReasons(judged.reasons),
    actions: context.snapshot.actions
      .filter((one) => one.measureRefs.includes(ref))
      .map(({ ref: actionRef, title }) => ({ ref: actionRef, title })),
  };
}

type Row = ReturnType<typeof viewMeasures>[number];

function pageRow(context: ViewContext, row: Row) {
  const { readingDue, ...rest } = row;
  return {
    ...rest,
    stateWords: measureStateWords[row.state],
    readingDue: readingDue === undefined ? undefined : monthWords(context, readingDue),
  };
}

function leadOf(context: ViewContext): string {
  const { measures } = context.assessment;
  if (measures.length === 0) return '';
  const latest = measures
    .flatMap((one) => one.latestPeriod ?? [])
    .sort()
    .at(-1);
  const behind = measures.filter((one) => one.state === 'behind').length;
  const due = measures.filter((one) => one.readingDue !== undefined).length;
  const to = latest === undefined ? '' : ` (readings to ${monthWords(context, latest)})`;
  const readings = due === 0 ? 'No reading is due.' : `${count(due, 'reading is', 'readings are')} due and not in.`;
  return `${behind} of ${count(measures.length, 'measure')} ${behind === 1 ? 'is' : 'are'} behind${to}. ${readings}`;
}

/** Month by month from the first reading, or the baseline, to the target: what is expected, and what still counts as on course. */
function band(measure: Measure, judged: MeasureAssessment) {
  const expected = expectation(measure);
  const periods = [
    ...judged.points.map((one) => one.period),
    ...(measure.baseline ? [measure.baseline.on.slice(0, 7)] : []),
    ...(measure.target ? [measure.target.on.slice(0, 7)] : []),
  ].sort();
  const first = periods[0];
  const last = periods.at(-1);
  if (first === undefined || last === undefined) return [];
  return Array.from({ length: monthNumber(last) - monthNumber(first) + 1 }, (_, index) => {
    const period = monthOf(monthNumber(first) + index);
    const value = expected(period);
    return value === undefined
      ? []
      : [{ period, value, low: value - measure.tolerance, high: value + measure.tolerance }];
  }).flat();
}

/** The newest reading of each locality, in the order of the board's list. */
function localities(context: ViewContext, measure: Measure) {
  const { snapshot, assessment } = context;
  const readings = snapshot.readings
    .filter((one) => one.measureRef === measure.ref && one.withdrawn !== true && one.reportedOn <= assessment.on)
    .sort((a, b) => (`${a.period} ${a.reportedOn}` < `${b.period} ${b.reportedOn}` ? -1 : 1));
  return snapshot.facts.localities.flatMap((name) => {
    const newest = readings.findLast((one) => one.locality === name);
    return newest
      ? [{ name, text: `${figure(newest.value, measure.unit)} in ${monthWords(context, newest.period)}` }]
      : [];
  });
}
