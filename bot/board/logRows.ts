// The rows of the log: one action or risk each, with what changed since the log compared with and what the board is asked.
import type { ActionAssessment, RiskAssessment } from './assessment';
import { handOverWords } from './handOvers';
import { ownerChange, rowChanges, type OwnerNow } from './logChanges';
import { createActionIndex, handOverLines, type ActionIndex } from './logIndex';
import { logEvidence, present, type LogFacts } from './logFacts';
import { notRecorded, type Ask, type CompiledRisk, type CompiledRow, type LogRow } from './logShape';
import type { Action, Ref } from './model';
import { count, deliveryWords, small } from './wording';

/** What a row says that is as it was in the log compared with. */
export const nothingChanged = 'Nothing changed.';

/** Every action, in order of area, then ref. */
export function actionRows(facts: LogFacts): readonly CompiledRow[] {
  const index = createActionIndex(facts);
  const actions = new Map(facts.snapshot.actions.map((one) => [one.ref, one]));
  const areas = new Map(facts.snapshot.areas.map((one, place) => [one.ref, place]));
  const place = (ref: Ref): number => areas.get(ref) ?? areas.size;
  return [...facts.assessment.actions]
    .sort((a, b) => place(a.areaRef) - place(b.areaRef) || (a.ref < b.ref ? -1 : 1))
    .flatMap((judged) => {
      const action = actions.get(judged.ref);
      return action ? [actionRow(action, judged, index, facts)] : [];
    });
}

function actionRow(action: Action, judged: ActionAssessment, index: ActionIndex, facts: LogFacts): CompiledRow {
  const before = index.before.get(action.ref);
  const ask = askOf(action, judged, index, facts);
  const update = index.lastUpdate.get(action.ref);
  const now = {
    ref: action.ref,
    claimedDelivery: judged.claimedDelivery,
    computedDelivery: judged.computedDelivery,
    claimedEffect: judged.claimedEffect,
    computedEffect: judged.computedEffect,
    percent: action.percentComplete ?? judged.progress.percent,
    milestonesDone: judged.progress.milestonesDone,
    milestonesTotal: judged.progress.milestonesTotal,
    dueOn: action.dueOn ?? null,
    forecastOn: action.forecastOn ?? null,
    slow: judged.slow,
    asked: ask.text,
  };
  const owner = facts.nameOf(action.ownerRef);
  const evidence = (index.evidence.get(action.ref) ?? []).filter((one) => facts.isNew(one.on));
  return {
    ...now,
    detail: {
      title: action.title,
      areaRef: action.areaRef,
      ...present('ownerRef', action.ownerRef),
      owner,
      ...present('leadBody', action.leadBody),
      partnerBodies: action.partnerBodies,
      ...present('originalDueOn', action.originalDueOn),
      dateMoves: judged.dateMoves,
      dateMovedCalendarDays: judged.dateMovedCalendarDays,
      ...present('disagreement', disagreement(judged)),
      ...present('reply', index.reply.get(action.ref)),
      then: {
        percent: before?.percent ?? notRecorded,
        milestonesDone: before?.milestonesDone ?? notRecorded,
        milestonesTotal: before?.milestonesTotal ?? notRecorded,
      },
      changed: changedWords(before, now, { owner, ...present('ownerRef', action.ownerRef) }, index, facts),
      ...present('effectText', index.effect.get(action.ref)),
      evidenceFor: evidence.filter((one) => !one.contrary).map(logEvidence),
      evidenceAgainst: evidence.filter((one) => one.contrary).map(logEvidence),
      slowReasons: judged.slowReasons.map((one) => one.text),
      slowMeetings: judged.slowMeetings,
      ...present('slowRunning', running(judged)),
      ask: ask.kind,
      askedLastTime: before?.asked ?? notRecorded,
      saidLastTime: index.said.get(action.ref) ?? [],
      ...present('blocker', action.blocker),
      riskRefs: index.risks.get(action.ref) ?? action.riskRefs,
      decisionRefs: index.decisions.get(action.ref) ?? [],
      answered: judged.answered,
      ...(update
        ? {
            lastUpdate: {
              on: facts.calendar.on(update.at),
              by: facts.nameOf(update.byRef),
              ...present('narrative', update.narrative),
            },
          }
        : {}),
    },
  };
}

function disagreement(judged: ActionAssessment): string | undefined {
  if (judged.deliveryClaim === 'same') return undefined;
  const claimed = small(deliveryWords[judged.claimedDelivery]);
  const computed = small(deliveryWords[judged.computedDelivery]);
  if (judged.deliveryClaim === 'worse')
    return `The owner says ${claimed}, which is more cautious than the dates (${computed}).`;
  const why = small(judged.deliveryReasons[0]?.text ?? `${computed}.`);
  return `The owner says ${claimed}; the record says ${why.startsWith(computed) ? why : `${computed}: ${why}`}`;
}

