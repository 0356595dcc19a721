// The page of headlines that is read aloud in two minutes: what is slow, whose contribution to strengthen, what to decide.
import type { CompiledLog, CompiledRow, LogSlow } from '../board/logShape';
import { count, listed } from '../board/wording';
import type { Block } from './document';
import { bullets, heading, paragraph } from './logBlocks';
import { longDate } from './logWords';

export function headlines(log: CompiledLog): readonly Block[] {
  const { slow, contributions, backOnTrack, dateChanges } = log.sections;
  const rest = slow.filter((one) => !one.onPageOne);
  const toDecide = log.actions.filter((row) => row.detail.ask === 'decide' || row.detail.ask === 'help');
  const waiting = dateChanges.filter((one) => one.decision === 'pending');
  return [
    heading('Headlines'),
    { kind: 'paragraph', text: log.headline.text, strong: true },
    heading('Slow to progress', 2),
    bullets(slow.filter((one) => one.onPageOne).map(slowLine), 'Nothing is slow to progress by the rules.'),
    ...(rest.length > 0 ? [paragraph(`${restWords(rest)} on the pages that follow.`)] : []),
    heading('Whose contribution to strengthen', 2),
    bullets(
      contributions.rows.map((row) => `${row.name}: ${row.reasons[0] ?? ''}`),
      'None by the rules.',
    ),
    heading(log.kind === 'for the meeting' ? 'What the board must decide' : 'What is still to decide', 2),
    bullets(
      [
        ...waiting.map(
          (one) =>
            `${one.actionRef}: move the date from ${longDate(one.fromOn)} to ${longDate(one.toOn)}${one.beyondNoticeAim ? ", beyond the notice's aim date" : ''}?`,
        ),
        ...askLines(
          toDecide.filter((row) => !waiting.some((one) => one.actionRef === row.ref)),
          slow,
        ),
      ],
      'Nothing waits for a decision.',
    ),
    heading('Back on track', 2),
    bullets(
      backOnTrack.map((one) => `${one.ref} ${one.title}: ${one.text}`),
      'Nothing since the last log.',
    ),
  ];
}

/** "1 action and 4 measures": the headline counts actions alone. */
function restWords(rest: readonly LogSlow[]): string {
  const measures = rest.filter((one) => one.kind === 'measure').length;
  const actions = rest.length - measures;
  return listed([
    ...(actions === 0 ? [] : [count(actions, 'more action')]),
    ...(measures === 0 ? [] : [count(measures, 'more measure')]),
  ]);
}

/** Actions of which the same is asked share a line; a title that stands under "Slow to progress" is not said again. */
function askLines(rows: readonly CompiledRow[], slow: readonly LogSlow[]): readonly string[] {
  const said = new Set(slow.flatMap((one) => (one.onPageOne ? [one.ref] : [])));
  const name = (row: CompiledRow): string => (said.has(row.ref) ? row.ref : `${row.ref} ${row.detail.title}`);
  const asks = [...new Set(rows.map(askWords))];
  return asks.map((ask) => `${listed(rows.filter((row) => askWords(row) === ask).map(name))}: ${ask}`);
}

/** The board cannot help with what it is not told: what is in the way is said. */
function askWords({ asked, detail: { ask, blocker } }: CompiledRow): string {
  if (ask !== 'help' || !blocker) return asked;
  const waiting = blocker.waitingOnBody === undefined ? '' : `; it waits for ${blocker.waitingOnBody}`;
  return `Help: ${blocker.text.replace(/\.$/, '')}${waiting}.`;
}

function slowLine(one: LogSlow): string {
  return `${one.ref} ${one.title}${one.running === undefined ? '' : ` (${one.running})`}: ${one.reasons[0] ?? ''}`;
}
