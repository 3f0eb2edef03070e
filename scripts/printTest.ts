const marks = { passed: '✓', failed: '✗', skipped: '-' };

/** What a person looks for at the end of thousands of lines. */
const remembered: string[] = [];

/** One test of a run. */
export interface PrintedTest {
  /** Stands before each line: two runs may print at once. */
  readonly run?: string;
  readonly state: keyof typeof marks;
  readonly title: string;
  readonly milliseconds?: number | undefined;
  readonly error?: string | undefined;
}

/** Prints one line for a test, with the error below it. */
export function printTest({ run, state, title, milliseconds = 0, error }: PrintedTest): void {
  const slow = milliseconds >= 1000 ? ` (${(milliseconds / 1000).toFixed(1)} s)` : '';
  const below = error === undefined ? '' : `\n${error.replace(/^/gm, '      ')}`;
  const text = `  ${marks[state]} ${title}${slow}${below}`;
  const lines = run === undefined ? text : text.replace(/^/gm, `${run}:`);
  if (state === 'failed' || /\(at attempt \d\)$/.test(title)) remembered.push(lines);
  console.log(lines);
}

/** Prints once more the tests that failed, and those that passed at a later attempt only. */
export function printFailuresAgain(): void {
  if (remembered.length > 0) console.log(`\nfailed, or passed at a later attempt:\n${remembered.join('\n')}`);
}
