import type OpenAI from 'openai';
import { UsageTotal } from '../cost.ts';
import type { Cost, GatewayEvent, ReceivedImage, Usage } from '../events.ts';
import { ImageGatewayError, throwIfCancelled } from '../failure.ts';
import { cleanLine } from '../outsideText.ts';
import type { ImageRequest } from '../request.ts';
import { type Account, parseAccount } from './account.ts';
import { RequestBounds } from './answerState.ts';
import { askForAll } from './askForAll.ts';
import { askUntilAccepted } from './asking.ts';
import { type ChosenModel, routeOf } from './chooseModel.ts';
import { createClient } from './client.ts';
import { type FailureContext, failureOf } from './failureOf.ts';
import { type GatewayConfig, secretsOf } from './gatewayConfig.ts';
import { createLearnedStore, type LearnedStore, mostRefused, refusedValue } from './learned.ts';
import { type ModelEntry, parseModels } from './models.ts';
import { offlineGatewayId } from './presets.ts';
import { createOfflineFetch } from './offline/offlineFetch.ts';
import { type KeepOriginal, readAnswer } from './readAnswer.ts';
import { isMissingRoute, refusalOf } from './refusal.ts';
import type { WireCall } from './wireCall.ts';
import { memorySink } from './wire/byteSink.ts';
import type { WirePorts } from './wire/intake.ts';
import { wireLimits } from './wireFetch.ts';

export interface GatewayOptions {
  readonly key: string | undefined;
  /** Milliseconds without a received byte. */
  readonly idleMs: number;
  /** The host's fetch; the offline gateway brings its own. */
  readonly fetch: typeof fetch;
  /** IP addresses of a name, where the host can ask; keeps picture URLs off private networks. */
  readonly resolveHost?: (hostname: string) => Promise<readonly string[]>;
  /** Fetches pictures that an answer names at another origin; it connects to public addresses only. */
  readonly publicFetch?: typeof fetch;
  /** How pictures are taken off the wire; absent: into memory, by script. */
  readonly ports?: WirePorts;
  /** What earlier refusals taught; absent: forgotten with the gateway. */
  readonly learned?: LearnedStore;
  /** Takes a line for each exchange: what was asked, how it ended, how long it took. */
  readonly log?: (line: string) => void;
}

/** A gateway that is ready to be asked. */
export interface Gateway {
  /** The gateway's models; undefined where it has no list. @throws ImageGatewayError */
  listModels(signal: AbortSignal): Promise<readonly ModelEntry[] | undefined>;
  /** What the account behind the key says; undefined where the gateway does not tell. @throws ImageGatewayError */
  readAccount(signal: AbortSignal): Promise<Account | undefined>;
  /**
   * Sends one request and yields what comes, as it comes. Ends by returning; throws an
   * ImageGatewayError, also after pictures were yielded.
   * @param model as `chooseModel` decided; what the gateway's refusals taught comes before it
   * @param keep takes each whole picture as it came, before it is looked at
   */
  generate(
    request: ImageRequest,
    model: ChosenModel,
    signal: AbortSignal,
    keep?: KeepOriginal,
  ): AsyncIterable<GatewayEvent>;
}

/** Builds the client of a gateway. Nothing is sent before a method is called. */
export function createGateway(config: GatewayConfig, options: GatewayOptions): Gateway {
  const send = config.id === offlineGatewayId ? createOfflineFetch() : options.fetch;
  return new SdkGateway(config, { ...options, fetch: send });
}

/** What all answers of one request have in common. */
interface SharedParts {
  readonly total: UsageTotal;
  readonly bounds: RequestBounds;
  readonly keep: KeepOriginal | undefined;
}

class SdkGateway implements Gateway {
  private readonly config: GatewayConfig;
  private readonly options: GatewayOptions;
  private readonly learned: LearnedStore;

  constructor(config: GatewayConfig, options: GatewayOptions) {
    this.config = config;
    this.options = options;
    this.learned = options.learned ?? createLearnedStore();
  }

  async listModels(signal: AbortSignal): Promise<readonly ModelEntry[] | undefined> {
    const { config } = this;
    try {
      const query = config.modelsQuery === undefined ? {} : { query: config.modelsQuery };
      const response = await this.send(signal, wireLimits.models, (client) =>
        client.get('/models', { ...query, signal }).asResponse(),
      );
      const models = parseModels(JSON.parse(await response.text()) as unknown);
      if (models !== undefined) return models;
      throw new ImageGatewayError(
        'malformedResponse',
        `${config.name} sent no list of models. Check the gateway's baseUrl.`,
      );
    } catch (thrown) {
      // A gateway without a list (404, 405, 501) can still make images of a model that is named.
      if (isMissingRoute(refusalOf(thrown)?.status)) return undefined;
      throw failureOf(thrown, this.context());
    }
  }

  async readAccount(signal: AbortSignal): Promise<Account | undefined> {
    const { account, name } = this.config;
    if (account === undefined) return undefined;
    try {
      const response = await this.send(signal, wireLimits.error, (client) =>
        client.get(`/${account}`, { signal }).asResponse(),
      );
      return parseAccount(account, await response.text(), name);
    } catch (thrown) {
      if (isMissingRoute(refusalOf(thrown)?.status)) return undefined;
      throw failureOf(thrown, this.context());
    }
  }

