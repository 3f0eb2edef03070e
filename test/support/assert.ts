// The few assertions the editor tests need. `node:assert` is not there in the browser extension host.

/** Fails with the message where the value is falsy. */
export function ok(value: unknown, message = 'expected something truthy'): asserts value {
  if (!value) fail(`${message}, got ${show(value)}`);
}

/** Fails where two primitive values (or references) differ. */
export function equal(actual: unknown, expected: unknown, message = 'not equal'): void {
  if (!Object.is(actual, expected)) fail(`${message}: got ${show(actual)}, expected ${show(expected)}`);
}

/** Fails where two plain values differ anywhere. */
export function deepEqual(actual: unknown, expected: unknown, message = 'not equal'): void {
  if (!isSame(actual, expected)) fail(`${message}: got ${show(actual)}, expected ${show(expected)}`);
}

/** Fails where the text does not match. */
export function match(text: string, pattern: RegExp, message = 'no match'): void {
  if (!pattern.test(text)) fail(`${message}: ${show(text)} does not match ${String(pattern)}`);
}

/** Fails where the text does not hold the part. */
export function includes(text: string, part: string, message = 'not found'): void {
  if (!text.includes(part)) fail(`${message}: ${show(text)} does not hold ${show(part)}`);
}

/** Resolves with what the promise rejects with; fails where it resolves, or where the message does not match. */
export async function rejects(promise: PromiseLike<unknown>, pattern?: RegExp): Promise<Error> {
  const outcome = await Promise.resolve(promise).then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
  );
  if ('value' in outcome) return fail(`expected a rejection, got ${show(outcome.value)}`);
  if (pattern !== undefined) match(outcome.error.message, pattern, 'rejected otherwise');
  return outcome.error;
}

/** Waits until the check resolves to something truthy, and resolves to that. */
export async function eventually<T>(
  check: () => T | Promise<T>,
  message: string,
  timeoutMs = 10_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (let pause = 20; ; pause = Math.min(150, pause * 1.5)) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) return fail(`not within ${timeoutMs} ms: ${message}`);
    const wait = pause;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

/** Fails. */
export function fail(message: string): never {
  throw new Error(message);
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  const inOne = one as Record<string, unknown>;
  const inOther = other as Record<string, unknown>;
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(inOne[name], inOther[name]))
  );
}

function show(value: unknown): string {
  // Of undefined, functions and symbols JSON makes nothing.
  const text = (JSON.stringify(value) as string | undefined) ?? String(value);
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
