import * as vscode from 'vscode';
import { ImageGatewayError } from '../../core/failure.ts';
import { pathLabel } from '../pathLabel.ts';
import { typeOf } from '../workspace/containment.ts';

/** Directories from which sites and apps serve icons, as bundlers and site generators name them. */
const usual = ['public', 'static', 'app', 'src', 'docs', 'assets'];

interface Row extends vscode.QuickPickItem {
  readonly uri?: vscode.Uri;
}

/**
 * Asks where files about an image go: beside it, into a usual directory that is there, or another one.
 * @throws cancelled
 */
export async function askDirectory(image: vscode.Uri): Promise<vscode.Uri> {
  const own = vscode.Uri.joinPath(image, '..');
  const folder = vscode.workspace.getWorkspaceFolder(image)?.uri;
  const others = folder === undefined ? [] : await existing(folder, own);
  const rows: readonly Row[] = [
    { label: pathLabel(own), description: vscode.l10n.t('beside the image'), uri: own },
    ...others.map((uri) => ({ label: pathLabel(uri), uri })),
    { label: vscode.l10n.t('Choose…') },
  ];
  const picked = await vscode.window.showQuickPick(rows, { title: vscode.l10n.t('Where Do the Icons Go?') });
  const uri = picked && (picked.uri ?? (await browse(own)));
  if (uri === undefined) throw new ImageGatewayError('cancelled', 'No directory was chosen.');
  return uri;
}

async function existing(folder: vscode.Uri, own: vscode.Uri): Promise<readonly vscode.Uri[]> {
  const uris = usual.map((name) => vscode.Uri.joinPath(folder, name));
  const types = await Promise.all(uris.map((uri) => typeOf(uri).catch(() => undefined)));
  return uris.filter((uri, index) => types[index] === vscode.FileType.Directory && uri.path !== own.path);
}

async function browse(start: vscode.Uri): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    ...{ canSelectFiles: false, canSelectFolders: true, defaultUri: start },
    title: vscode.l10n.t('Choose a Directory of the Workspace'),
  });
  return chosen?.[0];
}
