import type { Size } from '../request.ts';
import { ratioText, sizeText } from '../size.ts';
import type { CallPlan } from './bodies.ts';
import { type GenerationRatio, generationRatio, generationSize } from './generationSize.ts';
import { isRefused } from './learned.ts';
import type { Members } from './members.ts';
import { mergeRules, type SizeRules } from './sizeRules.ts';

/** The aspect ratios that chat routes document (seeds of Agnic, OpenRouter's image_config). */
const knownRatios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9'].map((text) => {
  const [width = 1, height = 1] = text.split(':').map(Number);
  return { width, height };
});

/** What is known of the sizes that a model makes: its entry in the list, and what refusals said since. */
export function sizeRulesOf({ entry, learned }: Pick<CallPlan, 'entry' | 'learned'>): SizeRules {
  return mergeRules(entry.sizes ?? {}, learned.sizes ?? {});
}

/** A size on the images route, or what the gateway takes in its stead; never both, because some refuse that. */
export function offerSize(members: Members, plan: CallPlan): void {
  const { size, aspectRatio } = plan.request;
  const { dialect } = plan.config;
  if (size === undefined) {
    if (aspectRatio) members.offer('aspect_ratio', ratioText(aspectRatio), 'aspectRatio');
    return;
  }
  if (dialect?.size === 'widthAndHeight') {
    if (members.offer('width', size.width, 'size')) members.offer('height', size.height, 'size');
    return;
  }
  const legal = takesRatios(plan) ? undefined : legalSize(size, plan);
  if (legal !== undefined) members.offer('size', sizeText(legal), 'size');
  else offerRatio(members, plan, size);
}

/** Whether a gateway's images route, or its list for this model, has an aspect ratio in the place of a size. */
function takesRatios({ config, entry }: CallPlan): boolean {
  return (
    config.dialect?.size === 'aspectRatio' ||
    (entry.sizes?.aspectRatios !== undefined && !entry.supportedParameters.includes('size'))
  );
}

function offerRatio(members: Members, plan: CallPlan, size: Size): void {
  members.leaveOut('size', 'refused');
  const { aspectRatio } = plan.request;
  const rules = sizeRulesOf(plan);
  // Without a member for it, a model makes what it makes by itself, about 1024 pixels.
  const ratio = ratioFor(size, rules.resolutions ? rules : { ...rules, resolutions: ['1K'] });
  members.offer('aspect_ratio', ratioText(aspectRatio ?? ratio.aspectRatio));
  if (rules.resolutions) members.offer('resolution', ratio.resolution);
}

/** The wanted size where the model makes it as far as is known, else the best one out of which it can be cut. */
function legalSize(size: Size, plan: CallPlan): Size | undefined {
  const best = generationSize(size, sizeRulesOf(plan))?.size;
  return best === undefined || isRefused(plan.learned, 'size', sizeText(best)) ? undefined : best;
}

/** A size on the chat route, which has no member for it: aspect ratio and, where the default is too small, resolution. */
export function offerImageConfig(members: Members, plan: CallPlan): void {
  const { size, aspectRatio } = plan.request;
  const rules = sizeRulesOf(plan);
  const ratio = size && ratioFor(size, rules);
  const asked = aspectRatio ?? ratio?.aspectRatio;
  const argument = aspectRatio === undefined ? 'size' : 'aspectRatio';
  members.offerIn('image_config', 'aspect_ratio', asked && ratioText(asked), argument);
  const isDefault = ratio?.resolution === '1K' && rules.resolutions === undefined;
  members.offerIn('image_config', 'image_size', isDefault ? undefined : ratio?.resolution);
}

/** There is always one: the documented ratios are a list that is not empty. */
function ratioFor(size: Size, rules: SizeRules): GenerationRatio {
  const best = generationRatio(size, rules, knownRatios);
  if (best === undefined) throw new Error('there are ratios');
  return best;
}
