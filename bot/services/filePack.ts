// Makes the papers around a frozen log - board pack, self-assessment, deep dive - and files them with it.
import { assess } from '../board/assess';
import type { BoardAssessment } from '../board/assessment';
import type { CompiledLog } from '../board/log';
import { checkLogTexts } from '../board/logPrivacy';
import type { BoardSnapshot, LogKind, Ref } from '../board/model';
import { checkText, privacyWords } from '../board/privacy';
import { listed } from '../board/wording';
import { InvalidInputError, NotFoundError } from '../errors';
import type { Logger } from '../logger';
import { boardPack } from '../papers/boardPack';
import type { Charts } from '../papers/charts';
import { deepDive } from '../papers/deepDive';
import { paperTexts, renderDocument, type Paper } from '../papers/document';
import type { PackInput, PaperClause } from '../papers/packBlocks';
import { selfAssessment } from '../papers/selfAssessment';
import { findFrozen, isCompiled, shortCodeOf } from './frozenLogs';
import type { BoardRecords, FiledPaper, Library } from './ports';

export type PackKind = 'board' | 'self-assessment' | 'deep-dive';

export interface PackRequest {
  readonly boardId: string;
  readonly meetingRef: Ref;
  readonly kind: PackKind;
  /** The area of a deep dive. */
  readonly areaRef?: Ref;
}

/** A pack before it is filed. */
export interface PackPreview {
  /** The name of its file. */
  readonly name: string;
  readonly title: string;
  /** The frozen log it is made from: "B09-before, 4F2A". */
  readonly shortCode: string;
  /** Records that a person should look at before the paper leaves the building: which and what, never the text. */
  readonly privacyWarnings: readonly string[];
}

export interface FiledPack extends PackPreview {
  readonly paper: FiledPaper;
}

export interface FilePack {
  /**
   * Throws NotFoundError for an unknown meeting; InvalidInputError when no log of it is frozen, when the area is not known,
   * or when a text holds an identifier of a child; UpstreamError.
   */
  preview(request: PackRequest): Promise<PackPreview>;
  /** Throws as `preview` does. */
  file(request: PackRequest): Promise<FiledPack>;
}

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export function createFilePack(ports: {
  readonly records: BoardRecords;
  readonly library: Library;
  readonly charts: Charts;
  readonly clauses: (snapshot: BoardSnapshot, assessment: BoardAssessment) => readonly PaperClause[];
  readonly logger: Logger;
}): FilePack {
  const { records, library, charts, logger } = ports;

  async function inputOf(request: PackRequest): Promise<PackInput> {
    const { boardId, meetingRef } = request;
    const snapshot = await records.refresh(boardId);
    if (!snapshot.meetings.some((one) => one.ref === meetingRef)) throw new NotFoundError('meeting', meetingRef);
    const { log, hash } = await frozenLog(request);
    const filed = await library.list(boardId, meetingRef);
    const assessment = assess(snapshot, { at: log.judgedAt, meetingRef });
    return {
      log,
      facts: { shortCode: shortCodeOf(meetingRef, log.kind, hash), hash, state: 'frozen' },
      snapshot,
      filed: filed.map((one) => one.name),
      charts,
      clauses: ports.clauses(snapshot, assessment),
    };
  }

  /** A board pack goes before the meeting; a review is told the newest that is frozen. */
  async function frozenLog({ boardId, meetingRef, kind }: PackRequest): Promise<{ log: CompiledLog; hash: string }> {
    const before: LogKind = 'for the meeting';
    const order: readonly LogKind[] = kind === 'board' ? [before] : ['after the meeting', before];
    for (const logKind of order) {
      const found = (await findFrozen({ library, logger }, { boardId, meetingRef, kind: logKind })).at(-1);
      if (found && isCompiled(found.log)) return { log: found.log, hash: found.hash };
    }
    throw new InvalidInputError(
      `No log is frozen for ${meetingRef}, so there is nothing to make the paper from. Freeze it first: compile --meeting ${meetingRef} --freeze.`,
    );
  }

  async function make(request: PackRequest): Promise<{ readonly paper: Paper; readonly preview: PackPreview }> {
    const { meetingRef, kind, areaRef } = request;
    const read = await inputOf(request);
    const of = areaRef !== undefined && kind === 'deep-dive' ? ` ${areaRef}` : '';
    const name = `${meetingRef} ${paperNames[kind]}${of}, ${read.facts.hash.slice(0, 8).toUpperCase()}.docx`;
    // Made again, a pack does not list itself.
    const input = { ...read, filed: read.filed.filter((one) => one !== name) };
    const paper = paperOf(request, input);
    refuseIdentifiers(paper);
    const { shortCode } = input.facts;
    return { paper, preview: { name, title: paper.title, shortCode, privacyWarnings: warningsOf(input) } };
  }

  return {
    preview: async (request) => (await make(request)).preview,
    file: async (request) => {
      const { boardId, meetingRef, kind } = request;
      const { paper, preview } = await make(request);
      const filed = await library.file(boardId, meetingRef, preview.name, await renderDocument(paper), wordType);
      logger.info('pack filed', { boardId, meetingRef, kind });
      return { ...preview, paper: filed };
    },
  };
}

