// The board's SharePoint lists and their columns, pure data: the one source for seeding, provisioning, parsing and writing.
// Column names are SharePoint internal names; `field` is the name in board/model.ts. No column X beside XId (Graph mixes them up).
// Longer than most: one table, which is looked up and compared as a whole.

/**
 * How a column is kept in SharePoint and read back:
 * `refs` and `words` are text with parts joined by "; "; `json` is a note holding JSON;
 * `date` is dateTime/dateOnly, `instant` dateTime/dateTime; `person` is a person column, read and written as its LookupId.
 */
export type ColumnType =
  'text' | 'note' | 'number' | 'boolean' | 'date' | 'instant' | 'choice' | 'person' | 'refs' | 'words' | 'json';

export interface ColumnSchema {
  readonly name: string;
  /** Dotted for a nested value: `current.likelihood`. */
  readonly field: string;
  readonly type: ColumnType;
  readonly required?: boolean;
  readonly indexed?: boolean;
  /** Enforced by SharePoint (needs the index). */
  readonly unique?: boolean;
  readonly choices?: readonly string[];
  /** Words in SharePoint -> value in the model, where they differ. */
  readonly description?: string;
}

export interface ListSchema {
  /** Title and name in the site. */
  readonly name: string;
  readonly record: string;
  readonly description: string;
  readonly columns: readonly ColumnSchema[];
}

export const libraryName = 'Board papers';
export const listSeparator = '; ';

function col(name: string, field: string, type: ColumnType, extra: Partial<ColumnSchema> = {}): ColumnSchema {
  return { name, field, type, ...extra };
}
const must = { required: true };
const mustIndexed = { required: true, indexed: true };
const evidenceKinds = ['family-voice', 'child-voice', 'audit', 'observation', 'data'];

const ref: ColumnSchema = col('Ref', 'ref', 'text', { required: true, indexed: true, unique: true });
const meetingRef: ColumnSchema = col('MeetingRef', 'meetingRef', 'text', mustIndexed);
const personRef: ColumnSchema = col('PersonRef', 'personRef', 'text', mustIndexed);
/** Every row we create carries the first, every item we patch the second. */
const operationColumns: readonly ColumnSchema[] = [
  col('OperationKey', 'operationKey', 'text', { indexed: true, unique: true }),
  col('LastOpId', 'lastOpId', 'text'),
];
const deliveryWords = ['not-started', 'on-track', 'at-risk', 'off-track', 'complete', 'embedded'];
const effectWords = ['too-early', 'no-evidence', 'some-evidence', 'clear-evidence'];
const subjectKinds = ['action', 'risk', 'mitigation', 'measure', 'decision'];
const boardRoles = [
  'chair',
  'secretary',
  'member',
  'owner',
  'deputy',
  'dfe-send-adviser',
  'nhse-adviser',
  'dfe-case-lead',
];

function list(name: string, record: string, description: string, columns: readonly ColumnSchema[]): ListSchema {
  return { name, record, description, columns: [...columns, ...operationColumns] };
}

const owner: readonly ColumnSchema[] = [
  col('Owner', 'ownerRef', 'person', { description: 'The one accountable person' }),
  col('OwnerRef', 'ownerRef', 'text', { description: 'The accountable person who has no account here' }),
];

