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
  const open = new Map<AsyncGenerator<T>, Promise<Step<T>>>();
  const failures: unknown[] = [];
  const begin = () => {
    const stream = waiting.shift()?.();
    if (stream !== undefined) open.set(stream, step(stream));
  };
  for (let count = 0; count < atOnce; count++) begin();
  try {
    while (open.size > 0) {
      const { stream, result, failure } = await Promise.race(open.values());
      if (failure !== undefined) failures.push(failure.thrown);
      if (result === undefined || result.done === true) {
        open.delete(stream);
        begin();
      } else {
        open.set(stream, step(stream));
        yield result.value;
      }
    }
  } finally {
    // Not waited for: what a stream itself waits for ends with the signal that it was given.
    for (const stream of open.keys()) void stream.return(undefined).catch(() => undefined);
  }
  if (failures.length > 0) throw failures[0];
}

interface Step<T> {
  readonly stream: AsyncGenerator<T>;
  readonly result?: IteratorResult<T>;
  readonly failure?: { readonly thrown: unknown };
}

function step<T>(stream: AsyncGenerator<T>): Promise<Step<T>> {
  return stream.next().then(
    (result) => ({ stream, result }),
    (thrown: unknown) => ({ stream, failure: { thrown } }),
  );
}
