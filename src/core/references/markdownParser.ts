import { parser, Table, type MarkdownConfig } from '@lezer/markdown';

/**
 * Characters with a meaning that one paragraph, heading or table cell may hold; what follows is not looked at.
 * CommonMark's matching of brackets is quadratic in any parser, and a person's paragraph has some hundreds.
 */
const mostMarks = 4000;
/** How deep quotes and lists may lie in each other; deeper lines are passed over. */
const mostDepth = 64;
const marks = new Set(Array.from('[]()*_`<!&\\|', (mark) => mark.charCodeAt(0)));

/** Ends the reading of an inline text that holds too many marks. */
function boundInline(): MarkdownConfig {
  // Inline texts are read one after another: one count serves.
  let text: object | undefined;
  let count = 0;
  return {
    parseInline: [
      {
        name: 'Bound',
        before: 'Escape',
        parse: (context, next) => {
          if (!marks.has(next)) return -1;
          count = context === text ? count + 1 : 1;
          text = context;
          return count > mostMarks ? context.end : -1;
        },
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

const bounded = parser.configure([Table, boundDepth, boundInline()]);

/**
 * The parsers: CommonMark with GFM's tables, and the same for MDX, in which HTML, indented code and `<https://…>` are
 * none. Lezer's parser tells where every part stands, takes anything, and is some ten times as fast as micromark.
 */
export const markdownParser = bounded;
export const mdxParser = bounded.configure({ remove: ['HTMLBlock', 'HTMLTag', 'IndentedCode', 'Autolink'] });
