/** The timers that were asked for since the watch began. */
export interface Timers {
  /** Their delays in milliseconds, in the order in which they were asked for. */
  readonly delays: readonly number[];
  /** Waits without being seen. */
  readonly wait: (ms: number) => Promise<void>;
  /** Waits until that many were asked for. */
  readonly reach: (count: number) => Promise<void>;
}

/**
 * Sees which timers a piece of work asks for. Work in slices waits for one between any two of them, so that what is
 * still done, and how long is waited for, can be told without a look at the clock.
 */
export async function watchTimers(act: (timers: Timers) => Promise<void>): Promise<void> {
  const { setTimeout: real } = globalThis;
  const delays: number[] = [];
  const watched = (...given: Parameters<typeof setTimeout>) => {
    delays.push(given[1] ?? 0);
    return real(...given);
  };
  Object.assign(globalThis, { setTimeout: watched });
  try {
    const wait = (ms: number): Promise<void> => new Promise((resolve) => real(resolve, ms));
    const reach = async (count: number): Promise<void> => {
      while (delays.length < count) await wait(5);
    };
    await act({ delays, wait, reach });
  } finally {
    Object.assign(globalThis, { setTimeout: real });
  }
}
