// What each message of the cycle says to one person: one content for each step, shown as card and as e-mail alike.
import type { CycleStepName } from '../board/cycleSteps';
import { papersSentOf } from '../board/released';
import { arisingContent } from './messageArising';
import { askingContent, isAskingStep } from './messageAsking';
import { briefingContent, digestContent } from './messageBriefing';
import { escalationContent } from './messageEscalation';
import { noticeContent } from './messageNotices';
import { papersContent, papersReminderContent, papersSentContent } from './messagePapers';
import type { MessageContent, MessageInput } from './messageShape';

/** The content of a step or notice for one person. Pure. */
export function messageContent(input: MessageInput): MessageContent {
  const { step } = input;
  if (papersSentOf(step) !== undefined) return papersSentContent(input);
  // A reminder at the secretary's wish asks, though its name is that of a notice.
  if (isAskingStep(step)) return askingContent({ ...input, step });
  if (isNotice(step)) return noticeContent(input);
  return contents[step](input);
}

const contents = {
  escalation: escalationContent,
  papers: papersContent,
  'papers-reminder': papersReminderContent,
  'papers-last-call': papersReminderContent,
  briefing: briefingContent,
  digest: digestContent,
  arising: arisingContent,
} as const satisfies Partial<Record<CycleStepName, (input: MessageInput) => MessageContent>>;

function isNotice(step: MessageInput['step']): step is `notice:${string}` {
  return step.startsWith('notice:');
}
