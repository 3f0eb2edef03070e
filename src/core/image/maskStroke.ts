/** A place in a picture, in its pixels from the top left; between pixels, too. */
export interface PicturePoint {
  readonly x: number;
  readonly y: number;
}

/** One stroke of a person's hand on the mask, in pixels of the picture; what leads beyond it is cut. */
export type MaskStroke =
  | {
      /** The brush marks what is to be edited; the eraser takes marks away. */
      readonly tool: 'brush' | 'eraser';
      /** Greater than 0, at most 8192. */
      readonly radius: number;
      /** At least one: a dot. */
      readonly points: readonly PicturePoint[];
    }
  | {
      readonly tool: 'rectangle';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
    };
