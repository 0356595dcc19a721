// A new action or risk in the secretary's words: what has to be there, the next free ref, what the findings will say of it.
import { collect, lineLimits, textLimits, type Collected } from './answerDraft';
import type { AnswerIssue, NewUpdate } from './answers';
import { calendarOf } from './cycle';
import { secretaryOnly } from './manageHandOver';
import type { ManagedAccepted, ManagedDecision } from './manageDecision';
import { whyNotOwner } from './manageOwned';
import { isSecretary } from './mayAnswer';
import type { BoardSnapshot, ChangedFields, CivilDate, Instant, Ref, RiskScore } from './model';
import { knownRecords, nextRef } from './planRefs';
import type { BoardPolicy } from './policy';
import { addedWord } from './siteEdits';
import { checkTexts } from './update';
import { dayWords, listed } from './wording';

export interface NewAction {
  readonly kind: 'action';
  readonly areaRef: Ref;
  readonly title: string;
  readonly description?: string;
  readonly ownerRef?: Ref;
  readonly leadBody?: string;
  readonly partnerBodies?: readonly string[];
  readonly startOn?: CivilDate;
  readonly dueOn?: CivilDate;
  readonly measureRefs?: readonly Ref[];
  readonly successMeasure?: string;
}

export interface NewRisk {
  readonly kind: 'risk';
  readonly title: string;
  readonly cause?: string;
  readonly event?: string;
  readonly effect?: string;
  readonly ownerRef?: Ref;
  readonly areaRefs?: readonly Ref[];
  /** As it is now; a new risk has not been lowered yet, so it is the inherent score too. */
  readonly current: RiskScore;
  readonly target: RiskScore;
  readonly reviewOn?: CivilDate;
}

export type NewItem = NewAction | NewRisk;

interface NewItemInput {
  readonly snapshot: BoardSnapshot;
  readonly policy: BoardPolicy;
  readonly at: Instant;
  readonly byRef: Ref;
  readonly item: NewItem;
}

/** The ref that the next action of an area, or the next risk, gets. */
export function nextItemRef(
  snapshot: BoardSnapshot,
  item: { readonly kind: 'action' | 'risk'; readonly areaRef?: Ref },
): Ref {
  const known = [...knownRecords(snapshot)].flatMap(([kind, records]) => (kind === item.kind ? records : []));
  return nextRef(item.kind, known, item.areaRef);
}

/** What adding it comes to. Refuses (`byRef`) anybody but the secretary, and by input what is missing or does not fit. */
export function decideNewItem(input: NewItemInput): ManagedDecision {
  const { snapshot, item, byRef } = input;
  if (!isSecretary(snapshot, byRef)) return { kind: 'refused', issues: [{ field: 'byRef', message: secretaryOnly }] };
  const found = collect();
  const title = found.text('title', item.title, titleLimits);
  if (title === undefined) found.refuse('title', 'Please write a title.');
  const on = calendarOf(input.policy).on(input.at);
  const why = item.ownerRef === undefined ? undefined : whyNotOwner(snapshot, item.ownerRef, on);
  if (why !== undefined) found.refuse('ownerRef', why);
  const draft = item.kind === 'action' ? actionValues(item, found, snapshot) : riskValues(item, found, snapshot);
  const privacy = checkTexts(found);
  const issues: readonly AnswerIssue[] = [...found.issues, ...privacy.issues];
  if (title === undefined || issues.length > 0) return { kind: 'refused', issues };
  const ref = nextItemRef(snapshot, item);
  return accepted(input, { ref, title, ...draft }, privacy.warnings);
}

const titleLimits = { min: 3, max: 200 };

interface ItemDraft {
  readonly values: Readonly<Record<string, unknown>>;
  /** What the history keeps of it, beside the title and the owner. */
  readonly kept: ChangedFields;
  readonly findings: readonly string[];
}

