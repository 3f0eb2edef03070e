import { Worker } from 'node:worker_threads';
import { CodecError } from '../../../core/image/codecs/codecError.ts';
import type { ImageEngine, ImageJob, ImageJobResult } from '../../../core/image/imageJob.ts';
import type { AnswerMessage, JobMessage, ThreadData } from './imageMessages.ts';

/** Where the thread's parts lie, and how long it may take. */
export interface ImageThreadOptions {
  /** Path or URL of the thread's bundle. */
  readonly worker: string | URL;
  readonly wasmFiles: ThreadData['wasmFiles'];
  /** Milliseconds without a job after which the thread ends. */
  readonly idleMs?: number;
  /** Milliseconds that a job may take. */
  readonly jobMs?: number;
}

const defaultIdleMs = 30_000;
const defaultJobMs = 120_000;
/** JavaScript's own heap in the thread; pixels and codecs are counted apart, by the limit of pixels. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 32 };

interface WaitingJob {
  readonly job: ImageJob;
  readonly signal: AbortSignal;
  readonly resolve: (result: ImageJobResult) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Runs jobs one after the other on a thread that starts with the first and ends when idle. A job that is aborted,
 * crashes, or takes too long costs the thread; the next job has a new one. The bytes of a file are copied to the
 * thread, because the caller keeps the original; pixels move there and back without a copy.
 */
export function createImageThread(options: ImageThreadOptions): ImageEngine {
  const queue = new ThreadQueue(options);
  return {
    run: <Job extends ImageJob>(job: Job, signal: AbortSignal) =>
      queue.add(job, signal) as Promise<ImageJobResult<Job>>,
    dispose: () => {
      queue.dispose();
    },
  };
}

class ThreadQueue {
  private readonly options: ImageThreadOptions;
  private readonly waiting: WaitingJob[] = [];
  private worker: Worker | undefined;
  private isBusy = false;
  private idle: NodeJS.Timeout | undefined;
  private ended: Error | undefined;

  constructor(options: ImageThreadOptions) {
    this.options = options;
  }

  add(job: ImageJob, signal: AbortSignal): Promise<ImageJobResult> {
    return new Promise((resolve, reject) => {
      if (this.ended) reject(this.ended);
      else {
        const waiting = { job, signal, resolve, reject };
        this.waiting.push(waiting);
        signal.addEventListener('abort', () => this.giveUp(waiting), { once: true });
        this.next();
      }
    });
  }

  /** A job that is aborted before its turn. */
  private giveUp(job: WaitingJob): void {
    const index = this.waiting.indexOf(job);
    if (index < 0) return;
    this.waiting.splice(index, 1);
    job.reject(job.signal.reason);
  }

  dispose(): void {
    this.ended = new DOMException('The image engine has ended.', 'AbortError');
    for (const { reject } of this.waiting.splice(0)) reject(this.ended);
    this.stop();
  }

  /** Starts the next job where none runs. */
  private next(): void {
    if (this.isBusy) return;
    const job = this.waiting.shift();
    if (!job) {
      this.idle = setTimeout(() => this.stop(), this.options.idleMs ?? defaultIdleMs).unref();
      return;
    }
    clearTimeout(this.idle);
    this.isBusy = true;
    this.run(job)
      .then(job.resolve, job.reject)
      .finally(() => {
        this.isBusy = false;
        this.next();
      });
  }

  private async run({ job, signal }: WaitingJob): Promise<ImageJobResult> {
    signal.throwIfAborted();
    const worker = (this.worker ??= this.start());
    worker.ref();
    try {
      return resultOf(await this.ask(worker, job, signal));
    } finally {
      worker.unref();
    }
  }

  /** Resolves with the thread's answer; whatever else happens, the thread is given up. */
  private ask(worker: Worker, job: ImageJob, signal: AbortSignal): Promise<AnswerMessage> {
    const done = new AbortController();
    const answer = new Promise<AnswerMessage>((resolve, reject) => {
      const fail = (error: Error): void => {
        this.stop();
        reject(error);
      };
      const late = new CodecError('tooLarge', 'The picture took too long.');
      const timer = setTimeout(() => fail(late), this.options.jobMs ?? defaultJobMs);
      done.signal.addEventListener('abort', () => clearTimeout(timer));
      signal.addEventListener('abort', () => fail(signal.reason as Error), { signal: done.signal });
      worker.once('message', resolve);
      worker.once('messageerror', fail);
      worker.once('error', (error) => fail(crashOf(error)));
      worker.once('exit', () => fail(this.ended ?? crashOf()));
      post(worker, job);
    });
    return answer.finally(() => {
      done.abort();
      for (const event of ['message', 'messageerror', 'error', 'exit']) worker.removeAllListeners(event);
      // A thread that was given up may still say that it ended badly.
      worker.on('error', () => undefined);
      worker.once('exit', () => this.forget(worker));
    });
  }

  private start(): Worker {
    const data: ThreadData = { wasmFiles: this.options.wasmFiles };
    return new Worker(this.options.worker, { workerData: data, resourceLimits, name: 'imageGatewayImages' });
  }

  private stop(): void {
    clearTimeout(this.idle);
    const worker = this.worker;
    this.worker = undefined;
    worker?.terminate().catch(() => undefined);
  }

  private forget(worker: Worker): void {
    if (this.worker === worker) this.worker = undefined;
  }
}

/** A view is sent with all that lies around it, so a file is cut out of what it was read into. */
function post(worker: Worker, job: ImageJob): void {
  const { source } = job;
  const isFile = source instanceof Uint8Array;
  const isPart = isFile && source.byteLength < source.buffer.byteLength;
  const message: JobMessage = { job: isPart ? { ...job, source: new Uint8Array(source) } : job };
  worker.postMessage(message, isFile ? [] : [source.data.buffer]);
}

/** What a thread that ended by itself means. A bundle that is not there is nobody's picture's fault. */
function crashOf(error?: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return new CodecError('tooLarge', 'The picture needs more memory than it is given.');
  }
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND') {
    return new Error('The extension’s image codecs cannot be started.');
  }
  return new CodecError('damaged', 'The picture’s decoder crashed.');
}

function resultOf(answer: AnswerMessage): ImageJobResult {
  if ('result' in answer) return answer.result;
  const { kind, reason, message } = answer.failure;
  if (kind === 'codec') throw new CodecError(reason ?? 'damaged', message);
  throw kind === 'range' ? new RangeError(message) : new Error(message);
}