export const lists: readonly ListSchema[] = [
  list('Areas', 'area', 'The areas of the notice', [
    ref,
    col('Title', 'title', 'text', must),
    col('Kind', 'kind', 'choice', { choices: ['priority', 'improvement'], required: true }),
    col('Aim', 'aim', 'note'),
    col('ShortLabel', 'shortLabel', 'text'),
    col('Clauses', 'clauses', 'words'),
    col('ResponsibleBodies', 'responsibleBodies', 'words'),
  ]),
  list('Bodies', 'body', 'Partner organisations', [
    { ...ref, field: 'name' },
    col('Title', 'title', 'text'),
    col('EscalationPerson', 'escalationPersonRef', 'text'),
    col('Volunteer', 'volunteer', 'boolean'),
    col('RequiredAtBoard', 'requiredAtBoard', 'boolean'),
    col('QuietDays', 'quietDays', 'json'),
  ]),
  list('People', 'person', 'People of the board, advisers included', [
    ref,
    col('Title', 'name', 'text', must),
    col('Role', 'role', 'text'),
    col('BoardRole', 'boardRole', 'choice', { choices: boardRoles, required: true }),
    col('Body', 'body', 'text', must),
    col('Email', 'email', 'text'),
    col('EntraObjectId', 'entraObjectId', 'text', { indexed: true }),
    col('External', 'external', 'boolean'),
    col('Volunteer', 'volunteer', 'boolean'),
    col('Deputies', 'deputyRefs', 'refs'),
    col('RequiredByNotice', 'requiredByNotice', 'boolean'),
    col('LeavesOn', 'leavesOn', 'date', { description: 'Their last day on the board' }),
  ]),
  list('Actions', 'action', 'The actions of the improvement plan', [
    ref,
    col('AreaRef', 'areaRef', 'text', mustIndexed),
    col('Title', 'title', 'text', must),
    col('Description', 'description', 'note'),
    ...owner,
    col('Deputies', 'deputyRefs', 'refs'),
    col('LeadBody', 'leadBody', 'text'),
    col('PartnerBodies', 'partnerBodies', 'words'),
    col('StartOn', 'startOn', 'date'),
    col('DueOn', 'dueOn', 'date', { indexed: true }),
    col('OriginalDueOn', 'originalDueOn', 'date'),
    col('ForecastOn', 'forecastOn', 'date'),
    col('DeliveryStatus', 'deliveryStatus', 'choice', { choices: deliveryWords, required: true, indexed: true }),
    col('PercentComplete', 'percentComplete', 'number'),
    col('EffectStatus', 'effectStatus', 'choice', { choices: effectWords, required: true }),
    col('SuccessMeasure', 'successMeasure', 'note'),
    col('MeasureRefs', 'measureRefs', 'refs'),
    col('RiskRefs', 'riskRefs', 'refs'),
    col('Clauses', 'clauses', 'words'),
    col('CompletedOn', 'completedOn', 'date'),
    col('Blocker', 'blocker.text', 'note'),
    col('WaitingOnBody', 'blocker.waitingOnBody', 'text'),
    col('WaitingAccepted', 'blocker.accepted', 'boolean', {
      description: 'The chair accepted that this waits for another body',
    }),
    col('AssignedBy', 'assignedByDecisionRef', 'text'),
  ]),
  list('Milestones', 'milestone', 'Dated steps of actions', [
    ref,
    col('ActionRef', 'actionRef', 'text', mustIndexed),
    col('Title', 'title', 'text', must),
    col('DueOn', 'dueOn', 'date', must),
    col('OriginalDueOn', 'originalDueOn', 'date', must),
    col('CompletedOn', 'completedOn', 'date'),
  ]),
  list('Risks', 'risk', 'The risk register: if (cause) then (event) so that (effect)', [
    ref,
    col('Title', 'title', 'text', must),
    col('Cause', 'cause', 'note'),
    col('Event', 'event', 'note'),
    col('Effect', 'effect', 'note'),
    ...owner,
    col('AreaRefs', 'areaRefs', 'refs'),
    col('ActionRefs', 'actionRefs', 'refs'),
    col('InherentLikelihood', 'inherent.likelihood', 'number', must),
    col('InherentImpact', 'inherent.impact', 'number', must),
    col('CurrentLikelihood', 'current.likelihood', 'number', must),
    col('CurrentImpact', 'current.impact', 'number', must),
    col('TargetLikelihood', 'target.likelihood', 'number', must),
    col('TargetImpact', 'target.impact', 'number', must),
    col('Response', 'response', 'text'),
    col('Status', 'status', 'choice', { choices: ['open', 'closed'], required: true }),
    col('Proximity', 'proximity', 'text'),
    col('LastReviewedOn', 'lastReviewedOn', 'date'),
    col('ReviewOn', 'reviewOn', 'date'),
  ]),
  list('Mitigations', 'mitigation', 'Steps that lower a risk', [
    ref,
    col('RiskRef', 'riskRef', 'text', mustIndexed),
    col('MitigationText', 'text', 'note', must),
    ...owner,
    col('DueOn', 'dueOn', 'date'),
    col('Status', 'status', 'choice', { choices: ['not-started', 'in-progress', 'complete'], required: true }),
    col('CompletedOn', 'completedOn', 'date'),
  ]),
  list('Measures', 'measure', 'What is counted', [
    ref,
    col('AreaRef', 'areaRef', 'text', mustIndexed),
    col('Title', 'name', 'text', must),
    col('Unit', 'unit', 'text'),
    col('LowerIsBetter', 'lowerIsBetter', 'boolean'),
    col('Definition', 'definition', 'note'),
    ...owner,
    col('Frequency', 'frequency', 'choice', { choices: ['monthly', 'quarterly'], required: true }),
    col('ReadingMonths', 'readingMonths', 'words'),
    col('BaselineOn', 'baseline.on', 'date'),
    col('Baseline', 'baseline.value', 'number'),
    col('TargetOn', 'target.on', 'date'),
    col('Target', 'target.value', 'number'),
    col('Tolerance', 'tolerance', 'number'),
    col('ReportingLagWorkingDays', 'reportingLagWorkingDays', 'number'),
    col('Trajectory', 'trajectory', 'json'),
    col('Computed', 'computed', 'boolean'),
  ]),
  list('Readings', 'reading', 'Values of measures; a revision is a row of its own', [
    col('MeasureRef', 'measureRef', 'text', mustIndexed),
    col('Period', 'period', 'text', must),
    col('Locality', 'locality', 'text'),
    col('ReadingValue', 'value', 'number', must),
    col('ReportedOn', 'reportedOn', 'date', must),
    col('Revises', 'revises', 'boolean'),
    col('Withdrawn', 'withdrawn', 'boolean', { description: 'Taken back by whoever reported it' }),
    col('Source', 'source', 'text'),
    col('Note', 'note', 'note'),
  ]),
  list('Evidence', 'evidence', 'What shows effect, or speaks against it', [
    ref,
    col('ActionRef', 'actionRef', 'text', { indexed: true }),
    col('AreaRef', 'areaRef', 'text'),
    col('Kind', 'kind', 'choice', { choices: evidenceKinds, required: true }),
    col('SourceBody', 'sourceBody', 'text'),
    col('EvidenceOn', 'on', 'date', must),
    col('Summary', 'summary', 'note', must),
    col('Strength', 'strength', 'text'),
    col('Contrary', 'contrary', 'boolean'),
    col('ResolvedOn', 'resolvedOn', 'date'),
    col('Link', 'link', 'text'),
    col('Heard', 'heard', 'note'),
    col('Did', 'did', 'note'),
    col('Difference', 'difference', 'note'),
  ]),
  list('CoProduction', 'coProduction', 'Work with parents, children and schools', [
    ref,
    col('HeldOn', 'on', 'date', must),
    col('WithWhom', 'with', 'text', must),
    col('ActionRefs', 'actionRefs', 'refs'),
    col('Did', 'did', 'note'),
    col('Changed', 'changed', 'note'),
  ]),
  list('Meetings', 'meeting', 'Board meetings and their deadlines', [
    ref,
    col('HeldOn', 'on', 'date', mustIndexed),
    col('StartsAt', 'startsAtTime', 'text', must),
    col('EndsAt', 'endsAtTime', 'text', must),
    col('Place', 'place', 'text'),
    col('State', 'state', 'choice', { choices: ['held', 'in-preparation', 'planned', 'cancelled'], required: true }),
    col('UpdateRequestOn', 'updateRequestOn', 'date'),
    col('FirstReminderOn', 'firstReminderOn', 'date'),
    col('OwnersDeadlineOn', 'ownersDeadlineOn', 'date'),
    col('PapersDeadlineOn', 'papersDeadlineOn', 'date'),
    col('MinutesDueOn', 'minutesDueOn', 'date'),
    col('PapersSentOn', 'papersSentOn', 'date'),
    col('MinutesFiledOn', 'minutesFiledOn', 'date'),
    col('MinutesLink', 'minutesLink', 'text'),
    col('MinutesState', 'minutesState', 'choice', { choices: ['draft', 'agreed'] }),
    col('Quorate', 'quorate', 'boolean'),
    col('Note', 'note', 'note'),
  ]),
  list('Attendance', 'attendance', 'Who was at, or is expected at, a meeting', [
    meetingRef,
    personRef,
    col('State', 'state', 'choice', {
      choices: ['present', 'deputy', 'apologies', 'absent', 'expected', 'declined', 'tentative', 'none'],
      required: true,
    }),
    col('DeputyRef', 'deputyRef', 'text'),
  ]),
  list('Requests', 'request', 'One thing asked of one person for one meeting', [
    meetingRef,
    col('SubjectKind', 'subjectKind', 'choice', { choices: subjectKinds, required: true }),
    col('SubjectRef', 'subjectRef', 'text', mustIndexed),
    col('OwnerRef', 'ownerRef', 'text', must),
    col('RequestedOn', 'requestedOn', 'date', must),
    col('DueOn', 'dueOn', 'date', must),
    col('State', 'state', 'choice', {
      choices: ['open', 'answered', 'late', 'unanswered', 'cancelled'],
      required: true,
    }),
    col('AnsweredOn', 'answeredOn', 'date'),
    col('AnsweredBy', 'answeredByRef', 'text'),
    col('Route', 'route', 'text'),
    col('Delivery', 'delivery', 'text'),
    col('NoChange', 'noChange', 'boolean'),
  ]),
  list('Updates', 'update', 'Append-only: one answer or change', [
    col('SubjectKind', 'subjectKind', 'choice', { choices: subjectKinds, required: true }),
    col('SubjectRef', 'subjectRef', 'text', mustIndexed),
    col('ByRef', 'byRef', 'text', must),
    col('ForOwner', 'forOwnerRef', 'text'),
    col('AnsweredAt', 'at', 'instant', mustIndexed),
    col('Route', 'route', 'text', must),
    col('Before', 'before', 'json'),
    col('After', 'after', 'json'),
    col('Narrative', 'narrative', 'note'),
    col('Effect', 'effect', 'note'),
    col('Blocker', 'blocker', 'note'),
    col('EvidenceLink', 'evidenceLink', 'text'),
    col('NoChange', 'noChange', 'boolean'),
    col('TakesBack', 'takesBack', 'text', { description: 'The OperationKey of the row that this one takes back' }),
  ]),
  list('DateChanges', 'dateChange', 'Requests to move a due date', [
    ref,
    col('SubjectRef', 'subjectRef', 'text', must),
    col('ActionRef', 'actionRef', 'text', mustIndexed),
    col('FromOn', 'fromOn', 'date', must),
    col('ToOn', 'toOn', 'date', must),
    col('Reason', 'reason', 'note', must),
    col('RequestedBy', 'requestedByRef', 'text', must),
    col('RequestedOn', 'requestedOn', 'date', must),
    col('Decision', 'decision', 'choice', { choices: ['pending', 'approved', 'refused'], required: true }),
    col('DecidedBy', 'decidedByRef', 'text'),
    col('DecidedOn', 'decidedOn', 'date'),
    col('DecisionReason', 'decisionReason', 'note', { description: 'Why it was refused' }),
    col('MeetingRef', 'meetingRef', 'text'),
    col('BeyondNoticeAim', 'beyondNoticeAim', 'boolean'),
  ]),
  list('Decisions', 'decision', 'Decisions and actions arising', [
    ref,
    meetingRef,
    col('SubjectRef', 'subjectRef', 'text'),
    col('DecisionText', 'text', 'note', must),
    ...owner,
    col('DueOn', 'dueOn', 'date'),
    col('State', 'state', 'choice', { choices: ['open', 'done'], required: true }),
    col('CompletedOn', 'completedOn', 'date'),
  ]),
  list('Invitations', 'invitation', 'One invited person of one meeting', [
    meetingRef,
    personRef,
    col('SentOn', 'sentOn', 'date'),
    col('Delivery', 'delivery', 'choice', { choices: ['delivered', 'failed', 'unknown', 'not-sent'], required: true }),
    col('Response', 'response', 'choice', { choices: ['accepted', 'tentative', 'declined', 'none'], required: true }),
    col('Route', 'route', 'text'),
    col('Error', 'error', 'note'),
    col('SentAt', 'sentAt', 'instant'),
    col('SentTo', 'sentTo', 'text', { description: 'The address it went to' }),
    col('MeetingTime', 'meetingTime', 'text', { description: 'The date and time it was for' }),
    col('WithdrawnOn', 'withdrawnOn', 'date', { description: 'From then on it does not stand' }),
  ]),
  list('Dispatches', 'dispatch', 'Papers sent', [
    meetingRef,
    personRef,
    col('Paper', 'paper', 'text', must),
    col('SentAt', 'sentAt', 'instant', must),
    col('Route', 'route', 'text'),
    col('Delivery', 'delivery', 'text'),
  ]),
  list('AdviserNotes', 'adviserNote', 'Questions and concerns of advisers', [
    ref,
    col('AdviserRef', 'adviserRef', 'text', must),
    meetingRef,
    col('NotedOn', 'on', 'date', must),
    col('Kind', 'kind', 'text'),
    col('NoteText', 'text', 'note', must),
    col('AnsweredBy', 'answeredByRef', 'text'),
    col('AnsweredOn', 'answeredOn', 'date'),
    col('Answer', 'answer', 'note'),
  ]),
  list('Reviews', 'review', 'Stocktakes, deep dives and diagnostics', [
    ref,
    col('Kind', 'kind', 'text', must),
    col('HeldOn', 'on', 'date', must),
    col('SelfAssessmentDueOn', 'selfAssessmentDueOn', 'date'),
    col('SentOn', 'sentOn', 'date'),
    col('SignedOffBy', 'signedOffByRef', 'text'),
    col('Focus', 'focus', 'words'),
    col('Party', 'party', 'text'),
    col('State', 'state', 'choice', { choices: ['held', 'planned', 'cancelled'], required: true }),
  ]),
  list('ActionImpactLog', 'loggedRow', 'One row of one frozen log', [
    meetingRef,
    col('Kind', 'kind', 'choice', { choices: ['for the meeting', 'after the meeting'], required: true }),
    col('FrozenOn', 'frozenOn', 'date', must),
    col('LogHash', 'logHash', 'text', must),
    col('SubjectKind', 'subjectKind', 'choice', { choices: [...subjectKinds, 'area', 'headline'], required: true }),
    col('SubjectRef', 'subjectRef', 'text', mustIndexed),
    col('ClaimedDelivery', 'claimedDelivery', 'choice', { choices: deliveryWords }),
    col('ComputedDelivery', 'computedDelivery', 'choice', { choices: deliveryWords }),
    col('ClaimedEffect', 'claimedEffect', 'choice', { choices: effectWords }),
    col('ComputedEffect', 'computedEffect', 'choice', { choices: effectWords }),
    col('MilestonesDone', 'milestonesDone', 'number'),
    col('MilestonesTotal', 'milestonesTotal', 'number'),
    col('PercentComplete', 'percentComplete', 'number'),
    col('DueOn', 'dueOn', 'date'),
    col('ForecastOn', 'forecastOn', 'date'),
    col('Slow', 'slow', 'boolean'),
    col('Likelihood', 'likelihood', 'number'),
    col('Impact', 'impact', 'number'),
    col('Asked', 'asked', 'note'),
  ]),
  list('Settings', 'setting', 'The facts, policy and binding of the board', [
    col('Key', 'key', 'text', { required: true, indexed: true, unique: true }),
    col('Json', 'json', 'note'),
  ]),
];

/** The schema of a record kind (`action` -> Actions); undefined when no list keeps it. */
export function listOf(record: string): ListSchema | undefined {
  return lists.find((one) => one.record === record);
}
