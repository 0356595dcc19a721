// Shows the board to a person: recognises them, judges the snapshot as of now, and gives the view their part allows.
import type { Instant, Ref } from '../board/model';
import { resolvePolicy } from '../board/policy';
import { NotAuthorisedError, NotFoundError } from '../errors';
import { recognise, refusals, viewerOf, type Viewer, type ViewName } from './access';
import { judge } from './judge';
import { lookAtNudges } from './nudgeOwners';
import type { BoardRecords, Clock, Ledger, Library, StaleReason } from './ports';
import { createSearch, type Search } from './search';
import { viewSearch } from './viewSearch';
import { viewAction, viewActions } from './viewActions';
import { viewContributions } from './viewContributions';
import { createContext, type ViewContext } from './viewContext';
import { viewFirst } from './viewFirst';
import { viewClause, viewClauses, type ClausePorts } from './viewClauses';
import { readPaper, viewLog } from './viewLog';
import { dateDecidedWords, viewMeeting } from './viewMeeting';
import { viewMeasureList, viewMeasurePage } from './viewMeasurePages';
import { viewReadiness } from './viewReadiness';
import { viewRisks } from './viewRisks';
import { viewSettings } from './viewSettings';
import { viewTimeline } from './viewTimeline';

/** Who asks, for which board (the first they belong to when absent), and whether SharePoint is read again first. */
export interface ViewRequest {
  readonly entraObjectId: string;
  readonly boardId?: string | undefined;
  readonly fresh?: boolean | undefined;
}

export type ViewBoard = ReturnType<typeof createViewBoard>;

const roleWords: Readonly<Record<Viewer['person']['boardRole'], string>> = {
  chair: 'Chair',
  secretary: 'Secretary',
  member: 'Member',
  owner: 'Owner',
  deputy: 'Deputy',
  'dfe-send-adviser': 'Adviser, Department for Education',
  'nhse-adviser': 'Adviser, NHS England',
  'dfe-case-lead': 'Case lead, Department for Education',
};

