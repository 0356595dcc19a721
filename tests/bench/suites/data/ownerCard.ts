// One owner's ten rows, and the same card as a template: what the suite `cards` builds in both ways.
import type { OwnerCardInput, OwnerRow } from '../../../../bot/cards/owner';

const offTrack = { word: 'Off track', icon: '■', colour: 'attention' } as const;
const atRisk = { word: 'At risk', icon: '▲', colour: 'warning' } as const;
const onTrack = { word: 'On track', icon: '●', colour: 'good' } as const;

function row(kind: OwnerRow['kind'], ref: string, title: string, reason: string, more: Partial<OwnerRow>): OwnerRow {
  return { kind, ref, title, reason, answerable: true, ...more };
}

const rows: readonly OwnerRow[] = [
  row(
    'action',
    'APA1.04',
    'Agree one referral form for all three community teams',
    'Its due date passed 23 working days ago and one of three milestones is 41 days late.',
    { status: offTrack, due: 'Due Friday 29 November (38 days ago)' },
  ),
  row(
    'action',
    'APA1.07',
    'Publish waiting times for each community clinic every month',
    'Nothing has moved forward since the October meeting.',
    { status: offTrack, due: 'Due Friday 20 December (17 days ago)' },
  ),
  row(
    'risk',
    'R03',
    'Too few therapists to start new packages in the spring term',
    'The score is 16, above what the board tolerates, and has not fallen in three logs.',
    { status: atRisk, due: 'Review due Wednesday 8 January (in 2 days)' },
  ),
  row(
    'action',
    'AFI2.01',
    'Train team managers to check the quality of plans before they are issued',
    'The forecast is 34 days after the due date.',
    { status: atRisk, due: 'Due Friday 31 January (in 25 days)' },
  ),
  row(
    'measure',
    'M05',
    'Families who waited less than 12 weeks for a first appointment',
    'The reading for November 2024 is asked for and has not come.',
    { due: 'Reading due Monday 6 January (today)' },
  ),
  row(
    'mitigation',
    'R03.2',
    'Offer two bursaries a year to newly qualified therapists',
    'The step was due before the last meeting and is not recorded as done.',
    { status: atRisk, due: 'Due Saturday 30 November (37 days ago)' },
  ),
  row(
    'action',
    'AFI2.05',
    'Write to every family whose annual review is overdue',
    'On track; the board hears from you once a cycle.',
    { status: onTrack, due: 'Due Friday 28 March (in 81 days)', deputyFor: 'Head of service for assessment' },
  ),
  row(
    'action',
    'AFI3.02',
    'Agree with head teachers how schools get advice within ten days',
    'On track; the board hears from you once a cycle.',
    { status: onTrack, due: 'Due Friday 28 February (in 53 days)' },
  ),
  row('action', 'AFI3.04', 'Set up one telephone line for families with questions', 'On track.', {
    status: onTrack,
    due: 'Due Monday 31 March (in 84 days)',
    answered: 'Answered on Friday 3 January',
  }),
  row(
    'decision',
    'D14',
    'Decide with the integrated care board who pays for interpreters',
    'The board asked for a proposal by this meeting.',
    { answerable: false, due: 'Due Wednesday 15 January (in 9 days)' },
  ),
];

export const ownerInput: OwnerCardInput = {
  boardId: 'send-board',
  heading: 'Update for the board on Wednesday 15 January',
  deadline: '8 to answer by Monday 6 January, 5 pm (today)',
  rows,
  afterwards: 'All answered. Thank you. You can still change any answer until Wednesday 8 January.',
};

const rowsOnPage = 8;

