import * as vscode from 'vscode';
import { promptLimit } from '../../core/generateArgs.ts';
import { withoutIcons } from '../../core/outsideText.ts';
import { pixelWords } from '../../core/imageWords.ts';
import { contextLine } from '../../core/references/context.ts';
import { pathLabel } from '../pathLabel.ts';
import type { MissingImage } from './missingImage.ts';

/** What is to be sent for a missing image. */
export interface AskedPrompt {
  readonly words: string;
  /** Whether what stands around the image goes along. */
  readonly isAlong: boolean;
}

/** Room for the context behind a prompt. */
const mostAlong = 500;

/** What the document says, before anybody is asked. */
export function firstPrompt({ prompt }: MissingImage): AskedPrompt {
  return { words: prompt.prompt, isAlong: true };
}

/** What goes along with the prompt, in a line. */
export function sentContext({ prompt }: MissingImage, { isAlong }: AskedPrompt): string | undefined {
  return isAlong ? contextLine(prompt.context) : undefined;
}

/**
 * Asks for the prompt of a missing image: what the document says stands there; what else would be sent along is shown, and
 * can be left out.
 * @param gateway its name
 * @param asked what stands in the box at first
 * @returns undefined where the person left
 */
export async function askReferencePrompt(
  missing: MissingImage,
  gateway: string,
  asked = firstPrompt(missing),
): Promise<AskedPrompt | undefined> {
  const line = contextLine(missing.prompt.context);
  const box = vscode.window.createInputBox();
  let { isAlong } = asked;
  const show = () => {
    box.prompt = promptLine(missing, gateway, isAlong ? line : undefined);
    box.buttons = line === undefined ? [] : [contextButton(isAlong)];
  };
  box.title = vscode.l10n.t('Generate Missing Image');
  box.placeholder = vscode.l10n.t('Describe the image');
  box.ignoreFocusOut = true;
  box.value = asked.words;
  show();
  try {
    const words = await new Promise<string | undefined>((resolve) => {
      box.onDidTriggerButton(() => {
        isAlong = !isAlong;
        show();
      });
      const isLong = () => box.value.length > promptLimit - mostAlong;
      box.onDidChangeValue(() => {
        box.validationMessage = isLong() ? vscode.l10n.t('The prompt is too long.') : '';
      });
      box.onDidAccept(() => {
        if (!isLong() && box.value.trim() !== '') resolve(box.value.trim());
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
    return words === undefined ? undefined : { words, isAlong };
  } finally {
    box.dispose();
  }
}

function promptLine({ file, size }: MissingImage, gateway: string, context: string | undefined): string {
  const what = [withoutIcons(pathLabel(file)), ...(size === undefined ? [] : [pixelWords(size)])].join(' · ');
  const made = vscode.l10n.t('{0}, made with {1}.', what, gateway);
  if (context === undefined) return made;
  return `${made} ${vscode.l10n.t('With it goes: {0}', `“${withoutIcons(context)}”`)}`;
}

function contextButton(isAlong: boolean): vscode.QuickInputButton {
  return {
    iconPath: new vscode.ThemeIcon(isAlong ? 'eye' : 'eye-closed'),
    tooltip: isAlong
      ? vscode.l10n.t('Leave out what stands around the image')
      : vscode.l10n.t('Send along what stands around the image'),
  };
}
