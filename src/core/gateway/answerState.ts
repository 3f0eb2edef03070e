import type { Cost, GatewayEvent, Usage } from '../events.ts';
import { ImageGatewayError } from '../failure.ts';
import { outsideWords, redactSecrets } from '../outsideText.ts';
import { filterReasons } from './answer.ts';
import { type FailureContext, interruptedFailure, toldFailure } from './failureOf.ts';
import type { Piece } from './pieces.ts';
import type { Told } from '../receipt.ts';
import { wireLimits } from './wireFetch.ts';

/** What all answers to one request may hold together: several may be asked for one. */
export class RequestBounds {
  pictures: number = wireLimits.pictures;
  /** Characters. */
  text: number = wireLimits.text;
}

/** What one answer has said so far. */
export class AnswerState {
  private readonly context: FailureContext;
  /** Digests of the pictures so far. */
  private readonly seen = new Set<string>();
  private readonly bounds: RequestBounds;
  /** Words in which a secret may have begun. */
  private held = '';
  /** Pictures that came, the same ones and damaged ones among them. */
  pictures = 0;
  private words = '';
  private refusal = '';
  private finishReason: string | undefined;
  private sawFrame = false;
  private usage: Usage | undefined;
  private cost: Cost | undefined;
  private told: Told | undefined;
  private failure: ImageGatewayError | undefined;

  constructor(context: FailureContext, bounds: RequestBounds) {
    this.context = context;
    this.bounds = bounds;
  }

  /**
   * Takes in a piece; returns its text, as much of it as the bound on text lets through. More is a failure, but none
   * that ends the answer: its picture may come after its words.
   */
  take(piece: Piece): string {
    this.refusal = (this.refusal + (piece.refusal ?? '')).slice(0, wireLimits.error);
    this.finishReason = piece.finishReason ?? this.finishReason;
    this.sawFrame ||= piece.partial !== undefined;
    this.usage = piece.usage ?? this.usage;
    this.cost = piece.cost ?? this.cost;
    if (piece.told !== undefined) this.told = { ...this.told, ...piece.told };
    const { secrets } = this.context;
    const words = redactSecrets(this.held + piece.text, secrets);
    const keep = beginningOf(secrets, words);
    this.held = words.slice(words.length - keep);
    return this.say(words.slice(0, words.length - keep));
  }

  /** The words that were held back, when the answer has ended. */
  rest(): string {
    const words = this.held;
    this.held = '';
    return this.say(words);
  }

  private say(words: string): string {
    const text = words.slice(0, this.bounds.text);
    if (words.length > this.bounds.text) this.failed(tooMuchText(this.context));
    this.bounds.text -= text.length;
    this.words += text;
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
    this.pictures++;
    if (--this.bounds.pictures >= 0) return;
    throw new ImageGatewayError(
      'malformedResponse',
      `${this.context.gatewayName} sent more than ${wireLimits.pictures} images for one request; the rest was not read.`,
    );
  }

  /** Keeps the first failure of one picture: the others of the answer may still be whole. */
  failed(error: ImageGatewayError): void {
    this.failure ??= error;
  }

  /** @throws when the answer ended without a picture: in the model's own words, where it has some */
  finish(): void {
    if (this.failure !== undefined) throw this.failure;
    if (this.finishReason === 'error') throw toldFailure(500, this.words, this.context);
    if (this.seen.size > 0) return;
    // Frames and no picture: it broke off, whatever the stream's last words are.
    if (this.finishReason === undefined || this.sawFrame) throw interruptedFailure(this.context);
    const said = outsideWords(this.refusal || this.words, this.context.secrets);
    const quoted = said === '' ? '' : `: “${said}”`;
    const filtered = this.refusal !== '' || filterReasons.test(this.finishReason);
    throw filtered
      ? new ImageGatewayError(
          'contentFiltered',
          `${this.context.gatewayName} declined to make the image${quoted || ` (“${outsideWords(this.finishReason, this.context.secrets, 40)}”)`}. Change the prompt.`,
        )
      : new ImageGatewayError(
          'noImage',
          `${this.context.gatewayName} answered without an image${quoted}. Change the prompt or choose an image model.`,
        );
  }

  /** What the answer said of itself: by what it was made, and what it used. */
  *reportedEvents(): Generator<GatewayEvent> {
    const { secrets } = this.context;
    const clean = (name: string | undefined) => name && redactSecrets(name, secrets);
    const [model, quality] = [clean(this.told?.model), clean(this.told?.quality)];
    if (this.told !== undefined)
      yield { type: 'told', told: { ...(model && { model }), ...(quality && { quality }) } };
    if (this.usage === undefined && this.cost === undefined) return;
    yield { type: 'usage', ...(this.usage && { usage: this.usage }), ...(this.cost && { cost: this.cost }) };
  }
}

/** How many characters at the end of words begin a secret: the next piece may hold the others. */
function beginningOf(secrets: readonly string[], words: string): number {
  const longest = Math.max(0, ...secrets.map((secret) => secret.length - 1));
  for (let length = Math.min(longest, words.length); length > 0; length--) {
    const end = words.slice(-length);
    if (secrets.some((secret) => secret.startsWith(end))) return length;
  }
  return 0;
}

function tooMuchText({ gatewayName }: FailureContext): ImageGatewayError {
  return new ImageGatewayError(
    'malformedResponse',
    `${gatewayName} sent more than ${wireLimits.text / 1_048_576} MiB of text beside the image; the rest of it was left out. Choose another model.`,
  );
}
