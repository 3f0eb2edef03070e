import type { GatewayEvent, Notice } from '../events.ts';
import { throwIfCancelled } from '../failure.ts';
import { outsideWords } from '../outsideText.ts';
import type { ImageRequest } from '../request.ts';
import { routeOf } from './chooseModel.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import type { LearnedStore } from './learned.ts';
import { lessonOf } from './lessons.ts';
import type { ModelEntry } from './models.ts';
import { pause, waitBefore } from './patience.ts';
import { isNeverBilled, refusalOf } from './refusal.ts';
import { planCall, type WireCall } from './wireCall.ts';

/** What one request needs to be sent until it is accepted. */
export interface Asking {
  readonly config: GatewayConfig;
  readonly entry: ModelEntry;
  readonly learned: LearnedStore;
  /** Longest wait that is sat out, in milliseconds. */
  readonly mostWaitMs: number;
  readonly post: (call: WireCall) => Promise<Response>;
  readonly signal: AbortSignal;
}

/** An answer that the gateway began, and the call that brought it. */
export interface Accepted {
  readonly response: Response;
  readonly call: WireCall;
}

/** More lessons than any gateway has to teach about one request. */
const mostLessons = 12;

/**
 * Sends a request until the gateway accepts it. Only what was refused before it was accepted is sent again: in the way
 * that the refusal teaches, or after the wait that it asks for. What was learned is kept once it has worked.
 * @yields what is tried, a notice for everything that is not sent, and `billable` once it may be billed
 * @throws what the last attempt threw, as the SDK throws it; cancelled
 */
export async function* askUntilAccepted(
  request: ImageRequest,
  asking: Asking,
): AsyncGenerator<GatewayEvent, Accepted> {
  const { config, entry, signal } = asking;
  let learned = asking.learned.get(entry.id);
  let waited = 0;
  for (let lessons = 0; ;) {
    const route = routeOf(entry, config, learned.route);
    const call = planCall({ request, config, entry, route, learned });
    try {
      const response = await asking.post(call);
      asking.learned.set(entry.id, learned);
      yield { type: 'billable' };
      for (const notice of noticesOf(call, asking)) yield { type: 'notice', notice };
      return { response, call };
    } catch (thrown) {
      throwIfCancelled(signal);
      const refusal = refusalOf(thrown);
      const wait = waitBefore(thrown, refusal, waited, asking.mostWaitMs);
      if (wait !== undefined) {
        waited++;
        yield { type: 'retrying', message: wait.message };
        await pause(wait.ms, signal);
        continue;
      }
      const lesson = refusal && lessonOf(refusal, call, learned, { request, config, entry });
      if (lesson === undefined || ++lessons > mostLessons) {
        if (!isNeverBilled(thrown)) yield { type: 'billable' };
        throw thrown;
      }
      learned = lesson.learned;
      yield { type: 'retrying', message: lesson.message };
    }
  }
}

/** What was asked for and is not on the wire as it was asked. */
function noticesOf({ members, route }: WireCall, { config, entry }: Asking): readonly Notice[] {
  const model = outsideWords(entry.id, [], 80);
  return members.notSent.map(({ argument, why }) => ({
    code: 'argumentNotSent',
    message:
      why === 'noMember'
        ? `The ${route} route has no member for ${argument}, so it was not sent.`
        : `${config.name} does not take this ${argument} for ${model}, so it was not sent.`,
  }));
}
