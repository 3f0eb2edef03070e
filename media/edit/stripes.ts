/** Length of a stripe along either axis, in CSS pixels. */
const period = 8;

/** A tile of black and white diagonals. */
function drawTile(side: number): OffscreenCanvas {
  const tile = new OffscreenCanvas(side, side);
  const context = tile.getContext('2d');
  if (!context) return tile;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  context.fillStyle = '#000000';
  // The band across the middle, and the corner that continues it in the next tile.
  for (const start of [-side / 2, side / 2]) {
    context.beginPath();
    context.moveTo(start, side);
    context.lineTo(start + side / 2, side);
    context.lineTo(start + side * 1.5, 0);
    context.lineTo(start + side, 0);
    context.fill();
  }
  return tile;
}

/**
 * Stripes of black and white: one of both stands out from every picture, whatever the theme. They do not
 * move; nothing has to be switched off for those whom movement troubles.
 * @returns a fill that begins at a place in CSS pixels
 */
export function createStripes() {
  let tile: OffscreenCanvas | undefined;
  return (context: OffscreenCanvasRenderingContext2D, ratio: number, left: number, top: number) => {
    const side = Math.max(2, Math.round(period * ratio));
    if (tile?.width !== side) tile = drawTile(side);
    const pattern = context.createPattern(tile, 'repeat');
    pattern?.setTransform(new DOMMatrix([1, 0, 0, 1, left * ratio, top * ratio]));
    return pattern ?? '#ffffff';
  };
}
