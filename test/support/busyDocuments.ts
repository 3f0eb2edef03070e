/** A document made to keep a reader busy, of about as many characters as are asked for. */
export interface BusyDocument {
  readonly languageId: string;
  readonly name: string;
  readonly text: (length: number) => string;
}

/** Documents on which a reader that looks at anything twice for each character takes minutes. */
export const busyDocuments: readonly BusyDocument[] = [
  repeated('markdown', '![]('),
  repeated('markdown', '[a]('),
  repeated('markdown', '*a]'),
  repeated('markdown', '> '),
  repeated('markdown', '[]'),
  repeated('markdown', '[a][b] '),
  repeated('markdown', '<a b=c"'),
  repeated('mdx', '<a {'),
  repeated('mdx', '<a b={`'),
  repeated('mdx', '{/*'),
  repeated('html', '<figure><img src=a.png>'),
  repeated('html', 'a 1x,', '<img srcset="'),
  repeated('javascriptreact', '<a b={'),
  repeated('typescriptreact', '<T,'),
  repeated('css', '}', 'a{background:url(a.png)}'),
  repeated('css', 'image-set('),
  repeated('scss', "url('\n"),
  repeated('scss', 'url('),
  repeated('json', '{"src":"a.png"},', '{"icons":['),
  repeated('css', '=', 'a{/*x', 'x*/background:url(a.png)}'),
  halves('css', 'a{background:', '(', 'url(a)', ''),
  halves('css', 'a{--', 'x', 'url(a)', '', ':'),
  repeated('svelte', "\\'", "<a b={'", '\n'),
  repeated('svelte', '\\"', '<a b={"', '\n'),
  halves('json', '{', '"":0,', '{"src":"a"},', ']}', '"icons":['),
  {
    languageId: 'markdown',
    name: 'images in the words of images, around one with many words',
    text: (length) => `${'![ '.repeat(900)}${words(length)}${'] '.repeat(900)}`,
  },
  {
    languageId: 'html',
    name: 'an image with long words and very many candidates',
    text: (length) =>
      `<img alt="${words(4000)}" title="${words(4000)}" srcset="${'a, '.repeat((length - 8000) / 3)}">`,
  },
  {
    languageId: 'html',
    name: 'a caption of very many images',
    text: (length) =>
      `<figure>${'<img src=a>'.repeat((length - 8000) / 11)}<figcaption>${words(8000)}</figcaption></figure>`,
  },
  {
    languageId: 'markdown',
    name: 'very many images under one heading and beside one paragraph',
    text: (length) => `# ${words(4000)}\n\n${words(4000)}\n\n${'![](a)\n\n'.repeat((length - 8000) / 8)}`,
  },
  repeated('markdown', 'x\n', '[a]: b "'),
  repeated('markdown', '     x\n', '[a]: b "'),
  repeated('markdown', '[a]:\n', '[a]: b "'),
  repeated('markdown', ' ', 'a', 'b ![](a.png)'),
  repeated('markdown', '[^a]: ![](a)\n'),
  repeated('css', '"\n'),
  repeated('javascriptreact', 'a.', '<'),
  repeated('javascriptreact', 'a:', '<a '),
  {
    languageId: 'markdown',
    name: 'front matter with a long list beside many names',
    text: () =>
      `---\n${lines(500, (index) => `n${index}: ${'x'.repeat(20)}`)}images:\n${'- a.gif\n'.repeat(4000)}---\n`,
  },
];

function repeated(languageId: string, unit: string, before = '', after = ''): BusyDocument {
  return {
    languageId,
    name: `${JSON.stringify(before + unit)} again and again${after === '' ? '' : `, then ${JSON.stringify(after)}`}`,
    text: (length) => before + unit.repeat(length / unit.length) + after,
  };
}

/** Two units, each as often as fits into one half. */
function halves(
  languageId: string,
  before: string,
  first: string,
  second: string,
  after: string,
  between = '',
): BusyDocument {
  const half = (unit: string, length: number) => unit.repeat(length / 2 / unit.length);
  return {
    languageId,
    name: `${JSON.stringify(before + first)} again and again, then ${JSON.stringify(between + second)}`,
    text: (length) => before + half(first, length) + between + half(second, length) + after,
  };
}

function words(length: number): string {
  return 'word '.repeat(length / 5);
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
}
