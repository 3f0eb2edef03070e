import { invalidArguments } from '../../core/failure.ts';

/** Questions that are remembered: an answer may come late, but not for ever. */
const mostRemembered = 50;

/**
 * What the person was told of each call that was asked about. Between the question and the answer a settings file or a
 * picture may be changed, by the agent itself: then something else would be done than what was allowed.
 */
export class ConfirmedCalls {
  private readonly told = new Map<string, string>();

  /** @param value the input as the agent gave it @param facts what it comes to */
  note(tool: string, value: unknown, facts: string): void {
    const key = keyOf(tool, value);
    this.told.delete(key);
    this.told.set(key, facts);
    for (const oldest of this.told.keys()) {
      if (this.told.size <= mostRemembered) break;
      this.told.delete(oldest);
    }
  }

  /**
   * Sees to it that a call still comes to what was told; of one that was not asked about nothing is known.
   * @throws invalidArguments
   */
  check(tool: string, value: unknown, facts: string): void {
    const key = keyOf(tool, value);
    const told = this.told.get(key);
    this.told.delete(key);
    if (told !== undefined && told !== facts)
      throw invalidArguments(
        'The gateway, the model, its price, the directory, the document or an image has changed since the person was asked; nothing was sent. Call the tool again, so that they are asked anew.',
      );
  }
}

function keyOf(tool: string, value: unknown): string {
  return `${tool} ${JSON.stringify(value)}`;
}
