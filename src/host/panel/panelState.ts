import * as vscode from 'vscode';
import { inspectImage } from '../../core/image/inspect.ts';
import { outsideWords } from '../../core/outsideText.ts';
import type { PanelPicture, PanelState, PanelTile } from '../../protocol/panel.ts';
import type { Gateways } from '../gateways.ts';
import { ratioOf } from './formArgs.ts';
import { outlookOf } from './outlook.ts';
import type { PanelModel } from './panelModel.ts';
import { receiptTopicNames } from './panelStrings.ts';
import type { SheetPicture, SheetTile } from './sheet.ts';
import { tightBytes } from './tightBytes.ts';

export interface PanelStateParts {
  readonly gateways: Gateways;
  /** Ids of the models that the next request asks; one may be empty. */
  readonly models: readonly string[];
  readonly sessionLine: string;
  readonly agentsLine: string;
  /** The most pictures of each model. */
  readonly maxCount: number;
  /** The bytes of a picture, where the page does not have them yet. */
  readonly bytesOf: (pictureId: string) => Uint8Array | undefined;
}

/** The panel as the page may know it: words, numbers and pictures under ids; no Uri, no path that could be used. */
export function panelState(model: PanelModel, parts: PanelStateParts): PanelState {
  const { prompt, form, moreModels, sheet } = model;
  const { gateway, gatewayName, modelName } = parts.gateways.names();
  const last = sheet.tiles[0];
  // Nothing chosen: the gateway's default, known once it was asked.
  const asked = last?.gateway === gateway ? outsideWords(last.model, [], 80) : '';
  return {
    ...{ prompt, form, gatewayName, moreModels },
    modelName: modelName === '' ? asked : modelName,
    ...outlookOf(parts.gateways, parts.models, form.count),
    sessionLine: parts.sessionLine,
    agentsLine: parts.agentsLine,
    maxCount: parts.maxCount,
    sheet: {
      prompt: sheet.prompt,
      startedAt: sheet.startedAt,
      ratio: ratioOf(sheet.form),
      tiles: sheet.tiles.map((tile) => tileOf(tile, parts.bytesOf)),
    },
  };
}

function tileOf(tile: SheetTile, bytesOf: PanelStateParts['bytesOf']): PanelTile {
  const { gateway: _gateway, ...rest } = tile;
  const topics = receiptTopicNames();
  return {
    ...rest,
    model: outsideWords(tile.model, [], 80),
    receipt: tile.receipt.map((row) => ({ ...row, topic: topics[row.topic] })),
    pictures: tile.pictures.map((picture) => shownPicture(picture, bytesOf(picture.id))),
  };
}

/** A picture as the page may know it. */
export function shownPicture(picture: SheetPicture, bytes: Uint8Array | undefined): PanelPicture {
  const { id, state, mediaType, width, height, byteLength, alt, saved } = picture;
  return {
    ...{ id, state, mediaType, width, height, byteLength, alt },
    hasAlpha: (bytes && inspectImage(bytes)?.hasAlpha) ?? false,
    path: saved === undefined ? '' : vscode.workspace.asRelativePath(vscode.Uri.parse(saved.uri)),
    ...(bytes && { bytes: tightBytes(bytes) }),
  };
}
