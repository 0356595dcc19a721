// Clauses 5c and 5d: what each cycle keeps up to date and what it reports. Rules: docs/rules.md, "Clauses".
import {
  cycleFromOn,
  dated,
  newest,
  oldest,
  openGap,
  pastGap,
  type ClauseDraft,
  type ClauseEvidence,
  type ClauseFacts,
  type ClauseGap,
} from './clauseState';
import { isVoice } from './clausePlan';
import { distinct, grouped, hasHappened } from './grounds';
import { present } from './logFacts';
import type { Meeting, Ref, UpdateRequest } from './model';
import { standingUpdates } from './takenBack';
import { count, figure, listed, monthName } from './wording';

export function cycleClauses(facts: ClauseFacts): readonly ClauseDraft[] {
  return [upToDate(facts), reported(facts)];
}

interface Answers {
  readonly asked: number;
  readonly onTime: number;
  readonly late: number;
  readonly waiting: readonly Ref[];
  readonly lastOn: string | undefined;
}

/** Answers to one meeting's requests; cancelled ones do not count, and what is answered later than today waits. */
function answersFor(facts: ClauseFacts, requests: readonly UpdateRequest[]): Answers {
  const asked = requests.filter((one) => one.state !== 'cancelled' && one.requestedOn <= facts.grounds.on);
  const isIn = (one: UpdateRequest): boolean =>
    (one.state === 'answered' || one.state === 'late') &&
    (one.answeredOn === undefined || one.answeredOn <= facts.grounds.on);
  const answered = asked.filter(isIn);
  const late = answered.filter((one) => one.state === 'late').length;
  return {
    asked: asked.length,
    onTime: answered.length - late,
    late,
    waiting: distinct(asked.filter((one) => !isIn(one)).map((one) => one.subjectRef)),
    lastOn: newest(answered.map((one) => one.answeredOn)),
  };
}

/** Per meeting: asked, answered, late; the risk register; the papers, their date and to whom they went. */
function upToDate(facts: ClauseFacts): ClauseDraft {
  const { grounds } = facts;
  const { snapshot, calendar, on } = grounds;
  const requestsOf = grouped(snapshot.requests, (one) => one.meetingRef);
  const evidence: ClauseEvidence[] = [];
  const gaps: ClauseGap[] = [];
  const meetings = [
    ...facts.held,
    ...(grounds.meeting && !facts.held.includes(grounds.meeting) ? [grounds.meeting] : []),
  ];
  let asked = 0;
  let onTime = 0;
  let late = 0;
  for (const meeting of meetings) {
    const over = facts.held.includes(meeting);
    const answers = answersFor(facts, requestsOf(meeting.ref));
    asked += answers.asked;
    onTime += answers.onTime;
    late += answers.late;
    const deadlines = grounds.deadlinesOf(meeting);
    gaps.push(...answerGaps(facts, meeting, answers, over), ...paperGaps(facts, meeting, over));
    const sentOn = hasHappened(meeting.papersSentOn, on) ? meeting.papersSentOn : undefined;
    const recordOn = newest([answers.lastOn, sentOn]);
    if (recordOn === undefined) continue;
    const papers =
      sentOn === undefined
        ? `papers due on ${calendar.longDate(deadlines.papersDeadlineOn)}`
        : `papers sent on ${calendar.longDate(sentOn)}`;
    evidence.push({
      ref: meeting.ref,
      kind: 'meeting',
      on: recordOn,
      text: `${answers.asked} asked, ${answers.onTime} answered in time, ${answers.late} late, ${answers.waiting.length} without an answer; ${papers}.`,
    });
  }
  return {
    clause: '5c',
    title: 'Updates, risk register and papers',
    shows: `Answers came in time to ${onTime} of ${count(asked, 'request')} and late to ${late}, over ${count(meetings.length, 'meeting')}`,
    nothing: 'No meeting has been prepared yet.',
    evidence: [...evidence, ...registerRecords(facts), ...dispatchRecords(facts)],
    gaps: [...gaps, ...registerGaps(facts), ...dispatchGaps(facts)],
    freshFromOn: cycleFromOn(facts),
    counts: { asked, answeredInTime: onTime, answeredLate: late, unanswered: asked - onTime - late },
  };
}

