// What changed since the last meeting: this judgement beside the last frozen log, and what was recorded in between.
import { keptByJudgement } from '../board/keptByJudgement';
import { latestLog } from '../board/loggedRows';
import type { CivilDate, LoggedRow, Ref } from '../board/model';
import { deliveryRank } from '../board/terms';
import { deliveryWords, small } from '../board/wording';
import { counted, type BoardContext } from './viewContext';

export interface ShownChange {
  readonly ref: Ref;
  readonly title: string;
  readonly text: string;
  readonly direction: 'better' | 'worse' | 'neutral';
  readonly to: string | undefined;
}

interface Part {
  readonly ref: Ref;
  readonly text: string;
  readonly direction: ShownChange['direction'];
}

interface Changes {
  readonly sinceWords: string;
  readonly rows: readonly ShownChange[];
  readonly none: string | undefined;
}

export const viewChanges = keptByJudgement((context: BoardContext): Changes => {
  const { calendar, previousMeeting } = context;
  const rows = lastLogRows(context);
  const sinceWords = previousMeeting
    ? `Since the meeting on ${calendar.longDate(previousMeeting.on)}`
    : 'Since the plan began';
  const parts = [
    ...actionParts(context, rows),
    ...riskParts(context),
    ...evidenceParts(context, previousMeeting?.on),
    ...dateParts(context, previousMeeting?.on),
  ];
  const changes = inOneRow(context, parts);
  return {
    sinceWords,
    rows: changes,
    none: changes.length > 0 ? undefined : 'Nothing was recorded as changed since then.',
  };
});

/** The actions' rows of the log frozen last. */
function lastLogRows({ snapshot }: BoardContext): ReadonlyMap<Ref, LoggedRow> {
  const log = latestLog(snapshot.loggedRows, (one) => one.actions.length > 0);
  return new Map(log?.actions.map((one) => [one.subjectRef, one]));
}

function actionParts(context: BoardContext, logged: ReadonlyMap<Ref, LoggedRow>): readonly Part[] {
  const parts: Part[] = [];
  for (const one of context.assessment.actions) {
    const before = logged.get(one.ref);
    if (!before) continue;
    if (before.claimedDelivery !== undefined && before.claimedDelivery !== one.claimedDelivery) {
      const moved = deliveryRank[one.claimedDelivery] - deliveryRank[before.claimedDelivery];
      parts.push({
        ref: one.ref,
        text: `The owner says ${small(deliveryWords[one.claimedDelivery])}, before ${small(deliveryWords[before.claimedDelivery])}.`,
        direction: moved > 0 ? 'better' : moved < 0 ? 'worse' : 'neutral',
      });
    }
    const more = one.progress.milestonesDone - (before.milestonesDone ?? one.progress.milestonesDone);
    if (more > 0)
      parts.push({
        ref: one.ref,
        text: `${counted(more, 'milestone')} more completed, ${one.progress.milestonesDone} of ${one.progress.milestonesTotal} now.`,
        direction: 'better',
      });
    if (one.backOnTrack) parts.push({ ref: one.ref, text: 'Back on track: no longer slow.', direction: 'better' });
    if (one.slow && one.slowMeetings === 1 && before.slow === false)
      parts.push({
        ref: one.ref,
        text: `Newly slow. ${one.slowReasons[0]?.text ?? ''}`.trim(),
        direction: 'worse',
      });
  }
  return parts;
}

function riskParts(context: BoardContext): readonly Part[] {
  return context.assessment.risks.flatMap((one): Part[] => {
    if (one.movement === undefined || one.movement === 0) return [];
    const text = `Risk score ${one.movement > 0 ? 'up' : 'down'} from ${one.score - one.movement} to ${one.score}.`;
    return [{ ref: one.ref, text, direction: one.movement > 0 ? 'worse' : 'better' }];
  });
}

function evidenceParts(context: BoardContext, sinceOn: CivilDate | undefined): readonly Part[] {
  if (sinceOn === undefined) return [];
  return context.snapshot.evidence
    .filter((one) => one.on > sinceOn && one.on <= context.assessment.on)
    .flatMap((one): Part[] => {
      const ref = one.actionRef ?? one.areaRef;
      if (ref === undefined) return [];
      return one.contrary
        ? [{ ref, text: `Evidence against effect: ${one.summary}`, direction: 'worse' }]
        : [{ ref, text: `New evidence: ${one.summary}`, direction: 'better' }];
    });
}

function dateParts(context: BoardContext, sinceOn: CivilDate | undefined): readonly Part[] {
  return context.snapshot.dateChanges
    .filter((one) => sinceOn !== undefined && one.decidedOn !== undefined && one.decidedOn > sinceOn)
    .map((one) => ({
      ref: one.actionRef,
      text: `Date change to ${context.calendar.longDate(one.toOn)} ${one.decision}.`,
      direction: 'neutral',
    }));
}

/** One row a subject, worse before better; within these by reference. */
function inOneRow(context: BoardContext, parts: readonly Part[]): readonly ShownChange[] {
  const known = new Map<Ref, Part>();
  for (const part of parts) {
    const before = known.get(part.ref);
    known.set(part.ref, before ? merged(before, part) : part);
  }
  const rows = [...known.values()]
    .sort((a, b) => (a.ref < b.ref ? -1 : 1))
    .map((one) => ({ ...one, ...subject(context, one.ref) }));
  const of = (direction: Part['direction']) => rows.filter((one) => one.direction === direction);
  return [...of('worse'), ...of('better'), ...of('neutral')];
}

function merged(one: Part, other: Part): Part {
  const directions = [one.direction, other.direction];
  const direction = directions.includes('worse') ? 'worse' : directions.includes('better') ? 'better' : 'neutral';
  return { ref: one.ref, text: `${one.text} ${other.text}`, direction };
}

function subject(context: BoardContext, ref: Ref): { title: string; to: string | undefined } {
  const action = context.assessedByRef.get(ref);
  if (action) return { title: action.title, to: `/tab/actions/${ref}` };
  const risk = context.assessment.risks.find((one) => one.ref === ref);
  if (risk) return { title: risk.title, to: `/tab/risks#${ref}` };
  return { title: context.areasByRef.get(ref)?.title ?? ref, to: `/tab/actions?area=${ref}` };
}
