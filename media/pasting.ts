/** Pictures of a paste; empty where it is words, which the box takes as ever. */
export function pastedFiles(data: DataTransfer, isIntoText: boolean): readonly File[] {
  const files = [...data.files].filter((file) => file.type.startsWith('image/'));
  const text = data.getData('text/plain').trim();
  // A copied file brings its name along as words; a copied table brings a picture of itself.
  const isWords = text !== '' && !files.some((file) => text === file.name || text.endsWith(`/${file.name}`));
  return isIntoText && isWords ? [] : files;
}

/** Whether words can be pasted into an element. */
export function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/**
 * Reads the picture that the clipboard holds; undefined where it holds none.
 * @throws where the page may not read it
 */
export async function readClipboardPicture(): Promise<Blob | undefined> {
  const items = await navigator.clipboard.read();
  for (const item of items) {
    const type = item.types.find((one) => one.startsWith('image/'));
    if (type !== undefined) return item.getType(type);
  }
  return undefined;
}
