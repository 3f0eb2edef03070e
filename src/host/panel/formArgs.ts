import type * as vscode from 'vscode';
import { type GenerateArgs, parseGenerateArgs } from '../../core/generateArgs.ts';
import type { HistoryParameters } from '../../core/history/parameters.ts';
import type { PanelForm } from '../../protocol/panel.ts';
import { isUri } from '../isUri.ts';

/**
 * The form as arguments of a call. @param seedStep is added to the seed: pictures of one seed are all the same
 * @throws invalidArguments naming what is wrong
 */
export function formArgs(form: PanelForm, seedStep = 0): GenerateArgs<vscode.Uri> {
  const { shape, quality, background, format, seed } = form;
  const text = shape
    .trim()
    .toLowerCase()
    .replace(/\s*[×x*]\s*/, 'x')
    .replace(/\s*:\s*/, ':');
  const given = {
    ...(text !== '' && (text.includes(':') ? { aspectRatio: text } : { size: text })),
    ...(quality !== '' && { quality }),
    ...(background !== '' && { background }),
    ...(format !== '' && { outputFormat: format }),
    ...(seed.trim() !== '' && { seed: Number(seed) + seedStep }),
  };
  return parseGenerateArgs<vscode.Uri>(given, { isUri, maxImages: 1 });
}

/** Width divided by height of the pictures that a form asks for; square where it does not say. */
export function ratioOf(form: PanelForm): number {
  const [, width, height] = /(\d{1,5})\s*[x×*:]\s*(\d{1,5})/i.exec(form.shape) ?? [];
  const ratio = Number(width ?? 1) / Number(height ?? 1);
  return Number.isFinite(ratio) && ratio > 0 ? Math.min(10, Math.max(0.1, ratio)) : 1;
}

/** The form that asks for what an earlier generation asked for. */
export function formOf(asked: HistoryParameters): PanelForm {
  const { size, aspectRatio, n = 1, quality = '', seed } = asked;
  return {
    ...{ shape: size ?? aspectRatio ?? '', count: n, quality, seed: seed === undefined ? '' : String(seed) },
    ...{ background: asked.background ?? '', format: asked.outputFormat ?? '' },
  };
}
