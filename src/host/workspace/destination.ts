import * as vscode from 'vscode';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import {
  type DestinationVariables,
  resolveCopyFilesDestination,
  resolveOutputDirectory,
} from '../../core/files/destinationTemplate.ts';
import { expandFileName } from '../../core/files/fileName.ts';
import { isGitFolder, normalizeRelativeDirectory } from '../../core/files/pathSegments.ts';
import type { Platform } from '../platform/platform.ts';
import type { OutputSettings } from '../settings.ts';
import { canFollow, checkContained, typeOf } from './containment.ts';
import { isMarkdown } from './linkPlace.ts';

/** Where the pictures of one request go; checked before anything is sent, and again before each is written. */
export interface Destination {
  readonly target: (index: number, extension: string) => DestinationTarget;
  /** Missing files that other links name: where a name is free to choose, it is none of theirs. */
  readonly avoided?: readonly vscode.Uri[];
  /** The person's setting for copied files says to overwrite what is there; it is not followed. */
  readonly wantsOverwrite?: boolean;
  /** Asked once what came is known to be of an extension, before a name is taken: the person may have another name wanted. */
  readonly settle?: (extension: string) => Promise<void>;
  /** Throws where the place has left the workspace; one that the person chose, where it has come into `.git`. */
  readonly check: (index: number, extension: string) => Promise<void>;
}

/** Where one picture goes. */
export interface DestinationTarget {
  readonly directory: vscode.Uri;
  /** The name without extension and number. */
  readonly stem: string;
  /** This name and no other: it is what a document says. What is there, and not empty, stays. */
  readonly exactName?: string;
}

export interface DestinationRequest {
  readonly prompt: string;
  readonly model: string;
  readonly settings: OutputSettings;
  readonly directory?: string | vscode.Uri | undefined;
  readonly fileName?: string | undefined;
  readonly document?: vscode.Uri | undefined;
  /** Whether the person may be asked. */
  readonly interactive: boolean;
}

/**
 * Decides the folder of the workspace: of the directory's Uri, else the document's, else the only one, else asked.
 * @returns undefined where there is none to write to and a save dialog is wanted
 * @throws invalidArguments where it cannot be decided
 */
export async function chooseFolder({
  directory,
  document,
  interactive,
}: Pick<DestinationRequest, 'directory' | 'document' | 'interactive'>): Promise<
  vscode.WorkspaceFolder | undefined
> {
  if (directory instanceof vscode.Uri) {
    const folder = vscode.workspace.getWorkspaceFolder(directory);
    if (folder === undefined)
      throw invalidArguments('The directory for the image is not inside the workspace.');
    return folder;
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  const ofDocument = document && vscode.workspace.getWorkspaceFolder(document);
  if (ofDocument !== undefined) return ofDocument;
  if (folders.length <= 1) {
    if (folders[0] === undefined && !interactive)
      throw invalidArguments('No folder is open; open one, so that there is a place for the image.');
    return folders[0];
  }
  if (!interactive)
    throw invalidArguments('Several folders are open; name one with the argument directory (a Uri).');
  const picked = await vscode.window.showWorkspaceFolderPick({
    placeHolder: vscode.l10n.t('Folder to save the image in'),
  });
  if (picked === undefined) throw new ImageGatewayError('cancelled', 'No folder was chosen.');
  return picked;
}

/**
 * Decides where the pictures go inside a workspace folder, and checks it.
 * @throws invalidArguments with a sentence, before anything was sent
 */
export async function destinationIn(
  folder: vscode.WorkspaceFolder,
  request: DestinationRequest,
  platform: Platform,
): Promise<Destination> {
  const at = new Date();
  const place = (index: number, extension: string) => {
    const stem = stemOf(request, index, at);
    return segmentsFor(folder, request, stem, extension, at);
  };
  const check = (index: number, extension: string) =>
    checkContained(folder, place(index, extension).segments, platform);
  await check(1, 'png');
  return {
    target: (index, extension) => {
      const { segments, stem } = place(index, extension);
      return { directory: vscode.Uri.joinPath(folder.uri, ...segments), stem };
    },
    check,
    wantsOverwrite: wantsOverwrite(request),
  };
}

/** Asks for a file with a save dialog: without a folder, or in Restricted Mode. @throws cancelled */
export async function destinationByDialog(
  request: DestinationRequest,
  platform: Platform,
): Promise<Destination> {
  const stem = stemOf(request, 1, new Date());
  const root = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save Image As'),
    filters: { [vscode.l10n.t('Images')]: ['png', 'jpg', 'webp', 'avif'] },
    ...(root && { defaultUri: vscode.Uri.joinPath(root, `${stem}.png`) }),
  });
  if (chosen === undefined) throw new ImageGatewayError('cancelled', 'No place for the image was chosen.');
  const name = /([^/]*)$/.exec(chosen.path)?.[1] ?? stem;
  const directory = vscode.Uri.joinPath(chosen, '..');
  const check = () => checkOutsideGit(directory, platform);
  await check();
  return {
    target: () => ({ directory, stem: name.replace(/\.(png|jpe?g|webp|avif)$/i, '') }),
    check,
  };
}

/** A place that the person chose may be anywhere but in `.git`, links followed. */
export async function checkOutsideGit(directory: vscode.Uri, platform: Platform): Promise<void> {
  const isThere = canFollow(directory, platform) && (await typeOf(directory)) !== undefined;
  const real = isThere ? await platform.realPath?.(directory.fsPath) : undefined;
  if ([directory.path, real ?? ''].flatMap((path) => path.split(/[\\/]/)).some(isGitFolder))
    throw invalidArguments('An image is never written into .git; choose another place.');
}

