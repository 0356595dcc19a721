// Decides what an owner's answer changes: who may answer, what is missing, which requests it closes.
import { actionDraft } from './actionAnswer';
import type { Draft, RuleFacts } from './answerDraft';
import { measureDraft, mitigationDraft, riskDraft } from './answerRules';
import type { Answer, AnswerDecision, AnswerIssue, PrivacyWarning } from './answers';
import { closingRequests } from './closing';
import { calendarOf } from './cycle';
import { cycleDeputyOf } from './cycleDeputies';
import { mayAnswerFor } from './mayAnswer';
import type { BoardSnapshot, Instant, Ref } from './model';
import type { BoardPolicy } from './policy';
import { checkText, privacyWords } from './privacy';

export type * from './answers';

/**
 * What an answer comes to: the changes to write, or what stops it, in words for the person.
 * Refuses: an unknown item (`ref`), a person who may not answer (`byRef`), inputs that do not fit, identifiers of a child.
 */
export function decideAnswer(input: {
  readonly snapshot: BoardSnapshot;
  readonly answer: Answer;
  readonly byRef: Ref;
  readonly at: Instant;
  readonly policy: BoardPolicy;
  readonly meetingRef?: Ref;
}): AnswerDecision {
  const { snapshot, answer, byRef, at, policy } = input;
  const calendar = calendarOf(policy);
  const subject = subjectOf(snapshot, answer, { snapshot, on: calendar.on(at), calendar });
  if (!subject) return refused('ref', `There is no ${answer.kind} ${answer.ref} on this board any more.`);
  const deputyRefs = [...subject.deputyRefs, ...cycleDeputyOf(snapshot, answer.ref, at)];
  if (!mayAnswerFor(snapshot, byRef, { ...subject, deputyRefs }))
    return refused('byRef', `Only the owner of ${answer.ref}, their deputy or the secretary may answer for it.`);
  const { draft } = subject;
  const privacy = checkTexts(draft);
  const issues = [...draft.issues, ...privacy.issues];
  if (issues.length > 0) return { kind: 'refused', issues };

  const answeredRefs = new Set([
    answer.ref,
    ...draft.changes.filter((one) => one.record === 'mitigation').map((one) => one.ref),
  ]);
  const { meetingRef, recordedAs, requests } = closingRequests({
    snapshot,
    policy,
    at,
    byRef,
    subjectRefs: answeredRefs,
    noChange: draft.noChange,
    ...(input.meetingRef === undefined ? {} : { meetingRef: input.meetingRef }),
  });
  return {
    kind: 'accepted',
    ref: answer.ref,
    subjectKind: answer.kind,
    title: subject.title,
    ...(subject.ownerRef === undefined ? {} : { ownerRef: subject.ownerRef }),
    changes: [...draft.changes, ...requests],
    additions: draft.additions,
    update: {
      subjectKind: answer.kind,
      subjectRef: answer.ref,
      byRef,
      ...(subject.ownerRef === undefined || subject.ownerRef === byRef ? {} : { forOwnerRef: subject.ownerRef }),
      at,
      before: draft.before,
      after: draft.after,
      ...(draft.narrative === undefined ? {} : { narrative: draft.narrative }),
      ...(draft.effect === undefined ? {} : { effect: draft.effect }),
      ...(draft.blocker === undefined ? {} : { blocker: draft.blocker }),
      ...(draft.evidenceLink === undefined ? {} : { evidenceLink: draft.evidenceLink }),
      noChange: draft.noChange,
    },
    ...(meetingRef === undefined ? {} : { meetingRef }),
    recordedAs,
    noChange: draft.noChange,
    changed: draft.changed,
    warnings: privacy.warnings,
  };
}

interface Subject {
  readonly title: string;
  readonly ownerRef?: Ref;
  /** Deputies of this item alone. */
  readonly deputyRefs: readonly Ref[];
  readonly draft: Draft;
}

function subjectOf(snapshot: BoardSnapshot, answer: Answer, facts: RuleFacts): Subject | undefined {
  switch (answer.kind) {
    case 'action': {
      const action = snapshot.actions.find((one) => one.ref === answer.ref);
      return (
        action && {
          ...owned(action.title, action),
          deputyRefs: action.deputyRefs,
          draft: actionDraft(action, answer, facts),
        }
      );
    }
    case 'risk': {
      const risk = snapshot.risks.find((one) => one.ref === answer.ref);
      return risk && { ...owned(risk.title, risk), draft: riskDraft(risk, answer, facts) };
    }
    case 'mitigation': {
      const mitigation = snapshot.mitigations.find((one) => one.ref === answer.ref);
      return mitigation && { ...owned(mitigation.text, mitigation), draft: mitigationDraft(mitigation, answer, facts) };
    }
    case 'measure': {
      const measure = snapshot.measures.find((one) => one.ref === answer.ref);
      return measure && { ...owned(measure.name, measure), draft: measureDraft(measure, answer, facts) };
    }
  }
}

function owned(title: string, record: { readonly ownerRef?: Ref }): Omit<Subject, 'draft'> {
  return { title, deputyRefs: [], ...(record.ownerRef === undefined ? {} : { ownerRef: record.ownerRef }) };
}

function refused(field: string, message: string): AnswerDecision {
  return { kind: 'refused', issues: [{ field, message }] };
}

/** What must not be saved, and what the writer confirms, in the texts of a form. */
/** What is wrong with words that nobody stops to reword (a line in a setting): a doubtful one is refused too. */
export function strictIssues(
  found: Pick<Draft, 'issues' | 'texts'>,
): readonly Pick<AnswerIssue, 'field' | 'message'>[] {
  const privacy = checkTexts(found);
  return [...found.issues, ...privacy.issues, ...privacy.warnings].map(({ field, message }) => ({ field, message }));
}

export function checkTexts(draft: Pick<Draft, 'texts'>): {
  readonly issues: readonly { readonly field: string; readonly message: string }[];
  readonly warnings: readonly PrivacyWarning[];
} {
  const hits = draft.texts.flatMap(({ field, text }) => checkText(text).map((hit) => ({ field, ...hit })));
  return {
    issues: hits
      .filter((one) => one.level === 'refused')
      .map(({ field, kind }) => ({
        field,
        message: `This seems to hold ${privacyWords[kind]}. The board must not hold data on a child: please take it out.`,
      })),
    warnings: hits
      .filter((one) => one.level === 'warning')
      .map(({ field, kind }) => ({
        field,
        kind,
        message: `This seems to hold ${privacyWords[kind]}, which may tell who a child or family is.`,
      })),
  };
}
