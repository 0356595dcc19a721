// Turns a plan's meetings into rows: attendance, requests and their answers, date changes, invitations, reviews, frozen logs.
// Longer than most: one function a list.
import { createHash } from 'node:crypto';
import { localInstant } from './clock';
import { labelOf, nested, rowBy, textOf } from './seedPlan';
import type { Mapping, PlanReader, Raw, SeedRow } from './seedPlan';

type Rows = Readonly<Record<string, readonly SeedRow[]>>;

export function meetingRows(plan: Raw, reader: PlanReader): Rows {
  const meetings = reader.records(plan, 'meetings', 'Meeting');
  const requests = reader.records(plan, 'updateRequests', 'Request');
  return {
    meeting: meetings.map((raw, i) =>
      rowBy(meeting, labelOf('Meeting', raw, i), raw, `seed:meeting:${textOf(raw, 'id') ?? `number-${i + 1}`}`),
    ),
    attendance: meetings.flatMap((raw) => attendanceOf(raw, reader)),
    invitation: meetings.flatMap((raw) => invitationsOf(raw, reader)),
    request: requests.map((raw, i) => requestRow(raw, i, meetings)),
    update: updateRows(plan, requests, reader),
    dateChange: dateChangeRows(plan, reader),
    adviserNote: reader
      .records(plan, 'adviserNotes', 'Adviser note')
      .map((raw, i) =>
        rowBy(
          adviserNote,
          labelOf('Adviser note', raw, i),
          raw,
          `seed:adviserNote:${textOf(raw, 'id') ?? `number-${i + 1}`}`,
        ),
      ),
    review: reader
      .records(plan, 'reviews', 'Review')
      .map((raw, i) =>
        rowBy(review, labelOf('Review', raw, i), raw, `seed:review:${textOf(raw, 'id') ?? `number-${i + 1}`}`),
      ),
    dispatch: [],
    loggedRow: loggedRows(plan, meetings, reader),
  };
}

const meeting: Mapping = {
  ref: 'id',
  on: 'date',
  startsAtTime: 'start',
  endsAtTime: 'end',
  place: 'place',
  state: 'state',
  updateRequestOn: 'updateRequestsOpen',
  firstReminderOn: 'firstReminder',
  ownersDeadlineOn: 'ownerDeadline',
  papersDeadlineOn: 'paperDeadline',
  minutesDueOn: 'minutesDue',
  papersSentOn: 'papersSentOn',
  minutesFiledOn: 'minutesFiledOn',
  quorate: 'quorate',
  note: 'note',
};
const adviserNote: Mapping = {
  ref: 'id',
  adviserRef: 'adviserId',
  meetingRef: 'meetingId',
  on: 'on',
  kind: 'kind',
  text: 'text',
  answeredByRef: 'answeredByPersonId',
  answeredOn: 'answeredOn',
  answer: 'answer',
};
const review: Mapping = {
  ref: 'id',
  kind: 'kind',
  on: 'date',
  selfAssessmentDueOn: 'selfAssessmentDue',
  sentOn: 'selfAssessmentSentOn',
  focus: 'focus',
  party: 'party',
  state: 'state',
};
const request: Mapping = {
  meetingRef: 'meetingId',
  subjectKind: 'subjectKind',
  subjectRef: 'subjectId',
  ownerRef: 'ownerPersonId',
  requestedOn: 'requestedOn',
  dueOn: 'dueOn',
  state: 'state',
  answeredOn: 'answeredOn',
  answeredByRef: 'answeredByPersonId',
  route: 'route',
  noChange: 'noChange',
};

function attendanceOf(raw: Raw, reader: PlanReader): SeedRow[] {
  const meetingRef = textOf(raw, 'id');
  const mapping = { personRef: 'personId', state: 'attended', deputyRef: 'deputyPersonId' };
  const came = reader.records(raw, 'attendance', `Attendance of meeting ${meetingRef}`).map((one) => {
    const personId = textOf(one, 'personId');
    const label = `Attendance of ${personId} at meeting ${meetingRef}`;
    return rowBy(mapping, label, one, `seed:attendance:${meetingRef}:${personId}`, { meetingRef });
  });
  const expected = reader
    .records(raw, 'expectedAttendance', `Expected attendance of meeting ${meetingRef}`)
    .map((one) => {
      const personId = textOf(one, 'personId');
      const response = textOf(one, 'response');
      const label = `Expected attendance of ${personId} at meeting ${meetingRef}`;
      return rowBy({ personRef: 'personId' }, label, one, `seed:attendance:${meetingRef}:${personId}`, {
        meetingRef,
        state: response === 'accepted' ? 'expected' : response,
      });
    });
  return [...came, ...expected];
}

