import {
  parser,
  Table,
  type InlineContext,
  type LeafBlockParser,
  type MarkdownConfig,
} from '@lezer/markdown';

/**
 * Characters with a meaning that one paragraph, heading or table cell may hold; what follows is not looked at.
 * CommonMark's matching of brackets is quadratic in any parser, and a person's paragraph has some hundreds.
 */
const mostMarks = 2000;
/** The same within text without a space, all of which can be an address, and is tried as one again and again. */
const mostMarksOfRun = 400;
/** Spaces in a row that can end a line: two do. */
const mostSpaces = 100;
const space = 32;
/** How deep quotes and lists may lie in each other; deeper lines are passed over. */
const mostDepth = 64;
/**
 * Lines of a paragraph that may still be a definition of a link: its title is read anew from its beginning with each
 * line. What follows is a paragraph of its own.
 */
const mostDefinitionLines = 50;
const marks = new Set(Array.from('[]()*_`<!&\\|', (mark) => mark.charCodeAt(0)));

/** Counts the marks of one inline text at a time: they are read one after another. */
class MarkCount {
  private text: InlineContext | undefined;
  private all = 0;
  private ofRun = 0;
  private runEnd = 0;

  /** @returns where to read on where there are too many, else -1 */
  take(context: InlineContext, at: number): number {
    if (context !== this.text) {
      this.text = context;
      this.all = this.ofRun = 0;
      this.runEnd = context.offset;
    }
    if (at >= this.runEnd) {
      this.runEnd = endOfRun(context, at);
      this.ofRun = 0;
    }
    if (++this.all > mostMarks) return context.end;
    return ++this.ofRun > mostMarksOfRun ? this.runEnd : -1;
  }
}

function endOfRun({ text, offset }: InlineContext, at: number): number {
  let end = at - offset;
  // Space, tab and the ends of lines.
  while (end < text.length && text.charCodeAt(end) > 32) end++;
  return Math.max(at, offset + end);
}

/** Where to read on after very many spaces: each is taken for the first of a line's break, and all after it read. */
function endOfSpaces(context: InlineContext, at: number): number {
  let end = at + 1;
  while (context.char(end) === space) end++;
  return end - at > mostSpaces ? end : -1;
}

function boundInline(): MarkdownConfig {
  const count = new MarkCount();
  return {
    parseInline: [
      {
        name: 'Bound',
        before: 'Escape',
        parse: (context, next, at) => (marks.has(next) ? count.take(context, at) : -1),
      },
      {
        name: 'Spaces',
        before: 'Escape',
        parse: (context, next, at) => (next === space ? endOfSpaces(context, at) : -1),
      },
    ],
  };
}

const boundDepth: MarkdownConfig = {
  parseBlock: [
    {
      name: 'Depth',
      before: 'LinkReference',
      parse: (context) => {
        if (context.depth <= mostDepth) return false;
        context.nextLine();
        return true;
      },
    },
  ],
};

/** Ends a paragraph that begins like a definition and goes on and on. */
function boundDefinition(): LeafBlockParser {
  let lines = 1;
  return {
    nextLine: (context, _line, leaf) => {
      if (++lines <= mostDefinitionLines) return false;
      const words = context.parser.parseInline(leaf.content, leaf.start);
      context.addLeafElement(leaf, context.elt('Paragraph', leaf.start, context.prevLineEnd(), words));
      return true;
    },
    finish: () => false,
  };
}

const boundDefinitions: MarkdownConfig = {
  parseBlock: [
    {
      name: 'Definition',
      before: 'LinkReference',
      leaf: (_context, leaf) => (leaf.content.startsWith('[') ? boundDefinition() : null),
    },
  ],
};

const bounded = parser.configure([Table, boundDepth, boundDefinitions, boundInline()]);

/**
 * The parsers: CommonMark with GFM's tables, and the same for MDX, in which HTML, indented code and `<https://…>` are
 * none. Lezer's parser tells where every part stands, takes anything, and is some ten times as fast as micromark.
 */
export const markdownParser = bounded;
export const mdxParser = bounded.configure({ remove: ['HTMLBlock', 'HTMLTag', 'IndentedCode', 'Autolink'] });
