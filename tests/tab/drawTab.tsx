// Draws the tab for a person over the real views of the sample board; answers are what a test says.
import { TextDecoder, TextEncoder } from 'node:util';
import { FluentProvider, teamsLightTheme } from '@fluentui/react-components';
import { configure, render } from '@testing-library/react';
import axe from 'axe-core';
import type { z } from 'zod';
import type { AnswerRequest, AnswerResponse, Problem } from '../../bot/api/contract';
import { leaveRequest } from '../../bot/api/contract/manage';
import { nudgeRequest } from '../../bot/api/contract/readiness';
import { settingsChangeRequest, settingsPreviewRequest } from '../../bot/api/contract/settings';
import type { BoardSnapshot } from '../../bot/board/model';
import { isKnownError } from '../../bot/errors';
import type { Ledger } from '../../bot/services/ports';
import { createViewBoard } from '../../bot/services/viewBoard';
import { ProblemError, type Api } from '../../tab/src/api';
import { App } from '../../tab/src/App';
import { ApiContext } from '../../tab/src/useView';
import { createMemoryLedger } from '../fixtures/memoryDelivery';
import {
  createFixedClock,
  createMemoryLibrary,
  createMemoryRecords,
  type MemoryRecords,
} from '../fixtures/memoryPorts';
import { memoryManaging } from '../fixtures/managing';
import { sampleSnapshot } from '../fixtures/samplePlan';

const boardId = 'hertland-send';
const sample = sampleSnapshot();

// Working out what is hidden takes most of the time in long tables; axe looks at that once a page.
configure({ defaultHidden: true, asyncUtilTimeout: 10_000 });
// Drawing and checking a page takes a second; a busy computer may take twenty.
jest.setTimeout(60_000);

/** What jsdom lacks and Fluent asks for; nothing here has a size. */
class NoResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
// The records are frozen in this process too.
Object.assign(window, { ResizeObserver: NoResizeObserver, scrollTo: () => undefined, TextDecoder, TextEncoder });
HTMLCanvasElement.prototype.getContext = () => null;
Element.prototype.scrollIntoView = () => undefined;
/** jsdom knows dialogs but not how they open. */
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};

export interface DrawnTab {
  readonly container: HTMLElement;
  readonly library: ReturnType<typeof createMemoryLibrary>;
  /** What the form sent, in order. */
  readonly answers: readonly AnswerRequest[];
  /** What was asked for beside answers, in order: address and body. */
  readonly posts: readonly { readonly path: string; readonly body: object }[];
  /** The next thing asked for beside answers fails like this; else it is carried out. */
  refuse(problem: Problem): void;
  readonly records: MemoryRecords;
  /** What becomes of the next answers, in order; a receipt when there is none. */
  reply(...outcomes: readonly (Problem | AnswerResponse)[]): void;
  /** The next requests for views fail like this, until it is taken back. */
  fail(problem: Problem | undefined): void;
}

export function problemWith(parts: Partial<Problem>): Problem {
  return { type: 'urn:test', title: 'It did not work', status: 503, detail: 'Try again in a minute.', ...parts };
}