/** A failed invitation that was sent again is two rows: the failure stays in the record. */
function invitationsOf(raw: Raw, reader: PlanReader): SeedRow[] {
  const meetingRef = textOf(raw, 'id');
  return reader.records(raw, 'adviserInvitations', `Invitation of meeting ${meetingRef}`).flatMap((one) => {
    const adviserId = textOf(one, 'adviserId');
    const label = `Invitation of ${adviserId} to meeting ${meetingRef}`;
    const key = `seed:invitation:${meetingRef}:${adviserId}`;
    const resent = textOf(one, 'resentOn');
    const sent = textOf(one, 'sentOn');
    const delivery = sent === undefined ? 'not-sent' : one['delivered'] === true ? 'delivered' : 'failed';
    const base = { meetingRef, route: 'e-mail' };
    const mapping = { personRef: 'adviserId', sentOn: 'sentOn', response: 'response', error: 'failure' };
    const first = rowBy(mapping, label, one, key, {
      ...base,
      delivery,
      ...(resent === undefined ? {} : { response: 'none' }),
    });
    if (resent === undefined) return [first];
    const again = rowBy(
      { personRef: 'adviserId', sentOn: 'resentOn', response: 'response' },
      label,
      one,
      `${key}:again`,
      {
        ...base,
        delivery: one['resentDelivered'] === true ? 'delivered' : 'failed',
      },
    );
    return [first, again];
  });
}

/** What was not answered for a meeting still in preparation is open, not unanswered. */
function requestRow(raw: Raw, i: number, meetings: readonly Raw[]): SeedRow {
  const its = meetings.find((one) => textOf(one, 'id') === textOf(raw, 'meetingId'));
  const waiting = textOf(raw, 'state') === 'unanswered' && its !== undefined && textOf(its, 'state') !== 'held';
  const key = `seed:request:${textOf(raw, 'id') ?? `number-${i + 1}`}`;
  return rowBy(request, labelOf('Request', raw, i), raw, key, waiting ? { state: 'open' } : {});
}

/** One update of each answered or late request, at noon, the newest of an action with the words of its latest update. */
function updateRows(plan: Raw, requests: readonly Raw[], reader: PlanReader): SeedRow[] {
  const answered = requests.filter((one) => ['answered', 'late'].includes(textOf(one, 'state') ?? ''));
  const newest = new Map<string, Raw>();
  for (const one of answered) {
    const subject = `${textOf(one, 'subjectKind')}:${textOf(one, 'subjectId')}`;
    const before = newest.get(subject);
    if (!before || (textOf(one, 'answeredOn') ?? '') >= (textOf(before, 'answeredOn') ?? '')) newest.set(subject, one);
  }
  const words = new Map(
    reader
      .records(plan, 'actions', 'Action')
      .map((one) => [textOf(one, 'id'), textOf(nested(one, 'latestUpdate'), 'text')]),
  );
  return answered.map((one, i) => {
    const id = textOf(one, 'id') ?? `number-${i + 1}`;
    const subjectKind = textOf(one, 'subjectKind');
    const subjectRef = textOf(one, 'subjectId');
    const by = textOf(one, 'answeredByPersonId');
    const owner = textOf(one, 'ownerPersonId');
    const isNewest = newest.get(`${subjectKind}:${subjectRef}`) === one;
    return rowBy(
      { byRef: 'answeredByPersonId', at: 'answeredOn', route: 'route', noChange: 'noChange' },
      `Answer to request ${id}`,
      one,
      `seed:update:${id}`,
      {
        subjectKind,
        subjectRef,
        ...(by === owner ? {} : { forOwnerRef: owner }),
        at: localInstant(textOf(one, 'answeredOn') ?? '', '12:00') ?? one['answeredOn'],
        before: {},
        after: {},
        ...(isNewest && subjectKind === 'action' ? { narrative: words.get(subjectRef) } : {}),
      },
    );
  });
}

