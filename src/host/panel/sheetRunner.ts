import type { GenerationEvent } from '../../core/events.ts';
import type { ImageGatewayError } from '../../core/failure.ts';
import { isImageGatewayError } from '../../core/failure.ts';
import type { ImageCall, PreparedCall } from '../imageCall.ts';
import type { ImageService } from '../imageService.ts';
import type { SheetTile } from './sheet.ts';

/** Requests of one sheet that are under way at once. */
const mostAtOnce = 4;

/** Takes what becomes of a tile; `begun` is the moment at which its request has its turn. */
export type TileListener = (tileId: string, event: GenerationEvent | { readonly type: 'begun' }) => void;

/** Runs the requests of a sheet, one for each tile: each can fail or be cancelled by itself. */
export class SheetRunner {
  private readonly service: ImageService;
  private readonly take: TileListener;
  private readonly running = new Map<string, AbortController>();

  constructor(service: ImageService, take: TileListener) {
    this.service = service;
    this.take = take;
  }

  /**
   * Runs all tiles to their ends; never throws for what one of them fails with.
   * @param prepare checks and asks once for all of them; what it rejects with, all of them fail with
   * @param callOf the call of a tile, from the prepared one's
   */
  async run(
    tiles: readonly SheetTile[],
    prepare: (signal: AbortSignal) => Promise<PreparedCall>,
    callOf: (tile: SheetTile, index: number) => Pick<ImageCall, 'args'>,
  ): Promise<void> {
    for (const { id } of tiles) this.running.set(id, new AbortController());
    const prepared = await this.prepareAll(tiles, prepare);
    const waiting = [...tiles.entries()];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, tile] = next;
        const signal = this.running.get(tile.id)?.signal ?? AbortSignal.abort();
        for await (const event of this.events(prepared, tile, callOf(tile, index), signal))
          this.take(tile.id, event);
        this.running.delete(tile.id);
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, worker));
  }

  /** @param tileId absent: all of them */
  cancel(tileId?: string): void {
    for (const [id, controller] of this.running)
      if (tileId === undefined || tileId === id) controller.abort();
  }

  private async prepareAll(
    tiles: readonly SheetTile[],
    prepare: (signal: AbortSignal) => Promise<PreparedCall>,
  ): Promise<PreparedCall | ImageGatewayError> {
    // What is asked meanwhile is taken back once nobody waits for it any more.
    const nobody = new AbortController();
    const signals = tiles.flatMap(({ id }) => this.running.get(id)?.signal ?? []);
    const look = () => {
      if (signals.every(({ aborted }) => aborted)) nobody.abort();
    };
    for (const signal of signals) signal.addEventListener('abort', look);
    try {
      return await prepare(nobody.signal);
    } catch (thrown) {
      if (!isImageGatewayError(thrown)) throw thrown;
      return thrown;
    } finally {
      for (const signal of signals) signal.removeEventListener('abort', look);
    }
  }

  private async *events(
    prepared: PreparedCall | ImageGatewayError,
    { model }: SheetTile,
    { args }: Pick<ImageCall, 'args'>,
    signal: AbortSignal,
  ): AsyncGenerator<GenerationEvent | { readonly type: 'begun' }> {
    if (isImageGatewayError(prepared)) {
      yield prepared.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error: prepared };
      return;
    }
    if (signal.aborted) {
      yield { type: 'cancelled' };
      return;
    }
    yield { type: 'begun' };
    const call = { ...prepared.call, args };
    yield* this.service.run({ ...prepared, call, wantedModel: model || prepared.wantedModel }, signal);
  }
}
