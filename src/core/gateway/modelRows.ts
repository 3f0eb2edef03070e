import { withoutIcons } from '../outsideText.ts';
import { routeOf } from './chooseModel.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import { imageModels, type ModelEntry, type Route } from './models.ts';

/** One row of the list of models, or the heading of a part of it. */
export interface ModelRow {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Absent of a heading. */
  readonly id?: string;
}

/** Our own words in the rows, in the person's language. */
export interface ModelRowWords {
  readonly imageModels: string;
  readonly unsure: string;
  readonly takesImages: string;
}

/**
 * Builds the rows of Select Model: image models first, then what the list says nothing of; never models that make no
 * images.
 * @param current id of the chosen model, which is marked
 * @param learnedRoute the route that a gateway's refusal taught, where one did
 */
export function modelRows(
  models: readonly ModelEntry[],
  config: GatewayConfig,
  current: string,
  words: ModelRowWords,
  learnedRoute: (id: string) => Route | undefined = () => undefined,
): readonly ModelRow[] {
  const likely = new Set(imageModels(models));
  const others = models.filter((model) => model.makesImages === 'unknown' && !likely.has(model));
  const row = (model: ModelEntry) =>
    rowOf(model, current, words, routeOf(model, config, learnedRoute(model.id)));
  return [
    ...(likely.size > 0 ? [{ label: words.imageModels }] : []),
    ...[...likely].map(row),
    ...(others.length > 0 ? [{ label: words.unsure }] : []),
    ...others.map(row),
  ];
}

function rowOf(model: ModelEntry, current: string, words: ModelRowWords, route: Route): ModelRow {
  const label = withoutIcons(model.name);
  const says = [route, model.price, model.takesImages === true ? words.takesImages : undefined];
  return {
    label: model.id === current ? `$(check) ${label}` : label,
    description: model.name === model.id ? '' : withoutIcons(model.id),
    detail: says.filter((one) => one !== undefined).join(' · '),
    id: model.id,
  };
}
