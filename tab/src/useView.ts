// Reads a view for a page: what was read before is shown at once, then read again and again while somebody looks;
// a failure keeps what is shown.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type * as z from 'zod/mini';
import type { Problem } from '../../bot/api/contract';
import { ProblemError, type Api } from './api';
import { isLive, onChange } from './live';
import { isNews, shared } from './sharing';

/** The service lets a board get 45 seconds old: with these 15, nobody looks at what is older than a minute. */
const readEveryMs = 15_000;
/** Where the service says what changed, time alone makes a page older: what is due, what is late. */
const liveReads = 4;

export const ApiContext = createContext<Api | undefined>(undefined);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new TypeError('A page is drawn inside ApiContext.');
  return api;
}

export interface View<Data> {
  readonly data: Data | undefined;
  readonly problem: Problem | undefined;
  readonly isReading: boolean;
  /** How often what is shown changed because somebody changed the board. */
  readonly updates: number;
  /** Reads again; `fresh` has the service read SharePoint first. */
  readonly reload: (fresh?: boolean) => Promise<void>;
}

const known = new WeakMap<Api, Map<string, unknown>>();

export function useView<Schema extends z.ZodMiniType>(path: string, schema: Schema): View<z.output<Schema>> {
  type Data = z.output<Schema>;
  const api = useApi();
  const [state, setState] = useState<{ path: string; data?: Data; problem?: Problem; isReading: boolean }>(() =>
    before(api, path, schema),
  );

  const [updates, setUpdates] = useState(0);
  const underWay = useRef(0);
  /** Nobody is signed in: asking again by itself would have Teams ask the person again and again. */
  const waitsForPerson = useRef(false);

  const read = useCallback(
    async (fresh: boolean, quietly: boolean) => {
      underWay.current += 1;
      if (!quietly) setState((old) => (old.path === path ? { ...old, isReading: true } : before(api, path, schema)));
      try {
        const read = await api.get(fresh ? `${path}?fresh=true` : path, schema);
        waitsForPerson.current = false;
        const known = cache(api).get(path);
        const data = shared(known, read);
        cache(api).set(path, data);
        if (quietly && known !== undefined && isNews(known, data)) setUpdates((count) => count + 1);
        setState((old) => (old.path === path ? { path, data, isReading: false } : old));
      } catch (error) {
        const problem = problemOf(error);
        waitsForPerson.current = problem.type === 'urn:board-assistant:problem:signed-out';
        setState((old) => (old.path === path ? { ...old, problem, isReading: false } : old));
      } finally {
        underWay.current -= 1;
      }
    },
    [api, path, schema],
  );
  const reload = useCallback((fresh = false) => read(fresh, false), [read]);

  useEffect(() => {
    void reload();
  }, [reload]);

  // While the page is in sight, what changed comes by itself; nothing says so but the time and the figures.
  useEffect(() => {
    let ticks = 0;
    const timer = setInterval(() => {
      ticks += 1;
      if (waitsForPerson.current || (isLive() && ticks % liveReads !== 0)) return;
      if (document.visibilityState === 'visible' && underWay.current === 0) void read(false, true);
    }, readEveryMs);
    return () => clearInterval(timer);
  }, [read]);

  // The service says that the board changed.
  useEffect(() => onChange(() => void read(false, true)), [read]);

  // Back in the window after a while away: what is shown may be old.
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible') void reload();
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, [reload]);

  const isShown = state.path === path;
  return {
    data: isShown ? state.data : undefined,
    problem: isShown ? state.problem : undefined,
    isReading: !isShown || state.isReading,
    updates,
    reload,
  };
}

function cache(api: Api): Map<string, unknown> {
  const found = known.get(api);
  if (found) return found;
  const created = new Map<string, unknown>();
  known.set(api, created);
  return created;
}

function before<Schema extends z.ZodMiniType>(api: Api, path: string, schema: Schema) {
  const kept = schema.safeParse(cache(api).get(path));
  return { path, isReading: true, ...(kept.success ? { data: kept.data } : {}) };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  return {
    type: 'urn:board-assistant:problem:failed',
    title: 'Something went wrong on this page',
    status: 0,
    detail: 'Nothing is lost. Load the page again.',
  };
}
