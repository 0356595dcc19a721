// Clauses 9 and 10: the pack for a deep dive, theme by theme, and the council's own assessment. Rules: docs/rules.md, "Clauses".
import { isVoice, together } from './clausePlan';
import { bookedReviews, heldReviews, reviewEvidence } from './clauseReviews';
import {
  newest,
  openGap,
  pastGap,
  type ClauseDraft,
  type ClauseEvidence,
  type ClauseFacts,
  type ClauseGap,
} from './clauseState';
import { compareText, hasHappened } from './grounds';
import type { CivilDate, Ref, Review, Update } from './model';
import { standingReadings, standingUpdates } from './takenBack';
import { count } from './wording';

interface Theme {
  readonly words: string;
  readonly records: readonly ClauseEvidence[];
}

/** A theme of the clause, shown by its newest record and the number of them. */
function theme(
  facts: ClauseFacts,
  words: string,
  kind: string,
  records: readonly { ref: Ref; on: CivilDate | undefined }[],
): Theme {
  const past = records
    .flatMap((one) => (hasHappened(one.on, facts.grounds.on) ? [{ ref: one.ref, on: one.on }] : []))
    .sort((a, b) => compareText(b.on, a.on) || compareText(a.ref, b.ref));
  return shownBy(words, kind, past[0], past.length);
}

/** A theme shown by what was reported about these actions. */
function updatesTheme(facts: ClauseFacts, words: string, refs: ReadonlySet<Ref>): Theme {
  const { snapshot, calendar, at } = facts.grounds;
  const said = standingUpdates(snapshot).filter((one) => one.at <= at && refs.has(one.subjectRef));
  const last = said.reduce<Update | undefined>(
    (latest, one) => (latest && latest.at >= one.at ? latest : one),
    undefined,
  );
  return shownBy(words, 'action', last && { ref: last.subjectRef, on: calendar.on(last.at) }, said.length);
}

function shownBy(words: string, kind: string, last: { ref: Ref; on: CivilDate } | undefined, records: number): Theme {
  return {
    words,
    records: last ? [{ ref: last.ref, kind, on: last.on, text: `${words}: ${count(records, 'record')}.` }] : [],
  };
}

const workforceWords = /workforce|training|recruit|retain|vacanc|staff/i;
const planWords = /\bplans?\b|annual review/i;

/** The pack for a deep dive: every theme of the clause with its newest record. */
export function deepDives(facts: ClauseFacts): ClauseDraft {
  const { snapshot, actions } = facts.grounds;
  const required = new Set(snapshot.people.filter((one) => one.requiredByNotice).map((one) => one.ref));
  const meetingOn = new Map(facts.held.map((one) => [one.ref, one.on]));
  const actionsWith = (words: RegExp): ReadonlySet<Ref> =>
    new Set(snapshot.actions.filter((one) => words.test(`${one.title} ${one.description}`)).map((one) => one.ref));
  const joint = new Set(
    snapshot.actions.filter((one) => one.partnerBodies.some((body) => body !== one.leadBody)).map((one) => one.ref),
  );
  const planMeasures = new Set(snapshot.measures.filter((one) => planWords.test(one.name)).map((one) => one.ref));
  const themes: readonly Theme[] = [
    theme(
      facts,
      'Leadership',
      'meeting',
      snapshot.attendance
        .filter((one) => required.has(one.personRef) && one.state === 'present')
        .map((one) => ({ ref: one.meetingRef, on: meetingOn.get(one.meetingRef) })),
    ),
    theme(
      facts,
      'Governance',
      'minutes',
      facts.held.map((one) => ({ ref: one.ref, on: one.minutesFiledOn })),
    ),
    theme(facts, 'Co-production', 'co-production', together(facts)),
    updatesTheme(facts, 'Workforce', actionsWith(workforceWords)),
    updatesTheme(facts, 'Multi-agency arrangements', joint),
    theme(
      facts,
      'Timeliness and quality of plans',
      'measure',
      standingReadings(snapshot).flatMap((one) =>
        planMeasures.has(one.measureRef) ? [{ ref: one.measureRef, on: one.reportedOn }] : [],
      ),
    ),
    theme(facts, 'Engagement', 'evidence', snapshot.evidence.filter(isVoice)),
  ];
  const held = heldReviews(facts).filter((one) => /deep/i.test(one.kind));
  const priority = snapshot.areas.filter((one) => one.kind === 'priority');
  const bare = priority.filter(
    (area) => !snapshot.evidence.some((one) => (actions.get(one.actionRef ?? '')?.areaRef ?? one.areaRef) === area.ref),
  );
  const covered = themes.filter((one) => one.records.length > 0).length;
  return {
    clause: '9',
    title: 'Deep dives',
    shows: `${covered} of ${themes.length} themes have records; ${count(held.length, 'deep dive')} held`,
    nothing: 'Nothing is recorded on any theme.',
    evidence: [...themes.flatMap((one) => one.records), ...reviewEvidence(held)],
    gaps: [
      ...themes.flatMap((one) => themeGaps(facts, one)),
      ...bare.map((area) =>
        openGap(
          `${area.ref}: no evidence is recorded for this priority area.`,
          'Record evidence, for or against.',
          snapshot.facts.noticeIssuedOn,
          [area.ref],
        ),
      ),
    ],
    freshFromOn: facts.halfYearFromOn,
    counts: { themes: themes.length, withRecords: covered, deepDives: held.length },
  };
}

