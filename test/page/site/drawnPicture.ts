/** How a picture is drawn. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** What was changed: the sky, at 2 also the sun; 0 is the original. */
  readonly step: number;
  /** With a transparent ground. */
  readonly isClear?: boolean;
  /** Coarse and pale, as a frame on its way is. */
  readonly isUnfinished?: boolean;
}

const skies = [
  ['#9fc7e8', '#f6d9c4'],
  ['#22335f', '#7d5ba6'],
  ['#3f6b4f', '#d7e3a4'],
] as const;

/** A picture with large forms, a gradient and fine lines, so that what is drawn over it can be judged. */
export async function drawPicture({
  width,
  height,
  step,
  isClear = false,
  isUnfinished = false,
}: Drawing): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  if (!isClear) {
    const [top, bottom] = skies[step % skies.length] ?? skies[0];
    const sky = context.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, top);
    sky.addColorStop(1, bottom);
    context.fillStyle = sky;
    context.fillRect(0, 0, width, height);
  }
  context.fillStyle = step === 2 ? '#f2e9c9' : '#c9572c';
  context.beginPath();
  context.arc(width * 0.7, height * 0.45, Math.min(width, height) * 0.18, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#f8f8f8';
  context.fillRect(0, height * 0.75, width, height * 0.25);
  if (step === 0 || !isClear) {
    context.fillStyle = '#101418';
    context.fillRect(width * 0.1, height * 0.3, width * 0.16, height * 0.55);
  }
  if (isUnfinished) {
    context.filter = `blur(${Math.round(width / 60)}px)`;
    context.drawImage(canvas, 0, 0);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}
