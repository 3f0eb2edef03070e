import type { PixelEngine } from '../../core/image/pixelTask.ts';
import type { History } from '../../core/history/history.ts';
import type { HistoryRecorder } from '../../core/history/recorder.ts';
import type { Originals } from '../../core/originals/originals.ts';
import type { PreviousVersions } from '../../core/originals/previousVersions.ts';
import type { GatewayAccess } from '../gatewayAccess.ts';
import type { FileLookup } from '../documents/fileLookup.ts';
import type { Gateways } from '../gateways.ts';
import type { ImageFiles } from '../imageFiles.ts';
import type { ImageService } from '../imageService.ts';
import type { KeyStore } from '../keys.ts';
import type { Log } from '../log.ts';
import type { ImagePanelManager } from '../panel/imagePanelManager.ts';
import type { Platform } from '../platform/platform.ts';
import type { RecoveryOffer } from '../recoveryOffer.ts';
import type { ReportDocuments } from '../reportDocuments.ts';
import type { ImageReplacer } from '../workspace/replacing.ts';

/** One command of the palette: its id and what it does. */
export interface Command {
  readonly id: string;
  /** What it was called with is unchecked: anybody can call a command. */
  readonly run: (...args: readonly unknown[]) => unknown;
}

/** What the commands work with. */
export interface CommandParts {
  readonly service: ImageService;
  readonly gateways: Gateways;
  readonly access: GatewayAccess;
  readonly keys: KeyStore;
  readonly files: ImageFiles;
  readonly originals: Originals;
  readonly previous: PreviousVersions;
  readonly replacer: ImageReplacer;
  readonly history: History;
  readonly recorder: HistoryRecorder;
  readonly engine: PixelEngine;
  readonly platform: Platform;
  readonly recovery: RecoveryOffer;
  readonly lookup: FileLookup;
  readonly log: Log;
  readonly panel: ImagePanelManager;
  readonly reports: ReportDocuments;
  /** What runs here, as a report says it. */
  readonly versions: {
    readonly extension: string;
    readonly editor: string;
    readonly host: 'node' | 'browser';
  };
}
