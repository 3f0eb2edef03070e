/** How long drawing may hold the event loop before it lets others in. */
const sliceMs = 10;

/** Lets drawing stop at once when it is aborted, and keeps the extension host responsive meanwhile. */
export interface Pace {
  readonly signal: AbortSignal;
  /** Throws the signal's reason when aborted; waits one turn of the event loop when a slice is used up. */
  breathe(): Promise<void> | undefined;
  /** Waits, or rejects with the signal's reason. */
  pause(ms: number): Promise<void>;
}

/** Starts a pace that ends with the signal. */
export function createPace(signal: AbortSignal): Pace {
  let sliceStart = performance.now();
  const pause = async (ms: number): Promise<void> => {
    await wait(ms, signal);
    sliceStart = performance.now();
  };
  return {
    signal,
    pause,
    breathe() {
      signal.throwIfAborted();
      return performance.now() - sliceStart < sliceMs ? undefined : pause(0);
    },
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      // The reason is handed on as it is: callers compare it with the one they aborted with.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
