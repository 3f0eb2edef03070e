import type { GatewayEvent } from '../../src/core/events.ts';
import { type ImageGatewayError, isImageGatewayError } from '../../src/core/failure.ts';
import { chooseModel } from '../../src/core/gateway/chooseModel.ts';
import { createGateway } from '../../src/core/gateway/gateway.ts';
import type { GatewayConfig } from '../../src/core/gateway/gatewayConfig.ts';
import type { LearnedStore } from '../../src/core/gateway/learned.ts';
import { parseGateways } from '../../src/core/gateway/parseGateways.ts';
import type { WirePorts } from '../../src/core/gateway/wire/intake.ts';
import { parseGenerateArgs } from '../../src/core/generateArgs.ts';
import { imageRequest } from '../../src/core/imageRequest.ts';
import type { ReferenceImage, Turn } from '../../src/core/request.ts';

export interface Asked {
  readonly events: readonly GatewayEvent[];
  readonly failure: ImageGatewayError | undefined;
}

/** A preset, or a custom gateway, whose base URL is a server of the test. */
export function gatewayAt(
  baseUrl: string,
  id = 'vercel',
  members: Readonly<Record<string, unknown>> = {},
): GatewayConfig {
  const { gateways, problems } = parseGateways({ [id]: { baseUrl, ...members } });
  const found = gateways.find((one) => one.id === id);
  if (found === undefined) throw new Error(problems.map(({ problem }) => problem).join());
  return found;
}

export interface AskOptions {
  readonly key?: string;
  readonly idleMs?: number;
  readonly signal?: AbortSignal;
  readonly references?: readonly ReferenceImage[];
  readonly mask?: ReferenceImage;
  readonly maskRegion?: string;
  readonly history?: readonly Turn[];
  readonly learned?: LearnedStore;
  /** Takes the lines of the log. */
  readonly log?: (line: string) => void;
  readonly fetch?: typeof fetch;
  /** How pictures are taken off the wire; absent: into memory. */
  readonly ports?: WirePorts;
}

/** Sends one request as the commands do, from arguments to events, over real HTTP. */
export async function askGateway(
  config: GatewayConfig,
  args: Readonly<Record<string, unknown>>,
  options: AskOptions = {},
): Promise<Asked> {
  const events: GatewayEvent[] = [];
  const signal = options.signal ?? new AbortController().signal;
  try {
    const parsed = parseGenerateArgs(args, {
      isUri: (value): value is never => value instanceof URL,
      maxImages: 10,
    });
    const gateway = createGateway(config, {
      key: options.key ?? 'test-key-1234',
      idleMs: options.idleMs ?? 5000,
      fetch: options.fetch ?? fetch,
      ...(options.learned && { learned: options.learned }),
      ...(options.log && { log: options.log }),
      ...(options.ports && { ports: options.ports }),
    });
    const model = chooseModel(config, parsed.model ?? '', await gateway.listModels(signal));
    const request = imageRequest(parsed, {
      prompt: parsed.prompt ?? '',
      model: model.entry.id,
      references: options.references ?? [],
      mask: options.mask,
      maskRegion: options.maskRegion,
      history: options.history,
      format: 'asDelivered',
    });
    for await (const event of gateway.generate(request, model, signal)) events.push(event);
    return { events, failure: undefined };
  } catch (thrown) {
    if (!isImageGatewayError(thrown)) throw thrown;
    return { events, failure: thrown };
  }
}

/** The pictures among the events. */
export function imagesOf({ events }: Asked) {
  return events.flatMap((event) => (event.type === 'image' ? [event.image] : []));
}

/** All text among the events. */
export function textOf({ events }: Asked): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
}
