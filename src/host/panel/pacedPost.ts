/** A message, and what it means to the connection. */
export interface Paced<Message> {
  readonly message: Message;
  /** Of the pictures that it carries. */
  readonly byteLength: number;
  /** Of messages with the same name only the newest is sent of those that wait. */
  readonly supersedes?: string;
}

/** Messages with fewer bytes are sent at once. */
const largeBytes = 256 * 1024;
/** Between a large message and the next one, in milliseconds (docs/bench-panel.md). */
const pause = 100;

/**
 * Sends messages in their order, and leaves others their turn between large ones: what is sent in one turn VS Code joins
 * to one buffer, and the extension host stands still as long as that and the garbage of it take.
 */
export class PacedPost<Message> {
  private readonly send: (message: Message) => void;
  private readonly waiting: Paced<Message>[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (message: Message) => void) {
    this.send = send;
  }

  post(paced: Paced<Message>): void {
    const { supersedes } = paced;
    const at = supersedes === undefined ? -1 : this.waiting.findIndex((one) => one.supersedes === supersedes);
    if (at >= 0) this.waiting.splice(at, 1);
    this.waiting.push(paced);
    if (this.timer === undefined) this.sendNext();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.waiting.length = 0;
  }

  private sendNext(): void {
    this.timer = undefined;
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      this.send(next.message);
      if (next.byteLength < largeBytes) continue;
      this.timer = setTimeout(() => this.sendNext(), pause);
      return;
    }
  }
}
