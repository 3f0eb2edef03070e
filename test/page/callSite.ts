import type { Page } from 'playwright-core';

// What a page of `site` hands to the tests is its global `site`: functions and values by name.

type CallArgs<S, K extends keyof S> = S[K] extends (...args: infer A) => unknown ? A : [];
type CallResult<S, K extends keyof S> = S[K] extends (...args: never[]) => infer R ? Awaited<R> : S[K];

/** Calls a function of the page, or reads a value there. */
export type SiteCaller<S> = <K extends keyof S>(
  name: K,
  ...args: CallArgs<S, K>
) => Promise<CallResult<S, K>>;

interface Global {
  readonly site: Readonly<Record<string, unknown>>;
  requestAnimationFrame(run: () => void): void;
}

/** @returns what calls the site `S` in the page */
export function callerOf<S>(page: Page): SiteCaller<S> {
  return (name, ...args) =>
    page.evaluate(
      ([key, given]) => {
        const { site } = globalThis as unknown as Global;
        const member = site[key];
        return typeof member === 'function'
          ? (member.bind(site) as (...all: unknown[]) => unknown)(...given)
          : member;
      },
      [name, args] as [string, unknown[]],
    ) as never;
}

/** Waits until what was asked for is drawn. */
export function drawn(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const global = globalThis as unknown as Global;
        global.requestAnimationFrame(() => global.requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );
}
