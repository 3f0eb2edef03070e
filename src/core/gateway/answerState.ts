import type { Cost, GatewayEvent, Usage } from '../events.ts';
import { ImageGatewayError } from '../failure.ts';
import { outsideWords, redactSecrets } from '../outsideText.ts';
import { type FailureContext, interruptedFailure, toldFailure } from './failureOf.ts';
import type { Piece } from './pieces.ts';
import { wireLimits } from './wireFetch.ts';

/** What one answer has said so far. */
export class AnswerState {
  private readonly context: FailureContext;
  /** Digests of the pictures so far. */
  private readonly seen = new Set<string>();
  private pictures = 0;
  private words = '';
  private refusal = '';
  private finishReason: string | undefined;
  private usage: Usage | undefined;
  private cost: Cost | undefined;
  private failure: ImageGatewayError | undefined;

  constructor(context: FailureContext) {
    this.context = context;
  }

  /**
   * Takes in a piece; returns its text, as much of it as the bound on text lets through. More is a failure, but none
   * that ends the answer: its picture may come after its words.
   */
  take(piece: Piece): string {
    const room = wireLimits.text - this.words.length;
    const words = redactSecrets(piece.text, this.context.secrets);
    const text = words.slice(0, room);
    if (words.length > room) this.failed(tooMuchText(this.context));
    this.words += text;
    this.refusal = (this.refusal + (piece.refusal ?? '')).slice(0, wireLimits.error);
    this.finishReason = piece.finishReason ?? this.finishReason;
    this.usage = piece.usage ?? this.usage;
    this.cost = piece.cost ?? this.cost;
    return text;
  }

  /** Whether these bytes did not come before: some gateways send the same picture twice. */
  async isNew(bytes: Uint8Array): Promise<boolean> {
    const digest = await crypto.subtle.digest('SHA-256', bytes.slice());
    const name = new Uint8Array(digest).join();
    if (this.seen.has(name)) return false;
    this.seen.add(name);
    return true;
  }

  /** How many different pictures came. */
  get count(): number {
    return this.seen.size;
  }

  /**
   * Counts a picture of the answer before it is decoded or fetched.
   * @throws malformedResponse when there are more than anybody can have asked for
   */
  countPicture(): void {
    if (++this.pictures <= wireLimits.pictures) return;
    throw new ImageGatewayError(
      'malformedResponse',
      `${this.context.gatewayName} sent more than ${wireLimits.pictures} images in one answer; the rest was not read.`,
    );
  }

  /** Keeps the first failure of one picture: the others of the answer may still be whole. */
  failed(error: ImageGatewayError): void {
    this.failure ??= error;
  }

  /** @throws when the answer ended without a picture: in the model's own words, where it has some */
  finish(): void {
    if (this.failure !== undefined) throw this.failure;
    if (this.seen.size > 0) return;
    if (this.finishReason === undefined) throw interruptedFailure(this.context);
    if (this.finishReason === 'error') throw toldFailure(500, this.words, this.context);
    const said = outsideWords(this.refusal || this.words, this.context.secrets);
    const quoted = said === '' ? '' : `: “${said}”`;
    const filtered =
      this.refusal !== '' || /content_filter|safety|prohibited|blocklist|moderation/i.test(this.finishReason);
    throw filtered
      ? new ImageGatewayError(
          'contentFiltered',
          `${this.context.gatewayName} declined to make the image${quoted || ` (${outsideWords(this.finishReason, this.context.secrets, 40)})`}. Change the prompt.`,
        )
      : new ImageGatewayError(
          'noImage',
          `${this.context.gatewayName} answered without an image${quoted}. Change the prompt or choose an image model.`,
        );
  }

  *usageEvent(): Generator<GatewayEvent> {
    if (this.usage === undefined && this.cost === undefined) return;
    yield { type: 'usage', ...(this.usage && { usage: this.usage }), ...(this.cost && { cost: this.cost }) };
  }
}

function tooMuchText({ gatewayName }: FailureContext): ImageGatewayError {
  return new ImageGatewayError(
    'malformedResponse',
    `${gatewayName} sent more than ${wireLimits.text / 1_048_576} MiB of text beside the image; the rest of it was left out. Choose another model.`,
  );
}