  async *generate(
    request: ImageRequest,
    model: ChosenModel,
    signal: AbortSignal,
    keep?: KeepOriginal,
  ): AsyncGenerator<GatewayEvent> {
    const context = this.context(request.model);
    const total = new UsageTotal();
    // Ends what is still under way when nobody reads on.
    const stop = new AbortController();
    const both = AbortSignal.any([signal, stop.signal]);
    try {
      yield { type: 'started', model: request.model, gateway: this.config.id };
      const bounds = new RequestBounds();
      const ask = (one: ImageRequest) => this.askOnce(one, model, both, { total, bounds, keep });
      const route = routeOf(model.entry, this.config, this.learned.get(model.entry.id).route);
      yield* askForAll(request, route === 'chat', ask);
      yield* usageEvent(total);
    } catch (thrown) {
      throwIfCancelled(signal);
      // What it cost was billed all the same.
      yield* usageEvent(total);
      this.logFailure(thrown, context);
      throw failureOf(thrown, context);
    } finally {
      stop.abort();
    }
  }

  /** One request and its answer; what it cost is added to the total, not told. */
  private async *askOnce(
    request: ImageRequest,
    { entry }: ChosenModel,
    signal: AbortSignal,
    { total, bounds, keep }: SharedParts,
  ): AsyncGenerator<GatewayEvent, number> {
    const { config, options } = this;
    const learned = this.learned;
    const post = (call: WireCall) => this.post(call, signal);
    const asking = { config, entry, learned, mostWaitMs: options.idleMs, post, signal };
    const { response, call } = yield* withBillable(askUntilAccepted(request, asking), total);
    const context = this.context(request.model);
    let reported: { usage?: Usage; cost?: Cost } | undefined;
    try {
      const expected = request.n ?? 1;
      const { origin } = config.url;
      const reading = { ports: { sink: memorySink }, ...options, origin, signal, context, expected, bounds };
      const events = readAnswer(response, call.route, {
        ...reading,
        ...(keep && { keep }),
        keyColour: call.keyColour,
      });
      for (;;) {
        const { done, value } = await events.next();
        if (done === true) return value;
        if (value.type === 'image') this.learnOpaque(request, call, value.image, entry.id);
        if (value.type === 'usage') reported = value;
        else yield value;
      }
    } finally {
      total.add(reported);
    }
  }

  /** A model that answers `background: transparent` without an alpha channel is asked for a key colour next time. */
  private learnOpaque(
    { background }: ImageRequest,
    { members, keyColour }: WireCall,
    { facts }: ReceivedImage,
    model: string,
  ): void {
    if (background !== 'transparent' || keyColour !== undefined || facts.hasAlpha) return;
    if (!members.sent.has('background')) return;
    const known = this.learned.get(model);
    const refused = [...known.refused, refusedValue('background', background)].slice(-mostRefused);
    this.learned.set(model, { ...known, refused });
  }

  private post({ path, body }: WireCall, signal: AbortSignal): Promise<Response> {
    return this.send(signal, wireLimits.answer, (client) => client.post(path, { body, signal }).asResponse());
  }

  /** Sends once; where the key is refused and the gateway has another header for keys, once more with the other. */
  private async send(
    signal: AbortSignal,
    maxBytes: number,
    ask: (client: OpenAI) => Promise<Response>,
  ): Promise<Response> {
    const { usesOtherKeyHeader = false, ...known } = this.learned.get('');
    try {
      return await ask(this.client(signal, maxBytes, usesOtherKeyHeader));
    } catch (thrown) {
      if (this.config.otherKeyHeader === undefined || refusalOf(thrown)?.status !== 401) throw thrown;
      const response = await ask(this.client(signal, maxBytes, !usesOtherKeyHeader));
      this.learned.set('', { ...known, ...(!usesOtherKeyHeader && { usesOtherKeyHeader: true }) });
      return response;
    }
  }

  /** The gateway's own words, which the sentence for the person may have cut; the log takes the secrets out. */
  private logFailure(thrown: unknown, { secrets }: FailureContext): void {
    const refusal = refusalOf(thrown);
    if (refusal === undefined) return;
    const { message, code } = refusal.words;
    this.options.log?.(`The gateway's words: ${cleanLine(`${code} ${message}`, secrets).slice(0, 2000)}`);
  }

  private client(signal: AbortSignal, maxBytes: number, usesOtherKeyHeader: boolean): OpenAI {
    return createClient(this.config, { ...this.options, signal, maxBytes, usesOtherKeyHeader });
  }

  private context(model?: string): FailureContext {
    const { config, options } = this;
    return {
      gatewayName: config.name,
      host: config.url.host,
      secrets: secretsOf(config, options.key),
      ...(model === undefined ? {} : { model }),
    };
  }
}

function* usageEvent({ total }: UsageTotal): Generator<GatewayEvent> {
  if (total !== undefined) yield { type: 'usage', ...total };
}

/** A request that ends before an answer is read, and that may be billed: then nobody knows what all of them cost. */
async function* withBillable<T>(
  asking: AsyncGenerator<GatewayEvent, T>,
  total: SharedParts['total'],
): AsyncGenerator<GatewayEvent, T> {
  let isBillable = false;
  try {
    for (;;) {
      const { done, value } = await asking.next();
      if (done === true) return value;
      if (value.type === 'billable') isBillable = true;
      yield value;
    }
  } catch (thrown) {
    if (isBillable) total.add(undefined);
    throw thrown;
  } finally {
    // Whoever reads no further ends it, too.
    await asking.return(undefined as never);
  }
}
