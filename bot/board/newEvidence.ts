// Evidence that somebody adds to an action, for or against its effect: what it needs and the row it becomes.
import { collect, isCivilDate, lineLimits, textLimits, tidy } from './answerDraft';
import type { AnswerIssue, NewUpdate, PrivacyWarning } from './answers';
import { calendarOf } from './cycle';
import { cycleDeputyOf } from './cycleDeputies';
import { mayAnswerFor } from './mayAnswer';
import type { Action, BoardSnapshot, Evidence, EvidenceKind, Instant, Ref } from './model';
import type { BoardPolicy } from './policy';
import { evidenceKinds } from './terms';
import { checkTexts } from './update';

export interface EvidenceGiven {
  readonly actionRef: Ref;
  readonly kind: string;
  readonly on: string;
  /** The body whose evidence it is; the writer's own when empty. */
  readonly sourceBody?: string;
  /** What was heard or seen; the log quotes it. */
  readonly heard: string;
  readonly did?: string;
  readonly difference?: string;
  readonly link?: string;
  /** It speaks against effect: it got worse, or nothing changed. */
  readonly contrary: boolean;
}

export type EvidenceDecision =
  | {
      readonly kind: 'accepted';
      readonly action: Action;
      readonly row: Omit<Evidence, 'stamp'>;
      readonly update: NewUpdate;
      readonly warnings: readonly PrivacyWarning[];
    }
  | { readonly kind: 'refused'; readonly issues: readonly AnswerIssue[] };

/** What adding it comes to. Refuses by input; `byRef` when the person may not, `ref` when there is no such action. */
export function decideEvidence(input: {
  readonly snapshot: BoardSnapshot;
  readonly given: EvidenceGiven;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly policy: BoardPolicy;
}): EvidenceDecision {
  const { snapshot, given, byRef, at, policy } = input;
  const action = snapshot.actions.find((one) => one.ref === given.actionRef);
  if (!action) return refused('ref', `There is no action ${given.actionRef} on this board any more.`);
  const deputyRefs = [...action.deputyRefs, ...cycleDeputyOf(snapshot, action.ref, at)];
  if (!mayAnswerFor(snapshot, byRef, { ...action, deputyRefs }))
    return refused('byRef', `Only the owner of ${action.ref}, their deputy or the secretary may add evidence to it.`);
  const calendar = calendarOf(policy);
  const found = collect();
  const kind = evidenceKinds.find((one) => one === given.kind);
  if (!kind) found.refuse('kind', 'Please choose what kind of evidence it is.');
  const todayOn = calendar.on(at);
  if (!isCivilDate(given.on)) found.refuse('on', 'Please choose the day on which it was heard or seen.');
  else if (given.on > todayOn) found.refuse('on', `It cannot be later than today, ${calendar.longDate(todayOn)}.`);
  const heard = found.text('heard', given.heard, { min: 10, max: 1000 });
  if (heard === undefined) found.refuse('heard', 'Please write what was heard or seen, in 10 to 1,000 characters.');
  const did = found.text('did', given.did, textLimits);
  const difference = found.text('difference', given.difference, textLimits);
  const link = tidy(given.link);
  if (link !== undefined && (link.length > 500 || !/^https:\/\/[^\s/]+\.[^\s]+$/iu.test(link)))
    found.refuse('link', 'Please give the full address, starting with https://.');
  const sourceBody = bodyOf(snapshot, found.text('sourceBody', given.sourceBody, lineLimits), byRef);
  if (sourceBody === undefined) found.refuse('sourceBody', 'Please choose a body of this board.');
  const privacy = checkTexts(found);
  const issues = [...found.issues, ...privacy.issues];
  if (issues.length > 0 || kind === undefined || heard === undefined || sourceBody === undefined)
    return { kind: 'refused', issues };
  const row: Omit<Evidence, 'stamp'> = {
    ref: nextRef(snapshot),
    actionRef: action.ref,
    areaRef: action.areaRef,
    kind,
    sourceBody,
    on: given.on,
    summary: heard,
    strength: 'as reported',
    contrary: given.contrary,
    heard,
    ...(did === undefined ? {} : { did }),
    ...(difference === undefined ? {} : { difference }),
    ...(link === undefined ? {} : { link }),
  };
  return { kind: 'accepted', action, row, update: historyOf(row, action, byRef, at), warnings: privacy.warnings };
}

/** The history names the row; what it says stands in the row alone. */
function historyOf(row: Omit<Evidence, 'stamp'>, action: Action, byRef: Ref, at: Instant): NewUpdate {
  const field = `evidence.${row.ref}`;
  const after: EvidenceKind | `${EvidenceKind}, against` = row.contrary ? `${row.kind}, against` : row.kind;
  return {
    subjectKind: 'action',
    subjectRef: action.ref,
    byRef,
    ...(action.ownerRef === undefined || action.ownerRef === byRef ? {} : { forOwnerRef: action.ownerRef }),
    at,
    before: { [field]: null },
    after: { [field]: after },
    noChange: false,
  };
}

function bodyOf(snapshot: BoardSnapshot, named: string | undefined, byRef: Ref): string | undefined {
  const own = snapshot.people.find((one) => one.ref === byRef)?.body;
  if (named === undefined || named === own) return own;
  return snapshot.bodies.find((one) => one.name === named)?.name;
}

/** `E31`: the next of those that are so called. */
function nextRef(snapshot: BoardSnapshot): Ref {
  const numbers = snapshot.evidence.map((one) => Number(/^E(\d+)$/u.exec(one.ref)?.[1] ?? 0));
  return `E${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`;
}

function refused(field: string, message: string): EvidenceDecision {
  return { kind: 'refused', issues: [{ field, message }] };
}
