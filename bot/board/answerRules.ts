// What an answer changes in a risk, a mitigation or a measure, and what is missing. Source: docs/rules.md.
import {
  changeOf,
  collect,
  draft,
  lineLimits,
  narrativeLimits,
  textLimits,
  type Collected,
  type Draft,
  type Fields,
  type RuleFacts,
} from './answerDraft';
import { mitigationField } from './answers';
import type { MeasureAnswer, MitigationAnswer, RecordChange, RiskAnswer } from './answers';
import type { ChangedFields, CivilDate, Measure, Mitigation, MitigationStatus, Risk } from './model';
import { standingReadings } from './takenBack';
import { figure, monthName, plain, small } from './wording';

const mitigationRank: Readonly<Record<MitigationStatus, number>> = { 'not-started': 0, 'in-progress': 1, complete: 2 };
const mitigationWords: Readonly<Record<MitigationStatus, string>> = {
  'not-started': 'Not started',
  'in-progress': 'In progress',
  complete: 'Complete',
};

/** A risk: likelihood and impact with a reason when they move, and the status of its mitigations. */
export function riskDraft(risk: Risk, answer: RiskAnswer, facts: RuleFacts): Draft {
  const found = collect();
  const reason = found.text('reason', answer.reason, narrativeLimits);
  const own: Fields = {};
  if (risk.lastReviewedOn !== facts.on) {
    own['lastReviewedOn'] = facts.on;
    found.note('lastReviewedOn', risk.lastReviewedOn, facts.on);
  }
  const reviewed = (): readonly RecordChange[] => (Object.keys(own).length === 0 ? [] : [changeOf('risk', risk, own)]);
  if (answer.noChange === true) return draft(found, reviewed(), { noChange: true, narrative: reason });
  let moved = false;
  for (const name of ['likelihood', 'impact'] as const) {
    const value = answer[name];
    if (value === undefined || value === risk.current[name]) continue;
    const title = name === 'likelihood' ? 'Likelihood' : 'Impact';
    if (!Number.isInteger(value) || value < 1 || value > 5) {
      found.refuse(name, `${title} must be a whole number from 1 to 5.`);
      continue;
    }
    moved = true;
    own[`current.${name}`] = value;
    found.note(`current.${name}`, risk.current[name], value);
    found.words.push(`${title}: ${risk.current[name]} → ${value}`);
  }
  if (moved && reason === undefined)
    found.refuse('reason', 'The score moves: please say why, in 10 to 1,000 characters.');
  const mitigations = (answer.mitigations ?? []).flatMap(({ ref, status }) => {
    const mitigation = facts.snapshot.mitigations.find((one) => one.ref === ref && one.riskRef === risk.ref);
    if (mitigation) return mitigationChange(mitigation, status, `${ref}.`, found, facts.on);
    found.refuse(`${mitigationField}${ref}`, `${ref} is not a mitigation of ${risk.ref}.`);
    return [];
  });
  return draft(found, [...reviewed(), ...mitigations], { narrative: reason });
}

/** A mitigation: its status, with a line when it goes back. */
export function mitigationDraft(mitigation: Mitigation, answer: MitigationAnswer, facts: RuleFacts): Draft {
  const found = collect();
  const narrative = found.text('narrative', answer.narrative, narrativeLimits);
  if (answer.noChange === true) return draft(found, [], { noChange: true, narrative });
  const status = answer.status ?? mitigation.status;
  if (mitigationRank[status] < mitigationRank[mitigation.status] && narrative === undefined)
    found.refuse('narrative', 'The status is worse than before: please say what happened, in 10 to 1,000 characters.');
  return draft(found, mitigationChange(mitigation, status, '', found, facts.on), { narrative });
}

function mitigationChange(
  mitigation: Mitigation,
  status: MitigationStatus,
  prefix: string,
  found: Collected,
  on: CivilDate,
): readonly RecordChange[] {
  if (status === mitigation.status) return [];
  const own: Fields = { status };
  found.note(`${prefix}status`, mitigation.status, status);
  found.words.push(
    `Mitigation ${mitigation.ref}: ${small(mitigationWords[mitigation.status])} → ${small(mitigationWords[status])}`,
  );
  const completedOn = status === 'complete' ? on : null;
  if (completedOn !== (mitigation.completedOn ?? null)) {
    own['completedOn'] = completedOn;
    found.note(`${prefix}completedOn`, mitigation.completedOn, completedOn);
  }
  return [changeOf('mitigation', mitigation, own)];
}

/** A measure: a reading for a month that has begun; another value for it is a revision beside the first. */
export function measureDraft(measure: Measure, answer: MeasureAnswer, facts: RuleFacts): Draft {
  const found = collect();
  const source = found.text('source', answer.source, lineLimits);
  const note = found.text('note', answer.note, textLimits);
  if (measure.computed) found.refuse('value', 'This measure is worked out from the record; no reading is needed.');
  if (!/^20\d\d-(?:0[1-9]|1[0-2])$/u.test(answer.period) || answer.period > facts.on.slice(0, 7))
    found.refuse('period', 'The reading must be for a month that has begun.');
  if (!Number.isFinite(answer.value)) found.refuse('value', 'Type the value as a number, for example 89 or 12.5.');
  else if (measure.unit === '%' && (answer.value < 0 || answer.value > 100))
    found.refuse('value', 'A percentage lies between 0 and 100.');
  const known = standingReadings(facts.snapshot).filter(
    (one) => one.measureRef === measure.ref && one.period === answer.period && one.locality === undefined,
  );
  const latest = known.reduce<(typeof known)[number] | undefined>(
    (last, one) => (last === undefined || one.revises || one.reportedOn > last.reportedOn ? one : last),
    undefined,
  );
  if (latest?.value === answer.value && found.issues.length === 0) return draft(found, [], { noChange: true });
  const values: ChangedFields = {
    measureRef: measure.ref,
    period: answer.period,
    value: answer.value,
    reportedOn: facts.on,
    revises: latest !== undefined,
    ...(source === undefined ? {} : { source }),
    ...(note === undefined ? {} : { note }),
  };
  found.note(answer.period, latest?.value, answer.value);
  found.words.push(
    `Reading for ${monthName(answer.period)}: ${latest ? `${plain(latest.value)} revised to ` : ''}${figure(answer.value, measure.unit)}`,
  );
  return { ...draft(found, [], { narrative: note }), additions: [{ record: 'reading', values }] };
}
