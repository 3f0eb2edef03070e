import * as vscode from 'vscode';
import type { ToolInput } from '../../core/agent/toolInput.ts';
import { ImageGatewayError, invalidArguments } from '../../core/failure.ts';
import { iconHtml, pageWithIcons } from '../../core/iconSet.ts';
import { PixelError } from '../../core/image/pixelTask.ts';
import { type IconMaster, type IconNotice, iconNotices, writeIconSet } from '../iconSet.ts';
import { editOf } from '../workspace/changeDocument.ts';
import { parentOf } from '../workspace/parentOf.ts';
import { pathsFrom } from '../workspace/pathsFrom.ts';
import { iconPage, planIcons, readMaster } from './iconPlan.ts';
import type { ToolOutcome } from './runTool.ts';
import { settleDocument } from './settleDocument.ts';
import type { ToolParts } from './toolParts.ts';
import { pathOf } from './toolPlaces.ts';

/** An icon set that was written. */
export interface IconsMade {
  readonly files: readonly vscode.Uri[];
  /** For the head of a page, where none was changed. */
  readonly lines: string | undefined;
  /** What became of the page: one sentence. */
  readonly placed: string | undefined;
  readonly notices: readonly IconNotice[];
}

/** Makes the icons of an image as it is: nothing is sent, and nothing costs. @throws an ImageGatewayError */
export async function iconsForAgent(
  parts: ToolParts,
  input: ToolInput,
  signal: AbortSignal,
): Promise<ToolOutcome> {
  const plan = await planIcons(parts, input);
  const made = await makeIcons(parts, plan.master, plan.directory, plan.document, signal);
  return {
    result: {
      images: [],
      files: made.files.map(pathOf),
      lines: made.lines,
      placed: made.placed,
      cost: 'none, nothing was sent',
      left: '',
      said: '',
      notices: made.notices,
      next:
        made.placed === undefined
          ? 'put the lines into the head of the page, if the person wants it.'
          : 'nothing; the icons and their lines are in place.',
    },
    shown: made.files.filter(({ path }) => path.endsWith('/apple-touch-icon.png')).map((uri) => ({ uri })),
  };
}

/** Makes the icons of an image that was just saved, beside it. @throws an ImageGatewayError */
export async function iconsOf(
  parts: ToolParts,
  input: ToolInput,
  image: vscode.Uri,
  signal: AbortSignal,
): Promise<IconsMade> {
  try {
    const master = await readMaster(image, parts);
    return await makeIcons(parts, master, parentOf(image), await iconPage(parts, input), signal);
  } catch (thrown) {
    parts.log.error('The icons of an edited image could not be made.', thrown);
    throw new ImageGatewayError(
      'saveFailed',
      `The image was edited, paid for and saved as ${pathOf(image)}, but its icons could not be made; call the tool again with that image, iconSet and no prompt.`,
    );
  }
}

async function makeIcons(
  parts: ToolParts,
  master: IconMaster,
  directory: vscode.Uri,
  page: vscode.TextDocument | undefined,
  signal: AbortSignal,
): Promise<IconsMade> {
  const files = await writeIconSet(parts, master, directory, signal).catch((thrown: unknown) => {
    if (!(thrown instanceof PixelError)) throw thrown;
    throw invalidArguments(
      `The image cannot be worked on (${thrown.problem}); choose another, or convert it first.`,
    );
  });
  const placed = page && (await addToPage(page, directory));
  const at = pathsFrom(page?.uri ?? vscode.Uri.joinPath(directory, 'index.html'), directory);
  return {
    files,
    lines: placed === undefined ? iconHtml(at) : undefined,
    placed,
    notices: iconNotices(master),
  };
}

/** @returns one sentence; undefined where the lines could not be added */
async function addToPage(page: vscode.TextDocument, directory: vscode.Uri): Promise<string | undefined> {
  const wasDirty = page.isDirty;
  const at = pathsFrom(page.uri, directory);
  const edit = await editOf(page, (text) => Promise.resolve(pageWithIcons(text, at)));
  if (edit === undefined || !(await vscode.workspace.applyEdit(edit))) return undefined;
  return settleDocument(page, 'The lines stand', wasDirty);
}
