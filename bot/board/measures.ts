// What is counted: each measure against its trajectory, its readings in time, its direction and forecast. Rules: docs/rules.md.
import type { MeasureAssessment, MeasureReadingPoint, MeasureState } from './assessment';
import { compareText, distinct, type Grounds } from './grounds';
import type { CivilDate, Finding, Measure, Month, Reading, Reason, Ref } from './model';
import { expectation, forecastOf, monthEnd, monthNumber, monthOf } from './trajectory';
import { count, figure, listed, monthName, plain } from './wording';

export interface MeasureJudgement {
  readonly assessment: MeasureAssessment;
  readonly findings: readonly Finding[];
}

const quarterMonths = ['03', '06', '09', '12'];

/** Judges one measure; `actionRefs` are the actions meant to move it. */
export function judgeMeasure(grounds: Grounds, measure: Measure, actionRefs: readonly Ref[]): MeasureJudgement {
  const readings = grounds.readingsOf(measure.ref).filter((one) => one.reportedOn <= grounds.on);
  const points = pointsOf(measure, readings);
  const latest = points.at(-1);
  const asked = askedPeriods(grounds, measure, points);
  const forecast = forecastOf(measure, points, grounds.policy);
  const direction = directionOf(grounds, measure, points);
  const localityGap = localityGapOf(grounds, measure, readings);
  const behindReadings = points.length - 1 - points.findLastIndex((one) => one.state !== 'behind');
  const assessment: MeasureAssessment = {
    ref: measure.ref,
    areaRef: measure.areaRef,
    name: measure.name,
    unit: measure.unit,
    lowerIsBetter: measure.lowerIsBetter,
    ...(measure.ownerRef === undefined ? {} : { ownerRef: measure.ownerRef }),
    state: latest?.state ?? 'no-reading',
    ...(latest ? { latestPeriod: latest.period, latestValue: latest.value } : {}),
    ...(latest?.expected === undefined ? {} : { expectedValue: latest.expected }),
    points,
    behindReadings,
    ...(direction ? { direction } : {}),
    forecast,
    missingPeriods: asked.missing,
    ...(asked.dueNow === undefined ? {} : { readingDue: asked.dueNow }),
    ...(localityGap ? { localityGap } : {}),
    reasons: [],
  };
  const findings = [
    ...behindFinding(grounds, assessment, actionRefs),
    ...readingFindings(grounds, measure, points, asked),
    ...revisedFinding(measure, points),
    ...forecastFinding(grounds, measure, assessment),
  ];
  return { assessment: { ...assessment, reasons: findings.map(reasonOf(assessment)) }, findings };
}

/** The board's reading of a finding as a reason with the measure's figures. */
function reasonOf(measure: MeasureAssessment): (finding: Finding) => Reason {
  const figures = {
    ...(measure.latestPeriod === undefined ? {} : { latestPeriod: measure.latestPeriod }),
    ...(measure.latestValue === undefined ? {} : { latestValue: measure.latestValue }),
    ...(measure.expectedValue === undefined ? {} : { expectedValue: measure.expectedValue }),
    behindReadings: measure.behindReadings,
  };
  return (finding) => ({ rule: finding.rule, text: finding.text, figures, records: finding.records });
}

/** One point a month for the whole area, in order; the last value reported counts, the first is kept beside it. */
function pointsOf(measure: Measure, readings: readonly Reading[]): readonly MeasureReadingPoint[] {
  const expected = expectation(measure);
  const byPeriod = new Map<Month, { readonly first: Reading; readonly last: Reading }>();
  for (const one of [...readings].sort(asReportedFirst))
    if (one.locality === undefined)
      byPeriod.set(one.period, { first: byPeriod.get(one.period)?.first ?? one, last: one });
  return [...byPeriod]
    .sort(([a], [b]) => compareText(a, b))
    .map(([period, { first, last }]) => {
      const expectedValue = expected(period);
      return {
        period,
        value: last.value,
        ...(first.value === last.value ? {} : { asReported: first.value }),
        reportedOn: first.reportedOn,
        ...(expectedValue === undefined ? {} : { expected: expectedValue }),
        state: stateOf(measure, last.value, expectedValue),
      };
    });
}

function asReportedFirst(a: Reading, b: Reading): number {
  return Number(a.revises) - Number(b.revises) || compareText(a.reportedOn, b.reportedOn) || a.value - b.value;
}

