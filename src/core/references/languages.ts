/** How a language is read. */
export type ReferenceLanguage =
  | { readonly family: 'markdown'; readonly isMdx: boolean }
  | { readonly family: 'html'; readonly isTemplate: boolean; readonly hasScriptFence: boolean }
  | { readonly family: 'jsx' }
  | { readonly family: 'css'; readonly hasLineComments: boolean }
  | { readonly family: 'json' };

const html = { family: 'html', isTemplate: false, hasScriptFence: false } as const;
const template = { ...html, isTemplate: true } as const;

const languages: Readonly<Record<string, ReferenceLanguage>> = {
  markdown: { family: 'markdown', isMdx: false },
  mdx: { family: 'markdown', isMdx: true },
  html,
  handlebars: html,
  // Vue's expressions stand in quotes, in attributes with names of their own; only `<img />` differs from HTML.
  vue: template,
  svelte: template,
  astro: { ...template, hasScriptFence: true },
  javascript: { family: 'jsx' },
  javascriptreact: { family: 'jsx' },
  typescriptreact: { family: 'jsx' },
  css: { family: 'css', hasLineComments: false },
  scss: { family: 'css', hasLineComments: true },
  less: { family: 'css', hasLineComments: true },
  postcss: { family: 'css', hasLineComments: false },
  json: { family: 'json' },
  jsonc: { family: 'json' },
};

/** The identifiers of VS Code's languages in which references are found. */
export const referenceLanguages: readonly string[] = Object.keys(languages);

/** How a language is read; undefined where it is not. */
export function languageOf(languageId: string): ReferenceLanguage | undefined {
  return Object.hasOwn(languages, languageId) ? languages[languageId] : undefined;
}
