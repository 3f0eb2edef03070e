import { ImageGatewayError } from '../failure.ts';
import { outsideWords } from '../outsideText.ts';
import type { GatewayConfig } from './gatewayConfig.ts';
import { imageModels, type ModelEntry, type Route } from './models.ts';

/** A model to ask, and the route it takes. */
export interface ChosenModel {
  readonly entry: ModelEntry;
  readonly route: Route;
}

/**
 * Decides which model is asked over which route. A model that was chosen must be listed; there is never
 * a silent substitute. Nothing chosen: the gateway's preferred one if listed, else the first image model.
 * @param wanted the chosen id, or empty
 * @param models the gateway's list; undefined where it has none
 * @throws modelNotFound
 */
export function chooseModel(
  config: GatewayConfig,
  wanted: string,
  models: readonly ModelEntry[] | undefined,
): ChosenModel {
  const entry = wanted === '' ? defaultModel(config, models) : wantedModel(config, wanted, models);
  return { entry, route: routeOf(entry, config) };
}

/**
 * The route over which a model is asked: as the settings say, else as a refusal taught, else as its entry says, else the
 * gateway's own.
 */
export function routeOf(
  entry: ModelEntry,
  { route, dialect, unknownModelRoute }: GatewayConfig,
  learned?: Route,
): Route {
  if (route !== 'auto') return route;
  if (learned !== undefined) return learned;
  // OpenRouter has a route of its own for what makes images alone: it takes a count, a size and a quality.
  if (entry.imageOnly === true && dialect?.imagesPath !== undefined) return 'images';
  return entry.route ?? unknownModelRoute;
}

function wantedModel(
  config: GatewayConfig,
  wanted: string,
  models: readonly ModelEntry[] | undefined,
): ModelEntry {
  const entry = models === undefined ? unlisted(wanted) : models.find((one) => one.id === wanted);
  if (entry === undefined) {
    throw new ImageGatewayError(
      'modelNotFound',
      `${config.name} does not list the model ${outsideWords(wanted, [], 80)}; run Image Gateway: Select Model.`,
    );
  }
  if (entry.makesImages === 'no') {
    throw new ImageGatewayError(
      'modelNotFound',
      `${config.name} lists ${outsideWords(wanted, [], 80)} as a model that makes no images; run Image Gateway: Select Model.`,
    );
  }
  return entry;
}

function unlisted(id: string): ModelEntry {
  return { id, name: id, makesImages: 'unknown', supportedParameters: [] };
}

function defaultModel(config: GatewayConfig, models: readonly ModelEntry[] | undefined): ModelEntry {
  const listed = models?.find((one) => one.id === config.preferredModel) ?? imageModels(models ?? [])[0];
  if (listed !== undefined) return listed;
  const why = models === undefined ? 'has no list of models' : 'lists no image model';
  throw new ImageGatewayError(
    'modelNotFound',
    `${config.name} ${why}; name one with Image Gateway: Select Model.`,
  );
}
