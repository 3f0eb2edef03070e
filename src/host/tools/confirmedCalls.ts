import { invalidArguments } from '../../core/failure.ts';
import type { AskedModel } from './toolMoney.ts';

/** What the person was told of a call, as far as anything but its input decides it. */
export interface ToldCall {
  /** To be compared, not to be shown. */
  readonly facts: string;
  readonly model: AskedModel;
}

/** Inputs that are remembered: an answer may come late, but not for ever. */
const mostRemembered = 50;
/** Questions about one input: the same call may be made several times at once. */
const mostOfOne = 8;

/**
 * What the person was told of each call that was asked about. Between the question and the answer a settings file or a
 * picture may be changed, by the agent itself: then something else would be done than what was allowed.
 */
export class ConfirmedCalls {
  private readonly told = new Map<string, readonly ToldCall[]>();

  /** @param value the input as the agent gave it */
  note(tool: string, value: unknown, told: ToldCall): void {
    const key = keyOf(tool, value);
    const before = this.told.get(key) ?? [];
    this.told.delete(key);
    this.told.set(key, [...before, told].slice(-mostOfOne));
    for (const oldest of this.told.keys()) {
      if (this.told.size <= mostRemembered) break;
      this.told.delete(oldest);
    }
  }

  /**
   * Sees to it that a call still comes to what was told; of one that was not asked about nothing is known.
   * @param isAsAssumed whether an image costs no more than what is said where no price is known
   * @throws invalidArguments
   */
  check(tool: string, value: unknown, now: ToldCall, isAsAssumed: boolean): void {
    const key = keyOf(tool, value);
    const told = this.told.get(key);
    if (told === undefined) return;
    const match = told.findIndex(
      ({ facts, model }) => facts === now.facts && isSameModel(model, now.model, isAsAssumed),
    );
    if (match === -1)
      throw invalidArguments(
        'The gateway, the model, its price, a setting of the place or an image has changed since the person was asked; nothing was sent. Call the tool again, so that they are asked anew.',
      );
    this.told.set(key, told.toSpliced(match, 1));
  }
}

/** What was not known when it was asked was told as unknown, with the cost that is assumed then. */
function isSameModel(told: AskedModel, now: AskedModel, isAsAssumed: boolean): boolean {
  if (told.id !== '' && told.id !== now.id) return false;
  return told.price === now.price || (told.price === undefined && isAsAssumed);
}

function keyOf(tool: string, value: unknown): string {
  return `${tool} ${JSON.stringify(value)}`;
}
