import type { GatewayEvent } from '../events.ts';
import { mergeStreams } from '../mergeStreams.ts';
import type { ImageRequest } from '../request.ts';

/** How many requests of one person are under way at once. */
const mostAtOnce = 4;

/**
 * Asks for all pictures of a request: in one go where the route counts, and for what is missing then, or where it
 * does not count, one by one at the same time; that only where the person asked for a number.
 * @param ask returns how many pictures came, also those that were not new: they are paid for as well
 */
export async function* askForAll(
  request: ImageRequest,
  isChat: boolean,
  ask: (request: ImageRequest) => AsyncGenerator<GatewayEvent, number>,
): AsyncGenerator<GatewayEvent> {
  const wanted = request.n ?? 1;
  const came = isChat && wanted > 1 ? 0 : yield* ask(request);
  if (request.n === undefined || came >= wanted) return;
  const { n: _n, ...single } = request;
  const requests = Array.from({ length: wanted - came }, (_, index) => withOwnSeed(single, came + index));
  yield* mergeStreams(
    requests.map((one) => () => wordsTogether(ask(one))),
    mostAtOnce,
  );
}

/** The same seed would bring the same picture each time. */
function withOwnSeed(request: ImageRequest, index: number): ImageRequest {
  return request.seed === undefined ? request : { ...request, seed: request.seed + index };
}

/** Holds the words back to the end: those of several answers at once would be mixed. */
async function* wordsTogether(events: AsyncGenerator<GatewayEvent>): AsyncGenerator<GatewayEvent> {
  let text = '';
  for await (const event of events) {
    if (event.type === 'text') text += event.text;
    else yield event;
  }
  if (text !== '') yield { type: 'text', text: `${text.trimEnd()}\n\n` };
}
