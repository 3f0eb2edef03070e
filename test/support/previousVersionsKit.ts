import * as vscode from 'vscode';
import { PreviousVersions } from '../../src/core/originals/previousVersions.ts';
import type { Platform } from '../../src/host/platform/platform.ts';
import { storageFolder } from '../../src/host/storageFolder.ts';
import { ImageReplacer } from '../../src/host/workspace/replacing.ts';
import { disk } from './client.ts';

/** What a host says that can follow no links: stricter than the extension's own on a disk. */
const platform: Platform = {
  host: 'browser',
  environment: () => undefined,
  pixelEngine: () => {
    throw new Error('No pixels are worked on here.');
  },
};

/** The extension's own storage of previous versions, as a second window sees it, and what replaces files into it. */
export async function previousVersions(): Promise<{
  readonly versions: PreviousVersions;
  readonly replacer: ImageReplacer;
}> {
  const { temporary } = await disk.folders();
  // The browser host keeps it on the same disk, behind the workspace's own scheme.
  const root = vscode.workspace.workspaceFolders![0]!.uri.with({ path: temporary });
  const storage = 'data/data/User/globalStorage/image-gateway.image-gateway/previous';
  const folder = vscode.Uri.joinPath(root, storage);
  const versions = new PreviousVersions(storageFolder(folder));
  return { versions, replacer: new ImageReplacer(versions, platform) };
}
