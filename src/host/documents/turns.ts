/** How long is worked at a stretch, in milliseconds, before others have their turn. */
const slice = 8;

/** Leaves others their turn once a slice of time is used up; several pieces of work can share one. */
export class Turns {
  private began = performance.now();
  private pause: Promise<void> | undefined;

  /** Waits where it is the turn of others. */
  async take(): Promise<void> {
    // Of those who wait for the same pause, the first may use up the slice.
    while (performance.now() - this.began >= slice) await (this.pause ??= this.rest());
  }

  private async rest(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.pause = undefined;
    this.began = performance.now();
  }
}
