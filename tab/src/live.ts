// Hears of changes of the board: one held connection for the window while it is in sight; without one the pages ask.
import { useEffect } from 'react';
import { changesEvents, changesTicketResponse } from '../../bot/api/contract';
import type { Api } from './api';

const listeners = new Set<() => void>();
let connections = 0;

/** `told` is called after each change in SharePoint that the service saw. */
export function onChange(told: () => void): () => void {
  listeners.add(told);
  return () => {
    listeners.delete(told);
  };
}

/** True while the service says by itself when something changed. */
export function isLive(): boolean {
  return connections > 0;
}

const firstWaitMs = 5_000;
const longestWaitMs = 5 * 60_000;

/** Keeps one connection while the window is in sight; what is refused or breaks is tried again, ever more seldom. */
export function followChanges(api: Pick<Api, 'post'>, boardId: string): () => void {
  if (typeof EventSource === 'undefined') return () => undefined;
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isHeld = false;
  let wasHeld = false;
  let isStopped = false;
  let isAsking = false;

  const inSight = (): boolean => document.visibilityState === 'visible';
  const letGo = (): void => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
    if (isHeld) connections -= 1;
    isHeld = false;
  };
  const tryLater = (): void => {
    letGo();
    if (isStopped || !inSight()) return;
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** failures) * (0.75 + Math.random() / 2);
    failures += 1;
    timer = setTimeout(() => void connect(), waitMs);
  };
  const tell = (): void => {
    for (const told of [...listeners]) told();
  };

  async function connect(): Promise<void> {
    if (isAsking || source || isStopped || !inSight()) return;
    isAsking = true;
    try {
      const { ticket } = await api.post(
        `/boards/${encodeURIComponent(boardId)}/changes/ticket`,
        {},
        changesTicketResponse,
      );
      if (isStopped || !inSight()) return;
      source = new EventSource(`/api/v1/changes?ticket=${encodeURIComponent(ticket)}`);
    } catch {
      // Whatever the reason, pages go on asking by themselves.
      tryLater();
      return;
    } finally {
      isAsking = false;
    }
    source.addEventListener(changesEvents.ready, () => {
      failures = 0;
      if (!isHeld) connections += 1;
      isHeld = true;
      // What happened while nobody listened was not told.
      if (wasHeld) tell();
      wasHeld = true;
    });
    source.addEventListener(changesEvents.changed, tell);
    // A ticket is for one connection: the browser's own second try would be refused.
    source.addEventListener('error', tryLater);
  }

  const sight = (): void => {
    if (inSight()) void connect();
    else letGo();
  };
  document.addEventListener('visibilitychange', sight);
  void connect();
  return () => {
    isStopped = true;
    document.removeEventListener('visibilitychange', sight);
    letGo();
  };
}

export function useChanges(api: Pick<Api, 'post'>, boardId: string | undefined): void {
  useEffect(() => (boardId === undefined ? undefined : followChanges(api, boardId)), [api, boardId]);
}