function stateOf(measure: Measure, value: number, expected: number | undefined): MeasureState {
  if (expected === undefined) return 'no-expectation';
  // Rounded where floating point ends, so that a difference equal to the tolerance is within it.
  const lead = Math.round((measure.lowerIsBetter ? expected - value : value - expected) * 1e9) / 1e9;
  if (lead < -measure.tolerance) return 'behind';
  return lead > measure.tolerance ? 'ahead' : 'within-tolerance';
}

interface AskedPeriods {
  /** The last asked period whose reporting lag has passed. */
  readonly latest: Month | undefined;
  /** Asked periods before it that have no value. */
  readonly missing: readonly Month[];
  /** What the owner is to give by the owners' deadline of this meeting. */
  readonly dueNow: Month | undefined;
}

/** Only what the frequency asks for, from the first reading on; nothing is missing before its reporting lag has passed. */
function askedPeriods(grounds: Grounds, measure: Measure, points: readonly MeasureReadingPoint[]): AskedPeriods {
  const months = measure.readingMonths.length > 0 ? measure.readingMonths : quarterMonths;
  const { baseline } = measure;
  const isAsked = (period: Month): boolean =>
    (measure.frequency === 'monthly' || months.includes(period.slice(5, 7))) &&
    (baseline === undefined || monthEnd(period) > baseline.on);
  const lastAsked = (isDue: (dueOn: CivilDate) => boolean): Month | undefined => {
    const now = monthNumber(grounds.on);
    for (let number = now; number > now - 24; number -= 1) {
      const period = monthOf(number);
      if (isAsked(period) && monthEnd(period) < grounds.on && isDue(dueOn(grounds, measure, period))) return period;
    }
    return undefined;
  };
  const latest = lastAsked((due) => due < grounds.on);
  const { meeting } = grounds;
  const deadlineOn = meeting ? grounds.deadlinesOf(meeting).ownersDeadlineOn : grounds.on;
  const next = lastAsked((due) => due <= deadlineOn || due <= grounds.on);
  const have = new Set(points.map((one) => one.period));
  const missing: Month[] = [];
  const first = points[0]?.period;
  if (first !== undefined && latest !== undefined)
    for (let number = monthNumber(first); number < monthNumber(latest); number += 1) {
      const period = monthOf(number);
      if (isAsked(period) && !have.has(period)) missing.push(period);
    }
  return { latest, missing, dueNow: next !== undefined && !have.has(next) ? next : undefined };
}

/** When a reading is to be in: working days after its month; the date passes at the end of its day. */
export function dueOn(grounds: Grounds, measure: Measure, period: Month): CivilDate {
  return grounds.calendar.addWorkingDays(monthEnd(period), measure.reportingLagWorkingDays);
}

/** Over the last three readings; level when the change is at most half the tolerance (policy). */
function directionOf(
  grounds: Grounds,
  measure: Measure,
  points: readonly MeasureReadingPoint[],
): MeasureAssessment['direction'] {
  const last = points.at(-1);
  const third = points.at(-3);
  if (!last || !third) return undefined;
  const change = Math.round((last.value - third.value) * (measure.lowerIsBetter ? -1 : 1) * 1e9) / 1e9;
  if (Math.abs(change) <= measure.tolerance * grounds.policy.levelShareOfTolerance) return 'level';
  return change > 0 ? 'improving' : 'worsening';
}

/** Worst less best locality of the last month that has any; not shown when a locality is missing. */
function localityGapOf(
  grounds: Grounds,
  measure: Measure,
  readings: readonly Reading[],
): MeasureAssessment['localityGap'] {
  const local = readings.filter((one) => one.locality !== undefined).sort(asReportedFirst);
  const period = local.reduce((latest, one) => (one.period > latest ? one.period : latest), '');
  const values = new Map(local.filter((one) => one.period === period).map((one) => [one.locality, one.value]));
  const ranked = grounds.snapshot.facts.localities
    .map((name) => ({ name, value: values.get(name) }))
    .flatMap((one) => (one.value === undefined ? [] : [{ name: one.name, value: one.value }]))
    .sort((a, b) => (measure.lowerIsBetter ? a.value - b.value : b.value - a.value) || compareText(a.name, b.name));
  const best = ranked[0];
  const worst = ranked.at(-1);
  if (!best || !worst || ranked.length < grounds.snapshot.facts.localities.length) return undefined;
  return {
    period,
    value: Math.round(Math.abs(worst.value - best.value) * 1e9) / 1e9,
    best: best.name,
    worst: worst.name,
  };
}

