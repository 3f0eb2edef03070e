import decoderFactory from '@jsquash/avif/codec/dec/avif_dec.js';
import type { Raster } from '../raster.ts';
import { CodecError } from './codecError.ts';
import { memoryLimit } from './codecMemory.ts';
import { callCodec } from './emscripten.ts';
import type { CodecFactory } from './emscripten.ts';
import type { WasmModules } from './wasmModules.ts';

interface Decoder {
  decode(bytes: Uint8Array, bitDepth: 8): Raster | null;
}

/**
 * Decodes an AVIF's primary item (libavif with libaom, @jsquash/avif) to 8 bits: colours as the file has them,
 * neither turned nor mirrored.
 * @throws CodecError `damaged` or `tooLarge`
 */
export async function decodeAvif(bytes: Uint8Array, pixels: number, modules: WasmModules): Promise<Raster> {
  const module = await modules('avifDecoder');
  return callCodec(
    decoderFactory as unknown as CodecFactory<Decoder>,
    module,
    memoryLimit(pixels, 32, bytes.length),
    (codec) => {
      const decoded = codec.decode(bytes, 8);
      if (!decoded) throw new CodecError('damaged', 'The AVIF is damaged: it could not be decoded.');
      return decoded;
    },
  );
}