function actionValues(item: NewAction, found: Collected, snapshot: BoardSnapshot): ItemDraft {
  if (!snapshot.areas.some((one) => one.ref === item.areaRef)) found.refuse('areaRef', 'Choose an area of the notice.');
  const description = found.text('description', item.description, textLimits);
  const successMeasure = found.text('successMeasure', item.successMeasure, lineLimits);
  const bodies = new Set(snapshot.bodies.map((one) => one.name));
  if (item.leadBody !== undefined && !bodies.has(item.leadBody)) found.refuse('leadBody', bodyOfList);
  const partners = item.partnerBodies ?? [];
  if (partners.some((one) => !bodies.has(one))) found.refuse('partnerBodies', bodyOfList);
  if (partners.some((one) => one === item.leadBody))
    found.refuse('partnerBodies', 'The partner is another body than the one that leads.');
  const measures = item.measureRefs ?? [];
  if (measures.some((ref) => !snapshot.measures.some((one) => one.ref === ref)))
    found.refuse('measureRefs', 'Choose measures of the list.');
  if (item.startOn !== undefined && item.dueOn !== undefined && item.dueOn < item.startOn)
    found.refuse('dueOn', 'The due date lies before the start.');
  return {
    values: {
      areaRef: item.areaRef,
      description: description ?? null,
      deputyRefs: [],
      leadBody: item.leadBody ?? null,
      partnerBodies: partners,
      startOn: item.startOn ?? null,
      dueOn: item.dueOn ?? null,
      originalDueOn: item.dueOn ?? null,
      deliveryStatus: 'not-started',
      effectStatus: 'too-early',
      successMeasure: successMeasure ?? null,
      measureRefs: measures,
      riskRefs: [],
      clauses: [],
    },
    kept: item.dueOn === undefined ? {} : { dueOn: item.dueOn },
    findings: missingWords([
      [item.ownerRef === undefined, 'no owner'],
      [item.dueOn === undefined, 'no due date'],
      [measures.length === 0, 'no linked measure'],
      [partners.length === 0, 'no partner body'],
    ]),
  };
}

const bodyOfList = 'Choose a body of the list Bodies.';

function riskValues(item: NewRisk, found: Collected, snapshot: BoardSnapshot): ItemDraft {
  const cause = found.text('cause', item.cause, textLimits);
  const event = found.text('event', item.event, textLimits);
  const effect = found.text('effect', item.effect, textLimits);
  const areaRefs = item.areaRefs ?? [];
  if (areaRefs.some((ref) => !snapshot.areas.some((one) => one.ref === ref)))
    found.refuse('areaRefs', 'Choose areas of the notice.');
  for (const [name, value] of [
    ['likelihood', item.current.likelihood],
    ['impact', item.current.impact],
    ['targetLikelihood', item.target.likelihood],
    ['targetImpact', item.target.impact],
  ] as const)
    if (!Number.isInteger(value) || value < 1 || value > 5) found.refuse(name, 'Choose a number from 1 to 5.');
  const score = { likelihood: item.current.likelihood, impact: item.current.impact };
  return {
    values: {
      cause: cause ?? null,
      event: event ?? null,
      effect: effect ?? null,
      areaRefs,
      actionRefs: [],
      'inherent.likelihood': score.likelihood,
      'inherent.impact': score.impact,
      'current.likelihood': score.likelihood,
      'current.impact': score.impact,
      'target.likelihood': item.target.likelihood,
      'target.impact': item.target.impact,
      response: 'treat',
      status: 'open',
      reviewOn: item.reviewOn ?? null,
    },
    kept: {
      score: score.likelihood * score.impact,
      ...(item.reviewOn === undefined ? {} : { reviewOn: item.reviewOn }),
    },
    findings: missingWords([
      [item.ownerRef === undefined, 'no owner'],
      [item.reviewOn === undefined, 'no review date'],
    ]),
  };
}

function missingWords(parts: readonly (readonly [boolean, string])[]): readonly string[] {
  const missing = parts.filter(([is]) => is).map(([, words]) => words);
  return missing.length === 0 ? [] : [`It has ${listed(missing)} yet.`];
}

function accepted(
  input: NewItemInput,
  draft: ItemDraft & { readonly ref: Ref; readonly title: string },
  warnings: ManagedAccepted['warnings'],
): ManagedDecision {
  const { item, byRef, at, snapshot } = input;
  const { ref, title } = draft;
  const owner = snapshot.people.find((one) => one.ref === item.ownerRef);
  const ownerRef = item.ownerRef ?? null;
  const update: NewUpdate = {
    subjectKind: item.kind,
    subjectRef: ref,
    byRef,
    at,
    before: {},
    after: { row: addedWord, title, ownerRef, ...draft.kept },
    noChange: false,
  };
  const due = item.kind === 'action' ? item.dueOn : item.reviewOn;
  const by =
    due === undefined
      ? ''
      : item.kind === 'action'
        ? `, due by ${dayWords(due)}`
        : `, to be reviewed by ${dayWords(due)}`;
  return {
    kind: 'accepted',
    subjectRef: ref,
    changes: [],
    additions: [{ record: item.kind, values: { ref, title, ownerRef, ...draft.values } }],
    updates: [update],
    notices: owner && owner.ref !== byRef ? [{ personRef: owner.ref, subjectRefs: [ref] }] : [],
    words: [`${ref} ${title} is on the plan${owner ? `, owned by ${owner.name}` : ''}${by}.`],
    findings: draft.findings,
    warnings,
  };
}
