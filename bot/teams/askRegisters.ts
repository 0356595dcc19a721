// Questions about registers in chat: risks, measures, what changed, and who has not answered.
import { noticeCard } from '../cards/notice';
import { measureWords, riskBandWords } from '../cards/words';
import { capital, count, listed as inWords } from '../board/wording';
import { viewChanges } from '../services/viewChanges';
import type { ViewContext } from '../services/viewContext';
import { viewMeasures } from '../services/viewMeasures';
import { viewRisks } from '../services/viewRisks';
import { asOfLine, listed, showButton } from './askActions';
import { amongPhrases, topicSkill } from './topics';

export const risksSkill = topicSkill({
  verb: 'risks',
  view: 'risks',
  offers: [{ phrase: 'risks', does: 'the risk register, highest score first' }],
  asks: amongPhrases('risks', 'risk', 'risk register', 'the risks', 'our risks'),
  answer(context, asked) {
    const { rows, tolerance } = viewRisks(context);
    const above = rows.filter((one) => one.aboveTolerance).length;
    return listed(context, asked, {
      verb: 'risks',
      heading: `Risks: ${above} of ${rows.length} above tolerance`,
      lines: [`A score above ${tolerance} needs the board’s attention or its acceptance. ${asOfLine(context)}`],
      rows: rows.map((one) => ({
        ref: one.ref,
        title: one.title,
        status: riskBandWords[one.band],
        text: `scores ${one.score}${movementWords(one.movement)}${scoreReason(one)}`,
        button: showButton(context, `risk:${one.ref}`, one.ref),
        ...(one.owner ? { foot: `Owner: ${one.owner.name}` } : {}),
      })),
      unit: 'risk',
      empty: 'No risk is recorded yet.',
    });
  },
});

/** The card's own line names the tolerance. */
function scoreReason(one: ReturnType<typeof viewRisks>['rows'][number]): string {
  if (one.aboveTolerance) return ', above tolerance.';
  const reason = one.reasons[0]?.text;
  return reason === undefined ? '.' : `. ${reason}`;
}

function movementWords(movement: number | undefined): string {
  if (movement === undefined || movement === 0) return '';
  return movement > 0 ? `, up ${movement} since the last log` : `, down ${-movement} since the last log`;
}

export const measuresSkill = topicSkill({
  verb: 'measures',
  view: 'actions',
  offers: [{ phrase: 'measures', does: 'every measure with its last reading' }],
  asks: amongPhrases('measures', 'measure', 'readings', 'our measures', 'kpis', 'metrics'),
  answer(context, asked) {
    const rows = [...viewMeasures(context)].sort((a, b) => rank(a.state) - rank(b.state));
    const behind = rows.filter((one) => one.state === 'behind').length;
    return listed(context, asked, {
      verb: 'measures',
      heading: `Measures: ${behind} of ${rows.length} behind`,
      lines: [asOfLine(context)],
      rows: rows.map((one) => ({
        ref: one.ref,
        title: one.name,
        status: measureWords[one.state],
        text: one.text,
        button: showButton(context, `measure:${one.ref}`, one.ref),
        foot: [one.areaLabel, ...(one.owner ? [`Owner: ${one.owner.name}`] : [])].join('. '),
      })),
      unit: 'measure',
      empty: 'No measure is recorded yet.',
    });
  },
});

/** What is behind comes first. */
function rank(state: ReturnType<typeof viewMeasures>[number]['state']): number {
  return ['behind', 'no-reading', 'within-tolerance', 'ahead', 'no-expectation'].indexOf(state);
}

export const changesSkill = topicSkill({
  verb: 'changes',
  view: 'board',
  inGroups: true,
  offers: [{ phrase: 'what changed', does: 'what is better or worse since the last meeting' }],
  asks: amongPhrases(
    'what changed',
    'whats changed',
    'what has changed',
    'changes',
    'whats new',
    'what is new',
    'changed',
  ),
  answer(context, asked) {
    const { sinceWords, rows, none } = viewChanges(context);
    return listed(context, asked, {
      verb: 'changes',
      heading: 'What changed',
      lines: [`${sinceWords}. ${asOfLine(context)}`],
      rows: rows.map(({ ref, title, text, direction }) => ({ ref, title, status: directionWords[direction], text })),
      unit: 'change',
      empty: none ?? 'Nothing was recorded as changed since then.',
    });
  },
});

const directionWords = {
  better: { word: 'Better', icon: '▲', colour: 'good' },
  worse: { word: 'Worse', icon: '▼', colour: 'attention' },
  neutral: { word: 'Changed', icon: '●', colour: 'default' },
} as const;

/** Names are for who may act on them: the chair and the secretary. */
export const waitingSkill = topicSkill({
  verb: 'waiting',
  view: 'board',
  offers: [{ phrase: "who hasn't answered", does: 'whose answers are still to come', for: ['chair', 'secretary'] }],
  asks: amongPhrases(
    'who hasnt answered',
    'who has not answered',
    'who hasnt replied',
    'who has not replied',
    'not answered',
    'unanswered',
    'whos left',
    'whos missing',
    'outstanding',
    'whos outstanding',
    'who is late',
    'whos late',
    'who is behind',
    'who needs chasing',
    'chase',
    'readiness',
  ),
  answer(context, asked) {
    if (!context.viewer.seesReadiness) {
      return noticeCard({
        title: 'Who has not answered is for chair and secretary',
        lines: ['They see whose answers are still to come. Type "my actions" for what is still open for you.'],
      });
    }
    const readiness = context.assessment.readiness;
    if (!readiness || !context.meeting) {
      return noticeCard({
        title: 'Nobody is asked now',
        lines: ['No meeting is planned, so no answers are waited for.'],
      });
    }
    const { done, total } = readiness.answers;
    const rows = readiness.outstandingByPerson.map((one) => ({
      ref: '',
      title: `${context.nameOf(one.personRef)}${bodyWords(context, one.personRef)}`,
      text: `${count(one.subjectRefs.length, 'answer')} to come: ${shortList(one.subjectRefs)}.`,
    }));
    return listed(context, asked, {
      verb: 'waiting',
      heading: `${done} of ${count(total, 'answer')} are in`,
      lines: [`For the meeting on ${context.calendar.longDate(context.meeting.on)}. ${asOfLine(context)}`],
      rows,
      unit: 'person',
      units: 'people',
      empty: total === 0 ? 'Nobody has been asked for this meeting yet.' : 'Everybody who was asked has answered.',
    });
  },
});

function bodyWords(context: ViewContext, personRef: string): string {
  const person = context.snapshot.people.find((one) => one.ref === personRef);
  return person && person.body !== context.nameOf(personRef) ? `, ${capital(person.body)}` : '';
}

const mostRefs = 12;

function shortList(refs: readonly string[]): string {
  const more = refs.length - mostRefs;
  return more > 0 ? `${refs.slice(0, mostRefs).join(', ')} and ${more} more` : inWords(refs);
}