function answerGaps(facts: ClauseFacts, meeting: Meeting, answers: Answers, over: boolean): readonly ClauseGap[] {
  const since = facts.grounds.deadlinesOf(meeting).ownersDeadlineOn;
  if (over && answers.asked === 0)
    return [pastGap(`Nobody was asked for ${meeting.ref}.`, 'It stays on the record.', since, [meeting.ref])];
  const { waiting, late } = answers;
  if (waiting.length + late === 0) return [];
  const text = `${meeting.ref}: of ${count(answers.asked, 'answer')}, ${waiting.length} did not come and ${late} came late.`;
  const refs = [meeting.ref, ...answers.waiting];
  if (over) return [pastGap(text, 'The meeting is over; it stays on the record.', since, refs)];
  return facts.grounds.ownersDeadlinePassed && waiting.length > 0
    ? [openGap(text, 'The answers of the owners.', since, refs)]
    : [];
}

function paperGaps(facts: ClauseFacts, meeting: Meeting, over: boolean): readonly ClauseGap[] {
  const { calendar, on } = facts.grounds;
  const since = facts.grounds.deadlinesOf(meeting).papersDeadlineOn;
  const refs = [meeting.ref];
  if (hasHappened(meeting.papersSentOn, on)) {
    if (meeting.papersSentOn <= since) return [];
    const days = count(calendar.workingDaysBetween(since, meeting.papersSentOn), 'working day');
    return [
      pastGap(
        `${meeting.ref}: the papers went out ${days} late.`,
        'Closed by sending them.',
        since,
        refs,
        meeting.papersSentOn,
      ),
    ];
  }
  if (since >= on) return [];
  const text = `${meeting.ref}: no record that the papers were sent; they were due on ${calendar.longDate(since)}.`;
  return [openGap(text, over ? 'Enter the day on which they went.' : 'Send the papers.', since, refs)];
}

/** The register and the mitigation plan with the day of the last change of each. */
function registerRecords(facts: ClauseFacts): readonly ClauseEvidence[] {
  const { snapshot, on, calendar } = facts.grounds;
  const changes = (kind: string): string | undefined =>
    newest(
      standingUpdates(snapshot)
        .filter((one) => one.subjectKind === kind && calendar.on(one.at) <= on)
        .map((one) => calendar.on(one.at)),
    );
  const past = (days: readonly (string | undefined)[]): string | undefined =>
    newest(days.filter((day) => hasHappened(day, on)));
  const risksOn = newest([changes('risk'), past(snapshot.risks.map((one) => one.lastReviewedOn))]);
  const mitigationsOn = newest([changes('mitigation'), past(snapshot.mitigations.map((one) => one.completedOn))]);
  return [
    ...dated(facts, risksOn, () => ({
      ref: 'risks',
      kind: 'risk register',
      text: 'Last change of the risk register.',
    })),
    ...dated(facts, mitigationsOn, () => ({
      ref: 'mitigations',
      kind: 'mitigation plan',
      text: 'Last change of the mitigation plan.',
    })),
  ];
}

function registerGaps(facts: ClauseFacts): readonly ClauseGap[] {
  const { snapshot, ownersDeadlinePassed, meeting } = facts.grounds;
  const gaps: ClauseGap[] = [];
  const open = snapshot.risks.filter((one) => one.status === 'open');
  const outstanding = facts.assessment.readiness?.risksReviewed.outstandingRefs ?? [];
  if (ownersDeadlinePassed && outstanding.length > 0)
    gaps.push(
      openGap(
        `${count(outstanding.length, 'risk was', 'risks were')} not reviewed in this cycle: ${listed(outstanding)}.`,
        'A review of each by its owner.',
        meeting && facts.grounds.deadlinesOf(meeting).ownersDeadlineOn,
        outstanding,
      ),
    );
  if (open.length === 0)
    gaps.push(
      openGap('The risk register holds no open risk.', 'Enter the risks, or let the board record that there is none.'),
    );
  const mitigated = new Set(snapshot.mitigations.map((one) => one.riskRef));
  const bare = open.filter((one) => !mitigated.has(one.ref)).map((one) => one.ref);
  if (bare.length > 0)
    gaps.push(
      openGap(
        `${count(bare.length, 'risk has', 'risks have')} no mitigation: ${listed(bare)}.`,
        'A step that lowers the risk.',
        undefined,
        bare,
      ),
    );
  return gaps;
}

