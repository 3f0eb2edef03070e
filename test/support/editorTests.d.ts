/** Every test/editor/**\/*.test.ts, found when the bundle is built (scripts/bundleTests.ts): path below test/editor → its module. */
declare module 'editor-tests' {
  export const files: Readonly<Record<string, () => Promise<unknown>>>;
}

declare module 'mocha/mocha.js';
