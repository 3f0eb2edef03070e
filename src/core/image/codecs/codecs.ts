import avifDecoder from '@jsquash/avif/codec/dec/avif_dec.js';
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js';
import { defaultOptions as jpegDefaults } from '@jsquash/jpeg/meta.js';
import {
  decode as decodePng,
  encode as encodePng,
  initSync as initPng,
} from '@jsquash/png/codec/pkg/squoosh_png.js';
import {
  initSync as initResize,
  resize as resizePixels,
} from '@jsquash/resize/lib/resize/pkg/squoosh_resize.js';
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js';
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import { defaultOptions as webpDefaults } from '@jsquash/webp/meta.js';
import type { OutputFormat, Size } from '../../request.ts';
import type { ImageFormat } from '../imageFacts.ts';
import { PixelError } from '../pixelTask.ts';
import type { Raster } from '../raster.ts';
import type { ReadWasm, WasmName } from './wasmFiles.ts';
import { wasm, type WasmInstance, type WasmModule } from './webAssembly.ts';

/** What the codecs' JavaScript calls an ImageData; in Node they bring one of their own. */
interface Decoded {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** One of Emscripten's modules, as far as it is used here. */
type Factory = (options: {
  readonly noInitialRun: true;
  readonly print: () => void;
  readonly printErr: () => void;
  readonly locateFile: (name: string) => string;
  readonly instantiateWasm: (imports: object, done: (instance: WasmInstance) => void) => object;
}) => Promise<unknown>;

/** The types that come with the modules know the options of another environment. */
function factoryOf(module: unknown): Factory {
  return module as Factory;
}

const lanczos3 = 3;

/**
 * Squoosh's codecs (mozjpeg, libwebp, libavif, Rust's png and resize), by jSquash. Each is compiled when it is first
 * needed. Those written in C are instantiated anew for each picture, so that none finds the memory of another.
 */
export class Codecs {
  private readonly readWasm: ReadWasm;
  private readonly modules = new Map<WasmName, Promise<WasmModule>>();

  constructor(readWasm: ReadWasm) {
    this.readWasm = readWasm;
  }

  /**
   * Decodes to 8-bit RGBA as the file stores it: not turned, its profile not applied.
   * @throws PixelError damaged for what the codec does not take
   */
  async decode(bytes: Uint8Array, format: ImageFormat): Promise<Raster> {
    // The codecs take what lies in a buffer of its own.
    const own = new Uint8Array(bytes);
    switch (format) {
      case 'png': {
        initPng((await this.compiled('png')) as Parameters<typeof initPng>[0]);
        return guarded((): Decoded => {
          const decoded: unknown = decodePng(own);
          return decoded as Decoded;
        });
      }
      case 'jpeg': {
        const module = await this.instance<{ decode(data: Uint8Array, turns: boolean): Decoded | null }>(
          'jpegDecode',
          factoryOf(jpegDecoder),
        );
        return guarded(() => module.decode(own, false));
      }
      case 'webp': {
        const module = await this.instance<{ decode(data: Uint8Array): Decoded | null }>(
          'webpDecode',
          factoryOf(webpDecoder),
        );
        return guarded(() => module.decode(own));
      }
      case 'avif': {
        const module = await this.instance<{ decode(data: Uint8Array, bits: number): Decoded | null }>(
          'avifDecode',
          factoryOf(avifDecoder),
        );
        return guarded(() => module.decode(own, 8));
      }
    }
  }

  /**
   * Encodes a picture; JPEG leaves its alpha out.
   * @param quality 1 to 100, of JPEG and WebP
   */
  async encode({ data, width, height }: Raster, format: OutputFormat, quality: number): Promise<Uint8Array> {
    if (format === 'png') {
      initPng((await this.compiled('png')) as Parameters<typeof initPng>[0]);
      return encodePng(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, 8);
    }
    const [name, factory, defaults] =
      format === 'jpeg'
        ? (['jpegEncode', jpegEncoder, jpegDefaults] as const)
        : (['webpEncode', webpEncoder, webpDefaults] as const);
    const module = await this.instance<{
      encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array | null;
    }>(name, factoryOf(factory));
    const encoded = module.encode(data, width, height, { ...defaults, quality });
    if (encoded === null) throw new PixelError('failed', `${format} could not be encoded`);
    // It lies in the codec's memory.
    return new Uint8Array(encoded);
  }

  /** Resamples with Lanczos' kernel, in linear light and premultiplied: neither edges nor fine lines change their weight. */
  async resize({ data, width, height }: Raster, size: Size): Promise<Raster> {
    initResize((await this.compiled('resize')) as Parameters<typeof initResize>[0]);
    const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const resized = resizePixels(pixels, width, height, size.width, size.height, lanczos3, true, true);
    return { width: size.width, height: size.height, data: new Uint8ClampedArray(resized) };
  }

  private compiled(name: WasmName): Promise<WasmModule> {
    let module = this.modules.get(name);
    if (module === undefined) {
      module = this.readWasm(name).then((bytes) => wasm.compile(bytes));
      this.modules.set(name, module);
      // A file that could not be read may be there the next time.
      module.catch(() => this.modules.delete(name));
    }
    return module;
  }

  private async instance<T>(name: WasmName, factory: Factory): Promise<T> {
    const module = await this.compiled(name);
    const made = await factory({
      noInitialRun: true,
      // They tell of each damaged byte.
      print: () => undefined,
      printErr: () => undefined,
      // Nothing is looked for: in a bundle they do not know where they are.
      locateFile: (name) => name,
      instantiateWasm: (imports, done) => {
        const instance = new wasm.Instance(module, imports);
        done(instance);
        return instance.exports;
      },
    });
    return made as T;
  }
}

/** A codec says that a picture is damaged by null, by a text it throws, or by a trap. */
function guarded(decode: () => Decoded | null): Raster {
  let decoded: Decoded | null;
  try {
    decoded = decode();
  } catch (thrown) {
    throw new PixelError('damaged', thrown instanceof Error ? thrown.message : String(thrown));
  }
  if (decoded === null) throw new PixelError('damaged', 'the codec does not take it');
  const { width, height, data } = decoded;
  return { width, height, data };
}
