// The papers before they go out: the draft as it stands, who gets it, and one clear button for the secretary.
import { count } from '../board/wording';
import type { Field, FormValues } from './fields';
import { fieldOf, problems, type FormIssue } from './formParts';
import {
  button,
  buttons,
  cardBytes,
  cardLimitBytes,
  cardOf,
  clean,
  container,
  heading,
  linkButton,
  paragraph,
} from './kit';
import type { CardJson } from './kit';
import { mostSlow } from './messageShape';

/** What the secretary looks at; `seen` names exactly this draft. */
export interface ReleaseShown {
  readonly seen: string;
  readonly headline: string;
  readonly previousShortCode: string | undefined;
  readonly slow: readonly string[];
  readonly alreadyFrozen: string | undefined;
  readonly corrects: { readonly shortCode: string; readonly changed: readonly unknown[] } | undefined;
  readonly fileNames: readonly string[];
  readonly goesTo: readonly string[];
  readonly waits?: string;
  readonly blocked: readonly { readonly ref: string; readonly text: string }[];
  readonly warnings: readonly { readonly ref: string; readonly text: string }[];
}

export interface ReleaseCardInput {
  readonly boardId: string;
  readonly meetingRef: string;
  readonly kind: 'for the meeting' | 'after the meeting';
  /** "the meeting on Wednesday 15 January 2025". */
  readonly meetingWords: string;
  readonly preview: ReleaseShown;
  /** The chair looks; the secretary releases. */
  readonly mayRelease: boolean;
  /** What changed since the last look, when the board moved. */
  readonly moved?: readonly string[];
  readonly typed?: FormValues;
  readonly issues?: readonly FormIssue[];
  /** The page of the tab with the whole draft. */
  readonly url?: string | undefined;
}

const mostReaders = 14;
const mostNoted = 5;

export const releaseFields: readonly Field[] = [
  {
    type: 'text',
    name: 'reason',
    label: 'Why is it corrected? (required, one line; it stands in the log)',
    lines: 'one',
    maxLength: 300,
    required: true,
    error: 'Write why, in a line.',
  },
];

export function releaseCard(input: ReleaseCardInput): CardJson {
  for (const limit of [400, 200, 100]) {
    const card = build(input, limit);
    if (cardBytes(card) <= cardLimitBytes) return card;
  }
  return build({ ...input, preview: { ...input.preview, slow: [], warnings: [] } }, 80);
}

function build(input: ReleaseCardInput, limit: number): CardJson {
  const { preview, mayRelease, kind } = input;
  const title = `The log ${kind}: ${input.meetingWords}`;
  const line = (text: string): CardJson => paragraph([clean(text, limit)], { spacing: 'Small' });
  const section = (name: string, lines: readonly string[], most: number): readonly CardJson[] => {
    if (lines.length === 0) return [];
    const rest = lines.length - most;
    const more = rest > 0 ? [line(`And ${count(rest, 'more', 'more')}.`)] : [];
    return [heading(name, { size: 'Medium', spacing: 'Large' }), ...lines.slice(0, most).map(line), ...more];
  };
  const noted = (rows: readonly { readonly ref: string; readonly text: string }[]): readonly string[] =>
    rows.map((one) => `${one.ref}: ${one.text}.`);
  const data = { boardId: input.boardId, meetingRef: input.meetingRef, kind: input.kind, seen: preview.seen };
  const isOpen = mayRelease && preview.blocked.length === 0 && preview.alreadyFrozen === undefined;
  const needsReason = isOpen && preview.corrects !== undefined;
  const issues = input.issues ?? [];
  return cardOf(
    [
      heading(title),
      ...(input.moved === undefined
        ? []
        : [
            container(
              [
                paragraph([{ text: 'Nothing was released: the board moved since you looked.', bold: true }]),
                ...input.moved.slice(0, mostNoted).map(line),
                ...(input.moved.length > mostNoted ? [line(`And ${input.moved.length - mostNoted} more.`)] : []),
              ],
              { style: 'warning' },
            ),
          ]),
      paragraph([{ text: clean(preview.headline, limit), bold: true }], { spacing: 'Small' }),
      line(stateWords(preview, mayRelease)),
      ...section('It cannot be released: redact this in SharePoint first', noted(preview.blocked), mostNoted),
      ...section('Slow to progress', preview.slow, mostSlow),
      ...section('Look at this before it is shared', noted(preview.warnings), mostNoted),
      ...(preview.alreadyFrozen === undefined ? section('Once released it goes to', preview.goesTo, mostReaders) : []),
      ...(preview.waits === undefined || preview.alreadyFrozen !== undefined ? [] : [line(waitsWords(preview.waits))]),
      ...(issues.length === 0 ? [] : [problems(issues, [])]),
      ...(needsReason ? releaseFields.map((field) => fieldOf(field, input.typed, issues)) : []),
      ...actions(input, isOpen, data),
    ],
    `${title}. ${preview.headline}`,
  );
}

