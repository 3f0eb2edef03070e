const focusRetries = 10;
const focusRetryMilliseconds = 50;

/** The clipboard takes PNG only; another format is drawn anew. Same pixels, lossless. */
async function asPng(blob: Blob): Promise<Blob> {
  if (blob.type === 'image/png') return blob;
  const bitmap = await createImageBitmap(blob);
  const canvas = document.createElement('canvas');
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  bitmap.close();
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (png) => (png ? resolve(png) : reject(new Error('The picture cannot be drawn.'))),
      'image/png',
    );
  });
}

/**
 * Puts a picture onto the clipboard; false when the browser does not let us. The clipboard belongs to
 * the focused document, and focus may be on its way here (a command ran from the palette): a few tries.
 */
export async function copyImage(blob: Blob): Promise<boolean> {
  for (let tries = 0; !document.hasFocus() && tries < focusRetries; tries++) {
    window.focus();
    await new Promise((resolve) => setTimeout(resolve, focusRetryMilliseconds));
  }
  try {
    // A promise inside the item, not before it: Safari ends the click's permission at the first wait.
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': asPng(blob) })]);
    return true;
  } catch {
    return false;
  }
}
