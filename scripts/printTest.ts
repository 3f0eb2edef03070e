const marks = { passed: '✓', failed: '✗', skipped: '-' };

/** What a person looks for at the end of thousands of lines, and its short form. */
const remembered: string[] = [];
const failedTitles: string[] = [];

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
  if (state === 'failed')
    failedTitles.push(short(`${run === undefined ? '' : `${run}: `}${title}: ${error ?? ''}`));
  console.log(lines);
}

/**
 * Prints once more the tests that failed, and those that passed at a later attempt only; then what failed in a line
 * each, since often nobody sees more than a log's last lines.
 */
export function printFailuresAgain(): void {
  if (remembered.length > 0) console.log(`\nfailed, or passed at a later attempt:\n${remembered.join('\n')}`);
  if (failedTitles.length > 0) console.log(`\nfailed:\n${failedTitles.join('\n')}`);
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