function actions(input: ReleaseCardInput, isOpen: boolean, data: CardJson): readonly CardJson[] {
  const sends = input.kind === 'for the meeting' ? 'Release and send' : 'Release';
  const all = [
    ...(isOpen ? [button(sends, 'release', data, { style: 'positive' })] : []),
    button('Look again', 'release-look', data, { leaves: true }),
    ...(input.url === undefined ? [] : linkButton('The log on the board', input.url)),
  ];
  return [buttons(all, { spacing: 'Medium' })];
}

function stateWords(preview: ReleaseShown, mayRelease: boolean): string {
  if (preview.alreadyFrozen !== undefined)
    return `It is released as ${preview.alreadyFrozen}, and nothing changed since: there is nothing to do.`;
  const compared =
    preview.previousShortCode === undefined
      ? 'There is no frozen log before it.'
      : `It is compared with ${preview.previousShortCode}.`;
  const corrects =
    preview.corrects === undefined
      ? ''
      : ` It corrects ${preview.corrects.shortCode}: ${count(preview.corrects.changed.length, 'row')} differ.`;
  const who = mayRelease ? 'Nothing is frozen or shared before you release it.' : 'The secretary releases it.';
  return `${compared}${corrects} ${who}`;
}

function waitsWords(why: string): string {
  return `It follows by itself, but nobody is told or given access yet: ${why}`;
}

/** What the secretary sees afterwards. */
export function releasedCard(input: {
  readonly shortCode: string;
  readonly alreadyFrozen: boolean;
  readonly goesTo: number;
  readonly waits?: string;
  readonly papers: readonly { readonly name: string; readonly webUrl: string }[];
}): CardJson {
  const { shortCode, alreadyFrozen, goesTo } = input;
  const lines = [
    alreadyFrozen
      ? 'The same content was frozen before: nothing new was filed.'
      : 'It is frozen and filed; it never changes.',
    ...(goesTo === 0
      ? []
      : [
          input.waits === undefined
            ? `The board pack, access for people outside and ${count(goesTo, 'message')} follow in a few minutes. What reached whom is listed under Readiness on the board.`
            : `The board pack is filed. ${waitsWords(input.waits)}`,
        ]),
    'Answers that come now are shown as received since the papers.',
  ];
  const title = `Released: ${shortCode}`;
  const links = input.papers
    .filter((one) => /\.(?:docx|xlsx)$/.test(one.name))
    .flatMap((one) => linkButton(one.name.endsWith('.docx') ? 'Open in Word' : 'Open in Excel', one.webUrl));
  return cardOf(
    [
      heading(title),
      ...lines.map((text) => paragraph([text], { spacing: 'Small' })),
      ...(links.length === 0 ? [] : [buttons(links)]),
    ],
    [title, ...lines].join('. '),
  );
}
