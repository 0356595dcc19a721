// Who may use which of the tenant's places in a second: the sharing of them among instances as values in and values out,
// the limits of a conversation, and places for a process that sends alone.
import {
  aloneAfterMs,
  conversationLimits,
  conversationMarginMs,
  leftInPlay,
  oneRefusalMs,
  placeRestsMs,
  placesInAll,
  placesLeaseMs,
  recoveryPerSecond,
  type HeldPlace,
  type RealTime,
  type RefusedConversation,
  type SendPlaces,
  type Sharing,
  type SharingStore,
} from './portsPace';

export function nothingShared(count: number = placesInAll): Sharing {
  const places = Array.from({ length: count }, () => ({ holder: '', untilMs: -placeRestsMs }));
  return { places, sharers: {}, share: 1, slowedAtMs: 0 };
}

/** An instance asks: places in play are split evenly, those it has it keeps, and only places whose lease is over are given. */
export function holdPlaces(
  sharing: Sharing,
  holder: string,
  givenBack: readonly number[],
  nowMs: number,
): { readonly sharing: Sharing; readonly held: readonly HeldPlace[] } {
  const untilMs = nowMs + placesLeaseMs;
  // A clock that was set back leaves leases that would last for hours.
  const lasts = (endMs: number): boolean => endMs > nowMs && endMs <= untilMs;
  const places = sharing.places.map((one, place) => {
    const back = one.holder === holder && givenBack.includes(place);
    return { ...one, untilMs: back || one.untilMs > untilMs ? Math.min(one.untilMs, nowMs) : one.untilMs };
  });
  const sharers = {
    ...Object.fromEntries(Object.entries(sharing.sharers).filter(([, endMs]) => lasts(endMs))),
    [holder]: untilMs,
  };
  const part = partOf(holder, Object.keys(sharers).sort(), inPlay(sharing, nowMs));
  const mine = places.flatMap((one, place) => (one.holder === holder && one.untilMs > nowMs ? [place] : []));
  const open = places
    .flatMap((one, place) => (one.untilMs > nowMs ? [] : [{ place, endedMs: one.untilMs }]))
    .sort((a, b) => a.endedMs - b.endedMs)
    .map((one) => one.place);
  const given = new Set([...mine, ...open].slice(0, part));
  return {
    sharing: {
      ...sharing,
      places: places.map((one, place) => (given.has(place) ? { holder, untilMs } : one)),
      sharers,
    },
    held: [...given].map((place) => {
      const before = places[place];
      // An instance knows itself when what it had before has rested.
      const isOwn = before === undefined || before.holder === holder;
      return { place, freeInMs: isOwn ? 0 : Math.max(0, before.untilMs + placeRestsMs - nowMs) };
    }),
  };
}

/** An instance wants no place any more. */
export function leavePlaces(sharing: Sharing, holder: string, nowMs: number): Sharing {
  const { [holder]: _, ...sharers } = sharing.sharers;
  const places = sharing.places.map((one) =>
    one.holder === holder ? { holder, untilMs: Math.min(one.untilMs, nowMs) } : one,
  );
  return { ...sharing, places, sharers };
}

/** After a refusal: nine tenths of what there was, after those that follow it half, never less than one place. */
export function slowed(sharing: Sharing, nowMs: number): Sharing {
  const sinceMs = nowMs - sharing.slowedAtMs;
  if (sinceMs >= 0 && sinceMs < oneRefusalMs) return sharing;
  const left = sinceMs >= aloneAfterMs ? leftInPlay.alone : leftInPlay.following;
  return { ...sharing, share: Math.max(shareAt(sharing, nowMs) * left, 1 / sharing.places.length), slowedAtMs: nowMs };
}

function shareAt({ share, slowedAtMs }: Sharing, nowMs: number): number {
  return Math.min(1, share + (Math.max(0, nowMs - slowedAtMs) / 1000) * recoveryPerSecond);
}

function inPlay(sharing: Sharing, nowMs: number): number {
  return Math.max(1, Math.floor(sharing.places.length * shareAt(sharing, nowMs)));
}

/** The first by name have one more where it does not come out even; nobody has none. */
function partOf(holder: string, sharers: readonly string[], count: number): number {
  const isFirst = sharers.indexOf(holder) < count % sharers.length;
  return Math.max(1, Math.floor(count / sharers.length) + (isFirst ? 1 : 0));
}

/** The earliest moment for one more message after those at `times`, which rise. */
function earliestIn(times: readonly number[]): number {
  return Math.max(
    ...conversationLimits.map(({ messages, withinMs }) => {
      const first = times.at(-messages);
      return first === undefined ? Number.NEGATIVE_INFINITY : first + withinMs + conversationMarginMs;
    }),
  );
}

/** The tenant's places, shared by all who use the same store. */
export function createPlaces(store: SharingStore, count: number = placesInAll): SendPlaces {
  return {
    hold: async (holder, givenBack) =>
      store.change((before, nowMs) => {
        const { sharing, held } = holdPlaces(before ?? nothingShared(count), holder, givenBack, nowMs);
        return [sharing, held];
      }),
    leave: async (holder) =>
      store.change((before, nowMs) => [leavePlaces(before ?? nothingShared(count), holder, nowMs), undefined]),
    admit: async (conversations) => store.admit(conversations),
    slowDown: async () => store.change((before, nowMs) => [slowed(before ?? nothingShared(count), nowMs), undefined]),
  };
}

/** Places in memory: for one process that sends alone, as in tests. */
export function createLocalPlaces(count: number = placesInAll, time?: Pick<RealTime, 'nowMs'>): SendPlaces {
  return createPlaces(createLocalStore(time), count);
}

function createLocalStore(time?: Pick<RealTime, 'nowMs'>): SharingStore {
  const clock = (): number => time?.nowMs() ?? Date.now();
  const longestMs = Math.max(...conversationLimits.map((one) => one.withinMs)) + conversationMarginMs;
  let shared: Sharing | undefined;
  const sent = new Map<string, readonly number[]>();
  return {
    change: async (work) => {
      const [sharing, result] = work(shared, clock());
      shared = sharing;
      return result;
    },
    admit: async (conversations) =>
      conversations.flatMap((conversation): RefusedConversation[] => {
        const nowMs = clock();
        const times = (sent.get(conversation) ?? []).filter((one) => one > nowMs - longestMs);
        const inMs = earliestIn(times) - nowMs;
        if (inMs > 0) return [{ conversation, inMs }];
        sent.set(conversation, [...times, nowMs]);
        return [];
      }),
  };
}