function behindFinding(grounds: Grounds, measure: MeasureAssessment, actionRefs: readonly Ref[]): readonly Finding[] {
  const { behindReadings, latestPeriod, latestValue, expectedValue } = measure;
  if (behindReadings === 0 || latestPeriod === undefined || latestValue === undefined || expectedValue === undefined)
    return [];
  const twice = behindReadings >= grounds.policy.measureBehindReadings;
  const worse = measure.direction === 'worsening' ? ' and getting worse' : '';
  const meant = actionRefs.length > 0 ? ` Meant to move it: ${listed(actionRefs)}.` : '';
  return [
    {
      rule: twice ? 'measure-behind-twice' : 'measure-behind-once',
      level: twice ? 'finding' : 'information',
      ref: measure.ref,
      text: `Behind its trajectory for ${count(behindReadings, 'reading')}${worse}: ${figure(latestValue, measure.unit)} in ${monthName(latestPeriod)}, ${figure(expectedValue, measure.unit)} expected.${meant}`,
      records: distinct([measure.ref, ...actionRefs]),
    },
  ];
}

function readingFindings(
  grounds: Grounds,
  measure: Measure,
  points: readonly MeasureReadingPoint[],
  asked: AskedPeriods,
): readonly Finding[] {
  const found: Finding[] = [];
  const finding = (rule: string, text: string): Finding => ({
    rule,
    level: 'finding',
    ref: measure.ref,
    text,
    records: [measure.ref],
  });
  if (asked.missing.length > 0)
    found.push(finding('reading-missing', `No reading is recorded for ${listed(asked.missing.map(monthName))}.`));
  const late: string[] = [];
  const last = points.at(-1);
  if (last) {
    const due = dueOn(grounds, measure, last.period);
    if (last.reportedOn > due) {
      const days = grounds.calendar.workingDaysBetween(due, last.reportedOn);
      late.push(`The reading for ${monthName(last.period)} came ${count(days, 'working day')} late.`);
    }
  }
  if (asked.latest !== undefined && !points.some((one) => one.period === asked.latest)) {
    const due = grounds.calendar.longDate(dueOn(grounds, measure, asked.latest));
    late.push(`The reading for ${monthName(asked.latest)} was due on ${due} and is not in.`);
  }
  if (late.length > 0) found.push(finding('reading-late', late.join(' ')));
  return found;
}

function revisedFinding(measure: Measure, points: readonly MeasureReadingPoint[]): readonly Finding[] {
  const revised = points.flatMap((one) =>
    one.asReported === undefined
      ? []
      : [`${monthName(one.period)} from ${figure(one.asReported, measure.unit)} to ${figure(one.value, measure.unit)}`],
  );
  if (revised.length === 0) return [];
  const text = `Revised since it was reported: ${listed(revised)}.`;
  return [{ rule: 'reading-revised', level: 'information', ref: measure.ref, text, records: [measure.ref] }];
}

function forecastFinding(grounds: Grounds, measure: Measure, judged: MeasureAssessment): readonly Finding[] {
  const { forecast } = judged;
  const found = (rule: string, level: Finding['level'], text: string): readonly Finding[] => [
    { rule, level, ref: measure.ref, text, records: [measure.ref] },
  ];
  if (forecast.kind === 'none') return found('no-forecast', 'information', `No forecast: ${forecast.why}`);
  if (forecast.kind === 'on-time' || !measure.target) return [];
  const target = `the target of ${figure(measure.target.value, measure.unit)} by ${grounds.calendar.longDate(measure.target.on)}`;
  const { reachesOn, monthsLate } = forecast;
  if (forecast.kind === 'not-on-this-trend' || reachesOn === undefined || monthsLate === undefined)
    return found('target-not-on-this-trend', 'finding', `On its present trend it does not reach ${target}.`);
  const months = plain(Math.round(monthsLate * 10) / 10);
  return found(
    'target-later-than-date',
    'finding',
    `On its present trend it reaches ${target} about ${grounds.calendar.longDate(reachesOn)}, ${months} months late.`,
  );
}