export function drawTab(
  address: string,
  personRef: string,
  change = (board: BoardSnapshot) => board,
  more: {
    readonly at?: string;
    readonly ledger?: Ledger;
    readonly boards?: Readonly<Record<string, BoardSnapshot>>;
  } = {},
): DrawnTab {
  const snapshot = change(sample);
  const library = createMemoryLibrary();
  const records = createMemoryRecords({ [boardId]: snapshot, ...more.boards });
  const clock = createFixedClock(more.at ?? '2025-01-06T09:00:00.000Z');
  const ledger = more.ledger ?? createMemoryLedger();
  const views = createViewBoard({ records, library, ledger, clock });
  const managing = memoryManaging({ records, library, ledger, clock });
  const wanted = { entraObjectId: snapshot.people.find((one) => one.ref === personRef)?.entraObjectId ?? personRef };
  const answers: AnswerRequest[] = [];
  const outcomes: (Problem | AnswerResponse)[] = [];
  const posts: { path: string; body: object }[] = [];
  const refusals: Problem[] = [];
  let failure: Problem | undefined;

  async function view(path: string): Promise<unknown> {
    const { pathname, searchParams } = new URL(path, 'http://tab');
    const [, page = '', ref] = pathname.split('/');
    const asked = { ...wanted, fresh: searchParams.get('fresh') === 'true' };
    switch (page) {
      case 'me':
        return views.me(asked);
      case 'board':
        return views.board(asked);
      case 'actions':
        return ref === undefined ? views.actions(asked) : views.action(asked, decodeURIComponent(ref));
      case 'timeline':
        return views.timeline(asked);
      case 'boards':
        if (pathname.endsWith('/verification')) return managing.verifyLog.verify(invitingOf(pathname));
        if (pathname.endsWith('/logs/diff')) return diffOf(searchParams);
        if (pathname.endsWith('/release')) return managing.releaseLog.preview(releaseOf(pathname, searchParams));
        if (pathname.endsWith('/invitations')) return managing.inviteBoard.view(invitingOf(pathname));
        if (pathname.endsWith('/settings/history')) return historyOf();
        if (pathname.endsWith('/settings/binding')) return managing.changeSettings.binding(boardId);
        if (pathname.includes('/settings/binding/')) return choicesOf(pathname, searchParams);
        if (pathname.includes('/cards/')) return managing.previewCard.preview(cardOf(pathname));
        return views.search(asked, searchParams.get('q') ?? '');
      case 'meeting':
        return views.meeting(asked, ref === undefined ? undefined : decodeURIComponent(ref));
      case 'readiness':
        return views.readiness(asked);
      case 'clauses':
        return ref === undefined ? views.clauses(asked) : views.clause(asked, decodeURIComponent(ref));
      case 'contributions':
        return views.contributions(asked);
      case 'measures':
        return ref === undefined ? views.measures(asked) : views.measure(asked, decodeURIComponent(ref));
      case 'settings':
        return views.settings(asked);
      case 'risks':
        return views.risks(asked);
      default:
        return views.log(asked);
    }
  }

  const releaseOf = (pathname: string, given: URLSearchParams) => ({
    ...{ boardId, meetingRef: pathname.split('/')[4] ?? '', byRef: personRef },
    kind: given.get('kind') === 'after' ? ('after the meeting' as const) : ('for the meeting' as const),
    ...(given.has('reason') ? { reason: given.get('reason') ?? '' } : {}),
  });

  async function diffOf(given: URLSearchParams): Promise<unknown> {
    const found = await managing.compareFrozen.compare({
      boardId,
      from: given.get('from') ?? '',
      to: given.get('to') ?? '',
    });
    if (found.kind !== 'compared') return { to: found.to, text: found.text, rows: [], notes: [] };
    const { text, rows, notes } = found.comparison;
    return { from: found.from, to: found.to, text, rows, notes };
  }

  const invitingOf = (pathname: string) => ({ boardId, meetingRef: pathname.split('/')[4] ?? '', byRef: personRef });
  const cardOf = (pathname: string) => ({ boardId, personRef: pathname.split('/')[4] ?? '', byRef: personRef });

  async function choicesOf(pathname: string, given: URLSearchParams): Promise<unknown> {
    const title = given.get('title');
    const asked = { boardId, personRef, list: pathname.split('/').at(-1) ?? '' };
    const found = await managing.changeSettings.choices({ ...asked, ...(title === null ? {} : { title }) });
    if (found.kind === 'choices') return found.choices;
    throw new ProblemError(problemWith({ status: 403, issues: found.issues }));
  }

  const historyOf = async () => {
    const { whenWords } = await views.settingsReader(wanted);
    const changes = await managing.changeSettings.history(boardId);
    return {
      changes: changes.map(({ at, byName, route, ...one }) => ({
        ...one,
        when: whenWords(at),
        who: byName,
        by: route,
      })),
    };
  };

  async function actOnSettings(path: string, body: object): Promise<unknown> {
    const asked = { boardId, actor: { personRef, route: 'tab' as const } };
    if (path.endsWith('/preview')) {
      const { change } = settingsPreviewRequest.parse(body);
      const { kind, ...preview } = await managing.changeSettings.preview({ ...asked, change });
      if (kind === 'preview') return preview;
      throw new ProblemError(problemWith({ status: 422, ...preview }));
    }
    const result = await managing.changeSettings.change({ ...asked, ...settingsChangeRequest.parse(body) });
    if (result.kind === 'done') return result.receipt;
    throw new ProblemError(problemWith(result.kind === 'refused' ? { status: 422, issues: result.issues } : {}));
  }

  /** The use case of an address, over the same records as the views. */
  async function act(path: string, body: object): Promise<unknown> {
    if (path.endsWith('/nudges'))
      return managing.nudgeOwners.send({ ...nudgeRequest.parse(body), boardId, byRef: personRef });
    if (path.endsWith('/invitations')) return managing.inviteBoard.send(invitingOf(path));
    if (path.includes('/settings/')) return actOnSettings(path, body);
    if (path.endsWith('/changes/ticket')) return { ticket: 'a ticket', expiresInSeconds: 30 };
    const given = new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)]));
    const actor = { personRef, route: 'tab' } as const;
    const ref = path.split('/')[4] ?? '';
    if (path.startsWith('/manage/')) {
      const nonce = given.get('nonce') ?? '';
      const untilAt = given.get('untilAt');
      if (path.endsWith('/leave')) {
        const { personRef: leaver, lastDayOn, toRef } = leaveRequest.parse(body);
        const leaving = { personRef: leaver, lastDayOn, ...(toRef === undefined ? {} : { toRef }) };
        const left = await managing.manageItems.leave({ boardId, actor, nonce, leaving, named: [] });
        if (left.kind === 'done') return left.receipt;
        throw new ProblemError(problemWith(left.kind === 'refused' ? { status: 422, issues: left.issues } : {}));
      }
      const result = await (path.endsWith('/pause')
        ? managing.pauseSending.pause({
            boardId,
            actor,
            nonce,
            why: given.get('why') ?? '',
            ...(untilAt ? { untilAt } : {}),
          })
        : managing.pauseSending.resume({ boardId, actor, nonce }));
      if (result.kind === 'done') return result.receipt;
      throw new ProblemError(problemWith(result.kind === 'refused' ? { status: 422, issues: result.issues } : {}));
    }
    if (path.endsWith('/decision')) {
      const approve = given.get('approve') === 'true';
      const reason = given.get('reason') ?? undefined;
      const asked = { boardId, actor, ref, approve, ...(reason === undefined ? {} : { reason }) };
      const result = await managing.acts.decideDate.decide(asked);
      if (result.kind === 'decided') return { ref, approved: approve, words: await views.dateDecided(wanted, ref) };
      throw new ProblemError(problemWith(result.kind === 'refused' ? { status: 422, issues: result.issues } : {}));
    }
    const result = await managing.releaseLog.release({ ...releaseOf(path, given), seen: given.get('seen') ?? '' });
    if (result.kind === 'released') {
      const { kind: _kind, ...released } = result;
      return released;
    }
    const issues = result.changed.map((message) => ({ field: 'seen', message }));
    throw new ProblemError(problemWith({ status: 409, issues, currentVersion: result.preview.seen }));
  }

  const api: Api = {
    async post<Schema extends z.core.$ZodType>(
      path: string,
      body: object,
      schema: Schema & { parse(body: unknown): z.output<Schema> },
    ) {
      posts.push({ path, body });
      const refused = refusals.shift();
      if (refused) throw new ProblemError(refused);
      return schema.parse(JSON.parse(JSON.stringify(await act(path, body))));
    },
    async get<Schema extends z.core.$ZodType>(
      path: string,
      schema: Schema & { parse(body: unknown): z.output<Schema> },
    ) {
      if (failure) throw new ProblemError(failure);
      try {
        return schema.parse(JSON.parse(JSON.stringify(await view(path))));
      } catch (error) {
        if (!isKnownError(error)) throw error;
        const type = error.kind === 'notAuthorised' ? 'urn:board-assistant:problem:not-allowed' : 'urn:test';
        throw new ProblemError(problemWith({ type, title: error.kind, detail: error.message }));
      }
    },
    async answer(request) {
      answers.push(request);
      const outcome = outcomes.shift() ?? receipt(request);
      if ('detail' in outcome) throw new ProblemError(outcome);
      return outcome;
    },
    download: async (meetingRef, name) => {
      const content = await library.read(boardId, meetingRef, name);
      return new Blob([Buffer.from(content ?? []).toString('base64')]);
    },
  };

  window.history.replaceState(null, '', address);
  const { container } = render(
    <FluentProvider theme={teamsLightTheme}>
      <ApiContext value={api}>
        <App />
      </ApiContext>
    </FluentProvider>,
  );
  return {
    container,
    library,
    answers,
    posts,
    records,
    refuse: (problem) => void refusals.push(problem),
    reply: (...next) => void outcomes.push(...next),
    fail: (problem) => {
      failure = problem;
    },
  };
}

function receipt(request: AnswerRequest): AnswerResponse {
  return {
    ref: request.answer.ref,
    title: 'Locality profiles',
    changed: ['Status: off track → at risk', 'What happened'],
    noChange: request.answer.kind !== 'measure' && request.answer.noChange === true,
    savedAt: '2025-01-06T09:00:00.000Z',
    recordedAs: 'answered',
  };
}

/** Names of the rules of accessibility that the page breaks; colours are looked at in a real browser. */
export async function barriers(container: HTMLElement): Promise<readonly string[]> {
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
}