/** Throws NotAuthorisedError for strangers and for what a part does not allow, NotFoundError, UpstreamError, ThrottledError. */
export function createViewBoard(ports: {
  readonly records: BoardRecords;
  readonly library: Library;
  readonly ledger: Pick<Ledger, 'entries'>;
  readonly addresses?: ClausePorts['addresses'];
  readonly clock: Clock;
  /** Its own where none is shared. */
  readonly search?: Search;
}) {
  const search = ports.search ?? createSearch(ports);

  async function locate(request: ViewRequest) {
    const ids = ports.records.boardIds();
    const wanted = request.boardId === undefined ? ids : ids.filter((one) => one === request.boardId);
    for (const boardId of wanted) {
      const read = await readBoard(ports.records, boardId, request.fresh ?? false);
      const person = recognise(read.snapshot, request.entraObjectId);
      if (person) return { boardId, ...read, viewer: viewerOf(person, resolvePolicy(read.snapshot.policy).policy) };
    }
    // The same words for a board that does not exist, so that nobody learns which do.
    throw new NotAuthorisedError(refusals.stranger, 'notAllowed');
  }

  async function open(request: ViewRequest, view: ViewName): Promise<ViewContext> {
    const found = await locate(request);
    if (!found.viewer.views.includes(view))
      throw new NotAuthorisedError(
        refusals[view === 'readiness' || view === 'settings' ? (`${view}View` as const) : 'adviserView'],
        'notAllowed',
      );
    return createContext({ ...found, assessment: judge(found.snapshot, ports.clock.now()) });
  }

  return {
    async me(request: ViewRequest) {
      const { boardId, snapshot, viewer } = await locate(request);
      return {
        personRef: viewer.person.ref,
        name: viewer.person.name,
        roleWords: roleWords[viewer.person.boardRole],
        role: viewer.role,
        boardId,
        boardName: snapshot.facts.name,
        boards: await boardsOf(ports.records, request.entraObjectId),
        pages: viewer.views,
      };
    },
    /** The board and the person an answer is given for, with the views' checks of who it is. */
    async answerer(request: ViewRequest): Promise<{ boardId: string; personRef: Ref }> {
      const { boardId, viewer } = await locate(request);
      if (viewer.role === 'adviser') throw new NotAuthorisedError(refusals.adviserAnswer, 'notAllowed');
      return { boardId, personRef: viewer.person.ref };
    },
    async board(request: ViewRequest) {
      const context = await open(request, 'board');
      const { boardId, meeting, viewer } = context;
      // The secretary alone may have a message sent again.
      const entries = meeting && viewer.role === 'secretary' ? await ports.ledger.entries(boardId, meeting.ref) : [];
      return viewFirst(
        context,
        entries.filter((one) => one.state === 'uncertain'),
      );
    },
    actions: async (request: ViewRequest) => viewActions(await open(request, 'actions')),
    timeline: async (request: ViewRequest) => viewTimeline(await open(request, 'actions')),
    async action(request: ViewRequest, ref: Ref) {
      const shown = viewAction(await open(request, 'actions'), ref);
      if (!shown) throw new NotFoundError('action', ref);
      return shown;
    },
    risks: async (request: ViewRequest) => viewRisks(await open(request, 'risks')),
    contributions: async (request: ViewRequest) => viewContributions(await open(request, 'contributions')),
    meeting: async (request: ViewRequest, ref?: Ref) => viewMeeting(await open(request, 'meeting'), ref),
    /** What came of a decision about a date, in words. */
    dateDecided: async (request: ViewRequest, ref: Ref) => dateDecidedWords(await open(request, 'meeting'), ref),
    async readiness(request: ViewRequest) {
      const context = await open(request, 'readiness');
      return viewReadiness(context, await lookAtNudges(ports, context.boardId, context.snapshot, context.assessment));
    },
    measures: async (request: ViewRequest) => viewMeasureList(await open(request, 'measures')),
    async measure(request: ViewRequest, ref: Ref) {
      const shown = viewMeasurePage(await open(request, 'measures'), ref);
      if (!shown) throw new NotFoundError('measure', ref);
      return shown;
    },
    settings: async (request: ViewRequest) => viewSettings(await open(request, 'settings')),
    /** The board whose settings somebody may read, and its way to say a moment. */
    async settingsReader(request: ViewRequest): Promise<{ boardId: string; whenWords: (at: Instant) => string }> {
      const { boardId, calendar } = await open(request, 'settings');
      return { boardId, whenWords: (at) => calendar.longDateTime(at) };
    },
    /** Anybody whom the board knows, advisers included. */
    async reader(request: ViewRequest): Promise<{ boardId: string; personRef: Ref }> {
      const { boardId, viewer } = await locate(request);
      return { boardId, personRef: viewer.person.ref };
    },
    clauses: async (request: ViewRequest) => viewClauses(await open(request, 'clauses'), ports),
    async clause(request: ViewRequest, clause: string) {
      const shown = await viewClause(await open(request, 'clauses'), ports, clause);
      if (!shown) throw new NotFoundError('clause', clause);
      return shown;
    },
    /** What fits the words; advisers find what was released. */
    search: async (request: ViewRequest, query: string) => viewSearch(await open(request, 'log'), search, query),
    log: async (request: ViewRequest) => viewLog(await open(request, 'log'), ports.library),
    paper: async (request: ViewRequest, meetingRef: Ref, name: string) =>
      readPaper(await open(request, 'log'), ports.library, meetingRef, name),
    /** For the sign-in of local mode alone: the people of the first board. */
    async people() {
      const boardId = ports.records.boardIds()[0];
      if (boardId === undefined) return [];
      const { people } = await ports.records.snapshot(boardId);
      return people
        .filter((one) => one.entraObjectId !== undefined)
        .map(({ ref, name, role }) => ({ ref, name, role }));
    },
  };
}

export const staleWords: Readonly<Record<StaleReason, string>> = {
  'no-answer':
    'SharePoint has not answered, so this is what was read before. Nothing is lost; it is asked again by itself.',
  throttled: 'SharePoint asked us to wait, so this is what was read before. It is read again shortly.',
  waiting: 'Reading SharePoint again waits for its turn, so this is what was read before. It follows within a minute.',
};

/** When SharePoint cannot be read again, what was read before is shown, marked with the reason. */
async function readBoard(records: BoardRecords, boardId: string, fresh: boolean) {
  const snapshot = await records.snapshot(boardId, fresh ? 0 : undefined);
  const { readAt, stale } = records.freshness(boardId);
  return { snapshot, readAt: readAt ?? snapshot.readAt, stale: stale && staleWords[stale] };
}

async function boardsOf(records: BoardRecords, entraObjectId: string) {
  const found: { id: string; name: string }[] = [];
  for (const id of records.boardIds()) {
    const snapshot = await records.snapshot(id);
    if (recognise(snapshot, entraObjectId)) found.push({ id, name: snapshot.facts.name });
  }
  return found;
}
