// The measures with their readings against what was expected, for lists and for one measure in chat.
import type { MeasureAssessment } from '../board/assessment';
import type { Measure, Ref } from '../board/model';
import { figure, measureStateWords } from '../board/wording';
import { areaLabel, ownerOf, shownReasons, type ViewContext } from './viewContext';

export function viewMeasures(context: ViewContext) {
  return context.assessment.measures.flatMap((one) => measureRow(context, one));
}

/** One measure with its readings, the oldest first; undefined when the plan has none of this ref. */
export function viewMeasure(context: ViewContext, ref: Ref) {
  const judged = context.assessment.measures.find((one) => one.ref === ref);
  const [row] = judged ? measureRow(context, judged) : [];
  if (!judged || !row) return undefined;
  return {
    ...row,
    reasons: shownReasons(judged.reasons),
    points: judged.points.map(({ period, value, expected, state }) => ({
      value,
      expected,
      state,
      monthWords: monthWords(context, period),
      figureWords: figure(value, judged.unit),
      text: `${monthWords(context, period)}: ${figure(value, judged.unit)}${expectedText(expected, judged.unit)}`,
    })),
  };
}

export function measureRow(context: ViewContext, one: MeasureAssessment) {
  const measure = context.snapshot.measures.find((other) => other.ref === one.ref);
  if (!measure) return [];
  return [
    {
      ref: one.ref,
      name: one.name,
      areaLabel: areaLabel(context, one.areaRef),
      owner: ownerOf(context, one.ownerRef),
      state: one.state,
      text: measureText(context, measure),
      direction: one.direction,
      readingDue: one.readingDue,
      behindReadings: one.behindReadings,
      forecast: forecastText(context, one),
      outlook: outlookWords(context, one),
    },
  ];
}

function forecastText(context: ViewContext, { forecast }: MeasureAssessment): string {
  const { calendar, assessment } = context;
  const trend = 'On the trend of the last readings the target is';
  if (forecast.kind === 'none') return forecast.why;
  if (forecast.reachesOn === undefined || forecast.kind === 'not-on-this-trend') return `${trend} not reached.`;
  if (forecast.reachesOn <= assessment.on) return `${trend} reached already.`;
  const when = calendar.longDate(forecast.reachesOn);
  return forecast.kind === 'late' ? `${trend} reached late, on ${when}.` : `${trend} reached in time, by ${when}.`;
}

/** The forecast in a few words, for a table. */
function outlookWords(context: ViewContext, { forecast }: MeasureAssessment): string {
  const { calendar, assessment } = context;
  if (forecast.kind === 'none') return 'Too few readings';
  if (forecast.reachesOn === undefined || forecast.kind === 'not-on-this-trend') return 'Not on this trend';
  if (forecast.reachesOn <= assessment.on) return 'Reached already';
  const [, ...when] = calendar.longDate(forecast.reachesOn).split(' ');
  return `${forecast.kind === 'late' ? 'Late' : 'In time'}, ${when.join(' ')}`;
}

/** The latest reading and what was expected of it, in a sentence. */
export function measureText(context: ViewContext, measure: Measure): string {
  const judged = context.assessment.measures.find((one) => one.ref === measure.ref);
  if (judged?.latestValue === undefined || judged.latestPeriod === undefined) return 'No reading yet.';
  return `${measureStateWords[judged.state]}: ${figure(judged.latestValue, measure.unit)} in ${monthWords(context, judged.latestPeriod)}${expectedText(judged.expectedValue, measure.unit)}.`;
}

function expectedText(expected: number | undefined, unit: string): string {
  return expected === undefined ? '' : `, ${figure(expected, unit)} expected`;
}

export function monthWords(context: ViewContext, month: string): string {
  return context.calendar.longDate(`${month}-01`).split(' ').slice(2).join(' ');
}
