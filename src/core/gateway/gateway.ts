import type OpenAI from 'openai';
import type { GatewayEvent, Notice } from '../events.ts';
import { ImageGatewayError, throwIfCancelled } from '../failure.ts';
import type { ImageRequest } from '../request.ts';
import { chatBody, imagesBody, type RequestBody } from './bodies.ts';
import type { ChosenModel } from './chooseModel.ts';
import { createClient, secretsOf } from './client.ts';
import { type FailureContext, failureOf } from './failureOf.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import { offlineGatewayId } from './presets.ts';
import { type ModelEntry, parseModels, type Route } from './models.ts';
import { createOfflineFetch } from './offline/offlineFetch.ts';
import { readAnswer } from './readAnswer.ts';
import { wireLimits } from './wireFetch.ts';

export interface GatewayOptions {
  readonly key: string | undefined;
  /** Milliseconds without a received byte. */
  readonly idleMs: number;
  /** The host's fetch; the offline gateway brings its own. */
  readonly fetch: typeof fetch;
  /** IP addresses of a name, where the host can ask; keeps picture URLs off private networks. */
  readonly resolveHost?: (hostname: string) => Promise<readonly string[]>;
}

/** A gateway that is ready to be asked. */
export interface Gateway {
  /** The gateway's models; undefined where it has no list. @throws ImageGatewayError */
  listModels(signal: AbortSignal): Promise<readonly ModelEntry[] | undefined>;
  /**
   * Sends one request and yields what comes, as it comes. Ends by returning; throws an
   * ImageGatewayError, also after pictures were yielded.
   * @param model as `chooseModel` decided
   */
  generate(request: ImageRequest, model: ChosenModel, signal: AbortSignal): AsyncIterable<GatewayEvent>;
}

/** Builds the client of a gateway. Nothing is sent before a method is called. */
export function createGateway(config: GatewayConfig, options: GatewayOptions): Gateway {
  const send = config.id === offlineGatewayId ? createOfflineFetch() : options.fetch;
  return new SdkGateway(config, { ...options, fetch: send });
}

class SdkGateway implements Gateway {
  private readonly config: GatewayConfig;
  private readonly options: GatewayOptions;

  constructor(config: GatewayConfig, options: GatewayOptions) {
    this.config = config;
    this.options = options;
  }

  async listModels(signal: AbortSignal): Promise<readonly ModelEntry[] | undefined> {
    const { config } = this;
    try {
      const client = this.client(signal, wireLimits.models);
      const query = config.modelsQuery === undefined ? {} : { query: config.modelsQuery };
      const response = await client.get('/models', { ...query, signal }).asResponse();
      const models = parseModels(JSON.parse(await response.text()) as unknown);
      if (models !== undefined) return models;
      throw new ImageGatewayError(
        'malformedResponse',
        `${config.name} sent no list of models. Check the gateway's baseUrl.`,
      );
    } catch (thrown) {
      // A gateway without a list (404, 405, 501) can still make images of a model that is named.
      if (isMissingRoute(thrown)) return undefined;
      throw failureOf(thrown, this.context());
    }
  }

  async *generate(
    request: ImageRequest,
    model: ChosenModel,
    signal: AbortSignal,
  ): AsyncGenerator<GatewayEvent> {
    const context = this.context(request.model);
    try {
      yield { type: 'started', model: request.model, gateway: this.config.id };
      const sent =
        model.route === 'chat'
          ? chatBody(request, this.config, model.entry)
          : imagesBody(request, model.entry);
      for (const name of sent.notSent) yield { type: 'notice', notice: notSent(name) };
      const response = await this.post(sent, model.route, signal);
      const { origin } = this.config.url;
      yield* readAnswer(response, model.route, { ...this.options, origin, signal, context });
    } catch (thrown) {
      throwIfCancelled(signal);
      throw failureOf(thrown, context);
    }
  }

  private async post({ body }: RequestBody, route: Route, signal: AbortSignal): Promise<Response> {
    const client = this.client(signal, wireLimits.answer);
    // The SDK's types know neither `modalities` nor the gateways' own members.
    return route === 'chat'
      ? await client.chat.completions
          .create(body as unknown as OpenAI.ChatCompletionCreateParams, { signal })
          .asResponse()
      : await client.images.generate(body as unknown as OpenAI.ImageGenerateParams, { signal }).asResponse();
  }

  private client(signal: AbortSignal, maxBytes: number): OpenAI {
    const { key, idleMs, fetch } = this.options;
    return createClient(this.config, { key, idleMs, fetch, signal, maxBytes });
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

function isMissingRoute(thrown: unknown): boolean {
  const status = (thrown as { status?: unknown } | undefined)?.status;
  return status === 404 || status === 405 || status === 501;
}

function notSent(name: string): Notice {
  return {
    code: 'argumentNotSent',
    message: `The chat route has no member for ${name}, so it was not sent.`,
  };
}
