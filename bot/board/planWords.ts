// Status words as councils write them, and what each stands for; the same table is shown with every import.
import { foldName } from './similarity';
import type { DeliveryStatus, EffectStatus } from './terms';

/** A word that stands for a value; with `doubt`, it says less than the value does, and that is a finding. */
export interface StatusWord<T> {
  readonly value: T;
  readonly words: readonly string[];
  readonly doubt?: string;
}

const list = (words: string): readonly string[] => words.split('|');

export const deliveryTable: readonly StatusWord<DeliveryStatus>[] = [
  {
    value: 'not-started',
    words: list(
      'not started|not-started|grey|gray|not yet started|not begun|planned|pending|to do|new|not due|not yet due|white',
    ),
  },
  { value: 'on-track', words: list('on track|on-track|green|on target|g|on schedule|progressing well|good progress') },
  {
    value: 'on-track',
    words: list('in progress|ongoing|started|underway|under way|open|active|in hand'),
    doubt: 'says that it is under way, not whether it is on track',
  },
  {
    value: 'at-risk',
    words: list(
      'at risk|at-risk|amber|a|yellow|some concerns|some slippage|minor delay|delayed|slight delay|amber green|amber red|risk of delay',
    ),
  },
  {
    value: 'off-track',
    words: list(
      'off track|off-track|red|r|slipped|overdue|missed|behind|behind schedule|stalled|late|not on track|significant delay|not achieved|off target',
    ),
  },
  {
    value: 'complete',
    words: list('complete|completed|blue|b|done|closed|achieved|finished|delivered|implemented|100'),
  },
  { value: 'embedded', words: list('embedded|complete and embedded|sustained|business as usual|bau|purple') },
];

export const effectTable: readonly StatusWord<EffectStatus>[] = [
  {
    value: 'too-early',
    words: list('too early|too-early|too early to say|too soon|not yet known|not yet|tbc|grey|gray|not started'),
  },
  { value: 'no-evidence', words: list('no evidence|no-evidence|no evidence of effect|none|no impact|red|no') },
  {
    value: 'some-evidence',
    words: list(
      'some evidence|some-evidence|some evidence of effect|some|partial|some impact|emerging|amber|early impact',
    ),
  },
  {
    value: 'clear-evidence',
    words: list(
      'clear evidence|clear-evidence|clear evidence of effect|clear|strong|evidenced|green|clear impact|embedded|blue',
    ),
  },
];

export const stepTable: readonly StatusWord<'not-started' | 'in-progress' | 'complete'>[] = [
  { value: 'not-started', words: list('not started|not-started|planned|grey|gray|to do|pending|new|not due') },
  {
    value: 'in-progress',
    words: list(
      'in progress|in-progress|ongoing|started|underway|under way|on track|green|amber|at risk|delayed|off track|red|overdue|partial|partly|open|active',
    ),
  },
  { value: 'complete', words: list('complete|completed|done|closed|in place|blue|implemented|achieved|finished') },
];

export const riskStatusTable: readonly StatusWord<'open' | 'closed'>[] = [
  { value: 'open', words: list('open|live|active|current|ongoing|new|escalated|treat|tolerate|red|amber|green') },
  { value: 'closed', words: list('closed|retired|archived|no longer a risk|complete|completed|removed|expired') },
];

export const areaKindTable: readonly StatusWord<'priority' | 'improvement'>[] = [
  { value: 'priority', words: list('priority|priority action|area for priority action|apa|priority area') },
  { value: 'improvement', words: list('improvement|area for improvement|afi|improvement area') },
];

export const frequencyTable: readonly StatusWord<'monthly' | 'quarterly'>[] = [
  { value: 'monthly', words: list('monthly|month|every month|m') },
  { value: 'quarterly', words: list('quarterly|quarter|every quarter|termly|q') },
];

/** True: lower is better. */
export const polarityTable: readonly StatusWord<boolean>[] = [
  { value: true, words: list('lower|lower is better|low|low is good|down|decrease|smaller|yes|true|minimise') },
  { value: false, words: list('higher|higher is better|high|high is good|up|increase|bigger|no|false|maximise') },
];

export const flagTable: readonly StatusWord<boolean>[] = [
  { value: true, words: list('yes|y|true|x|1|✓|✔') },
  { value: false, words: list('no|n|false|0|-') },
];

/** Likelihood and impact by their usual words. */
export const scoreTable: readonly StatusWord<number>[] = [
  { value: 1, words: list('rare|very unlikely|remote|negligible|insignificant|very low') },
  { value: 2, words: list('unlikely|minor|low') },
  { value: 3, words: list('possible|moderate|medium') },
  { value: 4, words: list('likely|major|high|significant') },
  { value: 5, words: list('almost certain|very likely|certain|severe|catastrophic|critical|very high|extreme') },
];

/** The entry whose words hold this one, spelled as they are but for case, marks and spaces. */
export function wordIn<T>(table: readonly StatusWord<T>[], word: string): StatusWord<T> | undefined {
  const folded = foldName(word) || word.trim();
  return table.find((one) => one.words.some((known) => foldName(known) === folded || known === folded));
}