const paperNames: Readonly<Record<PackKind, string>> = {
  board: 'board pack',
  'self-assessment': 'self-assessment',
  'deep-dive': 'deep dive',
};

function paperOf(request: PackRequest, input: PackInput): Paper {
  switch (request.kind) {
    case 'board':
      return boardPack(input);
    case 'self-assessment':
      return selfAssessment(input);
    case 'deep-dive': {
      const { areas } = input.log.sections;
      const area = areas.find((one) => one.ref === request.areaRef);
      if (area) return deepDive(input, area);
      const known = `The areas of the log are ${listed(areas.map((one) => one.ref))}.`;
      throw new InvalidInputError(
        request.areaRef === undefined
          ? `A deep dive is of one area. ${known}`
          : `There is no area ${request.areaRef}. ${known}`,
      );
    }
  }
}

/** Refuses identifiers of a child anywhere in the paper; names the record they stand in, never the text. */
function refuseIdentifiers(paper: Paper): void {
  const refused = paperTexts(paper).flatMap(({ where, text }) =>
    checkText(text).flatMap((hit) => (hit.level === 'refused' ? [`${where}: ${privacyWords[hit.kind]}.`] : [])),
  );
  if (refused.length === 0) return;
  throw new InvalidInputError(
    'The paper is not filed: the record holds identifiers of a child. The secretary redacts them in SharePoint, then makes it again.',
    [...new Set(refused)].map((message) => ({ field: 'text', message })),
  );
}

/** Looks at what people wrote alone: the paper's own sentences hold small counts of actions and measures. */
function warningsOf({ log, snapshot }: PackInput): readonly string[] {
  const texts: readonly (readonly [Ref, string | undefined])[] = [
    ...snapshot.evidence.flatMap((one) =>
      [one.summary, one.heard, one.did, one.difference].map((text) => [one.ref, text] as const),
    ),
    ...snapshot.risks.flatMap((one) => [one.cause, one.event, one.effect].map((text) => [one.ref, text] as const)),
    ...snapshot.mitigations.map((one) => [one.ref, one.text] as const),
    ...snapshot.coProduction.flatMap((one) => [one.did, one.changed].map((text) => [one.ref, text] as const)),
    ...snapshot.decisions.map((one) => [one.ref, one.text] as const),
    ...snapshot.adviserNotes.flatMap((one) => [one.text, one.answer].map((text) => [one.ref, text] as const)),
  ];
  const found = [
    ...checkLogTexts(log),
    ...texts.flatMap(([ref, text]) => checkText(text ?? '').map((hit) => ({ ref, ...hit }))),
  ];
  return [
    ...new Set(found.filter((one) => one.level === 'warning').map((one) => `${one.ref}: ${privacyWords[one.kind]}.`)),
  ];
}
