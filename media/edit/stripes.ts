/** Of one black and one white stripe together, in CSS pixels. */
const period = 8;

/** A tile of black and white chevrons, two periods wide and one high. */
function drawTile(side: number): OffscreenCanvas {
  const tile = new OffscreenCanvas(2 * side, side);
  const context = tile.getContext('2d');
  if (!context) return tile;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, 2 * side, side);
  context.fillStyle = '#000000';
  for (const top of [-side, 0]) {
    context.beginPath();
    context.moveTo(0, top);
    context.lineTo(side, top + side);
    context.lineTo(2 * side, top);
    context.lineTo(2 * side, top + side / 2);
    context.lineTo(side, top + side * 1.5);
    context.lineTo(0, top + side / 2);
    context.fill();
  }
  return tile;
}

/**
 * Stripes of black and white: one of both stands out from every picture, whatever the theme. They turn, so that
 * no edge runs along one of them for long. They do not move; nothing has to be switched off for those whom movement
 * troubles.
 * @returns a fill that begins at a place in CSS pixels
 */
export function createStripes() {
  let tile: OffscreenCanvas | undefined;
  return (context: OffscreenCanvasRenderingContext2D, ratio: number, left: number, top: number) => {
    const side = Math.max(2, Math.round(period * ratio));
    if (tile?.height !== side) tile = drawTile(side);
    const pattern = context.createPattern(tile, 'repeat');
    pattern?.setTransform(new DOMMatrix([1, 0, 0, 1, left * ratio, top * ratio]));
    return pattern ?? '#ffffff';
  };
}
