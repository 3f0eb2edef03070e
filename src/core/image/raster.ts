/** A decoded picture: straight (not premultiplied) 8-bit sRGB RGBA, upright, row by row from the top left. */
export interface Raster {
  /** Pixels, at least 1. */
  readonly width: number;
  readonly height: number;
  /** width × height × 4 bytes. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** A part of a picture in whole pixels from the top left. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
