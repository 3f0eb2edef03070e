import type { GenerationEvent } from '../../core/events.ts';
import { ImageGatewayError, isImageGatewayError } from '../../core/failure.ts';
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
  /** Those of them whose turn has not come. */
  private readonly queued = new Set<string>();

  constructor(service: ImageService, take: TileListener) {
    this.service = service;
    this.take = take;
  }

  /**
   * Runs all tiles to their ends; never rejects with what one of them fails with. What nobody thought of fails its
   * tile, too, and is what this rejects with once all of them are at their ends.
   * @param prepare checks and asks once for all of them; what it rejects with, all of them fail with
   * @param callOf the call of a tile, from the prepared one's; what it throws, the tile fails with
   * @param ownGateway the id of the gateway that the tiles' models are of: another one, which the person chose in
   *   `prepare`, is asked for its own model instead. Absent: it is not known, and the tiles' models are asked for.
   */
  async run(
    tiles: readonly SheetTile[],
    prepare: (signal: AbortSignal) => Promise<PreparedCall>,
    callOf: (tile: SheetTile, index: number) => Pick<ImageCall, 'args'>,
    ownGateway?: string,
  ): Promise<void> {
    for (const { id } of tiles) {
      this.running.set(id, new AbortController());
      this.queued.add(id);
    }
    const preparing = this.prepareAll(tiles, prepare);
    await preparing.catch(() => undefined);
    const unexpected: unknown[] = [];
    const turns = tiles.entries();
    const worker = async () => {
      for (const [index, tile] of turns) {
        // Cancelled meanwhile.
        if (!this.queued.delete(tile.id)) continue;
        const request = async () => {
          const prepared = await preparing;
          const call = { ...prepared.call, ...callOf(tile, index) };
          return { ...prepared, call, wantedModel: modelFor(tile, prepared, ownGateway) };
        };
        await this.runTile(tile.id, request).catch((thrown: unknown) => unexpected.push(thrown));
      }
    };
    await Promise.all(Array.from({ length: mostAtOnce }, worker));
    if (unexpected.length > 0) throw unexpected[0];
  }

  /** What waits for its turn is cancelled when this returns. @param tileId absent: all of them */
  cancel(tileId?: string): void {
    for (const [id, controller] of this.running) {
      if (tileId !== undefined && tileId !== id) continue;
      controller.abort();
      if (!this.queued.delete(id)) continue;
      this.running.delete(id);
      this.take(id, { type: 'cancelled' });
    }
  }

  private async prepareAll(
    tiles: readonly SheetTile[],
    prepare: (signal: AbortSignal) => Promise<PreparedCall>,
  ): Promise<PreparedCall> {
    // What is asked meanwhile is taken back once nobody waits for it any more.
    const nobody = new AbortController();
    const signals = tiles.flatMap(({ id }) => this.running.get(id)?.signal ?? []);
    const look = () => {
      if (signals.every(({ aborted }) => aborted)) nobody.abort();
    };
    for (const signal of signals) signal.addEventListener('abort', look);
    try {
      return await prepare(nobody.signal);
    } finally {
      for (const signal of signals) signal.removeEventListener('abort', look);
    }
  }

  /** Runs one tile to its end. Rejects with what nobody thought of. */
  private async runTile(id: string, request: () => Promise<PreparedCall>): Promise<void> {
    const signal = this.running.get(id)?.signal ?? AbortSignal.abort();
    try {
      const prepared = await request();
      this.take(id, { type: 'begun' });
      for await (const event of this.service.run(prepared, signal)) this.take(id, event);
    } catch (thrown) {
      this.take(id, endOf(thrown));
      if (!isImageGatewayError(thrown)) throw thrown;
    } finally {
      this.running.delete(id);
    }
  }
}

function modelFor({ model }: SheetTile, { config, wantedModel }: PreparedCall, ownGateway?: string): string {
  const isOther = ownGateway !== undefined && config.id !== ownGateway;
  return isOther || model === '' ? wantedModel : model;
}

function endOf(thrown: unknown): GenerationEvent {
  if (!isImageGatewayError(thrown))
    return {
      type: 'failed',
      error: new ImageGatewayError('saveFailed', 'Something unexpected went wrong; see the log.'),
    };
  return thrown.code === 'cancelled' ? { type: 'cancelled' } : { type: 'failed', error: thrown };
}
