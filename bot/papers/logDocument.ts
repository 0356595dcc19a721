// The action and impact log as a Word document: page one can be read aloud in two minutes, then the sections in order.
import type { CompiledLog } from '../board/logShape';
import { renderDocument, type Paper } from './document';
import { headlines } from './headlines';
import {
  aboutSection,
  areaSections,
  dateChangeSection,
  decisionSection,
  experienceSection,
  findingSection,
  measureSection,
  riskSection,
  shortSections,
  slowSection,
} from './logBlocks';
import {
  codeWords,
  comparedWords,
  correctsWords,
  judgedWords,
  kindWords,
  releasedWords,
  type PaperFacts,
} from './logWords';
import { outcomeSection } from './outcomeBlocks';

/** Renders the log as .docx. */
export async function renderLogDocument(log: CompiledLog, facts: PaperFacts): Promise<Uint8Array> {
  return renderDocument(logPaper(log, facts));
}

/** The log as a paper: pure, so that its words can be tested without Word. */
export function logPaper(log: CompiledLog, facts: PaperFacts): Paper {
  return {
    title: 'Action and impact log',
    cover: [
      ...[log.boardName, kindWords(log), judgedWords(log), codeWords(facts)],
      ...[releasedWords(log), correctsWords(log)].filter((one) => one !== undefined),
      comparedWords(log),
    ],
    withContents: true,
    footer: `${log.boardName}, ${facts.shortCode}${facts.state === 'draft' ? ', draft' : ''}`,
    sections: [
      { orientation: 'portrait', blocks: headlines(log) },
      {
        orientation: 'landscape',
        blocks: [
          ...outcomeSection(log),
          ...slowSection(log),
          ...shortSections(log),
          ...areaSections(log),
          ...measureSection(log),
          ...riskSection(log),
          ...dateChangeSection(log),
          ...decisionSection(log),
          ...experienceSection(log),
          ...findingSection(log),
          ...aboutSection(facts),
        ],
      },
    ],
  };
}
