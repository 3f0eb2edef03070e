import type {
  Cost,
  FinishedImage,
  GatewayEvent,
  GenerationEvent,
  Notice,
  NoticeCode,
  ReceivedImage,
  SavedImage,
  Usage,
} from './events.ts';
import { ImageGatewayError, isImageGatewayError, sentenceOf } from './failure.ts';
import type { Finished } from './finishing.ts';
import { compareCount, compareImage, compareTold, type ReceiptRow, receiptOf, type Told } from './receipt.ts';
import { whatCameIsKept } from './originals/original.ts';
import type { ImageRequest } from './request.ts';

/** What a generation needs of the host: where pictures go and how the document learns of them. */
export interface GenerationPorts {
  /** Sends the request and yields what comes. */
  readonly send: (request: ImageRequest, signal: AbortSignal) => AsyncIterable<GatewayEvent>;
  /** Makes a picture what was asked for, as far as it can be. @throws cancelled only */
  readonly finish: (image: ReceivedImage, request: ImageRequest, signal: AbortSignal) => Promise<Finished>;
  /** Writes one picture under a name of its own; absent: pictures stay drafts. @param index from 1 @param said what the model has said so far */
  readonly save?: (image: FinishedImage, index: number, said: string) => Promise<SavedImage>;
  /** What is to be told of where a picture was saved. @param index from 1 */
  readonly noticeOf?: (saved: SavedImage, index: number) => Notice | undefined;
  /** Inserts the links of all saved pictures as one edit; absent when none is to be inserted. */
  readonly insertLinks?: (images: readonly SavedImage[]) => Promise<Notice | undefined>;
}

/**
 * The one way from a request to saved, linked pictures. Yields everything that happens; the last event
 * is `finished`, `failed` or `cancelled`, and nothing is thrown.
 * @param gateway the gateway's id, for the outcome
 */
export async function* generateImages(
  request: ImageRequest,
  gateway: string,
  ports: GenerationPorts,
  signal: AbortSignal,
): AsyncGenerator<GenerationEvent, void> {
  const run = new GenerationRun(request, gateway);
  try {
    for await (const event of ports.send(request, signal)) {
      run.take(event);
      yield event;
      if (event.type !== 'image') continue;
      run.came++;
      const { image, notices } = await ports.finish(event.image, request, signal);
      for (const notice of run.noticesOf(image, notices)) yield { type: 'notice', notice };
      yield* run.settle(image, ports);
    }
    run.throwFailure();
    for (const notice of run.closingNotices()) yield { type: 'notice', notice };
  } catch (thrown) {
    const error = asFailure(thrown);
    if (run.count === 0) {
      if (error.code === 'cancelled' && run.isKept)
        yield {
          type: 'notice',
          notice: run.note('partialFailure', `It was cancelled after an image had come. ${whatCameIsKept}`),
        };
      yield error.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error };
      return;
    }
    yield { type: 'notice', notice: run.note('partialFailure', `${sentenceOf(error)} [${error.code}]`) };
  }
  yield { type: 'receipt', rows: run.receipt() };
  yield* insertLinks(run, ports);
  yield { type: 'finished', outcome: run.outcome() };
}

async function* insertLinks(run: GenerationRun, ports: GenerationPorts): AsyncGenerator<GenerationEvent> {
  if (ports.insertLinks === undefined || run.images.length === 0) return;
  const problem = await ports.insertLinks(run.images).catch((): Notice => ({
    code: 'linkNotInserted',
    message: 'The link could not be inserted; see the log.',
  }));
  if (problem === undefined) {
    for (const saved of run.images) yield { type: 'linkInserted', saved };
  } else {
    run.notices.push(problem);
    yield { type: 'notice', notice: problem };
  }
}

function asFailure(thrown: unknown): ImageGatewayError {
  if (isImageGatewayError(thrown)) return thrown;
  return new ImageGatewayError(
    'saveFailed',
    'Something unexpected went wrong while the image was received or saved; see the log.',
  );
}

/** What one request has brought so far. */
class GenerationRun {
  readonly images: SavedImage[] = [];
  /** How many pictures came, saved or not. */
  came = 0;
  readonly notices: Notice[] = [];
  private readonly request: ImageRequest;
  private readonly gateway: string;
  private readonly finished: FinishedImage[] = [];
  /** Whether something of what came is in the extension's storage. */
  isKept = false;
  private told: Told = {};
  private failure: unknown;
  private text = '';
  private usage: Usage | undefined;
  private cost: Cost | undefined;

  constructor(request: ImageRequest, gateway: string) {
    this.request = request;
    this.gateway = gateway;
  }

  take(event: GatewayEvent): void {
    if (event.type === 'text') this.text += event.text;
    else if (event.type === 'notice') this.notices.push(event.notice);
    else if (event.type === 'image') this.isKept ||= event.image.originalId !== undefined;
    else if (event.type === 'told') this.told = { ...this.told, ...event.told };
    else if (event.type === 'usage') {
      this.usage = event.usage ?? this.usage;
      this.cost = event.cost ?? this.cost;
    }
  }

  /** How many pictures came, and were saved where they were to be. */
  get count(): number {
    return this.finished.length;
  }

  /** Saves one picture, or leaves it a draft. That saving fails does not end the request: the others are paid for, too. */
  async *settle(
    image: FinishedImage,
    { save, noticeOf }: Pick<GenerationPorts, 'save' | 'noticeOf'>,
  ): AsyncGenerator<GenerationEvent> {
    try {
      const saved = await save?.(image, this.count + 1, this.text);
      this.finished.push(image);
      if (saved !== undefined) this.images.push(saved);
      yield saved === undefined ? { type: 'drafted', image } : { type: 'saved', saved, image };
      const notice = saved && noticeOf?.(saved, this.count);
      for (const one of this.news(notice === undefined ? [] : [notice]))
        yield { type: 'notice', notice: one };
    } catch (thrown) {
      this.failure ??= thrown;
    }
  }

  /** @throws the first failure of saving */
  throwFailure(): void {
    if (this.failure !== undefined) throw this.failure as Error;
  }

  /** @param done what was done to the picture */
  noticesOf(image: FinishedImage, done: readonly Notice[]): readonly Notice[] {
    return this.news([...done, ...compareImage(this.request, image)]);
  }

  closingNotices(): readonly Notice[] {
    return this.news([...compareCount(this.request, this.came), ...compareTold(this.request, this.told)]);
  }

  receipt(): readonly ReceiptRow[] {
    return receiptOf(this.request, this.told, this.finished, this.came);
  }

  /** Notes what was not said before: the same difference of the second picture is no news. */
  private news(notices: readonly Notice[]): readonly Notice[] {
    const known = new Set(this.notices.map(({ code, message }) => code + message));
    const news = notices.filter(({ code, message }) => !known.has(code + message));
    this.notices.push(...news);
    return news;
  }

  note(code: NoticeCode, message: string): Notice {
    const notice = { code, message };
    this.notices.push(notice);
    return notice;
  }

  outcome() {
    return {
      images: this.images,
      text: this.text,
      ...(this.usage && { usage: this.usage }),
      ...(this.cost && { cost: this.cost }),
      model: this.request.model,
      gateway: this.gateway,
      notices: this.notices,
    };
  }
}
