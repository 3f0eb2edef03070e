import type { ResultsApi } from '../test/support/controlApi.ts';
import { printTest } from './printTest.ts';
import { mapStack } from './stackLines.ts';
import { addTotals, describeTotals, noTests, type Totals } from './totals.ts';

/** Takes what the tests inside an editor report, prints it, and judges the run. */
export class RunResults {
  #totals: Totals = noTests;
  #finished: (Totals & { files: number }) | undefined;
  #end: (() => void) | undefined;
  /** Resolves when the tests inside have come to their end. */
  readonly finished = new Promise<void>((resolve) => (this.#end = resolve));
  readonly #run: string;

  /** @param run its name stands before each line: two runs may print at once */
  constructor(run: string) {
    this.#run = run;
  }

  /** What the bundle inside the editor calls. */
  api(): ResultsApi {
    return {
      ended: ({ title, state, milliseconds, error }) => {
        this.#totals = addTotals(this.#totals, { ...noTests, [state]: 1 });
        printTest({ run: this.#run, state, title, milliseconds, error: error && mapStack(error) });
        return Promise.resolve();
      },
      finished: (totals) => {
        this.#finished = totals;
        this.#end?.();
        return Promise.resolve();
      },
    };
  }

  /** Whether the tests inside came to their end. */
  get hasFinished(): boolean {
    return this.#finished !== undefined;
  }

  /** The run's totals; a run that died, or had nothing to run, has one failure more. `why` ends in a line each. */
  close(died: string | undefined, filtered: boolean): Totals {
    const done = this.#finished;
    const missing = done?.files === 0 && !filtered ? `no test files of its own in test/editor` : undefined;
    const none =
      done !== undefined && !filtered && done.passed + done.failed + done.skipped === 0
        ? 'it ran no test'
        : undefined;
    const why = died ?? (done === undefined ? 'the tests ended without a result' : (missing ?? none));
    if (why !== undefined) {
      printTest({ run: this.#run, state: 'failed', title: `the run ${this.#run} is complete`, error: why });
      this.#totals = addTotals(this.#totals, { ...noTests, failed: 1 });
    }
    console.log(`${this.#run}:  ${describeTotals(this.#totals)}`);
    return this.#totals;
  }
}
