/**
 * Takes steps one after the other; one that fails is tried once more, and does not keep the others from being taken: what
 * a test leaves behind would make others fail.
 * @throws the first failure, when all steps were taken
 */
export async function inTurn(steps: readonly (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step().catch(() => step().catch((error: unknown) => failures.push(error)));
  if (failures.length > 0) throw failures[0] as Error;
}
