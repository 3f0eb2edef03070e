/**
 * Makes a queue: what is given to it runs one after the other, and a failure stops nobody behind it.
 * @returns a function that takes the next task and settles as it does
 */
export function queue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const next = last.then(task);
    last = next.catch(() => undefined);
    return next;
  };
}
