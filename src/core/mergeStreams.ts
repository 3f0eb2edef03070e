/**
 * Reads several streams at once and yields what comes, as it comes. A stream that throws does not end the others; what
 * the first one threw is thrown when all have ended.
 * @param streams each is begun by the call that makes it
 * @param atOnce how many are read at the same time
 */
export async function* mergeStreams<T>(
  streams: readonly (() => AsyncGenerator<T>)[],
  atOnce: number,
): AsyncGenerator<T> {
  const waiting = [...streams];
  const open = new Set<AsyncGenerator<T>>();
  const failures: unknown[] = [];
  // What has come of the streams and was not looked at yet: at most one step of each. A race of promises over and over
  // would keep a note of every round in the slowest of them.
  const steps: Step<T>[] = [];
  let wake: () => void = () => undefined;
  const read = (stream: AsyncGenerator<T>) => {
    const take = (outcome: Omit<Step<T>, 'stream'>) => {
      steps.push({ stream, ...outcome });
      wake();
    };
    stream.next().then(
      (result) => take({ result }),
      (thrown: unknown) => take({ failure: { thrown } }),
    );
  };
  const begin = () => {
    const stream = waiting.shift()?.();
    if (stream === undefined) return;
    open.add(stream);
    read(stream);
  };
  for (let count = 0; count < atOnce; count++) begin();
  try {
    while (open.size > 0) {
      const step = steps.shift();
      if (step === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else if (step.result === undefined || step.result.done === true) {
        if (step.failure !== undefined) failures.push(step.failure.thrown);
        open.delete(step.stream);
        begin();
      } else {
        yield step.result.value;
        read(step.stream);
      }
    }
  } finally {
    // Not waited for: what a stream itself waits for ends with the signal that it was given.
    for (const stream of open) void stream.return(undefined).catch(() => undefined);
  }
  if (failures.length > 0) throw failures[0];
}

interface Step<T> {
  readonly stream: AsyncGenerator<T>;
  readonly result?: IteratorResult<T>;
  readonly failure?: { readonly thrown: unknown };
}
