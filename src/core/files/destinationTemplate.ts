import { outsideWords } from '../outsideText.ts';
import { normalizeRelativeDirectory } from './pathSegments.ts';

/**
 * What the variables of VS Code's `markdown.copyFiles.destination` stand for (markdown-language-features,
 * copyFiles.ts, VS Code 1.139). Paths are those of Uris: with `/`, absolute ones beginning with it.
 */
export interface DestinationVariables {
  readonly documentDirName: string;
  /** Empty where the document lies in the workspace folder itself. */
  readonly documentRelativeDirName: string;
  readonly documentFileName: string;
  readonly documentBaseName: string;
  /** Without the dot. */
  readonly documentExtName: string;
  readonly documentFilePath: string;
  readonly documentRelativeFilePath: string;
  readonly documentWorkspaceFolder: string;
  readonly fileName: string;
  /** Without the dot. */
  readonly fileExtName: string;
  /** Milliseconds since 1970. */
  readonly unixTime: string;
  readonly isoTime: string;
}

/** One sentence saying what is wrong. */
export interface TemplateProblem {
  readonly problem: string;
}

const variableNames: readonly string[] = [
  'documentDirName',
  'documentRelativeDirName',
  'documentFileName',
  'documentBaseName',
  'documentExtName',
  'documentFilePath',
  'documentRelativeFilePath',
  'documentWorkspaceFolder',
  'fileName',
  'fileExtName',
  'unixTime',
  'isoTime',
] satisfies (keyof DestinationVariables)[];

/**
 * Fills in a template. As VS Code, `\$` is a dollar sign; unlike it, an unknown variable is a problem (it
 * would become a folder's name), and so is a transform, `${var/regex/replacement/}`: the expression would be
 * a repository's own and could run for ever.
 */
export function expandDestination(
  template: string,
  variables: DestinationVariables,
): { readonly path: string } | TemplateProblem {
  return expand(template, variables);
}

/**
 * Where the built-in Markdown support would put a file, by one value of `markdown.copyFiles.destination`: a
 * leading `/` is the workspace folder, a trailing one (or an empty value) takes `${fileName}`, anything not
 * absolute counts from the document's folder. Whether the place may be written to is the caller's to check.
 * @returns an absolute path, `.` and `..` resolved by their names alone
 */
export function resolveCopyFilesDestination(
  template: string,
  variables: DestinationVariables,
): { readonly path: string } | TemplateProblem {
  let destination = template.trim() || '${fileName}';
  if (destination.startsWith('/')) destination = `\${documentWorkspaceFolder}/${destination.slice(1)}`;
  if (destination.endsWith('/')) destination += '${fileName}';
  const expanded = expandDestination(withoutEmptyDirectory(destination, variables), variables);
  if ('problem' in expanded) return expanded;
  const { path } = expanded;
  // A drive, written as in a Uri's path.
  if (/^[a-z]:\//i.test(path))
    return { path: resolvePath(`/${path.slice(0, 1).toLowerCase()}${path.slice(1)}`) };
  return { path: resolvePath(path.startsWith('/') ? path : `${variables.documentDirName}/${path}`) };
}

/**
 * The directory that `imageGateway.output.directory` names. Variables need a document; an absolute result is
 * taken where it lies inside the document's workspace folder.
 * @param variables undefined where no document takes part
 * @returns a path relative to the workspace folder, '' for the folder itself, without `.` and `..`
 */
export function resolveOutputDirectory(
  template: string,
  variables: DestinationVariables | undefined,
): { readonly directory: string } | TemplateProblem {
  const given = template.trim();
  const expanded = expand(variables ? withoutEmptyDirectory(given, variables) : given, variables);
  if ('problem' in expanded) return expanded;
  const { path } = expanded;
  // Without variables the setting says the same with and without a document.
  if (!variables || !path.startsWith('/') || !given.includes('${')) return relativeDirectory(path);
  const folder = `${variables.documentWorkspaceFolder.replace(/\/+$/, '')}/`;
  if (`${path}/`.startsWith(folder)) return relativeDirectory(path.slice(folder.length));
  const shown = outsideWords(path, [], 80);
  return { problem: `The output directory "${shown}" is not inside the document's workspace folder.` };
}

function expand(
  template: string,
  variables: DestinationVariables | undefined,
): { readonly path: string } | TemplateProblem {
  let problem: string | undefined;
  const path = template.replace(/\\\$|\$\{([^{}]*)\}?/g, (match, name: string | undefined) => {
    if (name === undefined) return '$';
    problem ??= problemOf(match, name);
    if (!variables) problem ??= `The directory template uses \${${name}}, which needs a document.`;
    return variables?.[name as keyof DestinationVariables] ?? '';
  });
  return problem === undefined ? { path } : { problem };
}

function relativeDirectory(path: string): { readonly directory: string } | TemplateProblem {
  const normalized = normalizeRelativeDirectory(path);
  return 'problem' in normalized ? normalized : { directory: normalized.segments.join('/') };
}

/** Without it `${documentRelativeDirName}/images` would be `/images` for a document at the top. */
function withoutEmptyDirectory(template: string, variables: DestinationVariables): string {
  if (variables.documentRelativeDirName !== '') return template;
  return template.replace(/^\$\{documentRelativeDirName\}\/+/, '');
}

function problemOf(match: string, name: string): string | undefined {
  if (!match.endsWith('}')) return 'The directory template opens a variable and does not close it.';
  if (variableNames.includes(name)) return undefined;
  const variable = name.split('/', 1)[0] ?? '';
  const shown = `\${${outsideWords(variable, [], 40)}}`;
  if (name !== variable && variableNames.includes(variable)) {
    return `The directory template uses a transform in ${shown}; transforms are not supported.`;
  }
  const list = variableNames.map((each) => `\${${each}}`).join(', ');
  return `The directory template uses ${shown}, which is not one of ${list}.`;
}

/** Resolves an absolute path's `.`, `..` and doubled slashes; `..` at the top stays there. */
function resolvePath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}
