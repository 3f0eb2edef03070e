import { h } from './dom.ts';

/** What decides where the lines of a text box break. */
const copied = [
  ...(['font', 'letter-spacing', 'word-spacing', 'line-height', 'tab-size', 'text-indent'] as const),
  ...(['text-transform', 'word-break', 'direction', 'padding-left', 'padding-right'] as const),
] as const;

/**
 * Whether the caret is in the first or the last line that one sees of a text box, wrapped ones counted. A text box does
 * not say: the same text is laid out once more, out of sight.
 */
export function isCaretInLine(box: HTMLTextAreaElement, which: 'first' | 'last'): boolean {
  const { value, selectionEnd } = box;
  if (value === '') return true;
  const mirror = h('div', { 'aria-hidden': 'true' });
  const style = getComputedStyle(box);
  for (const name of copied) mirror.style.setProperty(name, style.getPropertyValue(name));
  Object.assign(mirror.style, { position: 'fixed', visibility: 'hidden', boxSizing: 'border-box' });
  Object.assign(mirror.style, { whiteSpace: 'pre-wrap', overflowWrap: 'break-word' });
  mirror.style.width = `${box.clientWidth}px`;
  const mark = () => h('span', {}, '\u200b');
  const [first, caret, last] = [mark(), mark(), mark()];
  mirror.append(first, value.slice(0, selectionEnd), caret, value.slice(selectionEnd), last);
  document.body.append(mirror);
  const isSame = caret.offsetTop === (which === 'first' ? first : last).offsetTop;
  mirror.remove();
  return isSame;
}