function stemOf(request: DestinationRequest, index: number, date: Date): string {
  const documentBaseName = request.document === undefined ? undefined : nameParts(request.document.path).base;
  const template = request.fileName ?? request.settings.fileName;
  const result = expandFileName(template, {
    prompt: request.prompt,
    model: request.model,
    date,
    index,
    ...(documentBaseName !== undefined && { documentBaseName }),
  });
  if ('problem' in result) throw refused('The file name', result.problem);
  return result.stem;
}

function segmentsFor(
  folder: vscode.WorkspaceFolder,
  request: DestinationRequest,
  stem: string,
  extension: string,
  at: Date,
): { readonly segments: readonly string[]; readonly stem: string } {
  const { directory, settings, document } = request;
  if (directory instanceof vscode.Uri)
    return { segments: segmentsBelow(folder.uri.path, directory.path), stem };
  if (directory !== undefined) return { segments: normalized(directory), stem };
  // The variables tell a place in the workspace folder: of a document elsewhere they have none.
  const isInside = document && vscode.workspace.getWorkspaceFolder(document)?.index === folder.index;
  const variables = isInside ? variablesOf(folder, document, `${stem}.${extension}`, at) : undefined;
  const template = settings.directoryIsSet ? undefined : copyFilesTemplate(document);
  if (template !== undefined && variables !== undefined) {
    const result = resolveCopyFilesDestination(template, variables);
    if ('problem' in result) throw refused('The setting markdown.copyFiles.destination', result.problem);
    const segments = [...segmentsBelow(folder.uri.path, result.path)];
    const name = segments.pop() ?? stem;
    return { segments, stem: nameParts(name).base };
  }
  const result = resolveOutputDirectory(settings.directory, variables);
  if ('problem' in result) throw refused('The setting imageGateway.output.directory', result.problem);
  return { segments: normalized(result.directory), stem };
}

function normalized(directory: string): readonly string[] {
  const result = normalizeRelativeDirectory(directory);
  if ('problem' in result) throw refused('The place for the image', result.problem);
  return result.segments;
}

/** The segments of an absolute path inside a folder's path. */
function segmentsBelow(folder: string, at: string): readonly string[] {
  // VS Code writes a Windows drive small, other extensions need not.
  const [base, path] = [folder.replace(/\/+$/, ''), at].map((one) =>
    one.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase()),
  ) as [string, string];
  if (path.replace(/\/+$/, '') === base) return [];
  if (!path.startsWith(`${base}/`))
    throw invalidArguments('The directory for the image is not inside the workspace folder.');
  return path
    .slice(base.length + 1)
    .split('/')
    .filter((segment) => segment !== '');
}

/** Whether `markdown.copyFiles` decides the place, and says that a file of that name is overwritten. */
function wantsOverwrite({ directory, settings, document }: DestinationRequest): boolean {
  if (directory !== undefined || settings.directoryIsSet || copyFilesTemplate(document) === undefined)
    return false;
  const copyFiles = vscode.workspace.getConfiguration('markdown.copyFiles', document ?? null);
  return copyFiles.get<unknown>('overwriteBehavior') === 'overwrite';
}

/** The first template of `markdown.copyFiles.destination` whose glob matches a Markdown document. */
function copyFilesTemplate(uri: vscode.Uri | undefined): string | undefined {
  const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri?.toString());
  if (document === undefined || !isMarkdown(document)) return undefined;
  const table = vscode.workspace
    .getConfiguration('markdown', document.uri)
    .get<unknown>('copyFiles.destination');
  if (typeof table !== 'object' || table === null) return undefined;
  for (const [glob, template] of Object.entries(table)) {
    if (typeof template === 'string' && matches(document, glob)) return template;
  }
  return undefined;
}

/** As the built-in Markdown extension matches: `/…` from each workspace folder, else anywhere below. */
function matches(document: vscode.TextDocument, glob: string): boolean {
  if (glob.startsWith('/')) {
    const folder = vscode.workspace.getWorkspaceFolder(document.uri);
    return (
      folder !== undefined &&
      vscode.languages.match({ pattern: new vscode.RelativePattern(folder, glob.slice(1)) }, document) > 0
    );
  }
  return vscode.languages.match({ pattern: glob.startsWith('**') ? glob : `**/${glob}` }, document) > 0;
}

function variablesOf(
  folder: vscode.WorkspaceFolder,
  document: vscode.Uri,
  fileName: string,
  at: Date,
): DestinationVariables {
  const parts = nameParts(document.path);
  const relative = document.path.slice(folder.uri.path.replace(/\/+$/, '').length + 1);
  return {
    documentDirName: parts.directory,
    documentRelativeDirName: nameParts(`/${relative}`).directory.slice(1),
    documentFileName: parts.name,
    documentBaseName: parts.base,
    documentExtName: parts.extension,
    documentFilePath: document.path,
    documentRelativeFilePath: relative,
    documentWorkspaceFolder: folder.uri.path,
    fileName,
    fileExtName: nameParts(fileName).extension,
    unixTime: String(at.getTime()),
    isoTime: at.toISOString(),
  };
}

function nameParts(path: string): {
  readonly directory: string;
  readonly name: string;
  readonly base: string;
  readonly extension: string;
} {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const dot = name.lastIndexOf('.');
  return {
    directory: path.slice(0, Math.max(slash, 0)),
    name,
    base: dot > 0 ? name.slice(0, dot) : name,
    extension: dot > 0 ? name.slice(dot + 1) : '',
  };
}

/** @param problem a sentence of its own, as the core builds them: what is from outside in it is harmless */
function refused(what: string, problem: string): ImageGatewayError {
  return invalidArguments(`${what} is refused: ${problem.charAt(0).toLowerCase()}${problem.slice(1)}`);
}