function dispatchRecords(facts: ClauseFacts): readonly ClauseEvidence[] {
  const { snapshot, calendar } = facts.grounds;
  const rowsOf = grouped(snapshot.dispatches, (one) => one.meetingRef);
  return distinct(snapshot.dispatches.map((one) => one.meetingRef)).flatMap((ref) => {
    const rows = rowsOf(ref).filter((one) => one.sentAt <= facts.grounds.at);
    const arrived = rows.filter((one) => one.delivery === 'delivered').length;
    const on = newest(rows.map((one) => calendar.on(one.sentAt)));
    const to = count(distinct(rows.map((one) => one.personRef)).length, 'person', 'people');
    const papers = listed(distinct(rows.map((one) => one.paper)));
    return dated(facts, on, () => ({
      ref,
      kind: 'dispatch',
      text: `Sent to ${to}: ${papers}; ${count(arrived, 'arrival')} confirmed.`,
    }));
  });
}

/** Papers that went out, and no record of whom they reached. */
function dispatchGaps(facts: ClauseFacts): readonly ClauseGap[] {
  const known = new Set(facts.grounds.snapshot.dispatches.map((one) => one.meetingRef));
  const meetings = facts.held.filter((one) => one.papersSentOn !== undefined && !known.has(one.ref));
  if (meetings.length === 0) return [];
  const refs = meetings.map((one) => one.ref);
  return [
    openGap(
      `To whom the papers went is not recorded for ${listed(refs)}.`,
      'Enter to whom, when and by which way, or send the next papers from here.',
      oldest(meetings.map((one) => one.papersSentOn)),
      refs,
    ),
  ];
}

/** Data, a person's analysis, and what families and children live through, for and against. */
function reported(facts: ClauseFacts): ClauseDraft {
  const { snapshot, on, meetingsBefore, calendar, actions } = facts.grounds;
  const since = meetingsBefore[0]?.on;
  const data = facts.assessment.measures.flatMap((one): ClauseEvidence[] => {
    const last = one.points.at(-1);
    if (!last) return [];
    const text = `${one.name}: ${figure(last.value, one.unit)} in ${monthName(last.period)}.`;
    return [{ ref: one.ref, kind: 'measure', on: last.reportedOn, text }];
  });
  const voices = snapshot.evidence.filter((one) => isVoice(one) && one.on <= on);
  const recent = voices.filter((one) => since === undefined || one.on > since);
  const heard = new Set(recent.map((one) => actions.get(one.actionRef ?? '')?.areaRef ?? one.areaRef));
  const silent = facts.assessment.areas.filter((one) => !heard.has(one.ref));
  const overdue = facts.assessment.measures.filter((one) => one.readingDue !== undefined);
  const missing = facts.assessment.measures.filter((one) => one.missingPeriods.length > 0);
  return {
    clause: '5d',
    title: 'Data, analysis and lived experience',
    shows: `A reading is recorded for ${data.length} of ${count(snapshot.measures.length, 'measure')}, and a family's or child's voice since the last meeting for ${facts.assessment.areas.length - silent.length} of ${count(facts.assessment.areas.length, 'area')}`,
    nothing: 'Nothing is reported yet.',
    evidence: [
      ...data,
      ...voices.map((one) => ({
        ref: one.ref,
        kind: one.kind === 'child-voice' ? "child's voice" : "family's voice",
        on: one.on,
        text: `${one.contrary ? 'Against: ' : ''}${one.summary}`,
        ...present('link', one.link),
      })),
    ],
    gaps: [
      ...silent.map((area) =>
        openGap(
          `${area.ref}: no family's or child's voice since the last meeting${area.lastVoiceOn === undefined ? '; none is recorded' : `; the last is from ${calendar.longDate(area.lastVoiceOn)}`}.`,
          'Record what families or children say, for or against.',
          area.lastVoiceOn ?? snapshot.facts.noticeIssuedOn,
          [area.ref],
        ),
      ),
      ...overdue.map((one) =>
        openGap(
          `${one.ref}: the reading for ${monthName(String(one.readingDue))} is due and not in.`,
          'The reading.',
          undefined,
          [one.ref],
        ),
      ),
      ...missing.map((one) =>
        openGap(
          `${one.ref}: no reading is recorded for ${listed(one.missingPeriods.map(monthName))}.`,
          'The reading, or a note on why there is none.',
          `${String(one.missingPeriods[0])}-01`,
          [one.ref],
        ),
      ),
    ],
    toConfirm: ["A person's analysis of the figures: why they are as they are, and what follows."],
    freshFromOn: cycleFromOn(facts),
    counts: {
      measures: snapshot.measures.length,
      withReading: data.length,
      areas: facts.assessment.areas.length,
      areasHeard: facts.assessment.areas.length - silent.length,
      contrary: voices.filter((one) => one.contrary).length,
    },
  };
}
