// What a test tells the gateway to answer. Plain data, so that it also travels over the control API. In every string
// of it `{{png 64x48}}` and `{{png 64x48 #ff8800}}` stand for the base64 of a real PNG of that size and colour:
// the browser extension host has no zlib to make one.

/** One event of a streamed answer. */
export interface ReplyEvent {
  /** A string as it is (`[DONE]`), anything else as JSON. */
  readonly data: unknown;
  readonly event?: string;
  /** Waited before the event is sent. */
  readonly delayMs?: number;
  /** Waits for `release` before the event is sent. */
  readonly held?: boolean;
}

/** A piece of a body sent as it is. */
export interface ReplyChunk {
  readonly text?: string;
  readonly base64?: string;
  /** Waited before the piece is sent. */
  readonly delayMs?: number;
  /** Waits for `release` before the piece is sent. */
  readonly held?: boolean;
}

/** One answer. At most one of `body`, `json`, `sse`, `chunks`, `dribble`, `escaped`. */
export interface Reply {
  /** 200 where absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly json?: unknown;
  readonly sse?: readonly ReplyEvent[];
  readonly chunks?: readonly ReplyChunk[];
  /** A chat answer streamed three characters at a time. */
  readonly dribble?: string;
  /** A body in which every slash and plus of its pictures is escaped, as PHP and .NET do. */
  readonly escaped?: string;
  /** Waited before the status line. */
  readonly delayMs?: number;
  /** `before`: never answers at all. `untilReleased`: answers on `release`. `after`: sends everything, then never ends. */
  readonly hang?: 'before' | 'untilReleased' | 'after';
  /** So many informational answers (102 Processing) before the answer. */
  readonly processing?: number;
  /** Destroys the connection in place of answering. */
  readonly closesAtOnce?: boolean;
  /** Destroys the connection after what was sent, in place of ending it. */
  readonly cut?: boolean;
}

/** What a gateway saw. */
export interface RecordedRequest {
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON body; undefined where it is none. */
  readonly body?: unknown;
  /** The body as text (latin1 where it is not UTF-8, so that multipart can be looked at). */
  readonly bodyText: string;
  /** True as soon as the client closed the connection before the whole answer was sent. */
  readonly closedEarly: boolean;
  /** True as soon as the whole answer was sent. */
  readonly answered: boolean;
  readonly receivedAt: number;
}

/** A streamed chat answer's chunk around `delta`. */
export function chatChunk(delta: unknown, finishReason: string | null = null): ReplyEvent {
  return {
    data: {
      id: 'chatcmpl-123',
      object: 'chat.completion.chunk',
      created: 1677652288,
      model: 'acme/chatty',
      choices: [{ index: 0, delta, finish_reason: finishReason }],
    },
  };
}

/** A member of `images` of a chat answer; `picture` is a data URL, or a placeholder such as `64x48 #ff8800`. */
export function chatImage(picture = '64x48'): unknown {
  return { type: 'image_url', image_url: { url: picture.startsWith('data:') ? picture : pngUrl(picture) } };
}

/** The data URL of a PNG of a size (and colour), as a placeholder. */
export function pngUrl(size: string): string {
  return `data:image/png;base64,${pngBase64(size)}`;
}

/** The base64 of a PNG of a size (and colour), as a placeholder: `64x48`, `64x48 #ff8800`. */
export function pngBase64(size: string): string {
  return `{{png ${size}}}`;
}

/** An error answer in OpenAI's form. */
export function errorReply(
  status: number,
  message: string,
  code: string | null = null,
  type = 'error',
): Reply {
  return { status, json: { error: { message, type, code, param: null } } };
}