function themeGaps(facts: ClauseFacts, one: Theme): readonly ClauseGap[] {
  const on = newest(one.records.map((record) => record.on));
  if (on !== undefined && on >= facts.halfYearFromOn) return [];
  const closes = 'A newer record on this theme.';
  return on === undefined
    ? [openGap(`${one.words}: nothing is recorded.`, closes, facts.grounds.snapshot.facts.noticeIssuedOn)]
    : [openGap(`${one.words}: the newest record is from ${facts.grounds.calendar.longDate(on)}.`, closes, on)];
}

/** The assessment sent before each review, and whether each of its parts is held. */
export function selfAssessment(facts: ClauseFacts): ClauseDraft {
  const { on, calendar } = facts.grounds;
  const asked = [...heldReviews(facts), ...bookedReviews(facts)].filter((one) => one.selfAssessmentDueOn !== undefined);
  const sent = asked.filter((one) => hasHappened(one.sentOn, on));
  const parts = partsHeld(facts);
  const missing = parts.filter((one) => !one.held);
  const next = asked.find((one) => !sent.includes(one) && String(one.selfAssessmentDueOn) >= on);
  const nextWords = next ? `; the next is due on ${calendar.longDate(String(next.selfAssessmentDueOn))}` : '';
  return {
    clause: '10',
    title: 'Own assessment before a review',
    shows: `${count(sent.length, 'assessment')} sent; ${parts.length - missing.length} of ${parts.length} parts have records${nextWords}`,
    nothing: `No assessment is due yet${nextWords}.`,
    evidence: sent.map((one) => ({
      ref: one.ref,
      kind: 'self-assessment',
      on: String(one.sentOn),
      text: `Sent before the ${one.kind}${one.signedOffByRef === undefined ? '' : `, signed off by ${facts.nameOf(one.signedOffByRef)}`}.`,
    })),
    gaps: [
      ...asked.flatMap((one) => assessmentGaps(facts, one)),
      ...(asked.length === 0 ? [] : missing).map((one) =>
        openGap(
          `Part ${one.part}, ${one.words}, is not held.`,
          'A record of it.',
          facts.grounds.snapshot.facts.noticeIssuedOn,
        ),
      ),
    ],
    toConfirm:
      asked.length === 0
        ? []
        : ['Part c, the chart of governance and accountability with its date.', 'To whom each assessment went.'],
    ...(sent.length > 0 ? { freshFromOn: facts.halfYearFromOn } : {}),
    counts: {
      due: asked.filter((one) => String(one.selfAssessmentDueOn) < on).length,
      sent: sent.length,
      partsHeld: parts.length - missing.length,
    },
  };
}

function assessmentGaps(facts: ClauseFacts, review: Review): readonly ClauseGap[] {
  const { on, calendar } = facts.grounds;
  const dueOn = String(review.selfAssessmentDueOn);
  const refs = [review.ref];
  if (!hasHappened(review.sentOn, on)) {
    if (dueOn >= on) return [];
    const text = `${review.ref}: no assessment was sent; it was due on ${calendar.longDate(dueOn)}.`;
    return [openGap(text, 'Send it, or enter the day on which it went.', dueOn, refs)];
  }
  const late = review.sentOn > dueOn;
  const unsigned = review.signedOffByRef === undefined;
  return [
    ...(late
      ? [pastGap(`${review.ref}: the assessment was sent late.`, 'Closed by sending it.', dueOn, refs, review.sentOn)]
      : []),
    ...(unsigned
      ? [
          openGap(
            `${review.ref}: who signed off the assessment is not recorded.`,
            'Enter who signed it off.',
            review.sentOn,
            refs,
          ),
        ]
      : []),
  ];
}

interface Part {
  readonly part: string;
  readonly words: string;
  readonly held: boolean;
}

/** Part c is for a person to confirm: the lists hold no chart. */
function partsHeld(facts: ClauseFacts): readonly Part[] {
  const { snapshot, on } = facts.grounds;
  const judged = facts.assessment;
  return [
    { part: 'a', words: 'progress against the plan', held: judged.actions.length > 0 },
    {
      part: 'b',
      words: 'what parents and carers say',
      held: snapshot.evidence.some((one) => one.kind === 'family-voice' && one.on <= on),
    },
    { part: 'd', words: 'documents that track the plan', held: snapshot.loggedRows.some((one) => one.frozenOn <= on) },
    {
      part: 'd(i)',
      words: 'an update for each area',
      held: judged.areas.length > 0 && judged.areas.every((one) => one.actions > 0),
    },
    {
      part: 'd(ii)',
      words: 'the measures and their readings',
      held: judged.measures.some((one) => one.points.length > 0),
    },
    { part: 'd(iii)', words: 'the part that partners, families and schools play', held: together(facts).length > 0 },
  ];
}
