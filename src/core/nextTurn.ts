/** Lets whatever else waits have its turn, so that long work stalls nobody. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