/** Approved changes are numbered DC01, DC02 in the order of the file; pending requests bring their own reference. */
function dateChangeRows(plan: Raw, reader: PlanReader): SeedRow[] {
  const mapping = {
    fromOn: 'from',
    toOn: 'to',
    reason: 'reason',
    requestedByRef: 'requestedByPersonId',
    requestedOn: 'requestedOn',
    decision: 'decision',
    decidedByRef: 'approvedByPersonId',
    decidedOn: 'decidedOn',
    meetingRef: 'approvedAtMeetingId',
    beyondNoticeAim: 'beyondNoticeAim',
  };
  let count = 0;
  const decided = reader.records(plan, 'actions', 'Action').flatMap((action) =>
    reader.records(action, 'dateChanges', `Date change of action ${textOf(action, 'id')}`).map((one) => {
      count += 1;
      const ref = `DC${String(count).padStart(2, '0')}`;
      const actionRef = textOf(action, 'id');
      const label = `Date change ${ref} of action ${actionRef}`;
      const title = textOf(one, 'milestoneTitle');
      const milestones = reader.records(action, 'milestones', `Milestone of action ${actionRef}`);
      const at = milestones.findIndex((milestone) => textOf(milestone, 'title') === title);
      if (title !== undefined && at < 0)
        reader.report(
          label,
          'milestoneTitle',
          `${label} names a milestone "${title}" that the action does not have; it is counted for the action.`,
        );
      const subjectRef = title !== undefined && at >= 0 ? `${actionRef}-${at + 1}` : actionRef;
      return rowBy(mapping, label, one, `seed:dateChange:${ref}`, { ref, actionRef, subjectRef });
    }),
  );
  const pending = reader.records(plan, 'dateChangeRequests', 'Date change request').map((raw, i) =>
    rowBy(
      {
        ...mapping,
        ref: 'id',
        actionRef: 'actionId',
        subjectRef: 'actionId',
        decidedByRef: 'decidedByPersonId',
        meetingRef: 'meetingId',
      },
      labelOf('Date change request', raw, i),
      raw,
      `seed:dateChange:${textOf(raw, 'id') ?? `number-${i + 1}`}`,
    ),
  );
  return [...decided, ...pending];
}

/** Frozen logs and the history of risks, by meeting; each meeting's rows share the hash of what the file holds of its log. */
function loggedRows(plan: Raw, meetings: readonly Raw[], reader: PlanReader): SeedRow[] {
  const frozen = reader.records(plan, 'frozenLogs', 'Frozen log');
  const risks = reader.records(plan, 'risks', 'Risk');
  const kind = 'for the meeting';
  return meetings.flatMap((its) => {
    const meetingRef = textOf(its, 'id');
    const log = frozen.find((one) => textOf(one, 'meetingId') === meetingRef);
    const actions = log ? reader.records(log, 'rows', `Row of the log of ${meetingRef}`) : [];
    const history = risks.flatMap((risk) =>
      reader
        .records(risk, 'history', `History of risk ${textOf(risk, 'id')}`)
        .filter((one) => textOf(one, 'meetingId') === meetingRef)
        .map((one) => ({ ...one, riskId: textOf(risk, 'id') })),
    );
    if (actions.length + history.length === 0) return [];
    const logHash = createHash('sha256')
      .update(JSON.stringify([meetingRef, actions, history]))
      .digest('hex');
    const frozenOn = (log && textOf(log, 'frozenOn')) ?? textOf(nested(its, 'log'), 'forMeetingFrozenOn');
    const base = { meetingRef, kind: (log && textOf(log, 'kind')) ?? kind, frozenOn, logHash };
    const actionRows = actions.map((one) =>
      rowBy(
        loggedAction,
        `Log of ${meetingRef}, action ${textOf(one, 'actionId')}`,
        one,
        `seed:loggedRow:${meetingRef}:${textOf(one, 'actionId')}`,
        {
          ...base,
          subjectKind: 'action',
        },
      ),
    );
    const riskRows = history.map((one) =>
      rowBy(
        { subjectRef: 'riskId', likelihood: 'likelihood', impact: 'impact' },
        `Log of ${meetingRef}, risk ${one.riskId}`,
        one,
        `seed:loggedRow:${meetingRef}:${one.riskId}`,
        {
          ...base,
          subjectKind: 'risk',
        },
      ),
    );
    return [...actionRows, ...riskRows];
  });
}

const loggedAction: Mapping = {
  subjectRef: 'actionId',
  claimedDelivery: 'claimedDelivery',
  claimedEffect: 'impactStatus',
  milestonesDone: 'milestonesDone',
  milestonesTotal: 'milestonesTotal',
  percentComplete: 'percentComplete',
  dueOn: 'due',
  forecastOn: 'forecastOn',
};