/** The data of one card for the template: worded, cleaned and paged already. */
export function ownerData(input: OwnerCardInput): object {
  const current = input.page ?? 1;
  const pages = Math.ceil(input.rows.length / rowsOnPage);
  const shown = input.rows.slice((current - 1) * rowsOnPage, current * rowsOnPage);
  const rest = input.rows.length - current * rowsOnPage;
  return {
    boardId: input.boardId,
    heading: input.heading,
    deadline: input.deadline,
    rows: shown.map((one) => ({
      ...one,
      isAnswered: one.answered !== undefined,
      hasStatus: one.status !== undefined,
      statusWord: one.status?.word ?? '',
      statusIcon: one.status?.icon ?? '',
      statusColour: one.status === undefined ? '' : one.status.colour.replace(/^./, (first) => first.toUpperCase()),
      answered: one.answered ?? '',
      foot: [one.due, one.deputyFor === undefined ? undefined : `You answer for ${one.deputyFor}`]
        .filter((part) => part !== undefined)
        .join('. '),
    })),
    pager: `Page ${current} of ${pages}, ${input.rows.length} items in all`,
    hasBack: current > 1,
    back: current - 1,
    hasMore: rest > 0,
    more: `Show ${rest} more`,
    next: current + 1,
  };
}

const small = { spacing: 'Small' };
const statusRuns = [
  { type: 'TextRun', $when: '${hasStatus}', text: '${statusWord} ', weight: 'Bolder' },
  { type: 'TextRun', $when: '${hasStatus}', text: '${statusIcon}', weight: 'Bolder', color: '${statusColour}' },
];

function openButton(title: string, when: string): object {
  return {
    type: 'Action.Execute',
    $when: when,
    title,
    verb: 'open',
    data: { boardId: '${$root.boardId}', kind: '${kind}', ref: '${ref}' },
    associatedInputs: 'none',
  };
}

function pageButton(title: string, when: string, target: string): object {
  return {
    type: 'Action.Execute',
    $when: when,
    title,
    verb: 'list',
    data: { boardId: '${boardId}', page: target },
    associatedInputs: 'none',
  };
}

/** The owner's card in the template language. */
export const ownerTemplate: object = {
  $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
  type: 'AdaptiveCard',
  version: '1.5',
  speak: '${heading}. ${deadline}.',
  fallbackText: '${heading}. ${deadline}.',
  body: [
    { type: 'TextBlock', style: 'heading', size: 'Large', weight: 'Bolder', wrap: true, text: '${heading}' },
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '${deadline}', weight: 'Bolder' }], spacing: 'None' },
    {
      type: 'Container',
      $data: '${rows}',
      items: [
        {
          type: 'RichTextBlock',
          inlines: [
            { type: 'TextRun', text: '${ref}', weight: 'Bolder' },
            { type: 'TextRun', text: '  ${title}' },
          ],
        },
        {
          type: 'RichTextBlock',
          $when: '${!isAnswered}',
          inlines: [
            ...statusRuns,
            { type: 'TextRun', $when: '${hasStatus}', text: ': ' },
            { type: 'TextRun', text: '${reason}' },
          ],
          ...small,
        },
        {
          type: 'RichTextBlock',
          $when: '${isAnswered}',
          inlines: [
            { type: 'TextRun', text: '${answered} ', weight: 'Bolder' },
            { type: 'TextRun', text: '✓', weight: 'Bolder', color: 'Good' },
            { type: 'TextRun', $when: '${hasStatus}', text: '. You said: ' },
            ...statusRuns,
          ],
          ...small,
        },
        {
          type: 'RichTextBlock',
          $when: "${foot != ''}",
          inlines: [{ type: 'TextRun', text: '${foot}', isSubtle: true, size: 'Small' }],
          ...small,
        },
        {
          type: 'ActionSet',
          $when: '${answerable}',
          actions: [openButton('Update ${ref}', '${!isAnswered}'), openButton('Change ${ref}', '${isAnswered}')],
          ...small,
        },
      ],
      separator: true,
      spacing: 'Medium',
    },
    {
      type: 'Container',
      items: [
        {
          type: 'ColumnSet',
          columns: [
            {
              type: 'Column',
              width: 'stretch',
              items: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '${pager}', isSubtle: true }] }],
              verticalContentAlignment: 'Center',
            },
            {
              type: 'Column',
              width: 'auto',
              items: [
                {
                  type: 'ActionSet',
                  actions: [
                    pageButton('Back', '${hasBack}', '${back}'),
                    pageButton('${more}', '${hasMore}', '${next}'),
                  ],
                },
              ],
              verticalContentAlignment: 'Center',
            },
          ],
        },
      ],
      separator: true,
      spacing: 'Medium',
    },
  ],
};
