import type { SyntaxNode } from '@lezer/common';
import { decodeHTMLStrict } from 'entities/decode';

/** Nodes that are no words. */
const dropped = new Set(
  (
    'HeaderMark QuoteMark ListMark LinkMark EmphasisMark CodeMark CodeInfo URL LinkTitle LinkLabel HTMLTag Comment ' +
    'ProcessingInstruction TableDelimiter Image'
  ).split(' '),
);

/**
 * The words of a part of Markdown: marks, tags and addresses go, escapes and entities are undone, images are none.
 * @param node whose words they are
 * @param from where in the node they begin; `to` where they end
 */
export function wordsOf(text: string, node: SyntaxNode, from = node.from, to = node.to): string {
  const parts: string[] = [];
  let at = from;
  const keep = (end: number) => {
    if (end > at) parts.push(text.slice(at, end));
  };
  const cursor = node.cursor();
  cursor.iterate((inner) => {
    if (inner.from < at || inner.to > to || inner.from === inner.to) return true;
    if (inner.node.from === node.from && inner.to === node.to && inner.name === node.name) return true;
    const words = replacementOf(text, inner.name, inner.from, inner.to);
    if (words === undefined) return true;
    keep(inner.from);
    parts.push(words);
    at = inner.to;
    return false;
  });
  keep(to);
  return parts.join('');
}

/** What Markdown text between quotes or brackets means: escapes and entities undone. */
export function unescapeMarkdown(text: string): string {
  return text
    .split(/(\\[!-/:-@[-`{-~])/)
    .map((part, index) => (index % 2 === 1 ? part.slice(1) : decodeHTMLStrict(part)))
    .join('');
}

function replacementOf(text: string, name: string, from: number, to: number): string | undefined {
  if (name === 'Escape') return text.slice(from + 1, to);
  if (name === 'Entity') return decodeHTMLStrict(text.slice(from, to));
  return dropped.has(name) ? '' : undefined;
}
