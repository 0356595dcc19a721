// The question who reads goes along with a view that is asked for at the same time: the first page needs one request.

/** What waits for a view to take it along; gets what the service said of the reader, or nothing where no view brought it. */
type Waiting = (reader: unknown) => void;

export interface Riding {
  /** Called when a view is asked for, before its token is there; what it gives is called when the request leaves. */
  prepare(): () => readonly Waiting[];
  /** What a view brings along; undefined when none is under way. */
  reader(): Promise<unknown>;
}

export function createRiding(): Riding {
  let waiting: readonly Waiting[] = [];
  let preparing = 0;

  function leave(): readonly Waiting[] {
    const taken = waiting;
    waiting = [];
    return taken;
  }

  return {
    prepare() {
      preparing += 1;
      return () => {
        preparing -= 1;
        return leave();
      };
    },
    reader: async () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve];
        // What is drawn together asks together: after that, nobody comes along any more.
        setTimeout(() => {
          if (preparing === 0) for (const one of leave()) one(undefined);
        });
      }),
  };
}
