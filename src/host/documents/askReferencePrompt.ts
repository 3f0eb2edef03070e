import * as vscode from 'vscode';
import { promptLimit } from '../../core/generateArgs.ts';
import { outsideWords } from '../../core/outsideText.ts';
import { sizeText } from '../../core/size.ts';
import { pathLabel } from '../pathLabel.ts';
import type { MissingImage } from './missingImage.ts';

/**
 * Asks for the prompt of a missing image: what the document says stands there, and what else would be sent along is shown
 * and can be left out.
 * @param gateway its name
 * @returns what is sent; undefined where the person left
 */
export async function askReferencePrompt(
  missing: MissingImage,
  gateway: string,
): Promise<string | undefined> {
  const { contextLine, withContext } = await import('../../core/documentReferences.ts');
  const { prompt, context } = missing.prompt;
  const line = contextLine(context);
  const box = vscode.window.createInputBox();
  let isAlong = line !== undefined;
  const button = () => ({
    iconPath: new vscode.ThemeIcon(isAlong ? 'eye' : 'eye-closed'),
    tooltip: isAlong
      ? vscode.l10n.t('Leave out what stands around the image')
      : vscode.l10n.t('Send along what stands around the image'),
  });
  const show = () => {
    const size = missing.size === undefined ? '' : ` · ${sizeText(missing.size).replace('x', ' × ')}`;
    const along =
      line === undefined || !isAlong
        ? ''
        : vscode.l10n.t('With it goes: {0}', `“${outsideWords(line, [], mostShown)}”`);
    box.prompt = [
      vscode.l10n.t('{0}{1}. It is made with {2}.', pathLabel(missing.file), size, gateway),
      along,
    ]
      .filter((one) => one !== '')
      .join(' ');
    box.buttons = line === undefined ? [] : [button()];
  };
  box.title = vscode.l10n.t('Generate Missing Image');
  box.placeholder = vscode.l10n.t('Describe the image');
  box.ignoreFocusOut = true;
  box.value = prompt;
  show();
  try {
    const asked = await new Promise<string | undefined>((resolve) => {
      box.onDidTriggerButton(() => {
        isAlong = !isAlong;
        show();
      });
      box.onDidChangeValue((text) => {
        box.validationMessage =
          text.length > promptLimit - mostAlong ? vscode.l10n.t('The prompt is too long.') : '';
      });
      box.onDidAccept(() => {
        if (box.validationMessage === '' && box.value.trim() !== '') resolve(box.value.trim());
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
    return asked === undefined ? undefined : withContext(asked, isAlong ? line : undefined);
  } finally {
    box.dispose();
  }
}

/** All of the context is shown: it is never longer. */
const mostShown = 420;
/** Room for the context behind a prompt. */
const mostAlong = 500;