const ordinals = ['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** "third meeting running" from the second time on. */
export function running(judged: ActionAssessment): string | undefined {
  if (!judged.slow || judged.slowMeetings < 2) return undefined;
  const ordinal = ordinals[judged.slowMeetings - 2];
  return ordinal === undefined ? `${judged.slowMeetings} meetings running` : `${ordinal} meeting running`;
}

/** What changed since the log compared with, hand-overs with their day; a field that log did not record says nothing. */
function changedWords(
  before: LogRow | undefined,
  now: Parameters<typeof rowChanges>[1] & { readonly ref: Ref },
  owned: OwnerNow,
  { handOvers }: ActionIndex,
  facts: LogFacts,
): readonly string[] {
  const { calendar, nameOf, previous } = facts;
  if (!previous) return ['There is no earlier log to compare with.'];
  const handed = (handOvers.get(now.ref) ?? []).map((one) => handOverWords(one, nameOf, calendar));
  if (!before) return ['New since the last log.', ...handed];
  // Where no row of the history says when, the two logs still say whose it was and is.
  const owner = handed.length === 0 ? ownerChange(before, owned) : undefined;
  const changes = [...rowChanges(before, now, calendar.longDate), ...(owner ? [owner] : [])];
  const words = [...changes.map((one) => one.text), ...handed];
  return words.length === 0 ? [nothingChanged] : words;
}

/** Decide before help before accept before note: the board's time goes to what only it can do. */
function askOf(
  action: Action,
  judged: ActionAssessment,
  index: ActionIndex,
  facts: LogFacts,
): { readonly kind: Ask; readonly text: string } {
  const { calendar } = facts;
  const pending = index.pending.get(action.ref);
  if (pending)
    return {
      kind: 'decide',
      text: `Decide whether the date of ${pending.subjectRef} moves from ${calendar.longDate(pending.fromOn)} to ${calendar.longDate(pending.toOn)}.`,
    };
  const waiting = action.blocker?.waitingOnBody;
  if (action.blocker && !judged.complete && !action.blocker.accepted)
    return {
      kind: 'help',
      text:
        waiting === undefined
          ? 'Help to remove what is in the way.'
          : `Help to remove what is in the way; it waits for ${waiting}.`,
    };
  if (judged.slow && !(action.blocker?.accepted ?? false))
    return { kind: 'help', text: 'Agree what brings it forward, and by when.' };
  if (judged.complete && judged.completedOn !== undefined && facts.isNew(judged.completedOn))
    return { kind: 'accept', text: 'Accept it as complete, or say what is still missing.' };
  if (judged.deliveryClaim === 'better' || judged.effectClaim === 'better')
    return { kind: 'accept', text: "Accept the owner's rating or the computed one." };
  if (action.blocker && !judged.complete)
    return {
      kind: 'note',
      text:
        waiting === undefined
          ? 'Note that it waits, as the chair accepted.'
          : `Note that it waits for ${waiting}, as the chair accepted.`,
    };
  return { kind: 'note', text: 'Note the progress.' };
}

/** Every open risk, in order of ref. */
export function riskRows(facts: LogFacts): readonly CompiledRisk[] {
  const before = new Map(facts.previous?.risks.map((one) => [one.ref, one]));
  const handed = handOverLines(facts);
  return facts.assessment.risks.map((judged) => {
    const then = before.get(judged.ref);
    const thenScore =
      then && then.likelihood !== notRecorded && then.impact !== notRecorded
        ? then.likelihood * then.impact
        : undefined;
    return {
      ref: judged.ref,
      likelihood: judged.likelihood,
      impact: judged.impact,
      detail: {
        title: judged.title,
        owner: facts.nameOf(judged.ownerRef),
        score: judged.score,
        band: judged.band,
        inherentScore: judged.inherentScore,
        targetScore: judged.targetScore,
        aboveTolerance: judged.aboveTolerance,
        movement: thenScore === undefined ? notRecorded : judged.score - thenScore,
        movementOverThree: judged.movementOverThree ?? notRecorded,
        mitigationsDone: judged.mitigationsDone,
        mitigationsTotal: judged.mitigationsTotal,
        overdueMitigationRefs: judged.overdueMitigationRefs,
        reasons: riskReasons(judged),
        ...present('handedOver', riskHandOvers(judged.ref, facts, handed)),
      },
    };
  });
}

/** Of the risk and of its mitigations, these with their ref; undefined where there was none. */
function riskHandOvers(
  ref: Ref,
  { snapshot }: LogFacts,
  handed: (ref: Ref) => readonly string[],
): readonly string[] | undefined {
  const steps = snapshot.mitigations.filter((one) => one.riskRef === ref);
  const lines = [...handed(ref), ...steps.flatMap((one) => handed(one.ref).map((text) => `${one.ref}: ${text}`))];
  return lines.length === 0 ? undefined : lines;
}

function riskReasons(judged: RiskAssessment): readonly string[] {
  const texts = judged.reasons.map((one) => one.text);
  if (texts.length > 0 || judged.mitigationsTotal === 0) return texts;
  return [`${judged.mitigationsDone} of ${count(judged.mitigationsTotal, 'mitigation')} done.`];
}
